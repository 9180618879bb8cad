"""How cue words are written down: phrases in a short notation, compiled into one pattern a kind."""

import re
from dataclasses import dataclass

from app.language.stance.cues.folding import fold_phrase

_BARE = (",", "(?:,", "¿")
"""What a phrase that begins with a mark starts with: a word may stand right before it."""
_GAP = r"(?:[^\s,;:]+\s+){0,6}?"


def compiled(phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words, in folded text.

    One phrase a line (a line that begins with `|` continues the one before), each a regular expression in which a
    blank stands for white space (` ?` for some or none), `~` for any ending of a word, ` … ` for up to six words within
    a clause, and a leading `^` for the start of a sentence. All in small letters, as folded text is.
    """
    inside: list[str] = []
    starting: list[str] = []
    bare: list[str] = []
    for line in re.sub(r"\n\s*\|", "|", phrases).splitlines():
        if phrase := fold_phrase(line.strip()):
            phrase = phrase.replace(" … ", rf" {_GAP}").replace(" ?", r"\s*").replace(" ", r"\s+").replace("~", r"\w*")
            kind = starting if phrase.startswith("^") else bare if phrase.startswith(_BARE) else inside
            kind.append(phrase.removeprefix("^"))
    kinds = ((r"^\W{0,12}", starting), (r"(?<!\w)", inside), ("", bare))
    return re.compile("|".join(rf"{begin}(?:{'|'.join(kind)})(?!\w)" for begin, kind in kinds if kind))


def words(listed: str) -> str:
    """Words (with `~` for any ending), as a group to put into a phrase."""
    return f"(?:{'|'.join(listed.split())})"


def languages_of_script(text: str) -> tuple[str, ...]:
    """Of the languages that have cue words those that are written as `text` is."""
    if re.search("[\u0400-\u04ff]", text):
        return "ru", "uk"
    if re.search("[\u0600-\u06ff]", text):
        return ("ar",)
    return "en", "de", "fr", "es", "it"


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words of one language, kind by kind; all of them see folded text (see `app.language.stance.rules`)."""

    asking: re.Pattern[str]
    """Shows that a sentence asks whether, also without a question mark."""
    verifying: re.Pattern[str]
    """A short question that turns what was said before it into a question: "Is this true?"."""
    tags: re.Pattern[str]
    """What a statement ends with, before its question mark: ", isn't it"."""
    exempt: re.Pattern[str]
    """Looks like a cue of denial and is none: "not only", "denied entry", "no one denies"."""
    quality: re.Pattern[str]
    """A negation that says what somebody is like, or does not do as they should: no denial, but for a refutation."""
    subordinate: re.Pattern[str]
    """A stretch in which a negation says nothing about the main clause: "who did not …"."""
    refuting: re.Pattern[str]
    """Refutes or denies in so many words: "it is not true that", "False:", "denied that"."""
    verdict: re.Pattern[str]
    """Refutes the sentence before it: "This is a hoax"."""
    negation: re.Pattern[str]
    """Negates an event, an act, a plan or that something exists."""
    attributing: re.Pattern[str]
    """Says whose words these are: "claimed that", "according to"."""
