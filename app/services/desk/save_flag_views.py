"""Saved views: named filters of the list of flags, shared in an organisation or private."""

from dataclasses import dataclass, replace
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput, NotFound
from app.domain.desk.annotations import FlagView
from app.services.ports import Clock, Store

MOST_VIEWS = 100


@dataclass(frozen=True, slots=True)
class SaveFlagViews:
    """Views of lists of flags."""

    store: Store
    clock: Clock

    def save(
        self, organisation: Organisation, by: Actor, name: str, query: str, *, private: bool
    ) -> tuple[FlagView, bool]:
        """Saves a view, replacing one of that name; with True if it is new. Raises `InvalidInput` beyond 100."""
        view = FlagView(str(uuid4()), name, query, private, by, self.clock())
        with self.store.writing() as tx:
            views = tx.flag_views.of(organisation, by)
            if len(views) >= MOST_VIEWS and not any((view.name, view.private) == (name, private) for view in views):
                raise InvalidInput.at("/name", f"is one too many: {MOST_VIEWS} views are kept, remove one first")
            view_id, new = tx.flag_views.put(organisation, view)
            tx.audit.add("flag_view.saved", "flag_view", view_id)
        return replace(view, id=view_id), new

    def of(self, organisation: Organisation, viewer: Actor) -> list[FlagView]:
        """The organisation's and the viewer's own, by name."""
        with self.store.reading() as tx:
            return tx.flag_views.of(organisation, viewer)

    def remove(self, organisation: Organisation, by: Actor, view_id: str) -> None:
        """Removes a view. Raises `NotFound`, also for another account's private view."""
        with self.store.writing() as tx:
            if not tx.flag_views.remove(organisation, by, view_id):
                raise NotFound("there is no view with this id that you could see")
            tx.audit.add("flag_view.removed", "flag_view", view_id)
