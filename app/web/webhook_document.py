"""The part of the OpenAPI document that describes what is sent to webhooks."""

from datetime import datetime
from typing import Any, Literal, get_origin

from pydantic import BaseModel, ConfigDict, Field

_ID = "0b5c2a7e-6d0f-4a7c-9f3e-2f1f6f7b8c11"
_OTHER_ID = "5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11"
_TEXT = "Militants are about to stage a chemical attack in Idlib to blame the government."


class CloudEvent(BaseModel):
    """CloudEvents 1.0 in structured JSON. The `id` is the same for every attempt: receivers deduplicate by it."""

    model_config = ConfigDict(serialize_by_alias=True)

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(description="The same in every attempt; also the header `webhook-id`.", examples=[_ID])
    source: str = Field(description="Which archive says so.", examples=[f"urn:uuid:{_OTHER_ID}"])
    subject: str = Field(description="The id of what it is about.", examples=[_ID])
    time: datetime = Field(examples=["2021-05-23T12:00:00Z"])
    datacontenttype: Literal["application/json"] = "application/json"


class BestMatch(BaseModel):
    """The first precedent of a flagged check."""

    match_id: str = Field(examples=[_OTHER_ID])
    precedent_id: str = Field(examples=[_OTHER_ID])
    tier: str | None = Field(examples=["same_script"])
    score: float = Field(examples=[0.93])
    days_before: int | None = Field(examples=[29])


class Flag(BaseModel):
    """A check that an analyst should look at; `GET /v1/checks/{check_id}` has all of it."""

    check_id: str = Field(examples=[_ID])
    text: str = Field(examples=[_TEXT])
    language: str = Field(examples=["en"])
    said_at: str | None = Field(examples=["2021-05-23"])
    speaker: str | None = Field(examples=["Alexander Karpov"])
    summary: str | None = Field(examples=["Said at least once before: on 24 April 2021, 29 days earlier."])
    best_match: BestMatch | None


class ReviewData(BaseModel):
    """An analyst's verdict on a match of a flagged check."""

    check_id: str = Field(examples=[_ID])
    match_id: str | None = Field(examples=[_OTHER_ID])
    verdict: str = Field(examples=["confirmed"])
    reason: str | None = Field(examples=["The same words about another town."])


class NarrativeData(BaseModel):
    """Narrative with its current values."""

    narrative_id: str = Field(examples=[_ID])
    external_id: str | None = Field(examples=["staged-attack"])
    title: str = Field(examples=["X is about to stage a chemical attack to blame Y"])
    description: str | None = Field(examples=["A warning that predicts an attack."])
    parent_id: str | None = Field(examples=[_OTHER_ID])


class WarningEvidence(BaseModel):
    """Dates and counts by which the rule was met; those of other rules are absent."""

    count: int = Field(description="Statements in the last 30 days that the rule is about.", examples=[6])
    first: str | None = Field(None, description="First day of these: `back`, `language`, `outlet`.")
    last: str | None = Field(None, description="`back`: the last day before the pause.", examples=["2020-05-01"])
    days: int | None = Field(None, description="`back`: length of the pause.", examples=[387])
    before: int | None = Field(None, description="`faster`: statements in the 360 days before.")
    usual: float | None = Field(None, description="`faster`: their average in 30 days.")
    language: str | None = Field(None, description="`language`: the new one.")
    outlets: list[str] | None = Field(None, description="`outlet`: the new ones, at most 20.")
    new: int | None = Field(None, description="`outlet`: how many are new.")
    known: list[str] | int | None = Field(
        None, description="`language`: the languages before; `outlet`: how many outlets there were before."
    )


class WarningData(BaseModel):
    """An early warning about a narrative."""

    warning_id: str = Field(examples=[_OTHER_ID])
    narrative_id: str = Field(examples=[_ID])
    title: str = Field(examples=["X is about to stage a chemical attack to blame Y"])
    rule: Literal["back", "faster", "language", "outlet"] = Field(examples=["back"])
    evidence: WarningEvidence


class AppearedStatement(BaseModel):
    """A new statement of a narrative."""

    statement_id: str = Field(examples=[_OTHER_ID])
    text: str = Field(examples=[_TEXT])
    language: str = Field(examples=["en"])
    speaker: str | None = Field(examples=["Alexander Karpov"])
    said_at: str | None = Field(examples=["2021-05-23"])


class AppearedData(BaseModel):
    """Statements that are new under a narrative since the last event of this kind."""

    narrative_id: str = Field(examples=[_ID])
    title: str = Field(examples=["X is about to stage a chemical attack to blame Y"])
    count: int = Field(description="New statements, at most 100.", examples=[3])
    statements: list[AppearedStatement] = Field(
        description="The last five.",
        examples=[[{"statement_id": _OTHER_ID, "text": _TEXT, "language": "en", "speaker": None, "said_at": None}]],
    )


class JobFinished(BaseModel):
    """A background job that has ended: `done`, `cancelled` or `failed`."""

    job_id: str = Field(examples=[_ID])
    kind: Literal["import", "bulk_check"] = Field(examples=["import"])
    state: Literal["done", "cancelled", "failed"] = Field(examples=["done"])
    lines: int = Field(examples=[10_000])
    done: int = Field(examples=[10_000])
    counts: dict[str, int] = Field(examples=[{"new": 9_999, "rejected": 1}])


class Trial(BaseModel):
    """Payload of a test event."""

    webhook_id: str = Field(examples=[_ID])


class FlagCreated(CloudEvent):
    """A check was flagged."""

    type: Literal["flag.created"] = "flag.created"
    data: Flag


class ReviewCreated(CloudEvent):
    """An analyst reviewed a match."""

    type: Literal["review.created"] = "review.created"
    data: ReviewData


class ReviewUndone(CloudEvent):
    """An analyst took a review back."""

    type: Literal["review.undone"] = "review.undone"
    data: ReviewData


class NarrativeCreated(CloudEvent):
    """A narrative was recorded: a shared one, or one of your own."""

    type: Literal["narrative.created"] = "narrative.created"
    data: NarrativeData


class NarrativeUpdated(CloudEvent):
    """A narrative was changed: a shared one, or one of your own."""

    type: Literal["narrative.updated"] = "narrative.updated"
    data: NarrativeData


class NarrativeWarned(CloudEvent):
    """A narrative is back after a pause, speeds up, or spreads to a new language or new outlets. Each is sent once."""

    type: Literal["narrative.warning"] = "narrative.warning"
    data: WarningData


class NarrativeAppeared(CloudEvent):
    """A narrative that somebody of your organisation follows has new statements; at most one event in five minutes."""

    type: Literal["narrative.appeared"] = "narrative.appeared"
    data: AppearedData


class JobFinishedEvent(CloudEvent):
    """An import or a bulk check of your organisation has ended."""

    type: Literal["job.finished"] = "job.finished"
    data: JobFinished


class ViewShown(BaseModel):
    """A saved view of the list of flags."""

    view_id: str = Field(examples=[_OTHER_ID])
    view_name: str = Field(examples=["Chemical attacks, open"])
    query: str = Field(examples=["q=chemical"])


class ViewFlag(Flag, ViewShown):
    """A new flag that a saved view shows."""


class ListedFlag(BaseModel):
    """A flag in a digest."""

    check_id: str = Field(examples=[_ID])
    text: str = Field(examples=[_TEXT])
    speaker: str | None = Field(examples=["Alexander Karpov"])
    said_at: str | None = Field(examples=["2021-05-23"])
    tier: str | None = Field(examples=["same_script"])
    score: float = Field(examples=[0.93])


class Digest(ViewShown):
    """The new flags of a saved view: how many there are, and the ten newest."""

    since: datetime = Field(examples=["2021-05-22T06:00:00Z"])
    until: datetime = Field(examples=["2021-05-23T06:00:00Z"])
    count: int = Field(examples=[1])
    flags: list[ListedFlag]


class ViewAlert(CloudEvent):
    """A saved view has a new flag. Sent to the webhook that was chosen for the view at the desk, once a flag."""

    type: Literal["view.alert"] = "view.alert"
    data: ViewFlag


class ViewDigest(CloudEvent):
    """The new flags of a saved view. Sent to the webhook that was chosen for the view at the desk, at its hour."""

    type: Literal["view.digest"] = "view.digest"
    data: Digest


class WebhookTest(CloudEvent):
    """A test delivery was requested."""

    type: Literal["webhook.test"] = "webhook.test"
    data: Trial


EVENTS: tuple[type[CloudEvent], ...] = (
    FlagCreated, ReviewCreated, ReviewUndone, NarrativeCreated, NarrativeUpdated, NarrativeWarned, NarrativeAppeared,
    JobFinishedEvent, WebhookTest, ViewAlert, ViewDigest,
)  # fmt: skip

_HEADERS = [
    {"name": name, "in": "header", "required": True, "description": description, "schema": {"type": "string"},
     "example": example}
    for name, description, example in (
        ("webhook-id", "The event's id: the same in every attempt.", _ID),
        ("webhook-timestamp", "Seconds since 1970 of this attempt; refuse what is minutes old.", "1621771200"),
        ("webhook-signature", "One or, while a secret is turned, two signatures: `v1,` and base64.", "v1,K5oZ…"),
    )
]  # fmt: skip
_ANSWERS = {
    "2XX": {"description": "Received. The body is not read."},
    "410": {"description": "Nothing more is to be sent: the webhook is disabled."},
    "default": {"description": "Anything else, or nothing within ten seconds: tried again over three days."},
}


def described_events() -> tuple[dict[str, Any], dict[str, Any]]:
    """The document's `webhooks`, and the schemas that they refer to."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for event in EVENTS:
        schema = event.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas[event.__name__] = schema
        kind = event.model_fields["type"].default
        content = {"schema": {"$ref": f"#/components/schemas/{event.__name__}"}, "example": _example(event)}
        paths[kind] = {
            "post": {
                "operationId": f"on{event.__name__}",
                "summary": kind,
                "description": event.__doc__,
                "tags": ["webhooks"],
                "parameters": _HEADERS,
                "requestBody": {"required": True, "content": {"application/cloudevents+json": content}},
                "responses": _ANSWERS,
                "security": [],
            }
        }
    return paths, schemas


def _example(model: type[BaseModel]) -> dict[str, Any]:
    """The model with each field's example, or its default."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        inner = _model_in(field.annotation)
        if inner is not None and not field.examples:
            values[name] = [_example(inner)] if get_origin(field.annotation) is list else _example(inner)
        else:
            values[name] = field.examples[0] if field.examples else field.default
    return values


def _model_in(annotation: Any) -> type[BaseModel] | None:
    options = (annotation, *getattr(annotation, "__args__", ()))
    return next((option for option in options if isinstance(option, type) and issubclass(option, BaseModel)), None)
