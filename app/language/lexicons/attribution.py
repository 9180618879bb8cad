"""Words of each language that attribute statements to speakers."""

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from app.language.lexicons.grammar import Grammar, grammar
from app.language.lexicons.notation import WRITTEN, Notation, base_language, patterns
from index.lexicons import languages

LANGUAGES: Final = languages("attribution")
"""Languages in which claims are found."""


@dataclass(frozen=True, slots=True)
class AttributionLexicon:
    """The words of one language, kind by kind; every pattern ignores case and finds whole words."""

    saying: re.Pattern[str]
    """Verbs of saying, in a form that has a subject; their clause is the reported one."""
    denying: re.Pattern[str]
    """Verbs of denial, in the same form: the verb is part of the reported clause."""
    accusing: re.Pattern[str]
    """Verbs of accusation, up to the reported clause: `NAME accused somebody of …`."""
    spreading: re.Pattern[str]
    """Verbs of spreading a claim, up to the reported clause: `have been pushing the narrative of …`."""
    according: re.Pattern[str]
    """`According to`, before the speaker."""
    according_after: re.Pattern[str]
    """`According to`, behind the speaker: Turkish `göre`."""
    according_to_him: re.Pattern[str]
    """`According to`, with a pronoun for the speaker in it: Russian `по его словам`."""
    as_said: re.Pattern[str]
    """`As`, before a verb and its subject."""
    that: re.Pattern[str]
    """Conjunctions that introduce the reported clause."""
    denied: re.Pattern[str]
    """Further words that introduce a denied clause, besides `that`: Portuguese `negou ter enviado`."""
    between: re.Pattern[str]
    """A word that may stand between the verb and its clause: to whom, where, how."""
    auxiliary: re.Pattern[str]
    """Words between a subject and its verb."""
    passive: re.Pattern[str]
    """Auxiliaries that make a participle passive: `was told`."""
    clause: re.Pattern[str]
    """Words that begin a clause with a subject of its own."""
    joining: re.Pattern[str]
    """Conjunctions between two clauses, each with a speaker of its own."""
    relative: re.Pattern[str]
    """Words that begin a relative clause: `who heads the service`; Turkish `diyen`, before the subject."""
    person: re.Pattern[str]
    """A pronoun for one person."""
    group: re.Pattern[str]
    """A pronoun for a body or several people."""
    role: re.Pattern[str]
    """Nouns for a person: `minister`, `colonel`; also as a title before a name."""
    body: re.Pattern[str]
    """Nouns for an organisation: `ministry`, `center`."""
    anonymous: re.Pattern[str]
    """Nouns for unnamed speakers: `officials`, `sources`."""
    text: re.Pattern[str]
    """A story, a statement: its speaker is whoever put it out."""
    proper: re.Pattern[str]
    """A body that one word names: `Минобороны`."""
    article: re.Pattern[str]
    """Articles and determiners, before a common noun: `the`, `this`."""
    before_date: re.Pattern[str]
    """Prepositions before a date, which are part of it: `on`."""
    linking: re.Pattern[str]
    """Small words within a name, or before one that belongs to something else."""
    place: re.Pattern[str]
    """Prepositions before a body that speaks: Russian `сообщили в министерстве`."""
    office: re.Pattern[str]
    """Words between a title and a name that are no part of it: Arabic `وزير الخارجية`."""
    subject_end: re.Pattern[str]
    """Words that end a subject in a language without capitals."""
    about_this: re.Pattern[str]
    """Words that refer to the sentence before, to give its speaker or date: `Об этом сообщил …`."""
    nominalised: re.Pattern[str]
    """The last word of a clause that is the object of the verb after it: Turkish `mayınlandığını`."""
    deed: re.Pattern[str]
    """The last word of what somebody is accused of, where it stands before the verb: Turkish `silahlandırmakla`."""
    accused: re.Pattern[str]
    """The accused, beside that deed: Turkish `Atina'yı`."""
    source: re.Pattern[str]
    """Nouns between a speaker and `according_after`: Turkish `açıklamasına`."""
    embedded_subject: re.Pattern[str]
    """The first word of such a clause, its subject in the genitive: Turkish `barajın`."""
    frame: re.Pattern[str]
    """Phrases before such a clause: where, when or to whom it was said."""
    grammar: Grammar


def attribution_lexicon(language: str) -> AttributionLexicon | None:
    """The words of a language, by its code; None where there are none."""
    code = base_language(language)
    return _of_language(code) if code in LANGUAGES else None


@cache
def _of_language(code: str) -> AttributionLexicon:
    kinds = tuple(field.name for field in fields(AttributionLexicon) if field.name != "grammar")
    return AttributionLexicon(**patterns(Notation(code, WRITTEN), "attribution", kinds), grammar=grammar(code))
