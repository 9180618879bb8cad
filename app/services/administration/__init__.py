"""What admins see of the service: organisations, quotas, thresholds."""
