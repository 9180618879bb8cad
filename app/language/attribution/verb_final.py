"""Quote attribution where the verb ends the sentence: `Savunma Bakanlığı, barajın mayınlandığını duyurdu`.

The reported clause stands before the verb and is its object: a clause turned into a noun, or a quotation. In front
of it stand the speaker, where there is one, and when and where it was said.
"""

from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Final

from app.domain.core.spans import Span
from app.language.attribution.attribution import LONGEST_SENTENCE, Attribution, QuoteAttributor
from app.language.attribution.clauses import TAIL, WORD, count
from app.language.attribution.quotations import inside, is_speech
from app.language.attribution.subject import PRONOUN, UNKNOWN, Subject
from app.language.attribution.text_spans import Sentence, trimmed
from index.processor_budget import check_processor_budget

_MOST_VERBS: Final = 25
_LONGEST_NAME: Final = 6
"""Words of the longest speaker that no comma divides from the reported clause."""
_MOST_FRAMES: Final = 2
_LONGEST_FRAME: Final = 90
"""Characters of the longest phrase of time and place before the reported clause."""
_CLAIMING: Final = ("name", "person", "group", "role", "anonymous", "text")


@dataclass(frozen=True, slots=True)
class VerbFinalAttributor(QuoteAttributor):
    """Attributes reported clauses in a language such as Turkish."""

    def attribute_all(self, sentence: Sentence) -> list[tuple[Sentence, Attribution]]:
        """The attributions of a sentence, one for each of its parts; a part ends with a verb of saying and a comma."""
        check_processor_budget()
        plain = self.article.plain
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            return []
        for verb in islice(self.lexicon.saying.finditer(plain, sentence.start, sentence.end), _MOST_VERBS):
            if plain[verb.end() : verb.end() + 1] != "," or not count(plain[verb.end() : sentence.end]):
                continue
            halves = replace(sentence, end=verb.end()), replace(sentence, start=verb.end() + 2)
            first, rest = self.attribute(halves[0]), self.attribute(halves[1])
            if first and rest and first.cue[0] < first.start and rest.cue[0] < rest.start:
                return [(halves[0], first), *self.attribute_all(halves[1])]
        whole = self.attribute(sentence)
        return [(sentence, whole)] if whole else []

    def attribute(self, sentence: Sentence) -> Attribution | None:
        """The attribution that a sentence makes; None where it makes none."""
        plain, lexicon = self.article.plain, self.lexicon
        start, end = sentence.start, sentence.end
        for verb in islice(lexicon.saying.finditer(plain, start, end), _MOST_VERBS):
            for form in (self._quotation, self._object_clause, self._colon):
                if found := form(sentence, verb.span()):
                    return found
        for verb in islice(lexicon.relative.finditer(plain, start, end), _MOST_VERBS):
            if found := self._said_by(sentence, verb.span()):
                return found
        for verb in islice(lexicon.denying.finditer(plain, start, end), _MOST_VERBS):
            if found := self._denied(sentence, verb.span()):
                return found
        for verb in islice(lexicon.accusing.finditer(plain, start, end), _MOST_VERBS):
            if found := self._accused(sentence, verb.span()):
                return found
        if found := self._according_after(sentence):
            return found
        quoted = self.article.quoted_in(start, end)
        for verb in islice(lexicon.saying.finditer(plain, start, end), _MOST_VERBS):
            if found := self._after_quote(sentence, verb.span(), quoted):
                return found
            inverted = plain[start : verb.start()].rstrip().endswith(",")
            for form in (self._parenthesis, self._after_clause) if inverted else ():
                if found := form(sentence, verb.span()):
                    return found
        return self._headline(sentence)

    def _quotation(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Quotation before the verb: `Kerem Aksoy, “…” dedi`."""
        text, plain = self.article.text, self.article.plain
        before = [span for span in self.article.quoted_in(sentence.start, verb[0]) if span[1] <= verb[0]]
        if not before or not is_speech(text, before[-1]) or count(plain[before[-1][1] : verb[0]]) > TAIL // 2:
            return None
        begins = before[-1][0]
        if not WORD.search(plain, sentence.start, begins):
            if count(plain[verb[1] : sentence.end]):
                return None
            subject = PRONOUN
        else:
            subject, _ = self._speaker(sentence.start, begins)
        return self._found(inside(text, before[-1]), (sentence.start, begins), subject, [(sentence.start, begins)])

    def _colon(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Clause after a colon: `Kerem Aksoy şunları söyledi: “…”`."""
        plain = self.article.plain
        if plain[verb[1] : verb[1] + 1] != ":":
            return None
        subject, begins = self._speaker(sentence.start, verb[0])
        if begins == sentence.start and count(plain[sentence.start : verb[0]]) > TAIL:
            return None
        cue = (sentence.start, verb[1])
        return self._found(self._said(verb[1] + 1, sentence.end), cue, subject, [cue])

    def _accused(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Accusation, with the deed before the verb: `Ankara, Atina'yı adaları silahlandırmakla suçladı`."""
        plain, lexicon = self.article.plain, self.lexicon
        words = list(WORD.finditer(plain, sentence.start, verb[0]))
        if not words or not lexicon.deed.fullmatch(words[-1][0]):
            return None
        subject, begins = self._speaker(sentence.start, verb[0])
        if subject.kind not in _CLAIMING:
            return None
        accused = [word for word in words if word.start() >= begins and lexicon.accused.fullmatch(word[0])]
        deed = accused[0].end() if accused else begins
        cue = (sentence.start, deed)
        return self._found(trimmed(self.article.text, deed, words[-1].end()), cue, subject, [cue], sure=False)

    def _object_clause(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Object clause before the verb: `…, barajın mayınlandığını duyurdu`."""
        ends = self._object_end(sentence.start, verb[0])
        if ends is None:
            return None
        subject, begins = self._speaker(sentence.start, ends)
        begins = self._after_frame(begins, ends)
        dated = [(sentence.start, begins), (ends, sentence.end)]
        cue = (sentence.start, begins) if begins > sentence.start else verb
        return self._found(trimmed(self.article.text, begins, ends), cue, subject, dated)

    def _said_by(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Clause before the verb and its speaker: `“…” diyen hemşire Zeynep Kurt`, `… söyleyen bakan`."""
        text, plain = self.article.text, self.article.plain
        quoted = [span for span in self.article.quoted_in(sentence.start, verb[0]) if span[1] <= verb[0]]
        ends = self._object_end(sentence.start, verb[0])
        if quoted and is_speech(text, quoted[-1]) and not count(plain[quoted[-1][1] : verb[0]]):
            said = inside(text, quoted[-1])
        elif ends is not None:
            said = trimmed(text, sentence.start, ends)
        else:
            return None
        subject = self.subject_after(verb[1], max(plain.find(",", verb[1], sentence.end), verb[1]))
        if subject.kind not in _CLAIMING:
            return None
        return self._found(said, (verb[0], sentence.end), subject, [(verb[0], sentence.end)])

    def _object_end(self, start: int, verb: int) -> int | None:
        """The end of the clause before a verb that is its object."""
        for word in reversed(list(WORD.finditer(self.article.plain, start, verb))):
            if self.lexicon.nominalised.fullmatch(word[0]):
                return word.end()
            if not self.lexicon.between.fullmatch(word[0]):
                return None
        return None

    def _denied(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Denial, the whole sentence: `Kremlin, askerlerinin sınırı geçtiği yönündeki haberleri yalanladı`."""
        plain, lexicon = self.article.plain, self.lexicon
        words = [word[0] for word in WORD.finditer(plain, sentence.start, verb[0])]
        if not any(lexicon.nominalised.fullmatch(word) or lexicon.text.fullmatch(word) for word in words):
            return None
        subject, begins = self._speaker(sentence.start, verb[0])
        if subject.kind in ("unknown", "person") or begins == sentence.start:
            return None
        said = trimmed(self.article.text, sentence.start, sentence.end, " \t\n.")
        return self._found(said, (sentence.start, begins), subject, [(sentence.start, begins)], clause=begins)

    def _according_after(self, sentence: Sentence) -> Attribution | None:
        """Clause after the speaker and `göre`: `Ayşe Demir'e göre virüs …`."""
        plain = self.article.plain
        according = self.lexicon.according_after.search(plain, sentence.start, sentence.end)
        if not according:
            return None
        begins = max(plain.rfind(",", sentence.start, according.start()) + 1, sentence.start)
        phrase = self._undated(begins, according.start())
        if source := self.lexicon.source.search(phrase):
            phrase = phrase[: source.start()]
        subject = self.resolver.resolve(phrase, inflected=True)
        if subject.kind not in _CLAIMING:
            return None
        said = self._said(according.end(), sentence.end)
        if WORD.search(plain, sentence.start, begins):
            said = trimmed(self.article.text, sentence.start, sentence.end, " \t\n.")
        return self._found(said, (begins, according.end()), subject, [(begins, according.end())])

    def _speaker(self, start: int, end: int, frames: int = _MOST_FRAMES) -> tuple[Subject, int]:
        """The speaker before the reported clause, and the start of that clause; an omitted pronoun where there is none.

        `frames`: how many phrases such as `yapılan açıklamada,` may stand before the speaker.
        """
        plain = self.article.plain
        comma = plain.find(",", start, end)
        if comma > 0 and not any(self.lexicon.nominalised.fullmatch(word) for word in WORD.findall(plain[start:comma])):
            head = self._undated(start, comma)
            frame = self.lexicon.frame.search(head)
            inflected = frame is not None and not head[frame.end() :].strip()
            subject = self.resolver.resolve(head[: frame.start()] if frame and inflected else head, inflected=inflected)
            if subject.kind in _CLAIMING:
                return subject, comma + 1
            if inflected and frames:
                return self._speaker(comma + 1, end, frames - 1)
            if unnamed := self._unnamed(head):
                return unnamed, comma + 1
        words = list(islice(WORD.finditer(plain, start, comma if comma > 0 else end), _LONGEST_NAME))
        for last in reversed(words[1:]):
            named = self._undated(start, last.end())
            if self._is_name(named.split()) and (subject := self.resolver.resolve(named)).kind == "name":
                return subject, last.end()
        if words and any(kind.fullmatch(words[0][0]) for kind in (self.lexicon.proper, self.lexicon.person)):
            return self.resolver.resolve(words[0][0]), words[0].end()
        for before, word in pairwise(words):
            if self.lexicon.embedded_subject.fullmatch(word[0]):
                unnamed = self._unnamed(self._undated(start, before.end()))
                return (unnamed, before.end()) if unnamed else (PRONOUN, start)
        return (PRONOUN, start) if comma < 0 or not words else (UNKNOWN, start)

    def _unnamed(self, head: str) -> Subject | None:
        """A speaker without a name, whom the last word describes: `Adı açıklanmayan yetkililer`."""
        words = WORD.findall(head)
        if not words:
            return None
        if self.lexicon.anonymous.fullmatch(words[-1]):
            return Subject("anonymous", words=head)
        if self.lexicon.role.fullmatch(words[-1]) or self.lexicon.body.fullmatch(words[-1]):
            return Subject("role", words=words[-1])
        return None

    def _is_name(self, words: list[str]) -> bool:
        """True where words are a name and its bearer's title, with no case ending behind it."""
        lexicon = self.lexicon
        titled = (lexicon.role, lexicon.linking)
        return (
            len(words) > 1
            and (words[-1][0].isupper() or lexicon.body.fullmatch(words[-1]) is not None)
            and not lexicon.grammar.name_suffix.search(words[-1])
            and not any(ending.search(words[-1]) for ending, _ in lexicon.grammar.head_endings)
            and all(word[0].isupper() or any(kind.fullmatch(word) for kind in titled) for word in words)
        )

    def _after_frame(self, start: int, end: int) -> int:
        """The start of the reported clause, behind words such as `pazar günü yaptığı açıklamada`."""
        plain = self.article.plain
        frame = self.lexicon.frame.search(plain, start, min(end, start + _LONGEST_FRAME))
        while frame:
            start = frame.end()
            frame = self.lexicon.frame.match(plain, start + 1, end)
        while date := next((date for date in self.dates.in_stretch(start, start + 3) if start <= date.start), None):
            start = date.end
        small = self.lexicon.between.match(plain, start + 1, end)
        return small.end() if small else start
