"""The client, once for asyncio and once without: `client/make_sync.py` makes the second from the first."""
