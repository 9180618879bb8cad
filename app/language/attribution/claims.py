"""Claims of an article: each statement that it attributes to somebody, with speaker, date and place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from app.domain.core.dates import Period
from app.domain.core.spans import Span
from app.domain.core.text_quotes import TextQuote
from app.domain.documents.documents import Claim
from app.language.attribution.attribution import Attribution, QuoteAttributor
from app.language.attribution.coreference import AttributedClaim, CoreferenceContext
from app.language.attribution.date_phrases import DatePhrases, date_phrases
from app.language.attribution.entities import Entities, WordForms
from app.language.attribution.quotations import inside, is_speech, quotations
from app.language.attribution.speakers import SpeakerResolver
from app.language.attribution.text_spans import Article, Sentence, trimmed
from app.language.attribution.verb_final import VerbFinalAttributor
from app.language.lexicons.attribution import AttributionLexicon, attribution_lexicon
from index.processor_budget import check_processor_budget

_WORD: Final = re.compile(r"[^\W\d_]+")
_NEWS: Final = timedelta(days=7)
"""The time before the article's date within which a statement counts as news."""
_YEAR: Final = timedelta(days=365)
_STEM: Final = 5
_RELATED: Final = 2
"""Words that a claim has in common with the news where it is about the same."""
_DATELINE: Final = re.compile(
    r"(?:(?:date|published|updated)?:?\s*\d{4}-\d\d-\d\d\s+"
    r"|[^\W\d_a-zа-яё][^.!?“”«»\"\n—–]{1,60}?\s[—–]{1,2}\s+)(?=\S)"
)


@dataclass(frozen=True, slots=True)
class ExtractedClaims:
    """An article as it was read."""

    claims: tuple[Claim, ...]
    quotations: Sequence[Span]
    unresolved: tuple[TextQuote, ...]
    """Date phrases of statements that could not be resolved."""


def extract_claims(
    text: str, sentences: Sequence[Sentence], language: str, published: Period | None
) -> ExtractedClaims:
    """The claims of an article, in order; none in a language without words of attribution.

    `published` is the day from which relative dates are counted; of a month or year nothing can be.
    """
    lexicon = attribution_lexicon(language)
    quoted = quotations(text, lexicon.saying if lexicon else None)
    article = Article.of(text, _without_dateline(text, sentences), quoted)
    if lexicon is None:
        return ExtractedClaims((), quoted, ())
    day = published.first_day if published and published.precision in ("day", "instant") else None
    resolver = SpeakerResolver(Entities.of(article.plain, lexicon), lexicon, language=language.partition("-")[0])
    dates = DatePhrases(date_phrases(article.plain, language, day))
    kind = VerbFinalAttributor if lexicon.grammar.verb_final else QuoteAttributor
    attributor = kind(article, lexicon, resolver, dates)
    run = _Extraction(article, lexicon, dates, attributor, CoreferenceContext(article.plain, resolver))
    run.extract()
    return ExtractedClaims(tuple(_background_marked(run.context.claims, day)), quoted, tuple(run.unresolved))


@dataclass
class _Extraction:
    """One pass over an article from the top to the end."""

    article: Article
    lexicon: AttributionLexicon
    dates: DatePhrases
    attributor: QuoteAttributor
    context: CoreferenceContext
    unresolved: list[TextQuote] = field(default_factory=list)

    def extract(self) -> None:
        for sentence in self.article.sentences:
            check_processor_budget()
            before = self.context.before
            if not (before and self._about_this(before, sentence)):
                found = self.attributor.attribute_all(sentence)
                for part, attribution in found:
                    self._add(part, attribution)
                if not found:
                    self._go_on(sentence)
            self.context.before = sentence

    def _add(self, sentence: Sentence, found: Attribution) -> None:
        text = self.article.text
        speaker = self.context.speaker(sentence, found.subject, found.cue)
        period, phrase = self._date_of_saying(found)
        carried = self.context.said_at(sentence, speaker) if phrase is None else None
        claim = Claim(
            text=text[found.start : found.end],
            start=found.start,
            end=found.end,
            speaker=speaker,
            said_at=period or carried,
            quoted=self._quoted(found.start, found.end),
            attribution=TextQuote.of(text, *found.cue),
            said_at_from="text" if period else "context" if carried else None,
            said_at_quote=phrase,
        )
        in_passing = self.context.reporter_speaks_before(sentence)
        self.context.claims.append(AttributedClaim(claim, sentence.paragraph, found.sure, in_passing))
        if found.goes_on:
            self._continue(claim, found.goes_on, sentence.paragraph)

    def _date_of_saying(self, found: Attribution) -> tuple[Period | None, TextQuote | None]:
        """The most precise date of the statement in a sentence, and its words; none within the reported clause."""
        dates = [
            phrase
            for phrase in dict.fromkeys(date for stretch in found.dated for date in self.dates.in_stretch(*stretch))
            if not (found.clause or found.start) < phrase.end <= found.end
        ]
        if not dates:
            return None, None
        best = min(dates, key=lambda phrase: (phrase.rank, phrase.start))
        words = TextQuote.of(self.article.text, best.start, best.end)
        if best.period is None:
            self.unresolved.append(words)
        return best.period, words

    def _go_on(self, sentence: Sentence) -> None:
        """Continues the claim before with a sentence that is only a quotation, right after a quoted one."""
        last = self.context.last
        if last is None or not last.claim.quoted or sentence.paragraph - last.paragraph > 1:
            return
        for span in self.article.quoted_in(sentence.start, sentence.end):
            if span[0] == sentence.start and sentence.end - span[1] <= 1 and is_speech(self.article.text, span):
                self._continue(last.claim, inside(self.article.text, span), sentence.paragraph)

    def _continue(self, claim: Claim, span: Span, paragraph: int) -> None:
        more = replace(
            claim,
            text=self.article.text[slice(*span)],
            start=span[0],
            end=span[1],
            quoted=True,
            attribution=None,
            said_at_from="context" if claim.said_at else None,
            said_at_quote=None,
        )
        self.context.claims.append(AttributedClaim(more, paragraph))

    def _about_this(self, before: Sentence, sentence: Sentence) -> bool:
        """`Об этом 16 мая сообщил …` gives the speaker of the sentence before, or, where that is known, the date."""
        plain, text = self.article.plain, self.article.text
        begins = self.lexicon.about_this.match(plain, sentence.start, sentence.end)
        verb = begins and self.lexicon.saying.search(plain, begins.end(), sentence.end)
        if not verb:
            return False
        stretch = self.dates.in_stretch(sentence.start, sentence.end)
        dates = [phrase for phrase in stretch if sentence.start < phrase.start and phrase.period]
        period = min(dates, key=lambda phrase: phrase.rank).period if dates else None
        last = self.context.last
        if last and before.start <= last.claim.start < before.end:
            if period and not last.claim.said_at:
                dated = replace(last.claim, said_at=period, said_at_from="context")
                self.context.claims[-1] = replace(last, claim=dated)
            return True
        subject = self.attributor.subject_after(verb.end(), sentence.end)
        start, end = trimmed(text, before.start, before.end, " .")
        claim = Claim(
            text=text[start:end],
            start=start,
            end=end,
            speaker=self.context.speaker(sentence, subject, verb.span()),
            said_at=period,
            quoted=self._quoted(start, end),
            attribution=TextQuote.of(text, *trimmed(text, sentence.start, sentence.end, " .")),
            said_at_from="context" if period else None,
        )
        self.context.claims.append(AttributedClaim(claim, sentence.paragraph))
        return True

    def _quoted(self, start: int, end: int) -> bool:
        """True where quoted words are part of a stretch, their marks perhaps just outside of it."""
        near = self.article.quoted_in(start - 1, end)
        return any(quotation[1] > start and is_speech(self.article.text, quotation) for quotation in near)


def _without_dateline(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, without the place or date that stands before the first: `MARKOVO, 3 May —`, `date 2021-05-24`."""
    if not sentences:
        return []
    first = sentences[0]
    line = _DATELINE.match(text, first.start, first.end)
    return [replace(first, start=line.end()) if line else first, *sentences[1:]]


def _background_marked(claims: Sequence[AttributedClaim], published: date | None) -> Iterator[Claim]:
    """The claims, with those marked as background that a reporter recalls in passing of a speaker outside the news.

    A claim is recalled if it was made more than a week before publication or, undated and unquoted, is an accusation
    (`accused … of`). A speaker belongs to the news if a claim of the news is theirs, or its attribution names them. A
    claim is in passing if it follows the reporter's own words in a paragraph, or is more than a year old, and shares
    next to no words with the news.
    """

    def recalled(claim_made: AttributedClaim) -> bool:
        said_at = claim_made.claim.said_at
        if said_at is None:
            return not claim_made.sure and not claim_made.claim.quoted
        return published is not None and said_at.last_day < published - _NEWS

    def long_ago(claim: Claim) -> bool:
        return claim.said_at is not None and published is not None and claim.said_at.last_day < published - _YEAR

    news = [claim_made.claim for claim_made in claims if claim_made.sure and not recalled(claim_made)]
    news_speakers = {claim.speaker for claim in news}
    introduced = WordForms(
        word for claim in news if claim.attribution for word in _WORD.findall(claim.attribution.exact)
    )
    subject_matter = {word for claim in news for word in _topics(claim.text)}
    for claim_made in claims:
        check_processor_budget()
        speaker = claim_made.claim.speaker
        has_part = speaker is not None and (
            speaker in news_speakers or all(map(introduced.has_form_of, _WORD.findall(speaker)))
        )
        off_topic = not claim_made.sure or len(_topics(claim_made.claim.text) & subject_matter) < _RELATED
        aside = claim_made.in_passing or long_ago(claim_made.claim)
        yield replace(claim_made.claim, background=aside and off_topic and recalled(claim_made) and not has_part)


def _topics(text: str) -> set[str]:
    """The longer words of a text, without their endings."""
    return {word.lower()[:_STEM] for word in _WORD.findall(text) if len(word) >= _STEM}
