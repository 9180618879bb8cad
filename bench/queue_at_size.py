"""The queue with 100 flags and with 100,000: the server's time for every list of it, side by side in one run.

    python bench/queue_at_size.py [--flags 100000] [--rounds 9] [--only narrative] [--url postgresql://…/few --url postgresql://…/many]
    python bench/queue_at_size.py --pages [--statements 50000]

The archives are those of `bench/desk.py`; half of their flags are in groups of five and of ten. Each order, each page,
dates with and without a begin, counts that a counter has and counts that are made, unfolded groups and what is new are
asked in turns, over the real application without a network between. A figure is the least of the rounds in milliseconds:
of SQLite, which runs in the process, the processor time of the process, which other work on the machine does not change;
of PostgreSQL the time on the clock. The ratio is of many to few. At most 2 is wanted.

`--pages`: not the queue but the pages that sum an archive up, over statements with dates, narratives and predictions.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event, func, select

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from builders import PASSWORD, Browser
from desk import FEW, build

from app.domain.desk.flags import FlagSort
from app.main import create_app
from app.services.desk.ports import FlagCursor
from app.store.desk.flag_tables import flags
from app.web.pages.desk.queue_query import SORTS, FlagListQuery

WANTED = 2.0
_MIDDLE = {"score": 0.85, "recurrence": 5, "speaker": "0speaker 1", "narrative": "0script number 1"}


def deep(sort: FlagSort, key: int) -> str:
    """The address of a page in the middle of a list."""
    value = _MIDDLE.get(sort.removesuffix("_up").removesuffix("_down"), 0)
    return FlagListQuery(sort=sort).page_url("after", FlagCursor(value, key))


def asked(number: int, newest: int) -> dict[str, str]:
    """Addresses by what they are, for an archive of so many flags, of which the last has the key `newest`."""
    middle = newest - number // 2
    return {
        **{f"by {sort}": f"/?sort={sort}" for sort in SORTS},
        **{f"by {sort}, a page in the middle": deep(sort, middle) for sort in SORTS},
        "all states": "/?state=any",
        "dates without a begin, near the newest": "/?said_to=2020-06-01",
        "dates without a begin, in the middle": "/?said_to=2019-01-15",
        "dates without a begin, near the oldest": "/?said_to=2017-12-01",
        "dates without a begin, oldest first": "/?said_to=2020-06-01&sort=oldest",
        "dates without a begin, by score": "/?said_to=2020-06-01&sort=score",
        "dates without an end": "/?said_from=2017-08-01",
        "dates": "/?said_from=2017-08-01&said_to=2018-01-01",
        "one tier, counted by a counter": "/?tier=same_script",
        "two filters, counted": "/?tier=same_script&language=en",
        "a word of many, counted": "/?q=attack",
        "nobody's, counted": "/?assigned=nobody",
        "an unfolded group": "/flag-groups/check-12",
        "what is new": f"/queue/new?since={newest - 40}",
        "nothing new": f"/queue/new?since={newest}",
    }


PAGES = {
    "overview": "/overview",
    "predictions that have lapsed": "/predictions",
    "predictions that lapse this week": "/predictions?listed=soon",
    "narratives": "/narratives",
    "growing narratives": "/narratives?state=growing",
}


def timed(browser: Browser, address: str, clock: Callable[[], float]) -> tuple[float, str]:
    """Milliseconds of one answer, and the answer."""
    begun = clock()
    answered = browser.get(address, headers={"HX-Request": "true"} if "/flag-groups/" in address else {})
    taken = (clock() - begun) * 1_000
    assert answered.status_code in (200, 204), (address, answered.status_code, answered.text[:2_000])
    return taken, answered.text


def main() -> None:
    logging.disable(logging.INFO)
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--flags", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--only", default="", help="the lists whose name has this")
    options.add_argument("--pages", action="store_true")
    options.add_argument("--statements", type=int, default=50_000)
    options.add_argument("--url", action="append", default=[])
    given = options.parse_args()
    urls = [*given.url, "", ""]
    clock = time.perf_counter if given.url else time.process_time
    with tempfile.TemporaryDirectory() as folder:
        desks = []
        for name, number, url in (("few", FEW, urls[0]), ("many", given.flags, urls[1])):
            said = FEW if not given.pages or name == "few" else given.statements
            built = build(Path(folder) / name, number, said, url, history=given.pages)
            browser = Browser(create_app(built))
            assert browser.post("/sign-in", data={"login": "bench", "password": PASSWORD}).status_code == 303
            queries: list[str] = []
            event.listen(
                built.store.engine, "before_cursor_execute", lambda *of, queries=queries: queries.append(of[2])
            )
            with built.store.engine.connect() as connection:
                newest = connection.scalar(select(func.max(flags.c.check_key)))
            desks.append((browser, PAGES if given.pages else asked(number, newest), queries))
        print(f"100 flags and {given.flags:,}; the least of {given.rounds}, ms\n")
        print("| list | 100 | many | ratio | rows | queries |\n|---|---|---|---|---|---|")
        over = []
        for said in (name for name in desks[0][1] if given.only in name):
            taken: tuple[list[float], list[float]] = ([], [])
            rows, counts = [], []
            for at in range(given.rounds + 1):
                for (browser, addresses, queries), times in zip(desks, taken, strict=True):
                    queries.clear()
                    spent, text = timed(browser, addresses[said], clock)
                    if at:  # the first fills caches
                        times.append(spent)
                    else:
                        rows.append(text.count("data-flag="))
                        counts.append(len(queries))
            few, many = (min(times) for times in taken)
            if many / few > WANTED:
                over.append(said)
            shown = f"{rows[0]}, {rows[1]} | {counts[0]}, {counts[1]}"
            print(f"| {said} | {few:.1f} | {many:.1f} | {many / few:.2f} | {shown} |", flush=True)
        print(f"\nover {WANTED}: {', '.join(over) or 'none'}")


if __name__ == "__main__":
    main()
