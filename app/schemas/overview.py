"""The overview of an organisation's desk, as an answer shows it."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Self

from pydantic import Field

from app.domain.desk.annotations import Facet
from app.domain.desk.flags import FlagState
from app.domain.narratives.summaries import RecentNarrative
from app.domain.overview.overview import NarrativesInState, Overview
from app.schemas.fields import Shown


class FlagsByState(Shown):
    """Numbers of flags by their state now."""

    open: int
    confirmed: int
    dismissed: int

    @classmethod
    def of(cls, counts: Mapping[FlagState, int]) -> "FlagsByState":
        return FlagsByState(
            open=counts.get("open", 0), confirmed=counts.get("confirmed", 0), dismissed=counts.get("dismissed", 0)
        )


class FlagsOfDayOut(FlagsByState):
    """Flags of a day in UTC, by their state now."""

    day: datetime.date


class WaitingFlagOut(Shown):
    """The open flag that waits longest."""

    id: str
    since: datetime.datetime


class RecentNarrativeOut(Shown):
    """Narrative that was seen in the last 90 days, with the narratives below it."""

    id: str
    title: str
    recent: int = Field(description="Statements of the last 90 days.")
    before: int = Field(description="Statements of the 90 days before those.")
    pause_days: int | None = Field(description="Days between the last statement before the recent ones and the first.")

    @classmethod
    def of(cls, narrative: RecentNarrative) -> Self:
        ref, activity = narrative.ref, narrative.activity
        pause = activity.pause.days if activity.pause is not None else None
        return cls(id=ref.id, title=ref.title, recent=activity.recent, before=activity.before, pause_days=pause)


class NarrativesInStateOut(Shown):
    """Number of narratives in a state, and the ten most active."""

    count: int
    most_active: Sequence[RecentNarrativeOut]

    @classmethod
    def of(cls, found: NarrativesInState) -> Self:
        return cls(count=found.count, most_active=[RecentNarrativeOut.of(one) for one in found.most_active])


class FlagsOfValueOut(Shown):
    """Number of flags, in any state, of a language or an outlet."""

    value: str
    count: int

    @classmethod
    def of(cls, facets: Sequence[Facet], *, labelled: bool) -> "list[FlagsOfValueOut]":
        return [cls(value=facet.label if labelled else facet.value, count=facet.count) for facet in facets]


class UnsettledPredictionsOut(Shown):
    """Predictions without a recorded outcome."""

    lapsed: int = Field(description="Their time has passed; counted up to 1,001.")
    lapsing: int = Field(description="Their time ends within seven days; counted up to 1,001.")


class DisputedFlagOut(Shown):
    """Flag on whose matches analysts differ."""

    id: str
    text: str
    language: str


class AgreementOut(Shown):
    """Agreement between analysts on matches that two or more of them judged, among the latest 5,000 decisions."""

    judged: int
    agreed: int
    alpha: float | None = Field(
        description="Krippendorff's alpha; null for fewer than 20 matches, or one verdict alone."
    )
    disputed: Sequence[DisputedFlagOut] = Field(description="Where they differ, the latest first; at most five.")


class OverviewOut(Shown):
    """What came to the organisation's desk, what waits, and what moves among the narratives that it sees."""

    at: datetime.datetime
    flags: FlagsByState
    days: Sequence[FlagsOfDayOut] = Field(description="The last thirty days in UTC, the earliest first.")
    oldest: WaitingFlagOut | None
    growing: NarrativesInStateOut = Field(
        description="At least three statements in the last 90 days, and more than in the 90 days before."
    )
    back: NarrativesInStateOut = Field(
        description="Seen in the last 90 days, after at least 180 days without a statement."
    )
    languages: Sequence[FlagsOfValueOut] = Field(description="The ten most frequent.")
    outlets: Sequence[FlagsOfValueOut] = Field(description="The ten most frequent.")
    predictions: UnsettledPredictionsOut
    agreement: AgreementOut

    @classmethod
    def of(cls, read: Overview) -> Self:
        agreement = read.agreement
        return cls(
            at=read.at,
            flags=FlagsByState.of(read.counts),
            days=[FlagsOfDayOut(day=one.day, **FlagsByState.of(one.counts).model_dump()) for one in read.days],
            oldest=WaitingFlagOut.model_validate(read.oldest) if read.oldest else None,
            growing=NarrativesInStateOut.of(read.growing),
            back=NarrativesInStateOut.of(read.returned),
            languages=FlagsOfValueOut.of(read.languages, labelled=False),
            outlets=FlagsOfValueOut.of(read.outlets, labelled=True),
            predictions=UnsettledPredictionsOut(lapsed=read.predictions.lapsed, lapsing=read.predictions.soon),
            agreement=AgreementOut(
                judged=agreement.judged,
                agreed=agreement.agreed,
                alpha=agreement.alpha,
                disputed=[DisputedFlagOut.model_validate(flag) for flag in read.disputed],
            ),
        )
