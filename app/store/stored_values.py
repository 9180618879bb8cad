"""The layout on disk of what stored answers hold: dates, quotes, sources, findings, predictions.

Names and defaults here belong to the disk. They stay as they are when the domain renames a field: what was stored is
read afterwards. A field that a stored answer may lack has a default.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.access.contributors import Contributor
from app.domain.core.dates import Period, Precision
from app.domain.core.text_quotes import TextQuote
from app.domain.predictions.predictions import Prediction, PredictionStatus, StatusLabel
from app.domain.statements.statements import Finding, NarrativeRef, Outcome, Source

VERSION = 1
"""Version of the stored layout. Answers without a version are of version 0, which has the same fields."""


class NewerLayout(RuntimeError):
    """A stored answer has a layout that a newer release wrote."""

    def __init__(self, version: int):
        super().__init__(f"a stored answer has layout {version}, and this release reads up to {VERSION}: upgrade it")


def check_version(version: int) -> None:
    """Raises `NewerLayout`."""
    if version > VERSION:
        raise NewerLayout(version)


@dataclass(frozen=True, slots=True)
class StoredPeriod:
    """A date with its precision; bounds in microseconds since 1970 UTC."""

    text: str
    precision: Precision
    begins: int
    ends: int

    @classmethod
    def of(cls, period: Period | None) -> "StoredPeriod | None":
        return cls(period.text, period.precision, period.begins, period.ends) if period else None


def period_of(stored: StoredPeriod | None) -> Period | None:
    """The date that was stored."""
    return Period(stored.text, stored.precision, stored.begins, stored.ends) if stored else None


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A W3C TextQuoteSelector with offsets in code points."""

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, quote: TextQuote) -> "StoredQuote":
        return cls(quote.exact, quote.start, quote.end, quote.prefix, quote.suffix)

    @classmethod
    def of_optional(cls, quote: TextQuote | None) -> "StoredQuote | None":
        return cls.of(quote) if quote else None

    def restored(self) -> TextQuote:
        return TextQuote(exact=self.exact, start=self.start, end=self.end, prefix=self.prefix, suffix=self.suffix)


def quote_of(stored: StoredQuote | None) -> TextQuote | None:
    """The quote that was stored."""
    return stored.restored() if stored else None


def quotes_of(stored: Sequence[StoredQuote]) -> tuple[TextQuote, ...]:
    """The quotes that were stored."""
    return tuple(quote.restored() for quote in stored)


def stored_quotes(quotes: Sequence[TextQuote]) -> tuple[StoredQuote, ...]:
    """Quotes as they are stored."""
    return tuple(map(StoredQuote.of, quotes))


@dataclass(frozen=True, slots=True)
class StoredSource:
    """Stored source of a statement."""

    name: str | None = None
    url: str | None = None
    archive_url: str | None = None

    @classmethod
    def of(cls, source: Source) -> "StoredSource":
        return cls(source.name, source.url, source.archive_url)

    def restored(self) -> Source:
        return Source(name=self.name, url=self.url, archive_url=self.archive_url)


@dataclass(frozen=True, slots=True)
class StoredNarrativeRef:
    """A narrative by its id, its title at the time, and its key."""

    id: str
    title: str
    key: int

    @classmethod
    def of(cls, ref: NarrativeRef) -> "StoredNarrativeRef":
        return cls(ref.id, ref.title, ref.key)

    def restored(self) -> NarrativeRef:
        return NarrativeRef(id=self.id, title=self.title, key=self.key)


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding as it was when it was shown."""

    verdict: str
    publisher: str | None = None
    url: str | None = None
    published_at: StoredPeriod | None = None
    summary: str | None = None
    id: str | None = None
    learned_at: datetime | None = None
    statement: str | None = None
    narrative: str | None = None
    outcome: Outcome | None = None
    outcome_url: str | None = None
    contributor_key: int | None = None
    contributor: str | None = None
    """Name of the organisation that had added it."""

    @classmethod
    def of(cls, finding: Finding) -> "StoredFinding":
        return cls(
            verdict=finding.verdict,
            publisher=finding.publisher,
            url=finding.url,
            published_at=StoredPeriod.of(finding.published_at),
            summary=finding.summary,
            id=finding.id,
            learned_at=finding.learned_at,
            statement=finding.statement,
            narrative=finding.narrative,
            outcome=finding.outcome,
            outcome_url=finding.outcome_url,
            contributor_key=finding.contributor.key if finding.contributor else None,
            contributor=finding.contributor.name if finding.contributor else None,
        )

    def restored(self) -> Finding:
        return Finding(
            verdict=self.verdict,
            publisher=self.publisher,
            url=self.url,
            published_at=period_of(self.published_at),
            summary=self.summary,
            id=self.id,
            learned_at=self.learned_at,
            statement=self.statement,
            narrative=self.narrative,
            outcome=self.outcome,
            outcome_url=self.outcome_url,
            contributor=None
            if self.contributor_key is None
            else Contributor(self.contributor_key, self.contributor or ""),
        )


@dataclass(frozen=True, slots=True)
class StoredPredictionStatus:
    """Stored status of a prediction at the time of the answer."""

    label: StatusLabel
    evidence: StoredFinding | None = None

    @classmethod
    def of(cls, status: PredictionStatus) -> "StoredPredictionStatus":
        return cls(status.label, StoredFinding.of(status.evidence) if status.evidence else None)

    def restored(self) -> PredictionStatus:
        return PredictionStatus(label=self.label, evidence=self.evidence.restored() if self.evidence else None)


@dataclass(frozen=True, slots=True)
class StoredPrediction:
    """Stored prediction: the words that show it, and its time window."""

    cues: tuple[StoredQuote, ...]
    window: StoredQuote | None = None
    until: StoredPeriod | None = None
    status: StoredPredictionStatus | None = None

    @classmethod
    def of(cls, prediction: Prediction | None) -> "StoredPrediction | None":
        if prediction is None:
            return None
        return cls(
            cues=stored_quotes(prediction.cues),
            window=StoredQuote.of_optional(prediction.window),
            until=StoredPeriod.of(prediction.until),
            status=StoredPredictionStatus.of(prediction.status) if prediction.status else None,
        )


def prediction_of(stored: StoredPrediction | None) -> Prediction | None:
    """The prediction that was stored."""
    if stored is None:
        return None
    return Prediction(
        cues=quotes_of(stored.cues),
        window=quote_of(stored.window),
        until=period_of(stored.until),
        status=stored.status.restored() if stored.status else None,
    )
