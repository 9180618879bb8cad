"""Speaker resolution: who a phrase such as `The deputy chief of the center, Alexander Karpov,` names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.language.attribution.arabic import arabic_subject
from app.language.attribution.entities import Entities, person_of, speaks_for_body, untitled
from app.language.attribution.inflection import nominative, uninflected
from app.language.attribution.subject import UNKNOWN, Subject
from app.language.lexicons.attribution import AttributionLexicon

_WORD: Final = re.compile(r"[^\W\d_][\w’'.-]*\w(?:[’'](?=\s))?|[^\W\d_]\.?")
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")
_CUT: Final = re.compile(
    r"[,;()—–:]| - |\b(?:and|и|та|und|et|y|e) "
    r"(?:its|their|his|her|его|её|ее|их|його|її|seine?|ihre?|ses?|leurs?|sus?|suo)\b"
)
_SMALL: Final = ("al-", "el-", "аль-", "эль-")
_CLEFT: Final = re.compile(r"it (?:was|is) (.+) (?:who|that)", re.IGNORECASE)
_NAME_IN_QUOTES: Final = re.compile(r"[\w-]+\s+[«“„\"]_+")
"""A channel, say, whose name is quoted, and so not read."""
_LONGEST = 80
_BEFORE_TEXT = 4


@dataclass(frozen=True, slots=True)
class SpeakerResolver:
    """Resolves the subjects of verbs in one article to speakers."""

    entities: Entities
    lexicon: AttributionLexicon
    language: str = "und"

    def resolve(self, phrase: str, *, inflected: bool = False, first: bool = False) -> Subject:
        """The subject in a phrase that stands right before or after its verb.

        `inflected`: in the genitive, after Russian `по словам`. `first`: the sentence begins with it, so that its
        capital says nothing.
        """
        if self.language == "ar":
            return arabic_subject(phrase, self.lexicon)
        if cleft := _CLEFT.fullmatch(phrase.strip()):
            phrase = cleft[1]
        segments = list(self._segments(phrase))
        while len(segments) > 1 and self._adverbial(segments[0]):
            segments = segments[1:]
        if not segments:
            return UNKNOWN
        if segments[0][:1].isupper() and _NAME_IN_QUOTES.fullmatch(segments[0]):
            return Subject("anonymous", words=segments[0])
        for index, segment in enumerate(segments):
            if person := self._person(
                segment, inflected=inflected, first=first and index == 0, alone=len(segments) == 1
            ):
                return Subject("name", person, segment)
        if first and len(segments) > 1 and " " not in segments[0] and segments[0] not in self.entities.words:
            segments = segments[1:]
        return self._body(segments[0], inflected=inflected, first=first)

    def _adverbial(self, segment: str) -> bool:
        """True for words that may stand before a subject, such as `In a statement`."""
        words = segment.split()
        linked = bool(words) and self.lexicon.linking.fullmatch(words[0]) is not None
        return linked and not self.lexicon.article.fullmatch(words[0]) and not self._is_body(words)

    def _segments(self, phrase: str) -> Iterator[str]:
        for index, part in enumerate(_CUT.split(phrase)):
            words = (part or "").strip(" \t\n\"“”«»„'.,-—–")
            if words and not (index and self.lexicon.relative.match(words)):
                yield self._bare(words)

    def _bare(self, words: str) -> str:
        """The words without adverbs and auxiliaries at either end."""
        found = words.split()
        while found and self.lexicon.auxiliary.fullmatch(found[-1]):
            found.pop()
        while found and self.lexicon.auxiliary.fullmatch(found[0]):
            found.pop(0)
        return " ".join(found)

    def _person(self, segment: str, *, inflected: bool, first: bool, alone: bool) -> str | None:
        """The name that a segment ends with: two words and more, or one that is short for such."""
        words = [match[0] for match in _WORD.finditer(segment)]
        run: list[str] = []
        while words and (words[-1][0].isupper() or words[-1].startswith(_SMALL)):
            run.insert(0, self.lexicon.grammar.name_suffix.sub("", words.pop()))
        if run and (run[0].lower() == "the" or self._article_before(run)):
            run = run[1:]
        if self._speaks_for(words, run):
            run = person_of(run, self.lexicon, after_body=bool(self.lexicon.grammar.name_endings))
        if not run or self._is_body(run):
            return None
        before = words[-1].lower() if words else ""
        if before and (self.lexicon.linking.fullmatch(before) or self.lexicon.article.fullmatch(before)):
            return None
        run = person_of(self._without_titles(run, first=first and not words), self.lexicon)
        name = " ".join(run)
        if not name or self.lexicon.anonymous.fullmatch(name):
            return None
        if len(run) == 1:
            if self.entities.knows(name):
                full = self.entities.full(name)
                return None if self._is_body(full.split()) and len(words) > 0 else self._named(full, inflected)
            if words or not alone or self._common(run[0]):
                return None
            return self._named(name, inflected)
        return self._named(self.entities.full(name), inflected)

    def _article_before(self, run: Sequence[str]) -> bool:
        article = self.lexicon.article.fullmatch(run[0])
        return self.lexicon.grammar.article_before_name and article is not None and len(run) > 1

    def _speaks_for(self, words: Sequence[str], run: Sequence[str]) -> bool:
        """True where the body of a title stands before the person's name: `представитель МИД России Анна Хольм`."""
        if words:
            return self.lexicon.role.fullmatch(words[-1]) is not None and speaks_for_body(run, self.lexicon)
        return bool(run) and self.lexicon.role.fullmatch(run[0]) is not None and speaks_for_body(run[1:], self.lexicon)

    def _without_titles(self, run: list[str], *, first: bool) -> list[str]:
        for index in range(len(run) - 1, -1, -1):
            if index + 1 < len(run) and self.lexicon.role.fullmatch(run[index]):
                return person_of(run[index + 1 :], self.lexicon, after_body=bool(self.lexicon.grammar.name_endings))
        if first and len(run) > 2 and self.entities.full(" ".join(run[1:])) == " ".join(run[1:]):
            whole = untitled(run, self.lexicon)
            return whole.split() if whole else run
        return run

    def _is_body(self, words: Sequence[str]) -> bool:
        return any(self.lexicon.body.fullmatch(word) for word in words)

    def _common(self, word: str) -> bool:
        """True for a common word, which is no name even with a capital."""
        lexicon = self.lexicon
        kinds = (lexicon.anonymous, lexicon.person, lexicon.group, lexicon.role, lexicon.text, lexicon.linking)
        return any(kind.fullmatch(word) for kind in kinds)

    def _body(self, segment: str, *, inflected: bool, first: bool) -> Subject:
        lexicon, words = self.lexicon, [match[0] for match in _WORD.finditer(segment)]
        if not words or len(segment) > _LONGEST * 2:
            return UNKNOWN
        later = next(
            (index for index, word in enumerate(words) if index and lexicon.auxiliary.fullmatch(word)), len(words)
        )
        words = words[:later]
        while words and (lexicon.article.fullmatch(words[0]) or lexicon.place.fullmatch(words[0])):
            words = words[1:]
        if not words:
            return UNKNOWN
        if lexicon.person.fullmatch(words[0]):
            return Subject("person", words=segment)
        if lexicon.group.fullmatch(segment):
            return Subject("group", words=segment)
        if lexicon.anonymous.fullmatch(words[0]):
            return Subject("anonymous", words=segment)
        if put_out := self._put_out_by(words):
            return put_out
        if not self._is_body(words) and any(lexicon.text.fullmatch(word) for word in words):
            return Subject("text", words=segment)
        role_first = lexicon.role.fullmatch(words[0]) is not None
        if role_first:
            return Subject("role" if len(words) <= 2 else "anonymous", words=segment)
        if self._headed(words) and (not first or any(word[0].isupper() for word in words[1:])):
            name = " ".join(words)
            name = self._nominative(name) if inflected or lexicon.place.match(segment) else name
            return Subject("name", self.entities.full(name), segment)
        if len(words) == 1 and words[0][0].isupper() and lexicon.proper.fullmatch(words[0]):
            name = self._nominative(words[0]) if inflected or lexicon.place.match(segment) else words[0]
            return Subject("name", self.entities.full(name), segment)
        if lexicon.body.fullmatch(words[-1]) or lexicon.body.fullmatch(words[0]):
            return Subject("role", words=" ".join(words))
        if len(words) == 1 and words[0][0].isupper() and not self._common(words[0]):
            name = self._nominative(words[0]) if inflected or lexicon.place.match(segment) else words[0]
            return Subject("name", self.entities.full(name), segment)
        return UNKNOWN

    def _put_out_by(self, words: Sequence[str]) -> Subject | None:
        """The body that a text is by: `a statement by the Orsk Ministry`, `в заявлении МИД Орска`."""
        text_index = next(
            (index for index, word in enumerate(words[:_BEFORE_TEXT]) if self.lexicon.text.fullmatch(word)), None
        )
        if text_index is None:
            return None
        rest = list(words[text_index + 1 :])
        while rest and (self.lexicon.article.fullmatch(rest[0]) or self.lexicon.linking.fullmatch(rest[0])):
            rest = rest[1:]
        if not rest or not self._is_body(rest):
            return None
        found = self._body(" ".join(rest), inflected=True, first=False)
        return found if found.kind == "name" else None

    def _headed(self, words: Sequence[str]) -> bool:
        """True for an organisation's name: capitals and linking words, or with a head such as `ministry`."""
        lexicon = self.lexicon
        if any(lexicon.role.fullmatch(word) for word in words):
            return False
        capitals = [word for word in words if word[0].isupper()]
        if not capitals:
            return False
        if all(word[0].isupper() or lexicon.linking.fullmatch(word) for word in words):
            return len(words) > 1 and words[0][0].isupper()
        return any(lexicon.body.fullmatch(word) for word in words) and len(" ".join(words)) <= _LONGEST

    def _nominative(self, name: str) -> str:
        inflects = self.lexicon.grammar.name_endings or self.lexicon.grammar.head_endings
        return uninflected(name, self.lexicon) if inflects else nominative(name, self.lexicon)

    def _named(self, name: str, inflected: bool) -> str:
        plain = _POSSESSIVE.sub("", name)
        return self.entities.full(self._nominative(plain)) if inflected else plain
