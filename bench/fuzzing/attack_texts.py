"""Texts made to be slow: short atoms that are repeated, alone and in pairs, and strings drawn out of patterns."""

import random
import re
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

MARKS: Final = (
    *"-–—−‐·•.…,;:!?¿¡/\\|_~*+=#@&%^$€£'\"`´‘’“”„‟«»‹›「」『』()[]{}<>。、，！？：；؟،؛।",
    *(
        "\n",
        "\r\n",
        "\t",
        " ",
        "\u00a0",
        "\u2003",
        "\u200b",
        "\u200d",
        "\u00ad",
        "\u0301",
        "a\u0301",
        "\u0640",
        "\ufe0f",
    ),
    *(
        "😀",
        "👩\u200d👩\u200d👧",
        "🇩🇪",
        "❌",
        "\ufdfa",
        "ﬃ",
        "İ",
        "ß",
        "①",
        "ᴀ",
        "𝐚",
        "а",
        "аa",
        "\u0334",
        "\U000e0041",
    ),
)
LETTERS: Final = (
    *(
        "a",
        "A",
        "1",
        "é",
        "я",
        "Я",
        "ع",
        "ا",
        "中",
        "の",
        "カ",
        "ก",
        "अ",
        "한",
        "aB",
        "a1",
        "1,",
        "1.",
        "1 ",
        "1,000",
        "1-",
    ),
)
PIECES: Final = (
    *(
        "a ",
        "A ",
        "a. ",
        "A. ",
        "A.",
        "a, ",
        "a; ",
        "a: ",
        "a - ",
        "a — ",
        "Aa ",
        "Aa Bb ",
        "aa-",
        "a'",
        "d'a ",
        "'a' ",
    ),
    *('"a ', '"a" ', "“a ", "«a ", "„a ", "‘a ", "(a ", "[a ", "a? ", '"a?" ', "? ", "a\n", "- a\n", "> a\n", "1. a\n"),
    *(
        "http://a ",
        "http://",
        "www.",
        "a.b/",
        "a.b.c.d.e/",
        "@a ",
        "#a ",
        "#aB",
        "RT @a ",
        "(@a) ",
        "via @a ",
        "a@b.c ",
    ),
    *("BREAKING: ", "alert: ", "not ", "no ", "never ", "nobody ", "it is not true that ", "false ", "fake: "),
    *("is it true? ", "did you know that ", "and ", "but ", ", and ", ", but ", "said ", "he said, ", "said that "),
    *("the minister said that ", "The minister said that ", "Anna Holm said that ", "Anna Holm said. ", "he said. "),
    *(
        "the minister said that a b c d. ",
        "according to ",
        "denied that ",
        "accused of ",
        "will ",
        "soon ",
        "in 3 days ",
    ),
    *("5 May 2020 ", "2020-", "on Monday ", "Anna Holm, the mayor of Orsk, ", "Mr Ab Cd. ", "the minister ", "US "),
    *(
        "никто не ",
        "министр заявил, что ",
        "якобы ",
        "не ",
        "صرح الوزير أن ",
        "ليس ",
        "bakan dedi, ",
        "der Minister sagte, ",
    ),
    *("100 million ", "first ", "half a ", "most of the ", "中国 ", "東京は", "MH17 ", "9/11 ", "A-", "x-", "n't "),
)
HTML: Final = (
    *(
        "<a ",
        "<div ",
        "<div>",
        "<p>",
        "</p>",
        "<b",
        "<",
        ">",
        "&",
        "&amp;",
        "&#",
        "<!--",
        "-->",
        "<![CDATA[",
        "<script>",
    ),
    *(
        "<a b='",
        'a="" ',
        "<table>",
        "<td>",
        "<x:y>",
        "<?a ",
        "</",
        "<br>",
        "<p>a b c d e f. ",
        "<font>",
        "<svg>",
        "<li>",
    ),
    *(
        "<meta name='date' content='2020-01-01'>",
        "<time datetime='2020-01-01'>",
        "<script type='application/ld+json'>{",
    ),
    *(
        "<a href='x'>",
        "<a name=a>",
        "<h1>",
        "<title>",
        "<style>",
        "<template>",
        "<select>",
        "<form>",
        "<p a=b ",
        "2020-01-01 ",
    ),
)
FRAMES: Final = (
    ("", ""),
    ("Nobody denies that the dam ", " was mined, and nobody was warned, but was it gas?"),
    ("Is it true", "that he said no?"),
    ("It is not true that", "x"),
    ("«“a ", "?” he asked."),
)
"""What stands before and after the repeated atoms: some patterns look from one end to the other."""


def repeated(atom: str, length: int, frame: tuple[str, str] = ("", "")) -> str:
    """A text of `length` characters that repeats the atom within a frame."""
    before, after = frame
    room = max(0, length - len(before) - len(after))
    return before + (atom * (room // len(atom) + 1))[:room] + after


def pairs(atoms: tuple[str, ...], number: int, seed: int) -> list[str]:
    """`number` atoms made of two or three, drawn with a fixed seed."""
    draw = random.Random(seed)
    return ["".join(draw.choices(atoms, k=draw.choice((2, 2, 3)))) for _ in range(number)]


def drawn(pattern: re.Pattern[str], number: int, seed: int, repeats: int = 2) -> Iterator[str]:
    """`number` strings that the pattern roughly describes: of each alternative one, of each class a character.

    What the pattern looks ahead or back for is left out, so not every string matches.
    """
    draw = random.Random(seed)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for _ in range(number):
        yield "".join(_of(tree, draw, repeats))


def parts(pattern: re.Pattern[str], seed: int) -> list[str]:
    """Strings of each repeated part of a pattern, the likeliest atoms of a text that is slow to read for it."""
    draw = random.Random(seed)
    found = ["".join(_of(body, draw, 1)) for body in _repeated(parser.parse(pattern.pattern, pattern.flags))]
    return list(dict.fromkeys(part for part in found if part))


def _of(parsed: Any, draw: random.Random, repeats: int) -> Iterator[str]:
    for op, value in parsed:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            least, most, body = value
            for _ in range(draw.randint(least, max(least, min(most, repeats)))):
                yield from _of(body, draw, repeats)
        elif op is ops.SUBPATTERN:
            yield from _of(value[3], draw, repeats)
        elif op is ops.ATOMIC_GROUP:
            yield from _of(value, draw, repeats)
        elif op is ops.BRANCH:
            yield from _of(draw.choice(value[1]), draw, repeats)
        elif op is ops.LITERAL:
            yield chr(value)
        elif op is ops.NOT_LITERAL:
            yield "a" if value != ord("a") else "b"
        elif op is ops.ANY:
            yield "a"
        elif op is ops.IN:
            yield _one_of(value, draw)


_SAMPLES: Final = " a1.,\"'“-A_?я中ع😀\n"


def _one_of(value: Any, draw: random.Random) -> str:
    if value[0][0] is ops.NEGATE:
        own = re.compile(f"[{re.escape(_SAMPLES)}]")
        allowed = [one for one in _SAMPLES if own.match(one) and not _within(one, value[1:])]
        return draw.choice(allowed or ["~"])
    kind, chosen = draw.choice(value)
    if kind is ops.LITERAL:
        return chr(chosen)
    if kind is ops.RANGE:
        return chr(draw.randint(*chosen))
    return draw.choice([one for one in _SAMPLES if _within(one, [(kind, chosen)])] or ["~"])


def _within(character: str, members: Any) -> bool:
    categories = {
        ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
        ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    for kind, value in members:
        if kind is ops.LITERAL and ord(character) == value:
            return True
        if kind is ops.RANGE and value[0] <= ord(character) <= value[1]:
            return True
        if kind is ops.CATEGORY and re.match(categories[value], character):
            return True
    return False


def _repeated(parsed: Any) -> Iterator[Any]:
    for op, value in parsed:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            yield value[2]
            yield from _repeated(value[2])
        elif op is ops.SUBPATTERN:
            yield from _repeated(value[3])
        elif op is ops.ATOMIC_GROUP:
            yield from _repeated(value)
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _repeated(value[1])
