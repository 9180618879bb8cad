"""Quote attribution in a sentence: the verb of saying, its subject, and the reported clause.

The forms of newspapers, in the order in which they are tried: words in quotation marks with a verb after them; a verb
with a clause after it; a clause with the verb after it; `according to`. All see the sentence with what it quotes
masked, so that verbs inside a quotation count for nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from app.domain.core.spans import Span
from app.language.attribution.clauses import NOTHING_SAID, TAIL, WORD, count
from app.language.attribution.quotations import inside, is_speech
from app.language.attribution.subject import PRONOUN, UNKNOWN, Subject
from app.language.attribution.subject_parser import SENTENCE_END, WORDS_OF_A_PERSON, SubjectParser
from app.language.attribution.text_spans import Sentence, trimmed
from index.processor_budget import check_processor_budget

_SHORTEST: Final = 12
"""Characters of the shortest reported clause."""
_JOINT: Final = re.compile(r",\s+")
_LONGEST_JOINED: Final = 600
"""Characters of the longest sentence that is read as two: at each comma both its halves are read."""
LONGEST_SENTENCE: Final = 2_000
"""Characters of the longest sentence in which a speaker is looked for; a longer one is the author's own."""
_HEAD: Final = 2_000
"""Characters at the head of an article that may be its headline."""
_MOST_VERBS: Final = 25
"""Verbs of one kind that are tried in a sentence: more is no prose, and each costs time linear in the sentence."""
_SPEAKING: Final = ("name", "person", "group", "role", "anonymous")
_HEADLINE: Final = re.compile(r"([^,.:;!?\"“”«»]{3,60}):\s+(?=\w)")
_NEAR: Final = 24
_ENDING: Final = 4


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reported statement (`start`, `end`), its speaker, and the words that attribute it (`cue`)."""

    start: int
    end: int
    cue: Span
    subject: Subject
    dated: tuple[Span, ...]
    """Spans in which a date is that of the statement."""
    goes_on: Span | None = None
    """Span of the second part of the quotation, behind the attributing words."""
    clause: int | None = None
    """Start of the denied clause, in a denial, whose own span begins with the speaker."""
    sure: bool = True
    """False for `accused … of`, which reporters often write of old accusations."""


@dataclass(frozen=True, slots=True)
class QuoteAttributor(SubjectParser):
    """Attributes the reported clauses of one article to speakers."""

    def attribute_all(self, sentence: Sentence) -> list[tuple[Sentence, Attribution]]:
        """The attributions of a sentence, one for each of its parts: `Karpov said …, and Holm said …` has two."""
        check_processor_budget()
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            return []
        short = sentence.end - sentence.start <= _LONGEST_JOINED
        for joint in _JOINT.finditer(self.article.plain, sentence.start, sentence.end if short else sentence.start):
            joining = self.lexicon.joining.match(self.article.plain, joint.end())
            if not joining:
                continue
            halves = replace(sentence, end=joint.start()), replace(sentence, start=joining.end() + 1)
            found = [
                (half, attribution)
                for half in halves
                if (attribution := self.attribute(half)) and attribution.subject.kind in _SPEAKING
            ]
            if len(found) == len(halves) and self._leads(*found[1]):
                return [found[0], *self.attribute_all(halves[1])]
        whole = self.attribute(sentence)
        return [(sentence, whole)] if whole else []

    def _leads(self, half: Sentence, found: Attribution) -> bool:
        """True where a part of a sentence begins with its speaker."""
        return found.cue[0] < found.start and not self._undated(half.start, found.cue[0]).strip(" ,")

    def attribute(self, sentence: Sentence) -> Attribution | None:
        """The attribution that a sentence makes; None where it makes none."""
        plain, lexicon = self.article.plain, self.lexicon
        start, end = sentence.start, sentence.end
        quoted = self.article.quoted_in(start, end)
        denied = [match.span() for match in lexicon.denying.finditer(plain, start, end)]
        for verb in islice(lexicon.saying.finditer(plain, start, end), _MOST_VERBS):
            if (
                any(a <= verb.start() < b for a, b in denied)
                or self._within_word(verb.span())
                or self._passive(start, verb.start())
            ):
                continue
            if found := self._after_quote(sentence, verb.span(), quoted):
                return found
            forms = [self._as_said, self._parenthesis, self._before_clause, self._after_clause]
            comma = max(plain.rfind(",", start, verb.start()), start)
            short = 2 * count(plain[verb.end() : end]) < min(2 * _ENDING, count(plain[start:comma]))
            if short or self._inverted(start, verb.span(), comma, sentence.end):
                forms.reverse()
            for form in forms:
                if found := form(sentence, verb.span()):
                    return found
        for kind in (lexicon.denying, lexicon.spreading, lexicon.accusing):
            for verb in islice(kind.finditer(plain, start, end), _MOST_VERBS):
                whole, sure = kind is lexicon.denying, kind is not lexicon.accusing
                if found := self._object(sentence, verb.span(), whole=whole, sure=sure):
                    return found
        return self._according(sentence) or self._headline(sentence)

    def _inverted(self, start: int, verb: Span, comma: int, end: int) -> bool:
        """True where a verb right after a comma, with no `что` behind it, ends the reported clause, as in Russian."""
        plain = self.article.plain
        at_comma = plain[comma : verb[0]].strip() == "," and count(plain[start:comma]) >= NOTHING_SAID
        return at_comma and self.lexicon.grammar.verb_after_comma and not self._clause_after(verb[1], end)[1]

    def _is_verb(self, begins: int, verb: int) -> bool:
        """True where a word that can also be a noun, `claims`, has a subject before it and no article."""
        before = WORD.findall(self.article.plain[begins:verb])
        small = (self.lexicon.linking, self.lexicon.article)
        return not before or not any(kind.fullmatch(before[-1]) for kind in small)

    def _passive(self, start: int, verb: int) -> bool:
        """True where the verb is a participle in the passive: `was told`."""
        before = WORD.findall(self.article.plain[max(start, verb - _NEAR) : verb])
        return bool(before) and self.lexicon.passive.fullmatch(before[-1]) is not None

    def _within_word(self, verb: Span) -> bool:
        return "_" in self.article.plain[slice(*verb)]

    def _after_quote(self, sentence: Sentence, verb: Span, quoted: Sequence[Span]) -> Attribution | None:
        """Quotation at the head of the sentence, right before the verb: `“…,” Karpov claimed.`"""
        plain = self.article.plain
        before = [span for span in quoted if span[1] <= verb[0]]
        if not before or sentence.start != before[0][0] or not is_speech(self.article.text, before[-1]):
            return None
        gap = plain[before[-1][1] : verb[0]]
        if count(gap) > 2 * TAIL or SENTENCE_END.search(gap.strip()):
            return None
        subject = self.resolver.resolve(gap) if WORD.search(gap) else UNKNOWN
        after_end = self._clause_end(verb[1], sentence.end, quoted)
        if subject is UNKNOWN:
            subject = self.subject_after(verb[1], after_end)
        if subject is UNKNOWN and self.lexicon.grammar.drops_pronouns and not count(gap + plain[verb[1] : after_end]):
            subject = PRONOUN
        resumed = [span for span in quoted if span[0] >= verb[1] and is_speech(self.article.text, span)]
        said = inside(self.article.text, (before[0][0], before[-1][1]))
        goes_on = inside(self.article.text, (resumed[0][0], resumed[-1][1])) if resumed else None
        return self._found(said, (before[-1][1], after_end), subject, [(before[-1][1], after_end)], goes_on=goes_on)

    def _as_said(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Clause after `as`, verb and speaker: `Как утверждает Рейес, в лесу …`, `As Karpov said, the attack …`."""
        plain = self.article.plain
        begins = self.lexicon.as_said.match(plain, sentence.start, verb[0])
        comma = plain.find(",", verb[1], sentence.end)
        if not begins or comma < 0:
            return None
        before = self._undated(begins.end(), verb[0])
        subject = self.resolver.resolve(before) if before.strip() else self.subject_after(verb[1], comma)
        return self._found(
            self._said(comma + 1, sentence.end), (sentence.start, comma), subject, [(sentence.start, comma)]
        )

    def _before_clause(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Clause after the verb: `Karpov predicted the attack would …`, `said on Monday that …`, `said: “…”`."""
        begins, subject = self._subject_before(sentence, verb)
        said_from, linked = self._clause_after(verb[1], sentence.end)
        if not linked and self._in_relative(begins, verb[0]):
            return None
        if linked and self._dropped(sentence, verb, subject):
            subject = PRONOUN
        if said_from is None or (subject.kind == "unknown" and not (linked and self._is_verb(begins, verb[0]))):
            return None
        start, end = self._said(said_from, sentence.end)
        return self._found((start, end), (begins, start), subject, [(sentence.start, start)])

    def _parenthesis(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Clause around a parenthesis, here the whole sentence: `The groups, he alleged, were trained abroad`."""
        plain = self.article.plain
        comma = plain.rfind(",", sentence.start, verb[0])
        after = re.compile(r"[^,.;:]{0,40},").match(plain, verb[1], sentence.end)
        between = plain[comma + 1 : verb[0]].strip()
        inverted = self.lexicon.grammar.verb_after_comma and (
            not between or self.lexicon.as_said.fullmatch(between) is not None
        )
        least = 1 if inverted else WORDS_OF_A_PERSON
        if comma < 0 or not after or len(WORD.findall(self._undated(sentence.start, comma))) < least:
            return None
        follows = WORD.search(plain, after.end(), sentence.end)
        if (
            not follows
            or self._apposition(after.end(), sentence.end)
            or self._is_person(after.end(), sentence.end)
            or self.lexicon.that.match(plain, follows.start())
            or self.lexicon.relative.match(plain[comma + 1 :].lstrip()[:40])
        ):
            return None
        subject = self.resolver.resolve(plain[comma + 1 : verb[0]])
        if subject is UNKNOWN:
            subject = self.subject_after(verb[1], after.end())
        if subject is UNKNOWN:
            return None
        said = trimmed(self.article.text, sentence.start, sentence.end, " \t\n.")
        return self._found(said, (comma + 1, after.end() - 1), subject, [(verb[1], after.end())])

    def _after_clause(self, sentence: Sentence, verb: Span) -> Attribution | None:
        """Clause before the verb: `The attack was near, Karpov said on Monday.`"""
        plain = self.article.plain
        comma = plain.rfind(",", sentence.start, verb[0])
        tail = plain[verb[1] : sentence.end]
        if comma < 0 or count(tail) > TAIL + 4 or count(plain[sentence.start : comma]) < NOTHING_SAID:
            return None
        if not plain[comma + 1 : verb[0]].strip():
            comma = self._before_apposition(sentence.start, comma)
        head = plain[comma + 1 : verb[0]]
        if (
            self.lexicon.relative.match(head.strip())
            or self.lexicon.clause.match(head.strip())
            or count(head) > 2 * TAIL
        ):
            return None
        if "," not in head and count(head) > TAIL:
            return None
        subject = self.resolver.resolve(head) if WORD.search(head) else self.subject_after(verb[1], sentence.end)
        if subject.kind in ("unknown", "text"):
            return None
        said = trimmed(self.article.text, sentence.start, comma)
        return self._found(said, (comma + 1, sentence.end), subject, [(comma, sentence.end)])

    def _object(self, sentence: Sentence, verb: Span, *, whole: bool, sure: bool) -> Attribution | None:
        """Object of the verb: `accused X of …`, `have been pushing the narrative of …`, `denied that …`."""
        begins, subject = self._subject_before(sentence, verb)
        if subject.kind == "unknown":
            return None
        start, end = self._said(verb[1], sentence.end)
        clause = None
        if whole:
            follows = self._undated(verb[1], sentence.end)
            begins_clause = (self.lexicon.that, self.lexicon.denied)
            clause_start = len(follows) - len(follows.lstrip(" ,"))
            if not (
                that := next((found for kind in begins_clause if (found := kind.match(follows, clause_start))), None)
            ):
                return None
            start, clause = begins, verb[1] + that.start()
        since = self._since(start, end)
        dated = [(sentence.start, verb[0]), (verb[0], clause or verb[1])] + ([(since, end)] if since else [])
        end = trimmed(self.article.text, start, since)[1] if since else end
        return self._found((start, end), (begins, verb[1]), subject, dated, clause=clause, sure=sure)

    def _according(self, sentence: Sentence) -> Attribution | None:
        plain, text = self.article.plain, self.article.text
        if him := self.lexicon.according_to_him.match(plain, sentence.start, sentence.end):
            said = self._said(him.end(), sentence.end)
            return self._found(said, him.span(), Subject("person", words=him[0]), [him.span()])
        match = self.lexicon.according.search(plain, sentence.start, sentence.end)
        if not match:
            return None
        comma = plain.find(",", match.end(), sentence.end)
        if match.start() - sentence.start <= 1 or not WORD.search(plain, sentence.start, match.start()):
            ends = self._named_until(match.end(), comma if comma > 0 else sentence.end)
            phrase = plain[match.end() : ends]
            said = self._said(self._behind_apposition(ends, sentence.end), sentence.end)
            cue = (match.start(), ends)
        else:
            phrase_end = comma if comma > 0 else sentence.end
            phrase = SENTENCE_END.sub("", plain[match.end() : phrase_end])
            said = trimmed(text, sentence.start, match.start())
            if comma > 0 and sentence.end - comma > 2 and plain[match.start() - 2 : match.start()].strip() == ",":
                said = trimmed(text, sentence.start, sentence.end, " .")
            cue = (match.start(), phrase_end)
        subject = self.resolver.resolve(phrase, inflected=True)
        return self._found(said, cue, subject, [cue])

    def _headline(self, sentence: Sentence) -> Attribution | None:
        """Headline with a speaker whom the article names again, not a label: `Anna Holm: vote was rigged`."""
        plain, text = self.article.plain, self.article.text
        label = _HEADLINE.match(plain, sentence.start, sentence.end)
        if (
            not label
            or sentence.paragraph
            or sentence.start > _HEAD
            or SENTENCE_END.search(plain[sentence.start : sentence.end])
        ):
            return None
        subject = self.resolver.resolve(label[1])
        if not subject.name or text.count(subject.name) <= 1:
            return None
        return self._found(self._said(label.end(), sentence.end), label.span(1), subject, [])

    def _found(
        self,
        said: Span,
        cue: Span,
        subject: Subject,
        dated: Sequence[Span],
        *,
        goes_on: Span | None = None,
        clause: int | None = None,
        sure: bool = True,
    ) -> Attribution | None:
        if said[1] - said[0] < _SHORTEST or count(self.article.text[slice(*said)]) < NOTHING_SAID:
            return None
        cue = trimmed(self.article.text, *cue, ' \t\r\n,:;—–-."“”«»')
        return Attribution(said[0], said[1], cue, subject, tuple(dated), goes_on, clause, sure)
