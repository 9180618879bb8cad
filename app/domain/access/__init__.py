"""Rules of access: organisations, keys, scopes, accounts and rate limits."""
