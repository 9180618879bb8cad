"""Feeds, as they are made and answered."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from app.domain.feeds.feeds import Feed, FeedKind
from app.schemas.fields import Name, Shown, Strict, example
from app.schemas.narratives import NarrativeRefOut


class FeedIn(Strict):
    """A feed to make: of new flags or, where it names one, of a narrative or of a saved view."""

    model_config = example(name="The desk's feed reader")

    name: Name
    narrative: Name | None = Field(None, description="Id, external id or title; absent: new flags.")
    view: Name | None = Field(None, description="Id or name of a view that the organisation shares.")


class FeedViewOut(Shown):
    """The saved view that a feed follows."""

    id: str
    name: str


class FeedOut(Shown):
    """A feed, without the secret in its address."""

    id: str
    name: str
    kind: FeedKind
    narrative: NarrativeRefOut | None
    view: FeedViewOut | None = Field(description="Its flags; the feed ends with it.")
    hint: str = Field(description="How its token begins.", examples=["rff_Ab1-"])
    created_at: datetime

    @classmethod
    def of(cls, feed: Feed) -> "FeedOut":
        return cls.model_validate(feed)


class NewFeedOut(FeedOut):
    """A feed with its addresses, which are not shown again. Whoever has one reads the feed."""

    json_url: str
    atom_url: str


class FeedList(Shown):
    """A page of the organisation's feeds, the newest first."""

    items: Sequence[FeedOut]
    next_cursor: str | None
