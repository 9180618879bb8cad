"""Keys and organisations, as they come in and go out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from app.domain.access.contributions import Contributions
from app.domain.access.keys import Key, Organisation, Scope
from app.domain.core.dates import moment_of
from app.schemas.fields import DateIn, Name, Patch, Shown, Strict, example, never_null, whole

LONGEST_OVERLAP_HOURS = 24 * 30


def _scope(raw: Any) -> Scope:
    try:
        return Scope(raw)
    except ValueError as error:
        raise ValueError(f"is no scope: there are {', '.join(Scope)}") from error


ScopeIn = Annotated[
    Scope, PlainValidator(_scope), WithJsonSchema({"type": "string", "enum": list(Scope), "examples": ["check"]})
]
Scopes = Annotated[list[ScopeIn], Field(min_length=1, max_length=len(Scope))]
PerHour = Annotated[
    Annotated[int, Field(ge=1, le=1_000_000_000), whole] | None,
    Field(description="Requests an hour; null: as the service is set up."),
]


RetentionDays = Annotated[
    Annotated[int, Field(ge=0, le=36_500), whole] | None,
    Field(description="Days that checks are kept, 0 for ever; null: as the service is set up."),
]


class KeyIn(Strict):
    """A key to make for your organisation. It can have the scopes of the key that asks, and no others."""

    model_config = example(name="The CMS plugin", scopes=["check"], limit_per_hour=1000)

    name: Name = Field(examples=["The CMS plugin"])
    scopes: Scopes
    expires_at: DateIn | None = Field(None, description="When it ends: the first moment of what is named.")
    limit_per_hour: PerHour = None

    @property
    def ends(self) -> datetime | None:
        return moment_of(self.expires_at)


class RotationIn(Strict):
    """Time for which the previous secret stays valid."""

    model_config = example(overlap_hours=24)

    overlap_hours: float = Field(24, ge=0, le=LONGEST_OVERLAP_HOURS)


class KeyOut(Shown):
    """A key, by its hint."""

    id: str
    name: str
    hint: str = Field(description="How its secret begins.")
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")
    previous_until: datetime | None = Field(description="The secret before the last rotation is good until then.")
    limit_per_hour: int | None

    @classmethod
    def of(cls, key: Key) -> "KeyOut":
        return cls.model_validate(
            {name: getattr(key, name) for name in cls.model_fields} | {"scopes": sorted(key.scopes)}
        )


class NewKeyOut(KeyOut):
    """A key with its secret, which is shown now and never again."""

    secret: str

    @classmethod
    def with_secret(cls, key: Key, secret: str) -> "NewKeyOut":
        return cls(**KeyOut.of(key).model_dump(), secret=secret)


class KeyList(Shown):
    """The organisation's keys, the oldest first."""

    items: Sequence[KeyOut]
    next_cursor: str | None = None


class OrganisationIn(Strict):
    """An organisation to make, and what its first key reaches."""

    model_config = example(name="The evening paper", scopes=["check", "read"])

    name: Name = Field(examples=["The evening paper"])
    scopes: Scopes
    limit_per_hour: PerHour = None


class OrganisationPatch(Patch):
    """Changes to an organisation: fields that are absent stay; a limit of null is the service's default."""

    model_config = example(limit_per_hour=10000)

    name: Annotated[Name | None, never_null] = None
    limit_per_hour: PerHour = None
    check_retention_days: RetentionDays = None
    closed: Annotated[bool | None, never_null] = Field(
        None,
        description="true: nobody signs in, keys and feeds stop, jobs and webhooks wait; what it brought stays.",
    )

    @model_validator(mode="after")
    def _keeps_its_name(self) -> "OrganisationPatch":
        if "name" in self.model_fields_set and self.name is None:
            raise ValueError("name cannot be emptied: leave it out, or send a value")
        if "closed" in self.model_fields_set and self.closed is None:
            raise ValueError("closed cannot be emptied: leave it out, or send true or false")
        return self


class ContributionsOut(Shown):
    """Numbers of what an organisation contributed to the shared archive, without what is withdrawn."""

    statements: int
    findings: int
    counter_examples: int
    last_day: int = Field(description="Of all these, those of the last 24 hours.")


class OrganisationOut(Shown):
    """Organisation that owns keys, checks and private statements."""

    id: str
    name: str
    operator: bool = Field(description="Whether its admin keys make other organisations.")
    limit_per_hour: int | None
    check_retention_days: int | None
    created_at: datetime | None
    closed_at: datetime | None = Field(None, description="Since when it is closed; null: it is open.")
    contributions: ContributionsOut | None = Field(
        None, description="To the shared archive; null of an organisation that was just made."
    )

    @classmethod
    def counted(cls, organisation: Organisation, counts: Mapping[int, Contributions]) -> "OrganisationOut":
        """The organisation with its contributions, of the counts by key."""
        shown = ContributionsOut.model_validate(counts.get(organisation.key, Contributions()))
        return cls.model_validate(organisation).model_copy(update={"contributions": shown})


class NewOrganisationOut(OrganisationOut):
    """A new organisation with its first key, whose secret is shown now and never again."""

    key: NewKeyOut

    @classmethod
    def with_key(cls, organisation: Organisation, key: Key, secret: str) -> "NewOrganisationOut":
        shown = OrganisationOut.model_validate(organisation).model_dump()
        return cls(**shown, key=NewKeyOut.with_secret(key, secret))


class OrganisationList(Shown):
    """The organisations that the key may see, the oldest first."""

    items: Sequence[OrganisationOut]
    next_cursor: str | None = None
