"""Keyword queries: tokenisation of texts and queries, without regard to letter case and accents."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_WORD = 64
"""Length of the indexed prefix of a word; the rest is compared in the text."""

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
    """Words of a text in order, in normal form."""
    bare = "".join(
        character for character in unicodedata.normalize("NFKD", text) if unicodedata.category(character) != "Mn"
    )
    return _WORD.findall(bare.casefold())


def tokenized_text(text: str) -> str:
    """Normal form of a text for keyword search: its words with a blank before each."""
    return "".join(f" {word}" for word in tokenize(text))


def parse_query(query: str) -> list[QueryTerm]:
    """Terms of a query, all of which must match; empty without a letter or digit."""
    pieces = (tuple(tokenize(piece)) for piece in query.split())
    return [QueryTerm(words) for words in dict.fromkeys(pieces) if words]
