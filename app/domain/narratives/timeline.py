"""Timelines: a narrative's appearances in order of time, with the role spans in which they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.checks.checks import StanceLabel
from app.domain.checks.recurrence import Recurrence
from app.domain.core.dates import Period
from app.domain.explanations.role_spans import Role, RoleSpan
from app.domain.predictions.predictions import Prediction, Tally
from app.domain.statements.statements import Finding, Narrative, Source


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Entry of a timeline: a statement, and the number of others with the same text, speaker and day.

    `slots` are its variable parts, in order of the text; `withdrawn`: it was withdrawn later than the day asked for.
    """

    id: str
    said_at: Period | None
    speaker: str | None
    source: Source
    title: str | None
    text: str
    language: str
    stance: StanceLabel | None
    findings: tuple[Finding, ...]
    prediction: Prediction | None
    slots: tuple[RoleSpan, ...]
    sightings: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Page of a narrative's appearances, and the totals of all of them."""

    narrative: Narrative
    recurrence: Recurrence
    predictions: Tally
    variable_roles: tuple[Role, ...]
    entries: tuple[TimelineEntry, ...]
    next: int | None
    """Cursor of the next page; None on the last."""


def variable_role_spans(
    role_spans: Mapping[int, Sequence[RoleSpan]],
) -> tuple[tuple[Role, ...], dict[int, tuple[RoleSpan, ...]]]:
    """Roles whose words vary among the texts, and each text's spans with such a role.

    A role that only some of the texts have differs; one text alone has nothing to differ from, and keeps all of its
    slots. `other` is no role to compare.
    """
    roles = list(dict.fromkeys(span.role for spans in role_spans.values() for span in spans if span.role != "other"))
    values: dict[Role, set[frozenset[str]]] = {
        role: {
            frozenset(span.span.exact.casefold() for span in spans if span.role == role)
            for spans in role_spans.values()
        }
        for role in roles
    }
    variable = tuple(sorted(role for role in roles if len(values[role]) > 1 or len(role_spans) == 1))
    return variable, {key: tuple(span for span in spans if span.role in variable) for key, spans in role_spans.items()}
