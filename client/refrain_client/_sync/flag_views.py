"""Lists of flags with a name."""

from collections.abc import Iterator
from typing import Unpack
from urllib.parse import urlencode

from refrain_client._sync.transport import Transport
from refrain_client.bodies import FlagFilter, MessageKind, ViewMessageFields, as_query
from refrain_client.decoding import decode
from refrain_client.flag_answers import View, ViewMessage


class FlagViews:
    """Your organisation's views, which the desk shows as well, and your key's own."""

    def __init__(self, to: Transport):
        self._to = to

    def save(
        self,
        name: str,
        *,
        private: bool = False,
        idempotency_key: str | None = None,
        **which: Unpack[FlagFilter],
    ) -> View:
        """Keeps what `flags.list` takes under a name, in place of what had the name; `private`: for nobody else."""
        query = urlencode(as_query({"state": "any", **which}))
        body = {"name": name, "query": query, "private": private}
        return decode(View, self._to.ask("POST", ("flag-views",), body=body, idempotency_key=idempotency_key))

    def list(self) -> Iterator[View]:
        """Views by name; `flags.list(**view.which)` lists the flags of one."""
        return self._to.pages(("flag-views",), View)

    def remove(self, view_id: str) -> None:
        """Removes a view."""
        self._to.ask("DELETE", ("flag-views", view_id))

    def send_messages(
        self,
        view_id: str,
        webhook: str,
        kind: MessageKind,
        *,
        idempotency_key: str | None = None,
        **when: Unpack[ViewMessageFields],
    ) -> ViewMessage:
        """Has the view send messages through a webhook: `alert` for each new flag, `daily` or `weekly` digests."""
        body = {"webhook": webhook, "kind": kind, **when}
        path = ("flag-views", view_id, "messages")
        return decode(ViewMessage, self._to.ask("POST", path, body=body, idempotency_key=idempotency_key))

    def messages(self, view_id: str) -> Iterator[ViewMessage]:
        """What the view sends, the oldest first."""
        return self._to.pages(("flag-views", view_id, "messages"), ViewMessage)

    def end_messages(self, view_id: str, message_id: str) -> None:
        """Ends messages of the view."""
        self._to.ask("DELETE", ("flag-views", view_id, "messages", message_id))
