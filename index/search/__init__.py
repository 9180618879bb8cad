"""Vector and keyword search: projection, match features, engines and snapshots."""
