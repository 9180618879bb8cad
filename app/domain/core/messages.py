"""Port of localised messages: the rest of the program names a message, its arguments and nothing else."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.core.dates import Period

Value = str | int | float | Period | Sequence[str]
"""Argument of a message. A `Period` is written with its precision; a sequence as a list: "a, b and c"."""


class Messages(Protocol):
    """Localised messages in one language."""

    def __hash__(self) -> int: ...

    @property
    def language(self) -> str:
        """The tag of the language, as `Content-Language` has it."""

    def format_message(self, message_id: str, /, **values: Value) -> str:
        """The message with its arguments inserted, unescaped.

        Raises `LookupError` where there is none, or it wants a value that is not given.
        """

    def reason(self, said: str) -> str:
        """A reason that the program gives in English (why something is refused, or failed), in this language; as it is
        where no message is worded so."""


class MessageCatalogs(Protocol):
    """Message catalogs by language."""

    @property
    def languages(self) -> Sequence[str]:
        """The tags of the languages that there are catalogs in."""

    def own_name(self, language: str) -> str:
        """The name of one of them, in that language itself."""

    def for_language(self, tags: Sequence[str] = ()) -> Messages:
        """Messages in the first available of these languages ("de-AT" takes "de"), or else in English."""

    def matching(self, tags: Sequence[str]) -> Messages | None:
        """The same, but None where there is none in any of these languages."""
