"""Coreference in an article: the antecedents of pronouns and titles among the speakers so far."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from app.domain.core.dates import Period
from app.domain.core.spans import Span
from app.domain.documents.documents import Claim
from app.language.attribution.entities import same_word
from app.language.attribution.speakers import SpeakerResolver
from app.language.attribution.subject import Subject
from app.language.attribution.text_spans import Sentence
from index.processor_budget import check_processor_budget

_WORD: Final = re.compile(r"[\w-]+")
_STOPS: Final = (re.compile(r"[.;:!?]"), re.compile(r",[^,\n]*,"))
_COMMA: Final = re.compile(r", (?:the )?\Z")
_NOUN_PHRASE: Final = re.compile(r"\W*((?:[^\W\d_][\w’'-]*\s+){0,6})")
_NEAREST: Final = 50
"""Claims among which the antecedent of a pronoun is looked for."""
_BESIDE: Final = 48
"""Characters within which a name stands by its title."""
_LEAD: Final = 1
"""The paragraph that may be the first with a claim: under a headline."""
_INTRODUCING: Final = 2
"""Words of a body's name that introduce one of its people."""


@dataclass(frozen=True, slots=True)
class AttributedClaim:
    """A claim, the paragraph that it is in, and whether it is sure to be one and stands in the reporter's own words."""

    claim: Claim
    paragraph: int
    sure: bool = True
    in_passing: bool = False


@dataclass
class _Bearers:
    """Speakers that a word named so far: by their own claims, and by the title beside their name."""

    called: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    claims: int = 0
    """Claims that were looked at."""
    characters: int = 0
    """Characters that were looked at."""


@dataclass
class CoreferenceContext:
    """The claims so far, from which pronouns and titles after them are resolved."""

    plain: str
    resolver: SpeakerResolver
    claims: list[AttributedClaim] = field(default_factory=list)
    before: Sentence | None = None
    """The sentence before the one that is read."""
    _known: dict[str, _Bearers] = field(default_factory=dict)

    @property
    def last(self) -> AttributedClaim | None:
        return self.claims[-1] if self.claims else None

    def speaker(self, sentence: Sentence, subject: Subject, cue: Span) -> str | None:
        """The name of a subject; None where it is not plain whose it is."""
        match subject.kind:
            case "name":
                return subject.name
            case "person":
                return self._person(sentence, cue)
            case "role":
                lexicon = self.resolver.lexicon
                words = [word for word in _WORD.findall(subject.words) if not lexicon.linking.fullmatch(word)]
                return self._called(words, cue[0])
            case "text" | "group":
                if subject.kind == "group" and (body := self._body(sentence)):
                    return body
                last = self.last
                return last.claim.speaker if last and last.paragraph == sentence.paragraph else None
            case _:
                return None

    def reporter_speaks_before(self, sentence: Sentence) -> bool:
        """True where the sentence before is in the same paragraph and is nobody's claim."""
        before, last = self.before, self.last
        same = before is not None and before.paragraph == sentence.paragraph
        return same and before is not None and (last is None or last.claim.end <= before.start)

    def said_at(self, sentence: Sentence, speaker: str | None) -> Period | None:
        """The date of the last claim, where this one continues it: by the same speaker, or by one of the same body.

        What the first sentences date holds for the paragraph after them, which says more of the same.
        """
        last = self.last
        if last is None or sentence.paragraph - last.paragraph > 1:
            return None
        lead = self.claims[0].paragraph
        if lead <= _LEAD and last.paragraph == lead and sentence.paragraph - lead == 1:
            return last.claim.said_at
        same = speaker == last.claim.speaker or (speaker and self._one_of(last.claim.speaker, sentence))
        return last.claim.said_at if same else None

    def _person(self, sentence: Sentence, cue: Span) -> str | None:
        """The antecedent of `he`: the person whom the sentence or the one before begins with, or the last speaker."""
        if named := self._begins_with(self.plain[sentence.start : cue[0]]):
            return named
        last = self.last
        if self.before and self.before.paragraph == sentence.paragraph:
            silent = last is None or last.claim.end <= self.before.start
            if silent and (named := self._begins_with(self.plain[self.before.start : self.before.end])):
                return named
        for earlier in islice(reversed(self.claims), _NEAREST):
            if sentence.paragraph - earlier.paragraph > 1 or earlier.claim.speaker is None:
                return None
            if self._is_person(earlier.claim.speaker):
                return earlier.claim.speaker
        return None

    def _body(self, sentence: Sentence) -> str | None:
        """The antecedent of `it`: the body that the sentence before begins with, where that sentence makes no claim."""
        before, last = self.before, self.last
        if before is None or before.paragraph != sentence.paragraph or (last and last.claim.end > before.start):
            return None
        found = _NOUN_PHRASE.match(self.plain[before.start : before.end] + " ")
        words = found[1].split() if found else []
        for end in range(len(words), 0, -1):
            if any(self.resolver.lexicon.body.fullmatch(word) for word in words[end - 1 : end]):
                named = self.resolver.resolve(" ".join(words[:end])).name
                return named if named and not self._is_person(named) else None
        return None

    def _called(self, words: Sequence[str], before: int) -> str | None:
        """The one person or body whom the article has called by these words up to here."""
        lexicon = self.resolver.lexicon
        head = next((word for word in words if lexicon.role.fullmatch(word) or lexicon.body.fullmatch(word)), None)
        if head is None:
            return None
        known = self._known.setdefault(head, _Bearers())
        for earlier in self.claims[known.claims :]:
            name = earlier.claim.speaker
            if name and any(same_word(word, head) for word in name.split()):
                known.called.add(name)
        known.claims = len(self.claims)
        called = known.called
        if lexicon.role.fullmatch(head):
            known.titled.update(self._titled(head, known.characters, before))
            known.characters = max(before - 2 * _BESIDE, known.characters)
            called = {name for name in called | known.titled if self._is_person(name)}
        return next(iter(called)) if len(called) == 1 else None

    def _titled(self, role: str, start: int, before: int) -> Iterator[str]:
        """Names that stand in a stretch right after a title, or before it and a comma."""
        plain, entities = self.plain, self.resolver.entities
        for match in _WORD.finditer(plain, start, before):
            if not same_word(match[0], role):
                continue
            check_processor_budget()
            after = plain[match.end() : min(before, match.end() + _BESIDE)]
            ahead = _COMMA.sub("", plain[max(0, match.start() - _BESIDE) : match.start()])
            stops = [found.end() for kind in _STOPS if (found := kind.search(after))]
            for position in range(min([len(after), *stops])):
                yield from map(entities.full, entities.starting(after, position))
            if match.start() and ahead != plain[max(0, match.start() - _BESIDE) : match.start()]:
                for position in range(len(ahead)):
                    named = entities.starting(ahead, position)
                    yield from (entities.full(name) for name in named if position + len(name) == len(ahead))

    def _one_of(self, body: str | None, sentence: Sentence) -> bool:
        """True where a sentence describes its speaker by words of the body's name: `the deputy chief of the center`."""
        names = [word for word in (body or "").split() if word[0].isupper()][: _INTRODUCING + 1]
        introduced = {word.lower() for word in _WORD.findall(self.plain[sentence.start : sentence.end])}
        return bool(names) and sum(word.lower() in introduced for word in names) >= min(_INTRODUCING, len(names))

    def _begins_with(self, sentence: str) -> str | None:
        """The person whom a sentence begins with: the shortest of its first words that name one."""
        found = _NOUN_PHRASE.match(sentence + " ")
        words = found[1].split() if found else []
        for end, word in enumerate(words, start=1):
            if word[0].isupper() and not (end < len(words) and words[end][0].isupper()):
                named = self.resolver.resolve(" ".join(words[:end]), first=True).name
                if named and " " in named and self._is_person(named):
                    return named
        return None

    def _is_person(self, name: str) -> bool:
        return not any(self.resolver.lexicon.body.fullmatch(word) for word in name.split())
