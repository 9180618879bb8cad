"""Looking for words in a text: how a text and a query are cut up, the same way, letter case and accents aside."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_WORD = 64
"""Characters of a word that are kept to look it up by; the rest is compared in the text."""

# Letters of scripts that are written without blanks stand alone: any part of a text is then found.
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    "|[^\\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """Term of a keyword query, written without blanks: consecutive words, the last perhaps a prefix."""

    words: tuple[str, ...]

    @property
    def prefix(self) -> str:
        return self.words[-1]

    @property
    def in_text(self) -> str:
        """Substring that `searched_text` of a text must contain for the term to match."""
        return " " + " ".join(self.words)


def tokenize(text: str) -> list[str]:
    """Its words in order, as they are compared."""
    bare = "".join(
        character for character in unicodedata.normalize("NFKD", text) if unicodedata.category(character) != "Mn"
    )
    return _WORD.findall(bare.casefold())


def tokenized_text(text: str) -> str:
    """Normal form of a text for keyword search: its words with a blank before each."""
    return "".join(f" {word}" for word in tokenize(text))


def parse_query(query: str) -> list[QueryTerm]:
    """The pieces of a query, all of which a text must have; none where there is no letter and no digit in it."""
    pieces = (tuple(tokenize(piece)) for piece in query.split())
    return [QueryTerm(words) for words in dict.fromkeys(pieces) if words]
