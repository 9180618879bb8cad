"""Routes under `/v1`, with their request and response schemas."""
