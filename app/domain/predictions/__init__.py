"""The prediction ledger: predicted events, their time windows and outcomes."""
