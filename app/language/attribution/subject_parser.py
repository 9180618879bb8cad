"""Subject of a verb of saying: before the verb, behind it, after `according to`, or left out."""

import re
from dataclasses import dataclass
from typing import Final

from app.domain.core.spans import Span
from app.language.attribution.clauses import WORD, ClauseParser, count
from app.language.attribution.subject import UNKNOWN, Subject
from app.language.attribution.text_spans import Sentence

SENTENCE_END: Final = re.compile(r"(?<![.!?…])[.!?…]+[\"'”»“’)]*\s*\Z")
WORDS_OF_A_PERSON: Final = 2
"""Words of a person's name."""
_LONGEST_NAME: Final = 12
"""Words of an organisation's name."""
_LONGEST_SUBJECT: Final = 400
"""Characters behind a verb among which its subject is looked for."""


@dataclass(frozen=True, slots=True)
class SubjectParser(ClauseParser):
    """Finds the subjects of the verbs of saying in one article's sentences."""

    def _subject_before(self, sentence: Sentence, verb: Span) -> tuple[int, Subject]:
        """The subject of a verb that stands after it, and where its clause begins."""
        plain, lexicon = self.article.plain, self.lexicon
        begins = max(
            [
                sentence.start,
                *(
                    index + 1
                    for index in (plain.rfind(mark, sentence.start, verb[0]) for mark in ";:—–(")
                    if index >= 0
                ),
            ]
        )
        clauses = list(lexicon.clause.finditer(plain, begins, verb[0]))
        for match in reversed(clauses):
            if match.start() > begins and plain[match.end() : verb[0]].strip():
                begins = match.end()
                break
            if match.start() == begins:
                begins = match.end()
        phrase = self._undated(begins, verb[0])
        subject = self.resolver.resolve(phrase, first=begins == sentence.start)
        if subject is UNKNOWN and "," in phrase:
            subject = self.resolver.resolve(phrase.rsplit(",", 1)[1])
        if subject is UNKNOWN and not phrase.strip(" ,"):
            subject = self.subject_after(verb[1], self._clause_end(verb[1], sentence.end, ()))
        return begins, subject

    def subject_after(self, start: int, end: int) -> Subject:
        """The subject behind the verb: `said Mira Dahl, an analyst`, `сообщил её начальник, полковник Антон Рейес`."""
        phrase = self._undated(start, min(end, start + _LONGEST_SUBJECT))
        parts = phrase.split(",")
        for number, part in enumerate(parts):
            part = SENTENCE_END.sub("", part).strip()
            said = part.split()
            for first_word in range(len(said)):
                rest = " ".join(said[first_word:])
                if self.lexicon.place.match(rest):
                    found = self.resolver.resolve(rest, inflected=True)
                    if found.kind == "name":
                        return found
            named = next(
                (speaker for speaker in map(self.resolver.resolve, self._heads(part)) if speaker.kind == "name"),
                None,
            )
            subject = named or self.resolver.resolve(part)
            if subject.kind in ("role", "anonymous") and any(map(self.lexicon.role.fullmatch, part.split())):
                apposed = self.resolver.resolve(SENTENCE_END.sub("", "".join(parts[number + 1 : number + 2])))
                subject = apposed if apposed.kind == "name" else subject
            if subject is not UNKNOWN:
                return subject
        return UNKNOWN

    def _heads(self, part: str) -> list[str]:
        """Beginnings of a phrase, up to each linking word: `Botschafterin Ruth Oyelaran` before `am Dienstag`."""
        return [part[: match.start()] for match in self.lexicon.linking.finditer(part) if part[: match.start()].strip()]

    def _named_until(self, start: int, comma: int) -> int:
        """The end of the name after `according to`: at the comma, in German before the verb."""
        lexicon = self.lexicon
        if not lexicon.grammar.according_without_comma:
            return comma
        end, person = start, 0
        for word in WORD.finditer(self.article.plain, start, comma):
            capital = word[0][0].isupper()
            titled = any(kind.fullmatch(word[0]) for kind in (lexicon.role, lexicon.anonymous, lexicon.body))
            if not (capital or titled or lexicon.linking.fullmatch(word[0])):
                return end
            if lexicon.grammar.name_endings and person == WORDS_OF_A_PERSON:
                return end
            if capital:
                person += 1 - (_LONGEST_NAME if lexicon.body.fullmatch(word[0]) else 0)
            elif titled:
                person = 0
            end = word.end()
        return comma

    def _is_person(self, start: int, end: int) -> bool:
        """True where nothing but a name ends the sentence: `said the mayor of Orsk, Mira Dahl`."""
        words = SENTENCE_END.sub("", self.article.plain[start:end])
        return count(words) <= WORDS_OF_A_PERSON + 1 and self.resolver.resolve(words).kind == "name"

    def _dropped(self, sentence: Sentence, verb: Span, subject: Subject) -> bool:
        """True where a verb at the head of a sentence has no subject: `Stwierdziła, że`."""
        before = self._undated(sentence.start, verb[0]).split()
        bare = all(self.lexicon.auxiliary.fullmatch(word) for word in before)
        return self.lexicon.grammar.drops_pronouns and subject is UNKNOWN and bare
