"""OpenCTI internal enrichment connector of Refrain."""
