"""The caller and the state of the archive, as they are answered."""

from datetime import datetime

from pydantic import BaseModel

from app.domain.statements.statements import LONGEST_TEXT


class MyKeyOut(BaseModel):
    """The key that asked, by its hint."""

    id: str
    name: str
    hint: str
    created_at: datetime
    expires_at: datetime | None


class MyOrganisationOut(BaseModel):
    """Organisation that the key belongs to."""

    id: str
    name: str


class LimitsOut(BaseModel):
    """Limits on one request's contents, and on requests per hour (null: none)."""

    characters_per_text: int = LONGEST_TEXT
    checks_per_batch: int = 100
    matches_per_check: int = 50
    key_per_hour: int | None = None
    organisation_per_hour: int | None = None


class MeOut(BaseModel):
    """The caller."""

    key: MyKeyOut
    organisation: MyOrganisationOut
    scopes: list[str]
    limits: LimitsOut


class IndexOut(BaseModel):
    """State of the index: its size, and the changes of the archive that it has not taken in."""

    size: int
    checkpoint: int
    pending: int


class EmbedderOut(BaseModel):
    """Embedding model in use."""

    embedder: str
    fingerprint: str
    dimension: int


class PolicyOut(BaseModel):
    """Thresholds in force: on `score`, but for the two of `near_verbatim`, on `wording` and `dense`."""

    version: str
    calibrated: bool
    suggest_at: float
    same_script_at: float
    flag_at: float
    verbatim_wording: float
    verbatim_dense: float


class StatusOut(BaseModel):
    """The archive and what answers from it."""

    ready: bool
    statements: int
    index: IndexOut
    model: EmbedderOut
    policy: PolicyOut
