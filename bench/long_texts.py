"""Cost of reading texts that were made to be slow: processor time of each step, and its growth with the length.

    python bench/long_texts.py [--steps NAME,...] [--languages CODE,...] [--phrases] [--pairs N] [--all]

Each step of reading gets short atoms repeated to a length n and to 4n. Shown are those that took more than `--over`
seconds at 4n and more than `--ratio` times as long as at n, or more than `--limit` seconds; with `--all` the slowest of
every step. `--phrases` adds phrases of each language's lexicon, `--pairs` atoms put together at random.
"""

import argparse
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date
from types import FrameType
from typing import NamedTuple

from fuzzing.attack_texts import FRAMES, HTML, LETTERS, MARKS, PIECES, pairs, parts, repeated

from app.domain.core.dates import parse_period
from app.domain.core.errors import InvalidInput, TooLarge
from app.domain.core.line_breaks import unwrapped
from app.domain.core.text import canonical, clean
from app.domain.documents.documents import DocumentRequest
from app.domain.search.keyword_query import parse_query, tokenized_text
from app.domain.search.snippets import query_terms, snippet_of
from app.domain.statements.one_word import is_one_word
from app.formats.html_page import read_page
from app.language.attribution.date_phrases import date_phrases
from app.language.lexicons.folding import fold
from app.language.lexicons.stance import KEYWORD_KINDS, PATTERN_KINDS, stance_lexicon
from app.language.predictions.detection import _detected
from app.language.stance.features import stance_features
from app.language.stance.negation import compared_negation
from app.language.stance.passages import passages, presupposed_stance
from app.services.checks.notices import notice_of
from app.services.documents.check_document import CheckDocument
from app.texts.fluent import FluentCatalogs
from index.alignment.align import align
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import AlignmentInput
from index.alignment.tokens import words
from index.alignment.weights import shipped_weights
from index.contract import TokenStates
from index.lexicons import languages
from index.text.language_detection import OfflineLanguages
from index.text.names import NameRecognizer
from index.text.normalize import normalize_text
from index.text.sentences import sentence_spans
from index.text.terms import TermAnalyzer

DAY = parse_period("2024-05-05")
HANG_S = 40
NAMES = NameRecognizer()
TERMS = TermAnalyzer(NAMES)
DETECT = OfflineLanguages()
WEIGHTS = shipped_weights("hashing")
PHRASES = FluentCatalogs().for_language(["en"])


class Cost(NamedTuple):
    """Processor time of a step, in seconds, on the text of an atom."""

    step: str
    language: str
    atom: str
    frame: int
    """Number of what stands around the repeated atom, in `FRAMES`."""
    short_s: float
    long_s: float


class Hang(BaseException):
    """A step took too long."""


def _aligned(text: str, language: str) -> None:
    chunked = ChunkedText.from_tokens(text, language, TokenStates.none(), NAMES)
    align(AlignmentInput(text, language, chunked), AlignmentInput(text, language, chunked), WEIGHTS)


def _document(text: str, language: str) -> None:
    reader = CheckDocument(None, None, DETECT, read_page, sentence_spans, None)  # type: ignore[arg-type]
    try:
        reader.read(DocumentRequest(text=text, language=language, published_at=DAY))
    except (InvalidInput, TooLarge):
        return


def _clean(text: str, _: str) -> None:
    try:
        clean(text, len(text))
    except ValueError:
        return
    canonical(text)


STATEMENT: dict[str, Callable[[str, str], object]] = {
    "clean": _clean,
    "normalize": lambda text, _: normalize_text(text),
    "detect": lambda text, _: DETECT.detect(text, dict),
    "sentences": lambda text, language: list(sentence_spans(text, language)),
    "fold": lambda text, _: fold(text),
    "unwrapped": lambda text, _: unwrapped(text),
    "one_word": lambda text, _: is_one_word(text),
    "notice": lambda text, language: notice_of(text, language, PHRASES),
    "words": lambda text, _: words(text),
    "names": NAMES.find,
    "terms": TERMS.terms,
    "snippet": lambda text, _: (snippet_of(text, query_terms(text[:512])), parse_query(text), tokenized_text(text)),
    "prediction": lambda text, language: _detected(text, language, DAY),
    "dates": lambda text, language: date_phrases(text, language, date(2024, 5, 5)),
    "passages": passages,
    "presupposed": presupposed_stance,
    "stance": stance_features,
    "negation": lambda text, language: compared_negation(text, text, language, language),
    "align": _aligned,
}
DOCUMENT: dict[str, Callable[[str, str], object]] = {
    "document": _document,
    "unwrapped_long": lambda text, _: unwrapped(text),
}
PAGES: dict[str, Callable[[str, str], object]] = {
    "html": lambda text, _: read_page(text),
    "html_body": lambda text, _: read_page(f"<html><body><p>{text}"),
}
WITHOUT_LANGUAGE = {
    "clean",
    "normalize",
    "detect",
    "fold",
    "unwrapped",
    "one_word",
    "words",
    "snippet",
    "html",
    "html_body",
    "unwrapped_long",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", default="")
    parser.add_argument("--languages", default="en,ru,ar,de,tr")
    parser.add_argument("--phrases", action="store_true", help="phrases of each language's lexicon too")
    parser.add_argument("--pairs", type=int, default=0, help="atoms put together at random")
    parser.add_argument("--frames", action="store_true", help="with other words before and after the atoms")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="the slowest of every step, linear or not")
    parser.add_argument("--over", type=float, default=0.05)
    parser.add_argument("--ratio", type=float, default=7.0)
    parser.add_argument("--limit", type=float, default=0.5)
    parser.add_argument("--statement", type=int, default=5_000, help="longest statement, in characters")
    parser.add_argument("--document", type=int, default=200_000)
    options = parser.parse_args()
    chosen = [name for name in options.steps.split(",") if name]
    signal.signal(signal.SIGVTALRM, _hang)
    worst: dict[str, list[Cost]] = {}
    for steps, length in ((STATEMENT, options.statement), (DOCUMENT, options.document), (PAGES, options.document)):
        for name, step in steps.items():
            if chosen and name not in chosen:
                continue
            codes = ["und"] if name in WITHOUT_LANGUAGE else options.languages.split(",")
            if codes == ["all"]:
                codes = [*languages("stance"), "und"]
            for language in codes:
                step("Anna Holm said that the dam was mined. Was it?", language)
                for atom in _atoms(steps is PAGES, language, options):
                    for frame in range(len(FRAMES)) if options.frames else (0,):
                        cost = Cost(name, language, atom, frame, *_costs(step, language, atom, length, frame))
                        worst.setdefault(name, []).append(cost)
                        grows = cost.long_s > options.over and cost.long_s > options.ratio * cost.short_s
                        if grows or cost.long_s > options.limit:
                            print(_row(cost), flush=True)
    if options.all:
        print("slowest of each step:")
        for costs in worst.values():
            print(_row(max(costs, key=lambda cost: cost.long_s)))


def _atoms(html: bool, language: str, options: argparse.Namespace) -> Iterator[str]:
    atoms = (*MARKS, *LETTERS, *PIECES, *(HTML if html else ()))
    yield from atoms
    if options.phrases:
        lexicon = stance_lexicon(language, "a")
        for kind in (*PATTERN_KINDS, *KEYWORD_KINDS):
            pattern = getattr(lexicon.patterns, kind, None) or getattr(lexicon.keywords, kind)
            yield from (part + " " for part in parts(pattern, options.seed))
    yield from pairs(HTML if html else atoms, options.pairs, options.seed)


def _costs(
    step: Callable[[str, str], object], language: str, atom: str, length: int, frame: int
) -> tuple[float, float]:
    short = _time(step, language, repeated(atom, length // 4, FRAMES[frame]))
    return short, _time(step, language, repeated(atom, length, FRAMES[frame]))


def _time(step: Callable[[str, str], object], language: str, text: str) -> float:
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG_S)
    try:
        step(text, language)
    except Hang:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def _hang(_: int, __: FrameType | None) -> None:
    raise Hang


def _row(cost: Cost) -> str:
    ratio = cost.long_s / max(cost.short_s, 1e-6)
    return (
        f"{cost.step:14}{cost.language:5}{cost.frame} {cost.atom!r:44}{cost.short_s:9.3f}{cost.long_s:9.3f}{ratio:7.1f}"
    )


if __name__ == "__main__":
    main()
