"""The single keys of the desk, page by page, for the sheet that can be printed. The dialog of a page lists its own."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys of one page, or of every page: `heading` and each label are ids of messages."""

    heading: str
    keys: tuple[tuple[str, str], ...]


_LIST: Final = (("j", "archive-key-down"), ("k", "archive-key-up"))

KEY_LIST: Final = (
    KeyGroup(
        "help-keys-anywhere",
        (
            ("g q", "desk-nav-queue"),
            ("g c", "desk-nav-check"),
            ("g a", "desk-nav-archive"),
            ("g n", "desk-nav-narratives"),
            ("/", "help-keys-search"),
            ("u", "desk-undo"),
            ("[", "desk-before"),
            ("]", "desk-after"),
            ("?", "help-keys-of-page"),
        ),
    ),
    KeyGroup(
        "desk-nav-queue",
        (
            ("j", "queue-key-down"),
            ("k", "queue-key-up"),
            ("x", "queue-key-select"),
            ("C", "queue-bulk-confirm"),
            ("D", "queue-bulk-dismiss"),
        ),
    ),
    KeyGroup(
        "flag-title",
        (
            ("c", "flag-confirm"),
            ("a", "flag-confirm-archive"),
            ("n", "flag-narrative-submit"),
            ("d", "flag-dismiss"),
            ("r", "flag-dismiss-reason"),
            ("p", "flag-dismiss-only"),
            ("e", "flag-dismiss-counter"),
            ("l", "flag-link-title"),
            ("s", "flag-skip"),
            ("j", "flag-next"),
            ("k", "flag-previous"),
            ("m", "flag-note"),
            ("t", "flag-assign-me"),
            ("u", "flag-undo-last"),
            ("Escape", "flag-back"),
        ),
    ),
    KeyGroup("check-result-title", (("n", "check-another"), ("a", "check-archive"), ("f", "check-judge"))),
    KeyGroup("article-title", (("j", "article-next"), ("k", "article-previous"))),
    KeyGroup("desk-nav-archive", (*_LIST, ("n", "archive-record"))),
    KeyGroup("statement-title", (("e", "statement-edit"), ("f", "finding-add"))),
    KeyGroup("desk-nav-narratives", (*_LIST, ("n", "narratives-new"))),
    KeyGroup("help-term-narrative", (("e", "narrative-edit"), ("n", "narrative-record"), ("f", "finding-add"))),
)
