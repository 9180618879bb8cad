"""Contributions: who may change what an organisation brought to the archive."""

from app.domain.access.contributors import Contributor, NotContributor
from app.domain.access.keys import Organisation
from app.services.ports import Transaction


def may_change(
    tx: Transaction,
    contributor: Contributor | None,
    owner: int | None,
    viewer: Organisation | None,
    *,
    curator: bool = False,
) -> bool:
    """True if `viewer` may change something of this contributor, private to `owner` where that is given.

    It may where it brought it or owns it, and what the operator brought where it keeps the operator's archive; a
    curator, and the command line (None), may change everything.
    """
    if viewer is None or curator or owner == viewer.key:
        return True
    if contributor is not None:
        return contributor.key == viewer.key
    return tx.access.keeps_archive(viewer.key)


def require_may_change(
    tx: Transaction,
    what: str,
    contributor: Contributor | None,
    owner: int | None,
    viewer: Organisation | None,
    *,
    curator: bool = False,
) -> None:
    """Raises `NotContributor` where `viewer` may not change it; `what` it is: statement, narrative, finding."""
    if not may_change(tx, contributor, owner, viewer, curator=curator):
        raise NotContributor(what, contributor)
