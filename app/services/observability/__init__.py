"""Observability: what the service tells of itself, for metrics, traces and logs."""
