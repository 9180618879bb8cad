"""Working in the background: the queue that wakes workers, and the way out to webhooks."""
