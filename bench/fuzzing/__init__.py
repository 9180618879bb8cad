"""What Schemathesis is told about the service."""
