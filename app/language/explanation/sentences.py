"""The sentences of an answer: how often something was said before, and what each precedent has to do with it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from app.domain.checks.checks import Check, Match, StanceLabel
from app.domain.checks.recurrence import Recurrence
from app.domain.checks.scoring import Tier
from app.domain.core.messages import Messages
from app.domain.predictions.predictions import Tally
from app.language.explanation.diff_summary import Aligned, DiffSummary
from app.language.explanation.phrase_rendering import (
    PhraseRenderer,
    PhraseSpan,
    RenderedPhrase,
    SourceText,
    listed,
    plain,
)
from app.language.explanation.replacements import Replacement

_MOST_REPEATED: Final = 3
_MOST_CHANGED: Final = 2
_MOST_ADDED: Final = 3
_MOST_DROPPED: Final = 2
_ALIKE: Final[dict[Tier | None, str]] = {Tier.SAME_SCRIPT: "script", Tier.SAME_TOPIC: "topic"}


def with_explanations(check: Check, phrases: Messages) -> Check:
    """The check with its summary and the explanations of its matches; where nothing was found, nothing is said."""
    if check.recurrence is None:
        return replace(check, phrased_in=phrases.language)
    explain = _explain(phrases)
    close = sum(match.tier is not None for match in check.matches)
    predicted = next((one.predictions for one in check.narratives), None)
    return replace(
        check,
        summary=summary_of(phrases, check.recurrence, close, check.stance.label, predicted),
        matches=tuple(
            replace(match, explanation=explain(check.text, check.language.code, check.stance.label, match))
            for match in check.matches
        ),
        phrased_in=phrases.language,
    )


def summary_of(
    phrases: Messages, recurrence: Recurrence, close: int, stance: StanceLabel, predicted: Tally | None = None
) -> str:
    """How often it was said before, and what is on record of what was predicted; `close`: how many are suggested.

    What a denial or a question is about was said before by others: the sentence says so.
    """
    first, last, days = recurrence.first_said_at, recurrence.last_said_at, recurrence.days_since_last
    if first is None or last is None or days is None:
        return phrases.format_message("summary-none", close=close)
    said = phrases.format_message("summary", stance=stance, count=recurrence.count, first=first, last=last, days=days)
    return f"{said} {ledger_of(phrases, predicted)}" if predicted and predicted.count else said


def ledger_of(phrases: Messages, predicted: Tally) -> str:
    """What is on record of predictions, of which there is at least one. That time passed is no outcome."""
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
    """Says of each match of a checked text what it repeats and what is new in it."""

    def __init__(self, phrases: Messages):
        self._phrases = phrases
        self._lifting = PhraseRenderer(phrases)

    def __call__(self, text: str, language: str, stance: StanceLabel, match: Match) -> str:
        """A sentence or a few."""
        precedent = match.precedent
        aligned = Aligned(
            SourceText(text, _same_language(language, self._phrases.language)),
            SourceText(precedent.text, _same_language(precedent.language, self._phrases.language)),
            match.repeated,
            match.changed,
            match.added,
            match.removed,
        )
        translated = not _same_language(language, precedent.language)
        alike = self._phrases.format_message(
            f"explanation-{_alike(stance, match, aligned.same, translated)}",
            when=self._when(match),
            who=self._who(match, translated),
        )
        mentions = aligned.mentions(self._lifting)
        later = "" if match.days_before is not None and match.days_before >= 0 else "-there"
        sentences = [
            self._again(alike, mentions, verbatim=match.tier is Tier.NEAR_VERBATIM),
            self._changed(aligned, mentions.changed, later),
        ]
        sentences += [
            self._one_sided(aligned, mentions, " ".join(filter(None, sentences)), later),
            self._outcome(match),
        ]
        return " ".join(filter(None, sentences))

    def _when(self, match: Match) -> str:
        said_at = match.precedent.said_at
        if said_at is None:
            return self._phrases.format_message("explanation-when-unknown")
        later = match.days_before is not None and match.days_before < 0
        return self._phrases.format_message("explanation-when-later" if later else "explanation-when", when=said_at)

    def _who(self, match: Match, translated: bool) -> str:
        precedent = match.precedent
        names = [plain(one) for one in (precedent.speaker, precedent.source.name) if one]
        if translated:
            names.append(self._phrases.format_message("explanation-in-language", language=precedent.language))
        return self._phrases.format_message("explanation-who", names=", ".join(names)) if names else ""

    def _again(self, alike: str, mentions: DiffSummary, *, verbatim: bool) -> str:
        """How alike the two are, and what both say."""
        if verbatim:
            return self._phrases.format_message("explanation-alone", alike=alike)
        repeated = self._named(mentions.readable, mentions.repeated, _MOST_REPEATED)
        if mentions.accused is None:
            known = "explanation-again" if repeated else "explanation-alone"
            return self._phrases.format_message(known, alike=alike, repeated=repeated)
        accused = self._lifting.render(mentions.readable, mentions.accused, bare=True).words
        known = "explanation-again-blame" if repeated else "explanation-blame"
        return self._phrases.format_message(known, alike=alike, repeated=repeated, accused=accused)

    def _changed(self, aligned: Aligned, changed: Sequence[Replacement], later: str) -> str | None:
        """What took the place of what, with one place and one time."""
        lifted = [(one, *self._both(aligned, one)) for one in changed if self._alike(aligned, one)]
        clear = [one for one in lifted if _clear(*one)]
        heads = [one for one in clear if not one[1].attached][:_MOST_CHANGED]
        tails = {one[0].role: one for one in reversed(clear) if one[1].attached}
        told = sorted([*heads, *tails.values()], key=_place_of)
        if not told:
            return None
        then, now = listed(one[1] for one in told), listed(one[2] for one in told)
        return self._phrases.format_message(f"explanation-changed{later}", then=then, now=now)

    def _one_sided(self, aligned: Aligned, mentions: DiffSummary, before: str, later: str) -> str | None:
        """What only one of the two speaks of, and the sentences before do not."""
        added = self._named(aligned.statement, mentions.added, _MOST_ADDED, before)
        dropped = self._named(aligned.precedent, mentions.dropped, _MOST_DROPPED, before)
        if not added and not dropped:
            return None
        known = "-".join(name for name, parts in (("added", added), ("dropped", dropped)) if parts)
        return self._phrases.format_message(f"explanation-{known}{later}", added=added, dropped=dropped)

    def _outcome(self, match: Match) -> str | None:
        """What is on record of what it predicted, if anything is."""
        status = match.precedent.prediction.status if match.precedent.prediction else None
        if status is None or status.label in ("open", "expired"):
            return None
        publisher = status.evidence.publisher if status.evidence else None
        by = self._phrases.format_message("explanation-who", names=plain(publisher)) if publisher else ""
        return self._phrases.format_message(f"explanation-outcome-{status.label}", by=by)

    def _alike(self, aligned: Aligned, one: Replacement) -> bool:
        """Whether both sides of a change of place say where, or neither: "to Jisr al-Shugur", "and Hurras al-Din"."""
        if one.role != "place" or not (aligned.statement.own and aligned.precedent.own):
            return True
        sides = (aligned.precedent, one.precedent.extent), (aligned.statement, one.statement.extent)
        return len({self._lifting.render(told, part).attached for told, part in sides}) == 1

    def _both(self, aligned: Aligned, one: Replacement) -> tuple[RenderedPhrase, RenderedPhrase]:
        """The two sides of a change, then and now; with a preposition both, or neither."""
        sides = (aligned.precedent, one.precedent.extent), (aligned.statement, one.statement.extent)
        then, now = (self._taken(told, part) for told, part in sides)
        if then.attached != now.attached:
            then, now = (self._taken(told, part, bare=True) for told, part in sides)
        return then, now

    def _taken(self, told: SourceText, part: PhraseSpan, *, bare: bool = False) -> RenderedPhrase:
        """A part that changed, as it is told."""
        if part.role != "accused":
            return self._lifting.render(told, part, bare=bare)
        accused = self._lifting.render(told, part, bare=True).words
        return RenderedPhrase(self._phrases.format_message("explanation-accused", accused=accused))

    def _named(self, told: SourceText, parts: Sequence[PhraseSpan], most: int, before: str = "") -> list[str]:
        """The words of as many parts that name something, each once, in order of the text."""
        named: dict[str, tuple[int, str]] = {}
        for part in parts:
            lifted = self._lifting.render(told, part, bare=True)
            noun = self._lifting.without_article(lifted.words).casefold()
            if lifted.names and noun not in named and noun not in before.casefold():
                named[noun] = part.start, lifted.words
        return [words for _, words in sorted(list(named.values())[:most])]


@lru_cache(maxsize=16)
def _explain(phrases: Messages) -> Explainer:
    return Explainer(phrases)


def _alike(stance: StanceLabel, match: Match, same: bool, translated: bool) -> str:
    """The id of the text that says how a statement and a precedent go together, after `explanation-`."""
    does, did = (label if label in ("denial", "question") else "said" for label in (stance, match.precedent.stance))
    if (does, did) != ("said", "said"):
        return f"{does}-{did}"
    if match.tier is Tier.NEAR_VERBATIM:
        return "translated" if translated else "verbatim" if same else "almost-verbatim"
    return _ALIKE.get(match.tier, "distant")


def _clear(change: Replacement, then: RenderedPhrase, now: RenderedPhrase) -> bool:
    """Whether a change tells something by itself: not a deed without its doer, and not a number of nothing."""
    if change.role == "quantity":
        return " " in then.words or " " in now.words
    return change.role != "other" and (change.role == "time" or (then.names and now.names))


def _place_of(change: tuple[Replacement, RenderedPhrase, RenderedPhrase]) -> tuple[bool, int]:
    """Where a change stands in a list: as in the text, but a place or a time that is attached to nothing at the end."""
    one, then, _ = change
    return one.role in ("place", "time") and not then.attached, one.statement.extent.start


def _same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, whatever the country."""
    return one.split("-")[0].lower() == other.split("-")[0].lower()
