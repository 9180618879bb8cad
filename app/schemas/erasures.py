"""Erasures, as they come in and go out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from app.domain.audit.entries import ActorKind
from app.domain.audit.erasures import LONGEST_REASON, Erasure, ErasureKind
from app.domain.core.text import clean
from app.schemas.fields import Shown, Strict, example


def _kind(raw: Any) -> ErasureKind:
    try:
        return ErasureKind(str(raw))
    except ValueError as error:
        raise ValueError(f"is nothing that can be erased: there are {', '.join(ErasureKind)}") from error


_Said = Annotated[str, AfterValidator(lambda raw: clean(raw, LONGEST_REASON)), Field(min_length=1)]


class ErasureIn(Strict):
    """Erasure to make, with its reason. The reason is kept: do not repeat in it what is to be erased."""

    model_config = example(
        kind="statement", id="7d1f4f0e-8a43-4d0f-9a0e-2c9d3c1f6b11", reason="Court order", reference="12 O 34/26"
    )

    kind: Annotated[ErasureKind, PlainValidator(_kind), WithJsonSchema({"type": "string", "enum": list(ErasureKind)})]
    id: str = Field(min_length=1, max_length=36, examples=["7d1f4f0e-8a43-4d0f-9a0e-2c9d3c1f6b11"])
    reason: _Said = Field(max_length=LONGEST_REASON, examples=["Court order"])
    reference: _Said | None = Field(None, max_length=LONGEST_REASON, description="Number or address of the request.")


class ErasureOut(Shown):
    """Trace of an erasure."""

    id: str
    at: datetime
    kind: ErasureKind
    subject_id: str
    reason: str
    reference: str | None
    by_kind: ActorKind
    by_id: str | None

    @classmethod
    def of(cls, erasure: Erasure) -> "ErasureOut":
        return cls.model_validate(erasure)


class ErasureList(Shown):
    """Traces of erasures, the newest first."""

    items: Sequence[ErasureOut]
    next_cursor: str | None = None
