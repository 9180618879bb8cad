"""History of a narrative for a check or its own page: recurrence, and outcomes of its predictions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.checks.recurrence import Recurrence, recurrence_of
from app.domain.core.dates import Earlier, Period
from app.domain.core.text import canonical
from app.domain.predictions.predictions import AsOf, Prediction, Tally, prediction_status, tally_of
from app.domain.statements.statements import Finding

DedupKey = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class NarrativeHistory:
    """Recurrence of a narrative before a check (or before now), and the tally of its predictions."""

    id: str
    title: str
    recurrence: Recurrence
    predictions: Tally


@dataclass(frozen=True, slots=True)
class Member:
    """Member of a narrative: a statement with what its history needs. `outcomes`: of findings about it that give
    one."""

    key: int
    text: str
    language: str
    speaker: str | None
    said_at: Period | None
    owner: int | None
    outcomes: tuple[Finding, ...] = ()
    prediction: Prediction | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """Appearance of a narrative: the keys of the statements with the same text, speaker and day; names that a reader's
    organisation merged are one speaker."""

    keys: tuple[int, ...]
    said_at: Period | None
    prediction: Prediction | None
    outcomes: tuple[Finding, ...]


def dedup_key(text: str, speaker: str | None, said_at: Period | None) -> DedupKey:
    """Key of deduplication: equal for the same text, speaker and day."""
    return canonical(text), speaker, said_at.text[:10] if said_at else ""


def appearances_of(members: Iterable[Member], main_names: Mapping[str, str] | None = None) -> list[Appearance]:
    """The appearances in order of time, undated ones last; `main_names`: of speakers, by their aliases."""
    together: dict[DedupKey, list[Member]] = {}
    for member in members:
        speaker = (main_names or {}).get(member.speaker or "", member.speaker)
        together.setdefault(dedup_key(member.text, speaker, member.said_at), []).append(member)
    appearances = [
        Appearance(
            keys=tuple(sorted(member.key for member in same)),
            said_at=same[0].said_at,
            prediction=same[0].prediction,
            outcomes=tuple(finding for member in same for finding in member.outcomes),
        )
        for same in together.values()
    ]
    return sorted(appearances, key=_date_order)


def in_order(several: Iterable[Iterable[Appearance]]) -> list[Appearance]:
    """Appearances of several narratives merged in order of time, each once."""
    return sorted(
        {appearance.keys: appearance for appearances in several for appearance in appearances}.values(), key=_date_order
    )


def recurrence_and_tally(
    appearances: Sequence[Appearance], before: Period, earlier: Earlier, as_of: AsOf
) -> tuple[Recurrence, Tally]:
    """Recurrence and tally of predictions, of the appearances that are earlier than the period `before`."""
    past = [appearance for appearance in appearances if earlier.admits(appearance.said_at)]
    recurrence = recurrence_of([appearance.said_at for appearance in past if appearance.said_at], before)
    tally = tally_of(
        (appearance.said_at, prediction_status(appearance.prediction, appearance.outcomes, as_of))
        for appearance in past
        if appearance.prediction is not None
    )
    return recurrence, tally


def with_status(prediction: Prediction | None, findings: Iterable[Finding], as_of: AsOf) -> Prediction | None:
    """Prediction with its status by the findings about its statement; those about a narrative do not settle it."""
    if prediction is None:
        return None
    own = [finding for finding in findings if finding.narrative is None]
    return replace(prediction, status=prediction_status(prediction, own, as_of))


def _date_order(appearance: Appearance) -> tuple[bool, int, int, int]:
    if appearance.said_at is None:
        return True, 0, 0, appearance.keys[0]
    return False, appearance.said_at.begins, appearance.said_at.ends, appearance.keys[0]
