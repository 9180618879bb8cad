"""Compiles entries of a language's lexicon into regular expressions; `index/lexicons/README.md` has the notation."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.language.lexicons.folding import fold_phrase
from index.lexicons import InvalidLexicon, entries, lists, section

NEVER: Final = re.compile(r"(?!)")
_TOKEN: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{[a-z_]+\}|\((?!\?)|_…_|_\?|_|~", re.DOTALL)
_BLANKS: Final = r"\s{1,20}"
"""Blanks between two words; more than so many would be tried from each of them on."""
_GAP: Final = rf"(?:[^\s,;:]+{_BLANKS}){{0,6}}?"
_STARTING: Final = r"^\W{0,12}"
_BARE: Final = re.compile(r"(?:\(\?:)?[,:¿–—-]")
"""An entry that begins with a punctuation mark: a word may stand right before it."""


@dataclass(frozen=True, slots=True)
class Style:
    """The text that patterns are matched against: what stands for a blank, an ending and the edges of a word in it."""

    blank: str = _BLANKS
    ending: str = r"\w*"
    before: str = r"(?<!\w)"
    after: str = r"(?!\w)"
    folded: bool = True
    flags: re.RegexFlag = re.NOFLAG


FOLDED: Final = Style()
"""Text as `fold` leaves it."""
FOLDED_QUOTING: Final = Style(blank=rf"{_BLANKS}+[\"“”«»„]{{0,8}}+")
"""The same, in which a quotation may begin or end between two words of an entry."""
WRITTEN: Final = Style(
    ending=r"[\w’'-]*", before=r"(?<![\w’'-])", after=r"(?![\w-])", folded=False, flags=re.IGNORECASE
)
"""Text as it is written, in which a word may have an apostrophe or a hyphen."""


@dataclass(frozen=True, slots=True)
class Notation:
    """Compiles entries of one language for one style of text."""

    language: str
    style: Style = FOLDED
    slots: Mapping[str, str] | None = None
    """Regular expressions for names in braces besides the language's own lists."""

    def pattern(self, where: str, listed: str) -> re.Pattern[str]:
        """One pattern that finds any of the entries as whole words; for no entries one that finds nothing.

        Raises `InvalidLexicon` for what is no regular expression, and names `where` it stands.
        """
        starting: list[str] = []
        inside: list[str] = []
        bare: list[str] = []
        for expression in self.expressions(where, listed):
            kind = starting if expression.startswith("^") else bare if _BARE.match(expression) else inside
            kind.append(expression.removeprefix("^"))
        kinds = ((_STARTING, starting), (self.style.before, inside), ("", bare))
        joined = "|".join(f"{edge}(?:{'|'.join(kind)}){self.style.after}" for edge, kind in kinds if kind)
        return re.compile(joined, self.style.flags) if joined else NEVER

    def expressions(self, where: str, listed: str) -> Sequence[str]:
        """The regular expressions that entries stand for, one each."""
        found = []
        for entry in entries(listed):
            expression = self.expression(where, entry)
            try:
                re.compile(expression.removeprefix("^"))
            except re.error as error:
                raise InvalidLexicon(f"{self.language}.toml: {where}: {entry}: {error}") from error
            found.append(expression)
        return found

    def expression(self, where: str, entry: str) -> str:
        """The regular expression that an entry stands for."""
        written = fold_phrase(entry) if self.style.folded else entry
        return _TOKEN.sub(lambda token: self._token(where, token[0]), written)

    def _token(self, where: str, token: str) -> str:
        if token.startswith("["):
            return token.replace(r"\_", "\0").replace("_", r"\s").replace("\0", "_")
        if token.startswith("{"):
            return self._slot(where, token[1:-1])
        return {
            "(": "(?:",
            "_…_": self.style.blank + _GAP,
            "_?": r"\s{0,20}",
            "_": self.style.blank,
            "~": self.style.ending,
            r"\_": "_",
        }.get(token, token)

    def _slot(self, where: str, name: str) -> str:
        if self.slots and name in self.slots:
            return self.slots[name]
        listed = lists(self.language).get(name, section(self.language, "keywords").get(name))
        if listed is None:
            raise InvalidLexicon(f"{self.language}.toml: {where}: {{{name}}}: there is no such list")
        return any_of(self.expressions(f"[lists] {name}", listed))


def any_of(expressions: Iterable[str]) -> str:
    """A group that finds any of the expressions."""
    return f"(?:{'|'.join(expressions)})"


def patterns(notation: Notation, name: str, kinds: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """The pattern of each kind of a section of the notation's language; a kind left out finds nothing."""
    kinds = tuple(kinds)
    found = section(notation.language, name, kinds)
    return {kind: notation.pattern(f"[{name}] {kind}", found.get(kind, "")) for kind in kinds}


def base_language(language: str) -> str:
    """The ISO 639 code in a language tag: `pt` of `pt-BR`."""
    return language.lower().replace("_", "-").partition("-")[0]


def languages_of_script(text: str) -> tuple[str, ...]:
    """Languages with stance patterns that are written in the script of `text`."""
    if re.search("[\u0400-\u04ff]", text):
        return "ru", "uk"
    if re.search("[\u0600-\u06ff]", text):
        return ("ar",)
    return "en", "de", "fr", "es", "it"
