"""Atheris (libFuzzer, guided by coverage) on everything that reads what a stranger or a damaged disk may have written.

    python bench/fuzz_parsers.py [--inputs N] [--seed N] [--only NAME…] [--seconds N]

`fuzzing/parsers.py` lists the readers, with the errors that each may raise; any other error is a finding, and so is an
input that takes a second of the processor. The inputs are shared out among the readers, most to those that are quick; each
begins with files of `sample/` and, where it is there, `../shared/cases`. Ends with 1 after a finding, whose input is
printed; run again with the same seed to meet it again.
"""

import argparse
import contextlib
import io
import os
import re
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import NoReturn

import atheris

_READERS = ["app.formats", "app.schemas", "app.domain", "app.web", "app.store.backup", "app.worker.json_messages"]
with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=_READERS):
    from fuzzing.parsers import PARSERS, Parser

LIMIT_S = 1.0
_LONGEST_SHOWN = 2_000
_TOKENS = (
    "text", "title", "date", "said_at", "known_at", "learned_at", "lang", "language", "speaker", "source", "url", "id",
    "external_id", "fakes", "narratives", "findings", "verdict", "publisher", "private", "record", "@type", "@id",
    "ClaimReview", "claimReviewed", "itemReviewed", "reviewRating", "alternateName", "author", "name", "datePublished",
    "null", "true", "1e400", "NaN", "\\\\ud800", "\\\\u0000", "[[[[", "{{", "<script>", "</p>", "<!--", "2021-02-30", "9999",
    "type", "bundle", "objects", "narrative", "object_refs", "extensions", "metadata", "Event", "Object", "Attribute",
    "object_relation", "ObjectReference", "comment", "application/ld+json", "xn--", "::ffff:", "0x7f", "%00", "=?",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=100_000, help="inputs over all readers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=600, help="seconds a reader, at most")
    parser.add_argument("--only", nargs="+", choices=[*PARSERS], default=[*PARSERS], help="these readers alone")
    options = parser.parse_args()
    chosen = {name: PARSERS[name] for name in options.only}
    shares = sum(one.share for one in chosen.values())
    total, failed, began = 0, [], time.monotonic()
    for name, one in chosen.items():
        inputs = round(options.inputs * one.share / shares)
        done, seconds, finding = _fuzzed(name, one, inputs, options)
        total += done
        print(
            f"{name:20} {done:>9,} inputs {done / max(seconds, 0.001):>8,.0f} a second  {finding or 'nothing'}",
            flush=True,
        )
        failed += [name] if finding else []
    print(f"{total:,} inputs over {len(chosen)} readers in {time.monotonic() - began:,.0f} s, seed {options.seed}: "
          f"{'findings in ' + ', '.join(failed) if failed else 'nothing found'}")  # fmt: skip
    sys.exit(bool(failed))


def _fuzzed(name: str, parser: Parser, inputs: int, options: argparse.Namespace) -> tuple[int, float, str | None]:
    """Inputs that were tried, seconds, and what was found: the error and the input."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(parser.seeds()):
            (corpus / str(number)).write_bytes(seed[: parser.longest])
        tokens = Path(folder) / "tokens"
        tokens.write_text("".join(f'"{token}"\n' for token in _TOKENS), "ascii")
        flags = [
            f"-runs={inputs}", f"-seed={options.seed}", f"-max_len={parser.longest}", "-rss_limit_mb=2048",
            f"-max_total_time={options.seconds}", f"-artifact_prefix={folder}/found-", f"-dict={tokens}", "-timeout=20",
            "-print_final_stats=1", str(corpus),
        ]  # fmt: skip
        output = Path(folder) / "output"
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            _fuzz(parser, flags, output)
        _, status = os.waitpid(child, 0)
        took = time.monotonic() - began
        said = output.read_text("utf-8", "replace")
        tried = re.search(r"stat::number_of_executed_units:\s*(\d+)", said)
        finding = None
        if status:
            finding = said[max(said.find("Uncaught"), 0) :][:6_000]
        return int(tried[1]) if tried else 0, took, finding


def _fuzz(parser: Parser, flags: list[str], output: Path) -> NoReturn:
    """Runs libFuzzer in this process, which ends with it."""
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)

    def try_one(raw: bytes) -> None:
        began = time.process_time()
        try:
            parser.read(raw)
        except parser.errors:
            pass
        except BaseException as error:
            error.add_note(f"input: {raw[:_LONGEST_SHOWN]!r}")
            raise
        took = time.process_time() - began
        if took > LIMIT_S:
            raise AssertionError(f"took {took:.2f} s of the processor; input: {raw[:_LONGEST_SHOWN]!r}")

    try:
        atheris.Setup([sys.argv[0], *flags], try_one)
        atheris.Fuzz()
    except BaseException:  # noqa: BLE001 - nothing may leave this process but by its end
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
