"""Tables and queries of watched sources."""
