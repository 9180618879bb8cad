"""The desk with few flags and with many: the server's time for each list, side by side, and the queries of each page.

    python bench/desk.py [--flags 100000] [--statements 50000] [--url postgresql://…/few --url postgresql://…/many]

Builds two databases, one with 100 flags and 100 statements, the other as large as said, and asks each the same addresses
in turns, over the real application without a network between. A figure is the median of the rounds; `rows` is how many flags
each of the two pages shows. What is looked for is so common among the 100 that their page is as full as the other one:
a list with fewer flags is quicker whatever it was taken from.
"""

import argparse
import json
import logging
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import bindparam, event, insert, select, update

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from builders import PASSWORD, Browser, account, request, services

from app.domain.search.keyword_query import LONGEST_WORD, tokenized_text
from app.main import create_app
from app.store.connections import writing
from app.store.desk.flag_groups import PERIOD
from app.store.desk.flag_tables import (
    flag_counts,
    flag_facets,
    flag_narratives,
    flag_periods,
    flag_words,
    flags,
    reviews,
)
from app.store.predictions.prediction_tables import predictions
from app.store.tables import checks, matches, narratives, sources, speakers, statement_narratives, statements

ROUNDS = 15
FEW = 100
EPOCH = date(1970, 1, 1)
LANGUAGES = ["en"] * 12 + ["ru"] * 4 + ["de", "uk", "ar", "fr"]
STEMS = ["attack", "gas", "grain", "vote", "border", "army", "minister", "vaccine", "energy", "court"]
WORDS = [f"{stem}{end}" for stem in STEMS for end in ("", "s", "ing", "er", "less", "ward")]
PLACES = [f"place{number}" for number in range(4_000)]
PER_PART = 5_000


class AmongMany:
    """Subjects of flags where there are many: a few names have many flags, and most names next to none."""

    assigned = 0.02

    def __init__(self, chance):
        self._chance = chance

    def text(self):
        return " ".join([*self._chance.choices(WORDS, k=22), *self._chance.choices(PLACES, k=3)])

    def language(self):
        return self._chance.choice(LANGUAGES)

    def speaker(self):
        return f"Speaker {min(500, int(self._chance.expovariate(1 / 40)) + 1)}"

    def source(self):
        return f"outlet {self._chance.randrange(60)}"

    def narrative(self):
        return min(200, int(self._chance.expovariate(1 / 20)) + 1)

    def said_begins(self, number):
        return 1_500_000_000_000_000 + number * 10**9


class AmongFew(AmongMany):
    """So much of what is looked for that a page of it is full."""

    assigned = 0.5

    def text(self):
        asked = [word for word in ("place77", "ministerless", "borderward") if self._chance.random() < 0.9]
        return f"{super().text()} {' '.join(asked)}"

    def language(self):
        return self._chance.choices(["ar", "en"], [90, 10])[0]

    def speaker(self):
        return self._chance.choice(["Speaker 1", "Speaker 40"])

    def source(self):
        return self._chance.choices(["outlet 7", "outlet 8"], [90, 10])[0]

    def narrative(self):
        return self._chance.choices([1, 2], [90, 10])[0]

    def said_begins(self, number):
        return super().said_begins(5_000 + number * 10)


def build(folder, number, said, url="", *, history=False):
    """Services over an archive of so many statements and flags, all of one organisation; `history`: its statements have
    dates, narratives, outlets and predictions, and its flags days and decisions."""
    built = services(folder, database_url=url)
    account(built, "analyst", "Desk", login="bench")
    organisation = built.manage_keys.organisation("Desk")
    built.check_statements([request(said_at="2021-05-23")], organisation)
    chance = random.Random(7)
    with writing(built.store.engine) as connection:
        kept = connection.execute(select(checks)).one()
        template = json.loads(kept.answer)
        fill_statements(connection, said, kept.created_at)
        fill_flags(connection, organisation.key, number, template, kept, chance)
        if history:
            fill_history(connection, organisation.key, said, kept, chance)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
    if url:
        with built.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return built


def fill_statements(connection, number, at):
    connection.execute(insert(narratives), [
        {"key": key, "id": f"narrative-{key}", "title": f"Script number {key}", "created_at": at} for key in range(1, 201)
    ])  # fmt: skip
    connection.execute(insert(speakers), [{"key": key, "name": f"Speaker {key}"} for key in range(1, 501)])
    for begins in range(0, number, PER_PART):
        connection.execute(insert(statements), [
            {"key": key, "id": f"statement-{key}", "identity": f"identity-{key}", "text": f"A statement, number {key}.",
             "language": "en", "speaker_key": 1 + key % 500, "learned_at": at, "metadata": {}, "created_at": at,
             "updated_at": at, "sequence": key}
            for key in range(begins + 1, min(begins + PER_PART, number) + 1)
        ])  # fmt: skip


def fill_flags(connection, organisation, number, template, kept, chance):
    """Flags with five matches each, of which the lists know what they would know of real ones."""
    about = (AmongFew if number <= FEW else AmongMany)(chance)
    counted, periods = {}, {}
    for begins in range(0, number, PER_PART):
        rows, words, filed, answers, found = [], [], [], [], []
        for at in range(begins, min(begins + PER_PART, number)):
            key = kept.key + 1 + at
            text, speaker, narrative, said_begins = (
                about.text(), about.speaker(), about.narrative(), about.said_begins(at)
            )  # fmt: skip
            row = {
                "check_key": key, "organisation_key": organisation, "version": 1,
                "state": chance.choices(["open", "confirmed", "dismissed"], [70, 20, 10])[0],
                "tier": chance.choices(["same_script", "near_verbatim"], [85, 15])[0],
                "score": round(chance.uniform(0.7, 1), 4), "recurrence": int(chance.expovariate(1 / 8)),
                "language": about.language(), "speaker": speaker.lower(), "source": about.source(),
                "said_begins": said_begins, "said_ends": said_begins + 86_400_000_000, "text": tokenized_text(text),
                "assigned_id": "somebody" if chance.random() < about.assigned else None, "assigned_name": "Somebody",
            }  # fmt: skip
            row |= {"group_key": group_of(key, kept.key + 1), "speaker_order": f"0{speaker.lower()}",
                    "narrative_order": f"0script number {narrative}"}  # fmt: skip
            periods.setdefault(said_begins // PERIOD, []).append(key)
            rows.append(row)
            words += [{"organisation_key": organisation, "word": word[:LONGEST_WORD], "check_key": key}
                      for word in set(row["text"].split())]  # fmt: skip
            filed.append({"organisation_key": organisation, "narrative_key": narrative, "check_key": key})
            answers.append(answer(template, kept, key, text, speaker, row, narrative))
            found.append({"id": str(uuid4()), "check_key": key, "statement_key": 1, "rank": 1, "tier": row["tier"],
                          "score": row["score"]})  # fmt: skip
            for facet, value in (("tier", row["tier"]), ("language", row["language"]), ("speaker", row["speaker"]),
                                 ("source", row["source"]), ("narrative", str(narrative))):  # fmt: skip
                for state in (row["state"], "any"):
                    counted[state, facet, value] = counted.get((state, facet, value), 0) + 1
            counted[row["state"],] = counted.get((row["state"],), 0) + 1
        for table, values in (
            (checks, answers),
            (matches, found),
            (flags, rows),
            (flag_words, words),
            (flag_narratives, filed),
        ):
            connection.execute(insert(table), values)
    connection.execute(insert(flag_periods), [
        {"organisation_key": organisation, "period": period, "first_key": keys[0], "last_key": keys[-1]}
        for period, keys in periods.items()
    ])  # fmt: skip
    connection.execute(insert(flag_counts), [
        {"organisation_key": organisation, "state": place[0], "count": n} for place, n in counted.items() if len(place) == 1
    ])  # fmt: skip
    connection.execute(insert(flag_facets), [
        {"organisation_key": organisation, "state": place[0], "facet": place[1], "value": place[2], "label": place[2], "count": n}
        for place, n in counted.items() if len(place) == 3
    ])  # fmt: skip


def fill_history(connection, organisation, said, kept, chance):
    """Dates in the last three years, one or two narratives each, 60 outlets; a prediction in every fifth statement, most
    of them lapsed; flags spread over 200 days, and two decisions on one flag in twenty."""
    day_us = 86_400_000_000
    today = int(kept.created_at.timestamp()) * 1_000_000 // day_us
    connection.execute(insert(sources), [{"key": key, "name": f"Outlet {key}"} for key in range(1, 61)])
    dated, filed, predicted = [], [], []
    for key in range(1, said + 1):
        day = today - 1 - int(1_095 * chance.random() ** 1.5)
        begins, ends = day * day_us, (day + 1) * day_us
        written = (EPOCH + timedelta(days=day)).isoformat()
        dated.append({"of": key, "said": written, "begins": begins, "ends": ends, "source": 1 + key % 60})
        under = {min(200, int(chance.expovariate(1 / 20)) + 1) for _ in range(chance.choice((1, 1, 2)))}
        filed += [{"statement_key": key, "narrative_key": one, "learned_at": kept.created_at} for one in under]
        if key % 5 == 0:
            until = chance.choice((None, begins + chance.randrange(7, 120) * day_us))
            predicted.append({"statement_key": key, "made_ends": ends, "until_ends": until})
    changed = update(statements).where(statements.c.key == bindparam("of"))
    values = {"said_at": bindparam("said"), "said_begins": bindparam("begins"), "said_ends": bindparam("ends")}
    connection.execute(changed.values(source_key=bindparam("source"), **values), dated)
    connection.execute(insert(statement_narratives), filed)
    connection.execute(insert(predictions), predicted)
    in_days = select(flags.c.check_key, flags.c.state).where(flags.c.organisation_key == organisation)
    days, counted, decided = [], {}, []
    for key, state in connection.execute(in_days.order_by(flags.c.check_key)).all():
        day = (EPOCH + timedelta(days=today - key % 200)).isoformat()
        days.append({"of": key, "day": day})
        for listed in (state, "any"):
            counted[listed, day] = counted.get((listed, day), 0) + 1
        if key % 20 == 0:
            decided += [decision(organisation, key, by, chance, kept.created_at) for by in ("ana", "bob")]
    on_day = update(flags).where(flags.c.check_key == bindparam("of")).values(flagged_on=bindparam("day"))
    connection.execute(on_day, days)
    connection.execute(insert(flag_facets), [
        {"organisation_key": organisation, "state": state, "facet": "flagged_on", "value": day, "label": day, "count": n}
        for (state, day), n in counted.items()
    ])  # fmt: skip
    connection.execute(insert(reviews), decided)


def decision(organisation, key, by, chance, at):
    """A decision about all matches of a flag."""
    return {"id": str(uuid4()), "organisation_key": organisation, "check_key": key, "match_key": None,
            "verdict": chance.choices(["confirmed", "dismissed"], [80, 20])[0], "stands": True, "by_id": by,
            "by_name": by, "created_at": at, "version": 2, "put_in": False, "counter_example": False,
            "text_hash": "hash"}  # fmt: skip


def group_of(key, first):
    """The first key of a flag's group: of every forty flags, two groups of five, one of ten, and twenty alone."""
    at = (key - first) % 40
    return key - (at % 5 if at < 10 else at - 10 if at < 20 else 0)


def answer(template, kept, key, text, speaker, row, narrative):
    """A stored check with five matches."""
    shown = [
        {"id": f"match-{key}-{at}", "tier": row["tier"], "score": row["score"], "signals": {"dense": 0.9},
         "days_before": 20 * at, "repeated": [], "changed": [], "added": [], "dropped": [], "review": None,
         "found_by_hand": False,
         "precedent": {
             "key": 1 + at, "id": f"statement-{1 + at}", "external_id": None, "title": None, "language": "en",
             "text": "An earlier statement of the same script, as long as they mostly are in an archive of a newsroom.",
             "speaker": speaker, "said_at": None, "stance": "assertion", "withdrawn": False,
             "source": {"name": "Outlet", "url": None, "archive_url": None},
             "narratives": [{"id": f"narrative-{narrative}", "title": f"Script number {narrative}", "key": narrative}],
             "findings": []}}
        for at in range(5)
    ]  # fmt: skip
    stored = {**template, "id": f"check-{key}", "text": text, "speaker": speaker, "matches": shown, "flagged": True}
    return {"key": key, "id": stored["id"], "organisation_key": row["organisation_key"], "created_at": kept.created_at,
            "flagged": True, "answer": json.dumps(stored)}  # fmt: skip


def asked(browser):
    """The addresses, by what they are."""
    return {
        "the queue": "/",
        "all states": "/?state=any",
        "by score": "/?sort=score",
        "by recurrence": "/?sort=recurrence",
        "tier, many": "/?tier=same_script",
        "language, some": "/?language=ar",
        "narrative, many": "/?narrative=narrative-1",
        "narrative, few": "/?narrative=narrative-150",
        "speaker, many": "/?speaker=Speaker+1",
        "speaker, few": "/?speaker=Speaker+300",
        "source": "/?source=outlet+7",
        "dates": "/?said_from=2017-08-01&said_to=2018-01-01",
        "dates without an end": "/?said_from=2017-08-01",
        "dates without a begin": "/?said_to=2020-06-01",
        "assigned to nobody": "/?assigned=nobody",
        "assigned, few": "/?assigned=somebody",
        "a word of many": "/?q=attack",
        "a word of few": "/?q=place77",
        "two words, by score": "/?q=ministerless+borderward&sort=score",
        "no such word": "/?q=zzzz",
        "speaker and language, by score": "/?speaker=Speaker+40&language=ar&sort=score",
        "speaker and language, few in both": "/?speaker=Speaker+1&language=ar",
        "a deep page": deep(browser),
        "one flag": "/flags/check-60",
        "one flag of a filtered list": "/flags/check-60?speaker=Speaker+1&sort=score",
    }


def deep(browser):
    """The address of a page in the middle of the list by score: reached as whoever keeps the address reaches it."""
    from app.services.desk.ports import FlagCursor
    from app.web.pages.desk.queue_query import FlagListQuery

    return FlagListQuery(sort="score").page_url("after", FlagCursor(0.85, 50))


def main():
    logging.disable(logging.INFO)
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--flags", type=int, default=100_000)
    options.add_argument("--statements", type=int, default=50_000)
    options.add_argument("--url", action="append", default=[])
    given = options.parse_args()
    urls = [*given.url, "", ""]
    with tempfile.TemporaryDirectory() as folder:
        desks = []
        for name, number, said, url in (("few", FEW, FEW, urls[0]), ("many", given.flags, given.statements, urls[1])):
            built = build(Path(folder) / name, number, said, url)
            browser = Browser(create_app(built))
            assert browser.post("/sign-in", data={"login": "bench", "password": PASSWORD}).status_code == 303
            queries = []
            event.listen(
                built.store.engine, "before_cursor_execute", lambda *of, queries=queries: queries.append(of[2])
            )
            desks.append((browser, queries))
        print(f"{given.flags:,} flags and {given.statements:,} statements, and 100 of each; median of {ROUNDS}, ms\n")
        print("| | 100 | many | ratio | rows | queries |\n|---|---|---|---|---|---|")
        for said, address in asked(desks[0][0]).items():
            taken = ([], [])
            for _ in range(ROUNDS):
                counts, rows = [], []
                for (browser, queries), times in zip(desks, taken, strict=True):
                    queries.clear()
                    begun = time.perf_counter()
                    answered = browser.get(address)
                    times.append((time.perf_counter() - begun) * 1_000)
                    assert answered.status_code == 200, (address, answered.text[:2_000])
                    counts.append(len(queries))
                    rows.append(answered.text.count("data-flag="))
            few, many = (median(times) for times in taken)
            print(
                f"| {said} | {few:.1f} | {many:.1f} | {many / few:.2f} | {rows[0]}, {rows[1]} | {counts[0]}, {counts[1]} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
