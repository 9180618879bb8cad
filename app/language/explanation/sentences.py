"""Sentences of an answer: the summary of a check, and the explanation of each match."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from typing import Final

from app.domain.checks.checks import Check, Match, StanceLabel
from app.domain.checks.recurrence import Recurrence
from app.domain.checks.scoring import Tier
from app.domain.core.messages import Messages
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import OPPOSING
from app.domain.predictions.predictions import Tally
from app.language.explanation.diff_summary import AlignedTexts, DiffSummary
from app.language.explanation.phrase_rendering import (
    PhraseRenderer,
    PhraseSpan,
    RenderedPhrase,
    SourceText,
    list_order,
    shortened,
    unquoted,
)
from app.language.explanation.replacements import Replacement

_MOST_REPEATED: Final = 3
_MOST_CHANGED: Final = 2
_MOST_ADDED: Final = 3
_MOST_DROPPED: Final = 2
_SHORTEST_STEM: Final = 4
_LONGEST_ENDING: Final = 2
_ALIKE: Final[dict[Tier | None, str]] = {Tier.SAME_SCRIPT: "script", Tier.SAME_TOPIC: "topic"}


def rephrased(check: Check, phrases: Messages) -> Check:
    """A stored check in the language of `phrases`, from what it was explained by; as it is where it is in it already.

    What was not explained, as a match found by hand, stays so.
    """
    if check.phrased_in == phrases.language:
        return check
    said = with_explanations(check, phrases)
    matches = [
        new if old.explanation is not None else old for new, old in zip(said.matches, check.matches, strict=True)
    ]
    return replace(said, matches=tuple(matches), summary=said.summary if check.summary is not None else None)


def with_explanations(check: Check, phrases: Messages) -> Check:
    """Check with its summary and the explanations of its matches; without a summary where nothing was found."""
    if check.recurrence is None:
        return replace(check, phrased_in=phrases.language)
    explain = _explainer(phrases)
    close = [match for match in check.matches if match.tier is not None]
    opposed = sum(match.relation == "opposes" for match in close)
    predicted = next((narrative.predictions for narrative in check.narratives), None)
    return replace(
        check,
        summary=summary_sentence(phrases, check.recurrence, len(close), check.stance.label, predicted, opposed=opposed),
        matches=tuple(
            replace(match, explanation=explain(check.text, check.language.code, match.stance, match))
            for match in check.matches
        ),
        phrased_in=phrases.language,
    )


def summary_sentence(
    phrases: Messages,
    recurrence: Recurrence,
    close: int,
    stance: StanceLabel | None,
    predicted: Tally | None = None,
    *,
    opposed: int = 0,
) -> str:
    """Sentence on the recurrence of a check, and on the recorded outcomes of its predictions; `close`: number of
    suggested matches, of which `opposed` say the opposite.

    `stance` is that of the text, None where its language is not read. A denial was denied before, and what asks
    repeats nothing.
    """
    first, last, days = recurrence.first_said_at, recurrence.last_said_at, recurrence.days_since_last
    label = stance or "none"
    if recurrence.count and recurrence.said_before and first is None:
        before = recurrence.said_before
        said = phrases.format_message("summary-before", stance=label, count=recurrence.count, before=before)
    elif first is None or last is None or days is None:
        known = "opposed" if opposed else "close"
        return phrases.format_message("summary-none", stance=label, known=known, close=close, opposed=opposed)
    else:
        count = recurrence.count
        said = phrases.format_message("summary", stance=label, count=count, first=first, last=last, days=days)
    outcomes = outcomes_sentence(phrases, predicted) if predicted and predicted.count else None
    return _in_a_row(phrases, [said, outcomes])


def outcomes_sentence(phrases: Messages, predicted: Tally) -> str:
    """Sentence on the recorded outcomes of at least one prediction. That its time has passed is no outcome."""
    count, unrecorded = predicted.count, predicted.expired + predicted.open
    if predicted.happened == count:
        return phrases.format_message("ledger-all-happened", count=count)
    if predicted.did_not_happen == count:
        return phrases.format_message("ledger-all-did-not", count=count)
    if predicted.did_not_happen:
        more = phrases.format_message("ledger-did-not", number=predicted.did_not_happen, unrecorded=unrecorded)
    elif unrecorded:
        more = phrases.format_message(
            "ledger-unrecorded-all" if unrecorded == count else "ledger-unrecorded", unrecorded=unrecorded
        )
    else:
        more = ""
    known = "some" if more else "none"
    return phrases.format_message("ledger", count=count, happened=predicted.happened, rest=known, more=more)


class Explainer:
    """Explains a match of a checked text: repeated and new phrases."""

    def __init__(self, phrases: Messages):
        self._phrases = phrases
        self._renderer = PhraseRenderer(phrases)

    def __call__(self, text: str, language: str, stance: StanceLabel | None, match: Match) -> str:
        """Explanation in one or more sentences; `stance` is that of the part of the text that matches."""
        precedent = match.precedent
        aligned = AlignedTexts(
            SourceText(text, _same_language(language, self._phrases.language)),
            SourceText(precedent.text, _same_language(precedent.language, self._phrases.language)),
            match.repeated,
            match.changed,
            match.added,
            match.removed,
        )
        translated = not _same_language(language, precedent.language)
        alike = self._phrases.format_message(
            f"explanation-{_message_id(stance, match, aligned.same_words, translated)}",
            when=self._date(match),
            who=self._attribution(match, named=translated or not aligned.precedent.own),
        )
        summary = aligned.diff_summary(self._renderer)
        later = "" if match.days_before is not None and match.days_before >= 0 else "-there"
        sentences = [
            self._similarity_sentence(alike, summary, verbatim=match.tier is Tier.NEAR_VERBATIM),
            self._replacement_sentence(aligned, summary.changed, later),
        ]
        sentences += [
            self._one_sided_sentence(aligned, summary, _in_a_row(self._phrases, sentences), later),
            self._outcome_sentence(match),
        ]
        return _in_a_row(self._phrases, sentences)

    def _date(self, match: Match) -> str:
        said_at = match.precedent.said_at
        if said_at is None and match.precedent.said_before:
            return self._phrases.format_message("explanation-when-before", when=match.precedent.said_before)
        if said_at is None:
            return self._phrases.format_message("explanation-when-unknown")
        later = match.days_before is not None and match.days_before < 0
        return self._phrases.format_message("explanation-when-later" if later else "explanation-when", when=said_at)

    def _attribution(self, match: Match, *, named: bool) -> str:
        """Speaker, outlet, and the language where it is `named`: of another text, or not the reader's."""
        precedent = match.precedent
        names = [unquoted(name) for name in (precedent.speaker, precedent.source.name) if name]
        if named:
            names.append(self._phrases.format_message("explanation-in-language", language=precedent.language))
        if not names:
            return ""
        listed = reduce(
            lambda before, name: self._phrases.format_message("explanation-who-next", before=before, name=name), names
        )
        return self._phrases.format_message("explanation-who", names=listed)

    def _similarity_sentence(self, alike: str, summary: DiffSummary, *, verbatim: bool) -> str:
        """Sentence with the degree of similarity and the repeated phrases."""
        if verbatim:
            return self._phrases.format_message("explanation-alone", alike=alike)
        repeated = self._noun_phrases(summary.readable, summary.repeated, _MOST_REPEATED)
        if summary.accused is None:
            known = "explanation-again" if repeated else "explanation-alone"
            return self._phrases.format_message(known, alike=alike, repeated=repeated)
        accused = self._renderer.render(summary.readable, summary.accused, bare=True).words
        known = "explanation-again-blame" if repeated else "explanation-blame"
        return self._phrases.format_message(known, alike=alike, repeated=repeated, accused=accused)

    def _replacement_sentence(self, aligned: AlignedTexts, changed: Sequence[Replacement], later: str) -> str | None:
        """Sentence "Then it was X; now it is Y": what says the opposite, and a few replacements, with at most one place
        and one time."""
        opposing = [(self._quoted(then), self._quoted(now)) for then, now in _opposing_words(aligned)]
        rendered = [
            (replacement, *self._render_pair(aligned, replacement))
            for replacement in changed
            if self._is_comparable(aligned, replacement)
        ]
        clear = [row for row in rendered if _is_informative(*row)]
        heads = [row for row in clear if not row[1].attached][:_MOST_CHANGED]
        tails = {row[0].role: row for row in reversed(clear) if row[1].attached}
        listed = sorted([*heads, *tails.values()], key=_sentence_order)
        if not listed and not opposing:
            return None
        then = (*(words for words, _ in opposing), *list_order((row[1] for row in listed), self._phrases))
        now = (*(words for _, words in opposing), *list_order((row[2] for row in listed), self._phrases))
        return self._phrases.format_message(f"explanation-changed{later}", then=then, now=now)

    def _quoted(self, words: str) -> str:
        return self._phrases.format_message("explanation-quoted", words=shortened(unquoted(words)))

    def _one_sided_sentence(self, aligned: AlignedTexts, summary: DiffSummary, before: str, later: str) -> str | None:
        """Sentence with phrases of one text only, without those in the sentences before.

        Of two texts in different languages only that in the reader's is quoted.
        """
        one, other = aligned.statement, aligned.precedent
        new = [] if other.own and not one.own else _absent(one, summary.added, other)
        gone = [] if one.own and not other.own else _absent(other, summary.dropped, one)
        added = self._noun_phrases(one, new, _MOST_ADDED, before)
        dropped = self._noun_phrases(other, gone, _MOST_DROPPED, before)
        if not added and not dropped:
            return None
        known = "-".join(name for name, parts in (("added", added), ("dropped", dropped)) if parts)
        return self._phrases.format_message(f"explanation-{known}{later}", added=added, dropped=dropped)

    def _outcome_sentence(self, match: Match) -> str | None:
        """Sentence with the recorded outcome of the precedent's prediction, if there is one."""
        status = match.precedent.prediction.status if match.precedent.prediction else None
        if status is None or status.label in ("open", "expired"):
            return None
        publisher = status.evidence.publisher if status.evidence else None
        by = self._phrases.format_message("explanation-who", names=unquoted(publisher)) if publisher else ""
        return self._phrases.format_message(f"explanation-outcome-{status.label}", by=by)

    def _is_comparable(self, aligned: AlignedTexts, replacement: Replacement) -> bool:
        """True if both phrases of a replaced place have a preposition, or neither: "to Jisr al-Shugur", "and Hurras
        al-Din"."""
        if replacement.role != "place" or not (aligned.statement.own and aligned.precedent.own):
            return True
        sides = (aligned.precedent, replacement.precedent.span), (aligned.statement, replacement.statement.span)
        return len({self._renderer.render(source, part).attached for source, part in sides}) == 1

    def _render_pair(self, aligned: AlignedTexts, replacement: Replacement) -> tuple[RenderedPhrase, RenderedPhrase]:
        """Both phrases of a replacement, precedent first; both with a preposition, or neither."""
        sides = (aligned.precedent, replacement.precedent.span), (aligned.statement, replacement.statement.span)
        then, now = (self._render_changed(source, part) for source, part in sides)
        if then.attached != now.attached:
            then, now = (self._render_changed(source, part, bare=True) for source, part in sides)
        return then, now

    def _render_changed(self, source: SourceText, part: PhraseSpan, *, bare: bool = False) -> RenderedPhrase:
        """Renders a changed phrase."""
        if part.role != "accused":
            return self._renderer.render(source, part, bare=bare)
        accused = self._renderer.render(source, part, bare=True).words
        return RenderedPhrase(self._phrases.format_message("explanation-accused", accused=accused))

    def _noun_phrases(self, source: SourceText, parts: Sequence[PhraseSpan], most: int, before: str = "") -> list[str]:
        """Rendered words of phrases that name something, each once, in order of the text, at most `most`."""
        named: dict[str, tuple[int, str]] = {}
        for part in parts:
            rendered = self._renderer.render(source, part, bare=True)
            noun = self._renderer.without_article(rendered.words).casefold()
            worded = any(map(str.isalpha, noun))  # "Nord Stream" and "2" may be two phrases
            if rendered.names and worded and noun not in named and noun not in before.casefold():
                named[noun] = part.start, rendered.words
        return [words for _, words in sorted(list(named.values())[:most])]


@lru_cache(maxsize=16)
def _explainer(phrases: Messages) -> Explainer:
    return Explainer(phrases)


def _in_a_row(phrases: Messages, sentences: Sequence[str | None]) -> str:
    """The sentences that are not None, one after another."""
    said = list(filter(None, sentences))
    if not said:
        return ""
    return reduce(
        lambda before, sentence: phrases.format_message("sentence-next", before=before, sentence=sentence), said
    )


def _message_id(stance: StanceLabel | None, match: Match, same: bool, translated: bool) -> str:
    """Suffix of the message id for the relation of a statement to a precedent, after `explanation-`."""
    does, did = (label if label in ("denial", "question") else "said" for label in (stance, match.precedent.stance))
    if match.relation == "repeats" and {does, did} == {"said", "denial"}:
        return _ALIKE.get(match.tier, "distant")
    if (does, did) != ("said", "said"):
        return f"{does}-{did}"
    if any(span.conflict in OPPOSING for span in match.changed):
        return "opposed"
    if match.relation == "opposes":
        return "denial-said"
    if match.tier is Tier.NEAR_VERBATIM:
        return "translated" if translated else "verbatim" if same else "almost-verbatim"
    return _ALIKE.get(match.tier, "distant")


def _is_informative(change: Replacement, then: RenderedPhrase, now: RenderedPhrase) -> bool:
    """True if a replacement is informative by itself: not an act without its actor, and not a number without a noun."""
    if change.conflict:
        return True
    if change.role == "quantity":
        return " " in then.words or " " in now.words
    if change.role == "other":
        return all(phrase.names and unquoted(phrase.words)[:1].isupper() for phrase in (then, now))
    return change.role == "time" or (then.names and now.names)


def _absent(source: SourceText, parts: Sequence[PhraseSpan], other: SourceText) -> list[PhraseSpan]:
    """Phrases of a text whose words are not all in the other text as well, but for their endings."""
    text = other.text.casefold()
    return [
        part for part in parts if not all(_stem(word) in text for word in source.text[part.start : part.end].split())
    ]


def _stem(word: str) -> str:
    return word.casefold()[: max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)]


def _opposing_words(aligned: AlignedTexts) -> list[tuple[str, str]]:
    """Words by which the texts say the opposite, the precedent's first; of exchanged parties, from one to the other."""
    exchanged = [span for span in aligned.changed if span.conflict == "exchange"]
    reversed_by = [[span] for span in aligned.changed if span.conflict in ("opposite", "negation")]
    return [
        (
            _words_across(aligned.precedent.text, [span.precedent for span in spans]),
            _words_across(aligned.statement.text, [span.statement for span in spans]),
        )
        for spans in [*reversed_by, exchanged][:_MOST_CHANGED]
        if spans
    ]


def _words_across(text: str, quotes: Sequence[TextQuote]) -> str:
    """Words from the first of some quotes to the last."""
    return text[min(quote.start for quote in quotes) : max(quote.end for quote in quotes)]


def _sentence_order(change: tuple[Replacement, RenderedPhrase, RenderedPhrase]) -> tuple[bool, int]:
    """Sort key of a replacement: the order of the text, with unattached places and times last."""
    replacement, then, _ = change
    return replacement.role in ("place", "time") and not then.attached, replacement.statement.span.start


def _same_language(first: str, second: str) -> bool:
    """True if two tags name one language, regions aside."""
    return first.split("-")[0].lower() == second.split("-")[0].lower()
