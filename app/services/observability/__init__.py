"""Observability: instrumentation of the service, for metrics, traces and logs."""
