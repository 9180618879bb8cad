"""How the words are written down by which an article says who says what."""

import re
from dataclasses import dataclass

_NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, kind by kind; every pattern ignores case and finds whole words."""

    saying: re.Pattern[str]
    """Verbs, in a form that has a subject, whose clause is what somebody says."""
    denying: re.Pattern[str]
    """The same, of what somebody says is not so: the verb is part of what is said."""
    accusing: re.Pattern[str]
    """`NAME accused somebody of …`, up to what is said."""
    spreading: re.Pattern[str]
    """`have been pushing the narrative of …`, up to what is said."""
    according: re.Pattern[str]
    """`According to`, before the speaker."""
    according_to_him: re.Pattern[str]
    """The same with a pronoun for the speaker in it: Russian `по его словам`."""
    as_said: re.Pattern[str]
    """`As`, before a verb and its subject."""
    that: re.Pattern[str]
    """What begins the clause that is said."""
    between: re.Pattern[str]
    """A word that may stand between the verb and its clause: to whom, where, how."""
    auxiliary: re.Pattern[str]
    """Words between a subject and its verb."""
    passive: re.Pattern[str]
    """What makes a participle passive: `was told`."""
    clause: re.Pattern[str]
    """What begins a clause with a subject of its own."""
    joining: re.Pattern[str]
    """What stands between two clauses, each with a speaker of its own."""
    relative: re.Pattern[str]
    """What begins a remark on the subject: `who heads the service`."""
    person: re.Pattern[str]
    """A pronoun for one person."""
    group: re.Pattern[str]
    """A pronoun for a body or several people."""
    role: re.Pattern[str]
    """What a person is: `minister`, `colonel`; also as a title before a name."""
    body: re.Pattern[str]
    """What an organisation is: `ministry`, `center`."""
    anonymous: re.Pattern[str]
    """Whose name nobody gives: `officials`, `sources`."""
    text: re.Pattern[str]
    """A story, a statement: its speaker is whoever put it out."""
    proper: re.Pattern[str]
    """A body that one word names: `Минобороны`."""
    linking: re.Pattern[str]
    """Small words within a name, or before one that belongs to something else."""
    place: re.Pattern[str]
    """Before a body that speaks: Russian `сообщили в министерстве`."""
    about_this: re.Pattern[str]
    """`Об этом сообщил …`: who said the sentence before, and when."""


def lexicon(**kinds: str) -> Lexicon:
    """Patterns of words divided by blanks; `_` is a blank within, `~` any ending. A kind left out finds nothing."""
    return Lexicon(**{name: _pattern(kinds.get(name, "")) for name in Lexicon.__dataclass_fields__})


def _pattern(listed: str) -> re.Pattern[str]:
    words = [
        one.replace("__", "\0").replace("_", r"\s+").replace("\0", "_").replace("~", r"[\w’'-]*")
        for one in listed.split()
    ]
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(words)})(?![\w-])" if words else _NEVER, re.IGNORECASE)
