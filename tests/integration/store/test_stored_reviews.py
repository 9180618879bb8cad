"""Flags, reviews and counter-examples over each database, between processes, and for what was stored before them."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.config import Config
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client, draft, request
from sqlalchemy import event, insert, select, text

from app.domain.checks.reviews import Actor, ReviewDraft
from app.domain.desk.flags import FlagConflict
from app.domain.statements.statements import NarrativeDraft
from app.services.desk.ports import FlagFilter
from app.store.connections import writing
from app.store.desk.flag_tables import flag_counts, flag_narratives, flag_words, flags
from app.store.migrating import MIGRATIONS, migrate
from app.store.tables import checks
from index.embedders.hashing import HashingEmbedder

ANNA, BORIS = Actor("key-anna", "Anna"), Actor("key-boris", "Boris")


@pytest.fixture
def one(process):
    """A process with a precedent of a narrative."""
    services = process("one")
    services.record_statements([draft(STAGED_ELSEWHERE, "2021-04-24", narratives=["script"])])
    return services


@pytest.fixture
def organisation(one):
    return one.manage_keys.organisation("desk")


@pytest.fixture
def check(one, organisation):
    """A check that was flagged."""
    [made] = one.check_statements([request()], organisation)
    assert made.flagged
    return made


def found(services, organisation=None, asked=STAGED):
    [answer] = services.check_statements([request(asked, record=False)], organisation)
    return answer


def confirmed(check, **fields):
    return ReviewDraft("confirmed", match_id=check.matches[0].id, **fields)


def dismissed(check, **fields):
    return ReviewDraft("dismissed", match_id=check.matches[0].id, **fields)


def states(services, organisation):
    with services.store.reading() as tx:
        return tx.flags.counts(organisation)


def test_a_dismissal_and_its_undoing_apply_to_the_next_check_of_every_process(one, process, organisation, check):
    other = process("other")
    made = one.review_match(organisation, ANNA, check.id, dismissed(check))
    assert [found(services, organisation).matches for services in (one, other)] == [(), ()]
    other.review_match.undo(organisation, BORIS, check.id, made.review.id)
    assert [len(found(services, organisation).matches) for services in (one, other)] == [1, 1]


def test_what_a_review_archives_is_found_by_every_process_and_gone_when_it_is_undone(one, process, organisation, check):
    other = process("other")
    made = one.review_match(organisation, ANNA, check.id, confirmed(check, archive=True))
    later = request(said_at="2021-06-01", record=False)
    for services in (one, other):
        [answer] = services.check_statements([later])
        assert [match.precedent.text for match in answer.matches] == [STAGED, STAGED_ELSEWHERE]
        assert answer.recurrence.count == 2
    other.review_match.undo(organisation, ANNA, check.id, made.review.id)
    for services in (one, other):
        assert len(services.check_statements([later])[0].matches) == 1


def test_a_counter_example_applies_in_every_process_and_after_a_restart(one, process):
    other = process("other")
    [(_, narrative)] = one.edit_narrative.find(None, None, 10)
    made, _ = one.edit_counter_examples.record(narrative.id, STAGED, None)
    assert [found(services).flagged for services in (one, other)] == [False, False]
    one.archive.save()
    assert found(process("one")).flagged is False
    assert found(process("third")).flagged is False
    other.edit_counter_examples.remove(narrative.id, made.id)
    assert [found(services).flagged for services in (one, other)] == [True, True]


def test_counter_examples_are_embedded_for_another_model_before_it_answers(one, process):
    [(_, narrative)] = one.edit_narrative.find(None, None, 10)
    one.edit_counter_examples.record(narrative.id, STAGED, None)
    other = process("other", embedder=HashingEmbedder(64), opened=False)
    other.archive.open()
    with other.store.reading() as tx:
        assert len(tx.counter_examples.missing(other.encoder.fingerprint)) == 1
    other.archive.backfill()
    assert found(other).flagged is False
    with other.store.reading() as tx:
        assert tx.counter_examples.missing(other.encoder.fingerprint) == []


def test_counter_examples_hold_when_the_index_is_built_anew_and_when_the_database_is_set_back(one, store):
    [(_, narrative)] = one.edit_narrative.find(None, None, 10)
    one.edit_counter_examples.record(narrative.id, STAGED, None)
    one.archive.rebuild()
    assert found(one).flagged is False
    with writing(store.engine) as connection:
        connection.execute(text("DELETE FROM counter_examples"))
        connection.execute(text("UPDATE archive SET sequence = 1"))
    one.archive.rebuild()
    assert found(one).flagged is True


def test_without_counter_examples_and_dismissals_a_check_asks_one_query_more(one, organisation):
    asked = []
    found(one, organisation)

    @event.listens_for(one.store.engine, "before_cursor_execute")
    def note(connection, cursor, statement, parameters, context, many):
        asked.append(statement)

    found(one, organisation)
    with_organisation = len(asked)
    asked.clear()
    found(one)
    event.remove(one.store.engine, "before_cursor_execute", note)
    counted = [statement for statement in asked if not statement.startswith("BEGIN")]
    assert not any("counter_example" in statement for statement in counted)
    assert with_organisation - len(asked) <= 2  # the query, and the BEGIN that SQLite is sent


def test_of_two_analysts_with_the_same_version_one_reviews_and_the_other_gets_a_conflict(
    one, process, organisation, check
):
    other = process("other")

    def decide(services, by, draft):
        try:
            services.review_match(organisation, by, check.id, draft, 1)
        except FlagConflict as conflict:
            return conflict
        return None

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(decide, one, ANNA, confirmed(check))
        second = threads.submit(decide, other, BORIS, dismissed(check))
        conflicts = [outcome for outcome in (first.result(30), second.result(30)) if outcome]
    [late] = conflicts
    assert late.flag.version == 2
    assert [review.by for review in late.changes_since] in ([ANNA], [BORIS])
    assert sum(states(one, organisation).values()) == 1


def test_decisions_made_at_once_without_a_version_all_stay_in_the_history(one, process, organisation, check):
    with ThreadPoolExecutor(4) as threads:
        made = [
            threads.submit(process(f"p{number}").review_match, organisation, Actor(f"key-{number}", "A"), check.id, d)
            for number, d in enumerate([confirmed(check), dismissed(check), confirmed(check), dismissed(check)])
        ]
        versions = sorted(one.result(30).flag.version for one in made)
    assert versions == [2, 3, 4, 5]
    flag = one.browse_flags.get(organisation, check.id)
    assert [review.version for review in flag.reviews] == [2, 3, 4, 5]
    assert [review.stands for review in flag.reviews] == [False, False, False, True]
    assert states(one, organisation)[flag.state] == 1


def test_every_pair_that_was_decided_is_a_labelled_pair(one, organisation, check):
    missed = one.record_statements([draft(GRAIN, "2021-01-01")])[0].statement
    [plain] = one.check_statements([request("Nothing of the kind.")], organisation)
    [twice] = one.check_statements([request(STAGED + " Soon.")], organisation)
    one.review_match(organisation, ANNA, check.id, confirmed(check))
    one.review_match(organisation, ANNA, plain.id, ReviewDraft("confirmed", precedent_id=missed.id))
    one.review_match(organisation, ANNA, twice.id, confirmed(twice))
    one.review_match(organisation, BORIS, twice.id, ReviewDraft("dismissed"))
    elsewhere = one.manage_keys.organisation("another desk")
    [theirs] = one.check_statements([request()], elsewhere)
    gone = one.review_match(elsewhere, BORIS, theirs.id, dismissed(theirs))
    one.review_match.undo(elsewhere, BORIS, theirs.id, gone.review.id)
    with one.store.reading() as tx:
        pairs = list(tx.reviews.labelled_pairs())
    assert [(pair.text, pair.precedent.text, pair.verdict) for pair in pairs] == [
        (STAGED, STAGED_ELSEWHERE, "confirmed"),
        ("Nothing of the kind.", GRAIN, "confirmed"),
        (STAGED + " Soon.", STAGED_ELSEWHERE, "dismissed"),
    ]
    assert [(pair.language, pair.said_at.text) for pair in pairs] == [("en", "2021-05-23")] * 3
    assert pairs[1].precedent.key == missed.key


@pytest.fixture
def many(one, organisation, check):
    """More flags than count as few, all but some of them of one speaker and language, with ties in each order."""
    with writing(one.store.engine) as connection:
        kept = connection.execute(select(checks)).one()
        row = dict(connection.execute(select(flags)).one()._mapping)
        answers, rows, filed = [], [], []
        for number in range(2_500):
            key = kept.key + 1 + number
            answers.append({**kept._mapping, "key": key, "id": f"check-{number}", "idempotency_key": None})
            rare = number % 500 == 7
            rows.append({
                **row, "check_key": key, "score": 0.8 + number % 5 / 100, "recurrence": number % 3,
                "state": "dismissed" if number % 2 else "open", "language": "mt" if rare else "en",
                "speaker": "rare" if rare else "karpov", "said_begins": row["said_begins"] + (1 if rare else 0),
            })  # fmt: skip
            if number % 10:
                filed.append({"organisation_key": organisation.key, "narrative_key": 1, "check_key": key})
        connection.execute(insert(checks), answers)
        connection.execute(insert(flags), rows)
        connection.execute(insert(flag_narratives), filed)
        words = [one._mapping for one in connection.execute(select(flag_words))]
        connection.execute(
            insert(flag_words), [{**word, "check_key": flag["check_key"]} for word in words for flag in rows]
        )
        connection.execute(flag_counts.delete())
    listed = [{**flag, "filed": number % 10 != 0} for number, flag in enumerate(rows)]
    return [*listed, {**row, "filed": True}]


def matching(flag, wanted):
    """Whether a list with this filter shows the flag."""
    return (
        wanted.state in (None, flag["state"])
        and (wanted.speaker or "").lower() in ("", flag["speaker"])
        and wanted.language in (None, flag["language"])
        and (wanted.narrative is None or flag["filed"])
    )


@pytest.mark.parametrize(
    "fields",
    [{}, {"state": "open"}, {"speaker": "Karpov"}, {"speaker": "RARE", "state": "open"}, {"language": "mt"},
     {"narrative": "script", "language": "en"}, {"narrative": "script", "q": "IDLIB"},
     {"narrative": "script", "speaker": "rare"}],
    ids=str,
)  # fmt: skip
def test_many_flags_are_listed_in_order_whether_a_filter_selects_few_or_most(one, organisation, many, fields):
    wanted = FlagFilter(**fields)
    expected = [flag for flag in many if matching(flag, wanted)]
    orders = {
        "newest": lambda flag: 0,
        "score": lambda flag: flag["score"],
        "recurrence": lambda flag: flag["recurrence"],
    }
    for sort, by in orders.items():
        expected.sort(key=lambda flag, by=by: (by(flag), flag["check_key"]), reverse=True)
        seen, after = [], None
        for _ in range(3):
            page, _ = one.browse_flags.find(organisation, wanted, sort, after, 50)
            seen += [flag.key for _, flag in page]
            if page:
                after = page[-1][0]
        assert seen == [flag["check_key"] for flag in expected][:150], sort


def test_a_page_of_flags_takes_the_same_number_of_queries_however_many_there_are(one, organisation, check):
    def queries():
        asked = []

        @event.listens_for(one.store.engine, "before_cursor_execute")
        def note(connection, cursor, statement, parameters, context, many):
            asked.append(statement)

        one.browse_flags.find(organisation, FlagFilter(state="open"), "score", None, 50)
        event.remove(one.store.engine, "before_cursor_execute", note)
        return len(asked)

    few = queries()
    for number in range(12):
        [another] = one.check_statements([request(f"{STAGED} {number}")], organisation)
        if number % 2:
            one.review_match(organisation, ANNA, another.id, dismissed(another))
            one.review_match(organisation, ANNA, another.id, confirmed(another, archive=True))
            one.review_match(organisation, ANNA, check.id, dismissed(check, reason=str(number)))
            one.review_match(organisation, ANNA, check.id, ReviewDraft("dismissed", reason="All."))
    assert queries() <= few + 2  # narratives and matches found by hand are asked for where there are reviews


def at_first_revision(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")


def test_checks_that_were_flagged_before_are_open_flags_after_the_migration(one, organisation, check, store):
    [undated] = one.check_statements([request(said_at=None, speaker="A SPEAKER")], organisation)
    one.check_statements([request(GRAIN)], organisation)
    with store.reading() as tx:
        before = [flag.check for _, flag in tx.flags.find(organisation, FlagFilter(), "score", None, 10)]
    with writing(store.engine) as connection:
        kept = [dict(row._mapping) for row in connection.execute(select(flags).order_by(flags.c.check_key))]
    at_first_revision(store.engine)
    with writing(store.engine) as connection:  # as the release before wrote them
        for row in connection.execute(text("SELECT key, answer FROM checks")).all():
            answer = json.loads(row.answer)
            for match in answer["matches"]:
                del match["found_by_hand"]
            connection.execute(
                text("UPDATE checks SET answer = :answer WHERE key = :key"),
                {"answer": json.dumps(answer), "key": row.key},
            )
    assert migrate(store.engine) is True
    with writing(store.engine) as connection:
        filled = [dict(row._mapping) for row in connection.execute(select(flags).order_by(flags.c.check_key))]
    assert filled == kept
    assert [row["speaker"] for row in filled] == [None, "a speaker"]
    with store.reading() as tx:
        after = tx.flags.find(organisation, FlagFilter(narrative="script"), "score", None, 10)
        assert [flag.check for _, flag in after] == before
        assert tx.flags.counts(organisation) == {"open": 2, "confirmed": 0, "dismissed": 0}
    made = one.review_match(organisation, ANNA, undated.id, confirmed(undated, archive=True))
    assert made.flag.state == "confirmed"


def test_the_longest_names_are_flagged_and_filtered(one, organisation):
    long = "".join(chr(0x10400 + number % 40) for number in range(500))  # letters of four bytes that have two cases
    asked = client(one, organisation="desk").post(
        "/v1/checks",
        json={"text": STAGED, "said_at": "2021-05-23", "speaker": long, "source": {"name": "İ" * 500}},
    )
    assert asked.json()["flagged"] is True
    listed = client(one, organisation="desk").get("/v1/flags", params={"speaker": long, "source": "İ" * 500})
    assert [flag["id"] for flag in listed.json()["items"]] == [asked.json()["id"]]


@pytest.mark.parametrize("odd", ["%00", "%F0%9F%92%A9", "%FF%FE", "'; DROP TABLE flags; --", "x" * 5_000])
def test_an_id_with_odd_characters_is_a_404(one, odd):
    desk = client(one)
    assert desk.get(f"/v1/flags/{odd}").status_code == 404
    assert desk.post(f"/v1/flags/{odd}/reviews", json={"verdict": "dismissed"}).status_code == 404
    assert desk.delete(f"/v1/flags/x/reviews/{odd}").status_code == 404
    assert desk.get(f"/v1/narratives/{odd}/counter-examples").status_code == 404


def test_a_narrative_that_is_renamed_is_found_by_its_new_title(one, organisation, check):
    one.edit_narrative.record(NarrativeDraft("A staged attack", external_id="script"))
    page, _ = one.browse_flags.find(organisation, FlagFilter(narrative="A staged attack"), "newest", None, 10)
    assert [flag.check.id for _, flag in page] == [check.id]
