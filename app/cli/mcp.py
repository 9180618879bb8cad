"""`refrain mcp`: the tools of the archive for language models, over standard input and output or HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.run import UsageError


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve streamable HTTP at /mcp; each caller sends a key.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen at, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="The port to listen at, with --http.")] = 8010,
) -> None:
    """Serve the tools of a running service to language models (MCP)."""
    from app.settings import load_settings

    settings = load_settings()
    key = settings.api_key.get_secret_value()
    if not settings.url.startswith(("http://", "https://")):
        raise UsageError("REFRAIN_URL is no address: write one that begins with https:// or http://")
    if not http and not key:
        raise UsageError("REFRAIN_API_KEY is needed: a key of the service with the scopes check and read")

    from app.mcp.service import Service

    service = Service(settings.url)
    if not http:
        from app.mcp.server import mcp_server

        mcp_server(service, lambda _: key).run("stdio")
        return
    import uvicorn

    from app.mcp.http import http_app

    uvicorn.run(http_app(service, host), host=host, port=port, log_level="warning", access_log=False)
