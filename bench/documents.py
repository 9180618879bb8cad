"""Quality of the claims found in articles, with their speakers and dates; and the time that an article takes.

    python bench/documents.py [--errors] [--time]

Reads the articles of `tests/quality/documents`, of which those in `held_out` were written before the rules, and the
seed article where it lies beside the repository; then the short texts of `tests/quality/attributions`. *False*: a sentence given to somebody who says nothing of the kind.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "quality"))

from attribution_gold import faults, passages  # noqa: E402
from document_gold import HERE, Score, article, score  # noqa: E402

from app.domain.core.dates import parse_period  # noqa: E402
from app.domain.documents.documents import DocumentRequest  # noqa: E402
from app.formats.opening import Format, open_lines  # noqa: E402
from app.settings import Settings  # noqa: E402
from app.wiring import SAMPLE, build  # noqa: E402

ROUNDS = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="show what is wrong")
    parser.add_argument("--time", action="store_true", help="time articles against the sample archive")
    options = parser.parse_args()
    names = sorted(str(path.relative_to(HERE).with_suffix("")) for path in HERE.rglob("*.json"))
    groups: dict[str, Score] = {}
    for name in names:
        if (found := article(name)) is None:
            print(f"{name}: the article is not there")
            continue
        result = score(*found)
        group = name.rpartition("/")[0] or ("seed" if name == "seed" else "own")
        groups.setdefault(f"{group} {found[1]['language']}", Score()).add(result)
    print("articles       claims  found  false  speaker right/false  date right/false  quoted")
    for group, one in groups.items():
        print(
            f"{group:14} {one.gold:6} {one.found:6} {one.false:6} {one.speakers:12}/{one.false_speakers:<6}"
            f" {one.dates:10}/{one.false_dates:<6} {one.quoted:5}"
        )
        if options.errors:
            print("".join(f"    {line}\n" for line in one.wrong), end="")
    for name in ("known", "unseen"):
        _wordings(name, errors=options.errors)
    if options.time:
        _time([name for name in names if article(name)])


def _wordings(name: str, *, errors: bool) -> None:
    texts: dict[str, int] = {}
    right: dict[str, int] = {}
    false: dict[str, int] = {}
    for text, gold in passages(name):
        result, all_right = faults(text, gold)
        kind = f"{gold['language']}{'' if gold['claims'] else ' without a claim'}"
        texts[kind] = texts.get(kind, 0) + 1
        right[kind] = right.get(kind, 0) + all_right
        false[kind] = false.get(kind, 0) + result.false + result.false_speakers + result.false_dates
        if errors and not all_right:
            print(f"    {text}: {result.wrong}")
    for kind, number in texts.items():
        print(f"{name} {kind}: {right[kind]} of {number} texts right, {false[kind]} things false")


def _time(names: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        services = build(Settings(data_dir=Path(folder)))
        services.archive.open()
        services.archive.backfill()
        services.import_statements(
            ((file.name, line) for file, line in open_lines(SAMPLE, Format.AUTO)),
            lambda _: None,
        )
        organisation = (
            services.manage_organisations.ensure("bench") if hasattr(services.manage_organisations, "ensure") else None
        )
        for name in names:
            text, gold = article(name)
            request = DocumentRequest(
                text=text, language=gold["language"], published_at=parse_period(gold["published_at"])
            )
            read_s, whole_s, began_cpu = [], [], time.process_time()
            for _ in range(ROUNDS):
                began = time.perf_counter()
                read = services.check_document.read(request)
                read_s.append(time.perf_counter() - began)
                services.check_document.check(read, request, organisation)
                whole_s.append(time.perf_counter() - began)
            print(
                f"{name}: {len(text):,} characters, {len(read.claims)} checks, read in {1e3 * statistics.median(read_s):.0f} ms,"
                f" answered in {1e3 * statistics.median(whole_s):.0f} ms (median of {ROUNDS}, first {1e3 * whole_s[0]:.0f}),"
                f" {(time.process_time() - began_cpu) / ROUNDS:.2f} s of processor"
            )
        services.store.close()


if __name__ == "__main__":
    main()
