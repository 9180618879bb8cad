"""Figures of the service for admins: organisations, quotas, thresholds."""
