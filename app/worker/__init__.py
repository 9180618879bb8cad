"""Background work: the job queue, and the HTTP client for webhooks."""
