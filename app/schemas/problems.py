"""Problems, as they are answered (RFC 9457)."""

from datetime import datetime

from pydantic import BaseModel, Field


class FieldProblem(BaseModel):
    """One field at fault: `pointer` into the body, or `parameter` for one of the address or the headers."""

    pointer: str | None = Field(None, examples=["/text"])
    parameter: str | None = None
    detail: str = Field(examples=["is empty: send at least one visible character"])


class DecisionMeanwhile(BaseModel):
    """A decision since the version that was expected, or its undoing."""

    review: str = Field(description="Its id.")
    match_id: str | None
    decision: str = Field(examples=["confirmed", "dismissed", "undone"])
    reason: str | None
    by: str
    at: datetime


class FlagMeanwhile(BaseModel):
    """Present state of a flag, and the decisions since the version that was expected."""

    version: int
    state: str | None
    decisions: list[DecisionMeanwhile]


class Problem(BaseModel):
    """Problem details of an error, and what to do about it (RFC 9457)."""

    type: str = Field(examples=["/problems/invalid"])
    title: str = Field(examples=["A field cannot be accepted"])
    status: int = Field(examples=[422])
    detail: str
    instance: str | None = Field(None, description="The request's X-Request-Id.")
    errors: list[FieldProblem] | None = None
    flag: FlagMeanwhile | None = Field(None, description="With changed-meanwhile: how the flag stands now.")
    violated_policies: list[str] | None = Field(
        None, alias="violated-policies", description="Of `RateLimit-Policy`: those that have too little left."
    )
