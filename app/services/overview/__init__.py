"""The overview of an organisation's desk."""
