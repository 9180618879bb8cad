"""Rules of watched sources."""
