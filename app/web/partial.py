"""`fields` of a request: a partial answer, for callers that show little of it while somebody types."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel

from app.schemas.partial import FieldSelection

FieldsQuery = Annotated[
    str | None,
    Query(
        max_length=1_000,
        description="Only these fields of the answer, with commas between them and dots to the fields within: "
        "flagged,matches.score,matches.precedent.text. Without it all of them.",
    ),
]


def selected(fields: str | None, model: type[BaseModel]) -> FieldSelection | None:
    """The selection that a request asks for; None for all fields. Raises `InvalidInput`."""
    return None if fields is None else FieldSelection.of(fields, model)


def json_answer(
    answer: BaseModel, selection: FieldSelection | None, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer as JSON, with the selected fields alone."""
    text = answer.model_dump_json(include=selection.include if selection else None)
    return Response(text, status, headers, media_type="application/json")
