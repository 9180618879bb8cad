"""Pages of access: organisations, keys, accounts, sessions, rate limits and idempotency."""
