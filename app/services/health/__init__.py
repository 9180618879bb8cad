"""Health of the process: what keeps it from answering, and what somebody should look at."""
