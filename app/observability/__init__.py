"""Adapters of observability: log lines, Prometheus metrics, OpenTelemetry traces."""
