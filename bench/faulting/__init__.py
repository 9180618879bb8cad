"""Processes of the service that are killed at random moments, and the ledger of what they had acknowledged."""
