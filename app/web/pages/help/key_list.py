"""The single keys of the desk, page by page, for the sheet that can be printed. The dialog of a page lists its own."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys of one page, or of every page: `heading` and each label are ids of messages."""

    heading: str
    keys: tuple[tuple[str, str], ...]


KEY_LIST: Final = (
    KeyGroup(
        "help-keys-anywhere",
        (
            ("g o", "desk-nav-overview"),
            ("g q", "desk-nav-queue"),
            ("g c", "desk-nav-check"),
            ("g a", "desk-nav-archive"),
            ("g n", "desk-nav-narratives"),
            ("g p", "desk-nav-predictions"),
            ("/", "help-keys-search"),
            ("u", "desk-undo"),
            ("U", "undo-title"),
            ("Ctrl Enter", "desk-key-send"),
            ("Escape", "help-keys-back-up"),
            ("?", "help-keys-of-page"),
        ),
    ),
    KeyGroup(
        "help-keys-list",
        (("j", "archive-key-down"), ("k", "archive-key-up"), ("[", "desk-before"), ("]", "desk-after")),
    ),
    KeyGroup(
        "desk-nav-queue",
        (
            ("x", "queue-key-select"),
            ("Shift ArrowDown", "queue-key-extend-down"),
            ("Shift ArrowUp", "queue-key-extend-up"),
            ("o", "queue-key-unfold"),
            ("C", "queue-bulk-confirm"),
            ("A", "queue-bulk-archive"),
            ("D", "queue-bulk-dismiss"),
            ("R", "queue-bulk-dismiss-reason"),
            ("N", "queue-bulk-file"),
            ("T", "queue-bulk-assign"),
            ("z", "queue-density"),
            (".", "queue-new-show"),
            ("Enter", "queue-empty-to-open"),
        ),
    ),
    KeyGroup(
        "flag-title",
        (
            ("c", "flag-confirm"),
            ("a", "flag-confirm-archive-none"),
            ("n", "flag-narrative-submit"),
            ("d", "flag-dismiss"),
            ("1 … 9", "help-keys-reason"),
            ("r", "flag-dismiss-reason"),
            ("p", "flag-dismiss-only"),
            ("e", "flag-dismiss-counter"),
            ("1 … 9", "help-keys-precedent"),
            ("l", "flag-link-title"),
            ("s", "flag-skip"),
            ("j", "flag-next"),
            ("k", "flag-previous"),
            ("m", "flag-note"),
            ("t", "flag-assign-me"),
            ("y", "help-keys-gloss"),
            ("Y", "help-keys-gloss-precedent"),
            ("g f", "help-keys-article"),
            ("o", "help-keys-meanwhile"),
        ),
    ),
    KeyGroup("flag-link-title", (("1 … 9", "help-keys-number"), ("m", "help-keys-nearest"))),
    KeyGroup(
        "check-result-title",
        (("n", "check-another"), ("a", "check-archive"), ("f", "check-judge"), ("m", "help-keys-nearest")),
    ),
    KeyGroup(
        "article-title",
        (
            ("j", "article-next"),
            ("k", "article-previous"),
            ("f", "article-open-flag"),
            ("w", "article-another"),
            ("o", "help-keys-known"),
            ("n", "help-keys-anew"),
        ),
    ),
    KeyGroup("desk-nav-archive", (("n", "archive-record"), ("e", "statement-edit"), ("f", "finding-add"))),
    KeyGroup(
        "desk-nav-narratives",
        (
            ("n", "narratives-new"),
            ("g s", "suggestions-title"),
            ("g m", "desk-nav-map"),
            ("g w", "warnings-title"),
        ),
    ),
    KeyGroup(
        "help-term-narrative",
        (
            ("e", "narrative-edit"),
            ("n", "narrative-record"),
            ("f", "finding-add"),
            ("w", "narrative-follow"),
            ("m", "narrative-bulk"),
        ),
    ),
    KeyGroup(
        "suggestions-title",
        (
            ("r", "suggestions-run"),
            ("a", "suggestions-accept"),
            ("e", "suggestions-edit"),
            ("x", "suggestions-refuse"),
        ),
    ),
    KeyGroup(
        "map-title",
        (
            ("p", "map-play-or-pause"),
            ("t", "map-day"),
            ("+", "map-zoom-in"),
            ("-", "map-zoom-out"),
            ("0", "map-whole"),
            ("ArrowLeft", "map-pan-ArrowLeft"),
            ("ArrowRight", "map-pan-ArrowRight"),
            ("ArrowUp", "map-pan-ArrowUp"),
            ("ArrowDown", "map-pan-ArrowDown"),
        ),
    ),
    KeyGroup(
        "predictions-title",
        (
            ("h", "predictions-outcome-happened"),
            ("n", "predictions-outcome-did_not_happen"),
            ("c", "predictions-outcome-unknown"),
            ("s", "predictions-url"),
            ("j", "predictions-next"),
            ("k", "predictions-previous"),
        ),
    ),
    KeyGroup("imports-title", (("i", "imports-go"),)),
)
