"""Feeds: addresses with a secret of their own, by which a feed reader follows new flags or a narrative."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Final, Literal

from app.domain.access.keys import Organisation, hash_of
from app.domain.statements.statements import NarrativeRef

FeedKind = Literal["flags", "narrative", "view"]
_PREFIX: Final = "rff_"
_TOKEN: Final = re.compile(rf"{_PREFIX}[A-Za-z0-9_-]{{43}}")
_HINT: Final = len(_PREFIX) + 4


@dataclass(frozen=True, slots=True)
class FeedView:
    """Saved view that a feed follows; `by_id`: who saved it last, the "me" of its query."""

    key: int
    id: str
    name: str
    query: str
    by_id: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Feed of an organisation, without its token; only the hint by which its owner recognises it.

    It shows the organisation's new flags or, where it has a `narrative`, what is new under that; where it has a
    `view`, the flags of that saved view.
    """

    key: int
    id: str
    organisation: Organisation
    name: str
    narrative: NarrativeRef | None
    hint: str
    created_at: datetime
    view: FeedView | None = None

    @property
    def kind(self) -> FeedKind:
        if self.view:
            return "view"
        return "narrative" if self.narrative else "flags"


def new_feed_token() -> str:
    """New token with 256 random bits, for which a plain hash is secure."""
    return _PREFIX + secrets.token_urlsafe(32)


def feed_hint_of(token: str) -> str:
    """Hint of a token: enough to recognise it, and too little to use it."""
    return token[:_HINT]


def is_feed_token(token: str, stored_hash: str) -> bool:
    """True if it is the token of this hash, in a time that tells nothing of how much of it is right."""
    return bool(_TOKEN.fullmatch(token)) and compare_digest(hash_of(token), stored_hash)
