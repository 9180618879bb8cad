"""Rules of webhooks: subscriptions, retries and the SSRF guard."""
