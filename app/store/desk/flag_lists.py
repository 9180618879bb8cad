"""Page of a list of flags, a row a group, with the numbers of flags in the whole list; in a fixed number of queries."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, column, func, select, table

from app.domain.access.keys import Organisation
from app.domain.desk.flag_groups import Article, FlagGroup, GroupMember, ListCount
from app.domain.desk.flags import Flag, FlagSort
from app.services.desk.ports import FlagCursor, FlagFilter, FlagListPage
from app.store.desk import flag_facets
from app.store.desk.flag_pages import FlagPages
from app.store.desk.flag_tables import flag_counts, flags

_FACETS = ("tier", "language", "speaker", "source", "narrative")
_FILTERS = (*_FACETS, "said_from", "said_to", "q", "assigned", "group")
# Not the table of `app.store.documents`, which needs the flags itself.
_DOCUMENTS = table("documents", *map(column, ("id", "organisation_key", "title", "url")))

Complete = Callable[[Sequence[Any]], list[Flag]]


def grouped_page(
    connection: Connection,
    organisation: Organisation,
    filters: FlagFilter,
    sort: FlagSort,
    after: FlagCursor | None,
    limit: int,
    complete: Complete,
    *,
    backwards: bool,
) -> FlagListPage:
    """Page of a list; `complete` makes flags of rows. A list of one group shows each of its flags."""
    pages = FlagPages(connection, organisation, filters, sort)
    placed = pages.page(after, limit, backwards=backwards, grouped=not filters.group)
    found = complete([row for _, row in placed])
    groups = [row.group_key for _, row in placed if row.group_key is not None and not filters.group]
    members: dict[int, list[GroupMember]] = {}
    for row in pages.members(groups):
        members.setdefault(row.group_key, []).append(GroupMember(row.id, row.version))
    articles = _articles(connection, organisation, {flag.check.document for flag in found if flag.check.document})
    rows = [
        (
            cursor,
            FlagGroup(
                flag,
                tuple(members.get(row.group_key, ())) or (GroupMember(flag.check.id, flag.version),),
                articles.get(flag.check.document or ""),
            ),
        )
        for (cursor, row), flag in zip(placed, found, strict=True)
    ]
    newest = select(func.max(flags.c.check_key)).where(flags.c.organisation_key == organisation.key)
    return FlagListPage(rows, _count(connection, organisation, filters, pages), connection.scalar(newest) or 0)


def _count(connection: Connection, organisation: Organisation, filters: FlagFilter, pages: FlagPages) -> ListCount:
    """Number of flags of a list: from the counters where they have it."""
    given = [name for name in _FILTERS if getattr(filters, name)]
    if not given:
        counters = select(flag_counts.c.state, flag_counts.c.count)
        own = flag_counts.c.organisation_key == organisation.key
        states: dict[str, int] = {row[0]: row[1] for row in connection.execute(counters.where(own))}
        total = sum(states.values())
        return ListCount(states.get(filters.state, 0) if filters.state else total, total)
    if len(given) == 1 and given[0] in _FACETS:
        plain = [str(getattr(filters, given[0])).lower()]
        values = {"narrative": [str(pages.narrative)], "speaker": pages.speakers}.get(given[0], plain)
        return flag_facets.number(connection, organisation, filters.state, given[0], values)
    return pages.count()


def _articles(connection: Connection, organisation: Organisation, ids: set[str]) -> dict[str, Article]:
    of = _DOCUMENTS.c
    named = select(of.id, of.title, of.url).where(of.organisation_key == organisation.key, of.id.in_(ids))
    return {row.id: Article(row.id, row.title, row.url) for row in connection.execute(named)}
