"""Origin of what happens: who acts now, and in which request. Use cases add audit entries without it as an argument."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from app.domain.audit.entries import ActorKind


@dataclass(slots=True)
class Origin:
    """Actor of the current work. Authentication fills it in for a request, whose threads all share it."""

    kind: ActorKind = ActorKind.COMMAND
    actor_id: str | None = None
    organisation_id: str | None = None
    request_id: str | None = None

    def identify(self, kind: ActorKind, actor_id: str, organisation_id: str) -> None:
        """Says who acts from now on."""
        self.kind, self.actor_id, self.organisation_id = kind, actor_id, organisation_id


_current: ContextVar[Origin | None] = ContextVar("refrain_origin", default=None)


def current_origin() -> Origin:
    """Origin of what happens now; somebody at the command line where nothing else is said."""
    return _current.get() or Origin()


@contextmanager
def acting(origin: Origin) -> Iterator[Origin]:
    """Within the block, what happens has this origin."""
    token = _current.set(origin)
    try:
        yield origin
    finally:
        _current.reset(token)
