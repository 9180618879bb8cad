"""Summary of a narrative's timeline in a few rows: the things and the place named in each appearance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.core.dates import Period
from app.domain.core.messages import Messages
from app.domain.explanations.role_spans import RoleSpan
from app.domain.narratives.timeline import TimelineEntry
from app.language.explanation.noun_phrases import Phrase, phrases_of
from app.language.explanation.phrase_rendering import PhraseRenderer, PhraseSpan, SourceText

_MOST_THINGS: Final = 2


@dataclass(frozen=True, slots=True)
class TimelineSummaryRow:
    """Row of a timeline summary: "more than twenty cylinders of chlorine", "Idlib".

    `exact`: it says how much; `own`: in the reader's language.
    """

    said_at: Period
    who: str | None
    things: tuple[str, ...]
    place: str | None
    exact: bool
    own: bool


def timeline_summary(entries: Iterable[TimelineEntry], phrases: Messages, most: int) -> list[TimelineSummaryRow]:
    """Rows of the most informative appearances, in order; only of those that have a date and name a thing."""
    rows = [row for entry in entries if (row := _entry_row(entry, phrases))]
    chosen = sorted(range(len(rows)), key=lambda index: (not rows[index].exact, not rows[index].own, index))[:most]
    return [rows[index] for index in sorted(chosen)]


def summary_row(
    text: str,
    language: str,
    role_spans: Iterable[RoleSpan],
    said_at: Period,
    who: str | None,
    phrases: Messages,
) -> TimelineSummaryRow | None:
    """Row for one text, from its role spans in order; None where it names no thing."""
    source, renderer = SourceText(text, language.split("-")[0] == phrases.language), PhraseRenderer(phrases)
    parts = phrases_of(source, [(role_span.role, role_span.span, "repeated") for role_span in role_spans], renderer)
    found = list(dict.fromkeys(parts.values()))
    amounts = [phrase for phrase in found if phrase.is_quantity and len(phrase.parts) > 1]
    named = [phrase for phrase in found if phrase.kind == "thing" and phrase not in amounts]
    things = [phrase.span for phrase in found if phrase in [*amounts, *named][:_MOST_THINGS]]
    if not things:
        return None
    place = _nearest([phrase for phrase in found if phrase.kind == "place"], things[0])
    return TimelineSummaryRow(
        said_at,
        who,
        tuple(renderer.render(source, span, bare=True).words for span in things),
        renderer.render(source, place, bare=True).words if place else None,
        bool(amounts),
        source.own,
    )


def _entry_row(entry: TimelineEntry, phrases: Messages) -> TimelineSummaryRow | None:
    if entry.said_at is None:
        return None
    return summary_row(
        entry.text, entry.language, entry.slots, entry.said_at, entry.speaker or entry.source.name, phrases
    )


def _nearest(places: Sequence[Phrase], thing: PhraseSpan) -> PhraseSpan | None:
    """Place nearest to a thing in the text, preferably after it."""
    near = [place.span for place in places]
    return min(near, key=lambda span: (span.start < thing.start, abs(span.start - thing.start)), default=None)
