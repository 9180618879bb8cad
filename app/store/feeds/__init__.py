"""Tables and queries of feeds."""
