"""Quality and speed of recognising names across spellings and scripts.

    python bench/names.py [DATA] [--show]

The spelled pairs of `tests/quality/names/pairs.jsonl`, tuned and held-back half apart. With DATA: in `propaganda_diary`
each case is there in five languages: of the keys in the English version, how many are in the other one (recall) and
the other way about (precision), and how many pairs of versions of two cases share a key; the same share for random
pairs of texts of other sets.
"""

import argparse
import json
import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from index.text.language_detection import OfflineLanguages
from index.text.names import NameRecognizer
from index.text.names.gazetteer import shipped

PAIRS = Path(__file__).parent.parent / "tests/quality/names/pairs.jsonl"
PAIRS_DRAWN = 4_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--show", action="store_true", help="the pairs that are judged wrongly, save held-back ones")
    options = parser.parse_args()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    shipped()
    spent, grown = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"loading: {spent:.2f} s, {grown / 1024:.0f} MB, {len(shipped().names):,} names")
    _pairs(options.show)
    if options.data:
        _diary(options.data / "propaganda_diary")
        for name in ("checkthat2022_en", "checkthat2021_ar", "euvsdisinfo"):
            _random_pairs(name, _texts(options.data / name / "corpus.jsonl"))
        _speed(_texts(options.data / "euvsdisinfo" / "corpus.jsonl"))


def _pairs(show: bool) -> None:
    right: dict[tuple[bool, bool], list[bool]] = defaultdict(list)
    for line in PAIRS.open(encoding="utf-8"):
        pair = json.loads(line)
        reader = NameRecognizer()
        if learned := pair.get("learned"):
            reader.add_names([(learned, "person")])
        keys = [{name.key for name in reader.find(pair[x], pair[f"{x}_language"])} for x in "ab"]
        judged = bool(keys[0] & keys[1])
        right[pair["held_back"], pair["same"]].append(judged == pair["same"])
        if show and judged != pair["same"] and not pair["held_back"]:
            print("  wrong:", pair["same"], pair["a"], "|", pair["b"], keys)
    for (held_back, same), results in sorted(right.items()):
        kind = "held back" if held_back else "tuned on"
        print(f"pairs, {kind}, {'same' if same else 'different'}: {sum(results)} of {len(results)} right")


def _diary(folder: Path) -> None:
    reader = NameRecognizer()
    cases: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for line in (folder / "queries.jsonl").open(encoding="utf-8"):
        query = json.loads(line)
        cases[query["case"]][query["lang"]] = frozenset(name.key for name in reader.find(query["text"], query["lang"]))
    order = random.Random(7).sample(sorted(cases), len(cases))
    counts = defaultdict(int)
    for case in cases.values():
        for keys in case.values():
            for key in keys:
                counts[key] += 1
    common = {key for key in counts if counts[key] > len(cases) * 5 * 0.1}
    print("diary, against English: recall, precision, sharing with another case (without names in over a tenth)")
    for language in ("ru", "uk", "de", "it"):
        both = [(case["en"], case[language]) for case in cases.values()]
        met = sum(len(one & other) for one, other in both)
        recall, precision = met / sum(len(x) for x, _ in both), met / sum(len(y) for _, y in both)
        apart = [(cases[x]["en"], cases[y][language]) for x in order for y in order if x != y]
        false = sum(bool(x & y) for x, y in apart) / len(apart)
        rarer = sum(bool((x & y) - common) for x, y in apart) / len(apart)
        print(f"  {language}: {recall:.2f} {precision:.2f} {false:.3f} ({rarer:.3f})")


def _random_pairs(name: str, texts: list[str]) -> None:
    drawn = random.Random(7).sample(texts, min(PAIRS_DRAWN, len(texts)))
    reader, languages = NameRecognizer(), OfflineLanguages()
    keys = [frozenset(found.key for found in reader.find(text, languages.detect(text))) for text in drawn]
    print(
        f"{name}: {_mean(len(x) for x in keys):.1f} names a text; "
        f"{_mean(bool(x & y) for x, y in pairwise(keys)):.3f} of random pairs share one"
    )


def _speed(texts: list[str]) -> None:
    reader = NameRecognizer()
    began = time.perf_counter()
    for text in texts:
        reader.find(text, "en")
    cold = time.perf_counter() - began
    statement = " ".join(" ".join(texts[:50]).split()[:40])
    began = time.perf_counter()
    for _ in range(500):
        reader.find(statement, "en")
    warm = (time.perf_counter() - began) / 500
    words = sum(len(text.split()) for text in texts)
    print(
        f"reading: {len(texts) / cold:,.0f} texts of {words / len(texts):.0f} words a second; 40 words {warm * 1e3:.2f} ms"
    )


def _texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.open(encoding="utf-8")]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


if __name__ == "__main__":
    main()
