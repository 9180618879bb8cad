"""False flags: texts that repeat nothing, checked against an archive; every flag is false."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from app.domain.checks.checks import Check, CheckRequest
from app.services.checks.check_statements import CheckStatements
from app.services.evaluation.statistics import wilson_interval

_AT_ONCE: Final = 50


class Text(Protocol):
    """A text that repeats nothing."""

    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def kind(self) -> str: ...


def check_new_texts(
    check_statements: CheckStatements,
    texts: Sequence[Text],
    progress: Callable[[int], None] = lambda _: None,
) -> list[Check]:
    """The checks of texts, in order, as they are made in use: language detected, precedents of any date."""
    checks: list[Check] = []
    for start in range(0, len(texts), _AT_ONCE):
        batch = texts[start : start + _AT_ONCE]
        checks += check_statements([CheckRequest(one.text, earlier_only=False, record=False) for one in batch])
        progress(len(batch))
    return checks


def false_flags(texts: Sequence[Text], checks: Sequence[Check]) -> dict[str, object]:
    """Share of flagged texts, over all, by kind and by language, each with its 95 % interval."""
    flagged = [check.flagged for check in checks]

    def by(attribute: str) -> dict[str, Any]:
        of = [getattr(text, attribute) for text in texts]
        return {
            value: _share([flag for flag, one in zip(flagged, of, strict=True) if one == value])
            for value in sorted(set(of))
        }

    return {**_share(flagged), "by_kind": by("kind"), "by_language": by("language")}


def _share(flagged: Sequence[bool]) -> dict[str, object]:
    return {
        "texts": len(flagged),
        "flagged": sum(flagged),
        "false_flag_rate": sum(flagged) / len(flagged) if flagged else None,
        "ci": wilson_interval(sum(flagged), len(flagged)),
    }
