"""Contributors, as answers show them: who brought a statement, a narrative, a finding or a counter-example."""

from pydantic import Field

from app.schemas.fields import Shown


class ContributorOut(Shown):
    """Organisation that brought it."""

    organisation: str = Field(description="Its name.", examples=["The evening paper"])


class AuthorOut(ContributorOut):
    """Organisation that brought it, and by which of its keys or accounts."""

    name: str | None = Field(None, description="Of the key or account; null where it is not known, or not yours.")
