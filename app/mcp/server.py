"""MCP tools: check, document, search, narrative, timeline. All only read."""

import re
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from app.mcp import quotations
from app.mcp.service import Service

CallerKey = Callable[[Context[Any, Any]], str]
"""The key of the caller of a tool. Raises `ToolError` where there is none."""

_INSTRUCTIONS: Final = (
    "Refrain keeps an archive of dated statements, and answers one question: has this been said before? Use check for "
    "one statement and document for an article; search, narrative and timeline look further into the archive. Nothing "
    f"is recorded. {quotations.NOTE}"
)
_READS: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MOST_OF_A_CLAIM: Final = 3

_Day = Annotated[str | None, Field(max_length=40, description="A year, a month, a day or an instant: 2021-05-23.")]
_Name = Annotated[str | None, Field(max_length=500)]
_Language = Annotated[str | None, Field(max_length=35, description="A language tag, such as uk; detected when absent.")]


def key_of_request(context: Context[Any, Any]) -> str:
    """The key that the caller sent as `Authorization: Bearer`."""
    request = context.request_context.request
    scheme, _, key = (request.headers.get("authorization", "") if request is not None else "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise ToolError("Send a key of the service as the header Authorization: Bearer.")
    return str(key.strip())


def mcp_server(service: Service, key_of: CallerKey) -> MCPServer[Any]:
    """The server over a service; `key_of` finds the key of each caller."""
    server: MCPServer[Any] = MCPServer(
        "refrain", title="Refrain", instructions=_INSTRUCTIONS, version=version("refrain"), log_level="WARNING"
    )

    @server.tool(title="Has this been said before?", annotations=_READS)
    async def check(
        context: Context[Any, Any],
        text: Annotated[str, Field(min_length=1, max_length=5_000, description="The statement, in any language.")],
        said_at: _Day = None,
        speaker: _Name = None,
        language: _Language = None,
        earlier_only: Annotated[bool, Field(description="false also finds later statements.")] = True,
        limit: Annotated[int, Field(ge=1, le=20)] = 5,
    ) -> dict[str, Any]:
        """Find the earlier statements that follow the same script as one statement: who said them, when, what is
        repeated, and what fact-checkers found. Without said_at it counts as said now."""
        body = {
            "text": text, "said_at": said_at, "speaker": speaker, "language": language, "earlier_only": earlier_only,
            "limit": limit, "record": False,
        }  # fmt: skip
        answer = quotations.check(await service.ask(key_of(context), "POST", "checks", body=body), limit)
        return quotations.bounded(answer.pop("precedents"), **answer)

    @server.tool(title="What an article repeats", annotations=_READS)
    async def document(
        context: Context[Any, Any],
        text: Annotated[str, Field(min_length=1, max_length=200_000, description="The article as plain text.")],
        published_at: _Day = None,
        author: _Name = None,
        language: _Language = None,
    ) -> dict[str, Any]:
        """Extract the claims of an article, and find the precedents of each. An item is a claim; start and end count
        the characters of the text as the service reads it."""
        body = {
            "text": text, "published_at": published_at, "author": author, "language": language,
            "limit": _MOST_OF_A_CLAIM, "record": False,
        }  # fmt: skip
        answer = await service.ask(key_of(context), "POST", "documents", body=body)
        claims = [quotations.claim(found, _MOST_OF_A_CLAIM) for found in answer["statements"]]
        # The flagged ones first, so that what does not fit is the least.
        claims.sort(key=lambda one: not one["check"]["flagged"])
        return quotations.bounded(
            claims,
            flagged=sum(bool(one["check"]["flagged"]) for one in claims),
            published_at=answer.get("published_at"),
            claims_not_checked=len(answer.get("left_out") or ()),
        )

    @server.tool(title="Search the archive", annotations=_READS)
    async def search(
        context: Context[Any, Any],
        query: Annotated[str, Field(min_length=1, max_length=500)],
        by: Annotated[
            Literal["meaning", "words"], Field(description="By meaning in any language, or by words that occur.")
        ] = "meaning",
        speaker: _Name = None,
        language: Annotated[str | None, Field(max_length=35, description="Only statements in this language.")] = None,
        said_from: _Day = None,
        said_to: _Day = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """Search the statements of the archive."""
        asked = {
            "q": query, "by": by, "speaker": speaker, "language": language, "said_from": said_from, "said_to": said_to,
            "limit": limit,
        }  # fmt: skip
        answer = await service.ask(key_of(context), "GET", "search", query=asked)
        found = [
            {"similarity": one.get("similarity"), **quotations.statement(one["statement"])} for one in answer["items"]
        ]
        return quotations.bounded(found, more_found=answer.get("next_cursor") is not None)

    @server.tool(title="Find a narrative", annotations=_READS)
    async def narrative(
        context: Context[Any, Any],
        narrative: Annotated[
            str, Field(min_length=1, max_length=500, description="Its id, or words of its title or description.")
        ],
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """Find narratives, recurring scripts that statements are instances of, with what was found about them. One that
        is named by its id comes with what became of its predictions."""
        key = key_of(context)
        if _UUID.fullmatch(narrative.strip()):
            said = await service.ask(key, "GET", f"narratives/{narrative.strip()}")
            return quotations.bounded([quotations.narrative(said)])
        answer = await service.ask(key, "GET", "narratives", query={"q": narrative, "limit": limit})
        found = [quotations.narrative(one) for one in answer["items"]]
        return quotations.bounded(found, more_found=answer.get("next_cursor") is not None)

    @server.tool(title="A narrative down the years", annotations=_READS)
    async def timeline(
        context: Context[Any, Any],
        narrative_id: Annotated[
            str, Field(min_length=1, max_length=100, description="As check and narrative give it.")
        ],
        include_children: Annotated[bool, Field(description="With the narratives below it.")] = False,
        cursor: Annotated[str | None, Field(max_length=500, description="The next_cursor of the page before.")] = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 25,
    ) -> dict[str, Any]:
        """List the appearances of a narrative in order of time, how often it came, and what became of what it
        predicted."""
        asked = {"include_children": str(include_children).lower(), "cursor": cursor, "limit": limit}
        path = f"narratives/{quote(narrative_id, safe='')}/timeline"
        answer = await service.ask(key_of(context), "GET", path, query=asked)
        return quotations.bounded(
            [quotations.appearance(entry) for entry in answer["items"]],
            recurrence=quotations.recurrence(answer.get("recurrence")),
            predictions=answer.get("predictions"),
            next_cursor=answer.get("next_cursor"),
        )

    return server
