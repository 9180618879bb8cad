"""Refrain beside the bare encoder, an afternoon's work and txtai: one archive, one run, blocks that take turns.

    python bench/side_by_side.py DATA/euvsdisinfo [--write] [--quick]

Compared over FOLDER's `corpus.jsonl`: (a) the encoder that comes with Refrain, alone, batched over all processors: the
limit; (b) `refrain serve` in its default settings, with explanations and without, and with a process a processor; (c) the afternoon version,
`bench/comparison/afternoon.py`; (d) txtai's API with hybrid search, in an environment of its own that is made once. All
use multilingual-e5-small, Refrain with 8-bit arithmetic and the others with 32-bit weights, as each does by itself.

Texts to check are statements of the archive with a word replaced, about 22 and 100 tokens long; none comes twice. Clients
in a closed loop send the next when the last is answered; what is refused is counted and sent again after `Retry-After`.
An open loop sends at half and .9 of the service's own median rate with the most clients. The load is sent by this process,
which takes a part of the same processors. `--write` puts the tables into docs/performance.md; `--quick` takes a small part
of the archive and short blocks, to see that all works. Takes about a quarter of an hour on two idle cores, and minutes more
for the first time.
"""

import argparse
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from comparison.bare_encoder import BareEncoder
from comparison.environment import NotInstalled, transformer_folder, txtai_python
from comparison.load import Request, closed_loop, open_loop
from comparison.markers import write_between
from comparison.services import Service, Way, afternoon, refrain, resident_mib, txtai
from comparison.tables import Bare, Measured, report
from comparison.texts import Texts, statements_of
from tokenizers import Tokenizer

from app.settings import load_settings
from index.embedders.model_folder import TOKENIZER, default_model_folder

TOKENS = (22, 100)
CLIENTS = (1, 8, 32)
SHARES = (0.5, 0.9)
OPEN_TOKENS = 22
TOKENS_A_BATCH = 24_576
"""Of the texts that the bare encoder gets in one call."""

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


@dataclass(frozen=True)
class Plan:
    """Number of repetitions. Five blocks and five starts are the least that medians of this page are taken of."""

    blocks: int = 5
    closed_s: tuple[float, ...] = (1.5, 2.0, 3.0)
    """By the number of clients, which are answered in bunches where they are many."""
    open_s: float = 3.0
    starts: int = 5
    singles: int = 25
    probes: int = 20
    batch_tokens: int = TOKENS_A_BATCH
    statements: int | None = None


QUICK = Plan(1, (0.5, 0.5, 0.5), 0.5, 1, 5, 5, 2_048, 100)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="a small archive and short blocks")
    parser.add_argument("--without-txtai", action="store_true")
    options = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # as installed: modules are compiled once, not at each start
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # services are stopped then, too
    began = time.perf_counter()
    plan = QUICK if options.quick else Plan()
    with tempfile.TemporaryDirectory() as folder:
        corpus = _corpus(options.folder / "corpus.jsonl", Path(folder) / "archive", plan.statements)
        text = _compared(corpus, Path(folder), plan, options.without_txtai)
    text += f"\nTook {(time.perf_counter() - began) / 60:.0f} minutes.\n"
    print(text)
    if options.write:
        write_between(PAGE, "side by side", text)


def _corpus(source: Path, folder: Path, first: int | None) -> Path:
    """A copy of an archive, or of a part of it: of its longest statements and the first others, so many of both."""
    folder.mkdir()
    lines = source.read_text("utf-8").splitlines(keepends=True)
    if first is not None:
        longest = sorted(range(len(lines)), key=lambda number: -len(json.loads(lines[number])["text"]))[:first]
        lines = [lines[number] for number in sorted({*longest, *range(first)})]
    (folder / "corpus.jsonl").write_text("".join(lines), "utf-8")
    return folder / "corpus.jsonl"


def _compared(corpus: Path, folder: Path, plan: Plan, without_txtai: bool) -> str:
    statements = statements_of(corpus)
    tokenizer = Tokenizer.from_file(str(default_model_folder(load_settings().model_dir) / TOKENIZER))
    texts = {tokens: Texts(statements, tokens, tokenizer) for tokens in TOKENS}
    services, missing = _services(corpus, folder, without_txtai)
    measured = {way.name: Measured(way.name, way.contains) for service in services for way in service.ways}
    with ExitStack() as stack:
        encoder = BareEncoder()
        stack.callback(encoder.close)
        bare = Bare(start_s=encoder.start_s, import_s=encoder.batched(statements))
        for service in services:
            stack.callback(service.stop)
            _import_and_start(service, measured[service.ways[0].name], texts[OPEN_TOKENS], plan)
        ways = [(service, way, measured[way.name]) for service in services for way in service.ways]
        for service, way, figures in ways:
            _probe(service, way, figures, texts, plan.probes)
        for number in range(plan.blocks):
            _say(f"closed loops, block {number + 1} of {plan.blocks}")
            for tokens in TOKENS:
                _bare_block(encoder, bare, texts[tokens], plan)
                for clients, seconds in zip(CLIENTS, plan.closed_s, strict=True):
                    for service, way, figures in ways:
                        time.sleep(0.2)  # the last one's threads come to rest
                        block = closed_loop(service.port, _request(way, texts[tokens]), clients, seconds)
                        figures.closed.setdefault((tokens, clients), []).append(block)
        for number in range(plan.blocks):
            _say(f"open loops, block {number + 1} of {plan.blocks}")
            for share in SHARES:
                for service, way, figures in ways:
                    rate = max(0.5, share * figures.rate(OPEN_TOKENS, max(CLIENTS)))
                    block = open_loop(service.port, _request(way, texts[OPEN_TOKENS]), rate, plan.open_s)
                    figures.open.setdefault((OPEN_TOKENS, share), []).append((rate, block))
        bare.after_mib = resident_mib(encoder.process)
        for service in services:
            measured[service.ways[0].name].after_mib = service.resident_mib()
    return _introduction(corpus, len(statements), texts, plan) + report(
        bare, [*measured.values(), *missing], TOKENS, CLIENTS
    )


def _services(corpus: Path, folder: Path, without_txtai: bool) -> tuple[list[Service], list[Measured]]:
    """The services, and rows for those that are not to be had."""
    places = [folder / name for name in ("refrain", "processes", "afternoon", "txtai")]
    for place in places:
        place.mkdir()
    model = transformer_folder()
    services = [refrain(corpus, places[0]), afternoon(corpus, places[2], model)]
    missing: list[Measured] = []
    if (processors := os.cpu_count() or 1) > 1:
        services.insert(1, refrain(corpus, places[1], processors))
    try:
        if without_txtai:
            raise NotInstalled("left out")
        services.append(txtai(corpus, places[3], model, txtai_python()))
    except NotInstalled as error:
        missing.append(Measured("txtai, hybrid search", "", missing=str(error)))
    return services, missing


def _import_and_start(service: Service, figures: Measured, texts: Texts, plan: Plan) -> None:
    _say(f"{service.name}: import")
    figures.import_s = service.import_archive()
    _say(f"{service.name}: start")
    for _ in range(plan.starts):
        service.stop()
        figures.start_s.append(service.start(next(texts).text))
    figures.ready_mib = service.resident_mib()


def _probe(service: Service, way: Way, figures: Measured, texts: dict[int, Texts], probes: int) -> None:
    """The content and the size of the answers, before anything is timed."""
    for tokens, source in texts.items():
        answers = [(one, service.answer(way, one.text)) for one in source.take(probes)]
        found = [json.dumps(one.statement, ensure_ascii=False)[1:-1] in answer.text for one, answer in answers]
        figures.found[tokens] = statistics.mean(found)
        if tokens == OPEN_TOKENS:
            figures.answer_bytes = [len(answer.content) for _, answer in answers]
            figures.sent_bytes = [answer.num_bytes_downloaded for _, answer in answers]


def _bare_block(encoder: BareEncoder, bare: Bare, texts: Texts, plan: Plan) -> None:
    many = [one.text for one in texts.take(plan.batch_tokens // texts.tokens)]
    time.sleep(0.2)
    bare.rates.setdefault(texts.tokens, []).append(len(many) / encoder.batched(many))
    single = encoder.singly([one.text for one in texts.take(plan.singles)])
    bare.single_ms.setdefault(texts.tokens, []).append(statistics.median(single))


def _request(way: Way, texts: Texts) -> Request:
    return lambda client: way.request(next(texts).text, client)


def _introduction(corpus: Path, statements: int, texts: dict[int, Texts], plan: Plan) -> str:
    made_of = " and ".join(f"{len(one.statements):,} of about {tokens} tokens" for tokens, one in texts.items())
    return (
        f"`python bench/side_by_side.py`: {statements:,} statements; texts to check are made of {made_of}, a word replaced "
        f"in each, and none is sent twice. {plan.blocks} blocks of {min(plan.closed_s):g} to {max(plan.closed_s):g} s that "
        f"take turns; {os.cpu_count()} processors, which the load shares. Refrain's encoder has 8-bit arithmetic, "
        f"sentence-transformers and txtai read 32-bit weights of the same model. Imports were timed once.\n\n"
    )


def _say(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
