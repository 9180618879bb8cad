"""Export links of pages."""
