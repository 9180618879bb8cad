"""Tables and queries of webhooks."""
