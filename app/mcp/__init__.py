"""MCP server: asks a running service over HTTP, each call with the caller's own key. Nothing is recorded."""
