"""The score of a match, with the real model: it is about the two statements, whatever else the archive holds."""

import itertools
import json

import pytest
from builders import draft, request
from sqlalchemy import text

from app.formats.pair_cut_offs import PairCutOffs, write_pair_cut_offs
from app.settings import Settings
from app.store.connections import writing
from app.store.database import open_database
from app.wiring import PAIRS, SAMPLE, build
from index.embedders.model_folder import default_model_dir
from index.factory import open_embedder
from index.pairs.probability import shipped_pair_model
from index.text.encoder import DefaultTextEncoder

APRIL = (
    "Hayat Tahrir al-Sham is plotting a provocation in the Idlib de-escalation zone in order to accuse Syrian "
    "government forces of using chemical weapons."
)
MAY = (
    "The White Helmets have already delivered six tanks of toxic gas to Jisr al-Shugur in Idlib, where militants of "
    "Hayat Tahrir al-Sham plan a false chemical attack ahead of the presidential elections."
)
WOLVES = "Wolves were released in the city forest at night."
UNRELATED = [
    "The new vaccine causes infertility in women.",
    "The city spent forty million on a fountain that does not work.",
    "Prices of bread will double before the winter, says the union of bakers.",
    "The dam above the town of Krasno is about to burst.",
    "A ferry with two hundred passengers ran aground near the lighthouse.",
]


@pytest.fixture(scope="module")
def encoder():
    opened = DefaultTextEncoder(open_embedder("", default_model_dir()), pairs=True)
    yield opened
    opened.close()


@pytest.fixture
def start(encoder, tmp_path):
    """Opens another empty archive, or one that there is."""
    numbers, opened = itertools.count(), []

    def services(name=None):
        folder = tmp_path / (name or f"archive-{next(numbers)}")
        built = build(Settings(data_dir=folder, policy=PAIRS), encoder=encoder)
        opened.append(built)
        built.archive.open()
        built.archive.backfill()
        return built

    yield services
    for built in opened:
        built.store.close()


def record(services, *texts, said_at="2021-01-01"):
    services.record_statements([draft(said, said_at, external_id=said) for said in texts])
    services.archive.backfill()


def matches(services, said, **fields):
    [check] = services.check_statements([request(said, **{"minimum_tier": "any", "record": False, **fields})])
    return {match.precedent.text: match for match in check.matches}, check


def score(services, said, precedent):
    return matches(services, said, limit=50)[0][precedent].score


def made(count):
    """Statements about nothing that the tests ask for, each another one."""
    whats = (
        "harvest of apples",
        "price of the ticket",
        "number of pupils",
        "length of the tunnel",
        "cost of the bridge",
    )
    wheres = ("Orlova", "the port district", "the northern valley", "Lindenau", "San Tomaso")
    whens = ("in spring", "last year", "since the war", "before the vote")
    said = (
        f"The {what} in {where} has risen {when}, the office of statistics says."
        for what, where, when in itertools.product(whats, wheres, whens)
    )
    return list(itertools.islice(said, count))


def test_statements_that_have_nothing_to_do_with_a_pair_do_not_move_its_score(start):
    services, recorded, scores = start(), 0, []
    record(services, APRIL)
    scores.append(score(services, MAY, APRIL))
    for others in (1, 10, 100):
        record(services, *made(others)[recorded:])
        recorded = others
        scores.append(score(services, MAY, APRIL))
    assert len(set(scores)) == 1


def test_a_pair_is_scored_in_an_archive_of_two_as_with_five_others(start):
    two, seven = start(), start()
    record(two, APRIL, UNRELATED[0])
    record(seven, APRIL, *UNRELATED)
    assert score(two, MAY, APRIL) == score(seven, MAY, APRIL) >= 0.2
    assert MAY not in UNRELATED
    found, check = matches(two, MAY, minimum_tier="same_topic")
    assert list(found) == [APRIL]
    assert (check.model.policy, check.model.suggest_at, check.model.flag_at) == ("pair-2", 0.2, 0.73)


@pytest.mark.parametrize(
    ("said", "language", "archived"),
    [
        (
            "Councillor Paula Viana opened a school library in Recife.",
            "en",
            "Councillor Paula Viana took money from the waste collectors of Recife.",
        ),
        ("Joe Hardin spoke at a dinner on Sunday.", "en", "Joe Hardin wants to sell the public hospitals."),
        ("Депутат Олег Ремез посетил выставку в Казани.", "ru", "Депутат Олег Ремез скрывает счета за границей."),
        ("Emre Dal: maç çok güzel geçti, teşekkürler.", "tr", "Emre Dal'ın sahte diploma kullandığı iddiası"),
        ("今天天气很好，我们一起去公园散步吧。", "zh", "超市里卖的大米是用塑料做的。"),
    ],
)
def test_a_text_that_shares_only_a_name_or_its_language_is_not_flagged(start, said, language, archived):
    services = start()
    services.record_statements([draft(archived, "2021-01-01", language=language)])
    _, check = matches(services, said, language=language)
    assert not check.flagged
    assert check.matches[0].score < 0.5


@pytest.mark.parametrize(
    "said",
    [
        "At night, wolves were let loose in the city forest.",
        "Wolves have been set free in the forest of the city at night.",
    ],
)
def test_a_repetition_in_other_words_is_flagged_in_an_archive_of_one(start, said):
    services = start()
    record(services, WOLVES)
    found, check = matches(services, said)
    assert check.flagged, found[WOLVES].score


@pytest.mark.parametrize(
    "said", ["In der Nacht wurden im Stadtwald Wölfe ausgesetzt.", "Ночью в городском лесу выпустили волков."]
)
def test_a_translation_is_suggested(start, said):
    services = start()
    record(services, WOLVES, *UNRELATED)
    found, check = matches(services, said, minimum_tier="same_topic")
    assert list(found) == [WOLVES]
    assert found[WOLVES].score >= check.model.suggest_at


@pytest.mark.parametrize(
    "said",
    [
        "Wolves were released in the city forest at night and nobody was warned.",
        "Wolves were released in the city forest at night. What do you think?",
        "Can you believe it? Wolves were released in the city forest at night.",
    ],
)
def test_what_stands_beside_a_claim_leaves_its_score_high(start, said):
    services = start()
    record(services, WOLVES)
    found, check = matches(services, said)
    assert found[WOLVES].score >= check.model.flag_at


def test_a_question_about_the_same_is_not_flagged_whatever_its_score(start):
    services = start()
    record(services, WOLVES)
    found, check = matches(services, "Were wolves released in the city forest?", language="en")
    assert found
    assert check.stance.label == "question"
    assert not check.flagged


def test_one_word_is_no_statement(start):
    services = start()
    record(services, "Breaking", WOLVES)
    assert matches(services, "Breaking", language="en")[0] == {}
    assert matches(services, "  🐺 ", language="en")[0] == {}


def test_a_score_does_not_wait_for_what_is_stored_and_the_background_stores_it(start):
    services = start("kept")
    record(services, APRIL, *UNRELATED)
    before = score(services, MAY, APRIL)
    url = Settings(data_dir=services.archive._snapshot.parent).resolved_database_url
    engine = open_database(url)

    def states():
        with engine.connect() as connection:
            return connection.execute(
                text("SELECT pair_states, pair_states_version FROM vectors ORDER BY statement_key")
            ).all()

    stored = states()
    assert {version for _, version in stored} == {services.encoder.pair_states_version}
    for forgotten in ("pair_states = NULL, pair_states_version = NULL", "pair_states_version = 'pair-0'"):
        with writing(engine) as connection:
            connection.execute(text(f"UPDATE vectors SET {forgotten}"))
        assert score(services, MAY, APRIL) == before
        assert services.archive.backfill_token_features() == len(stored)
        assert states() == stored
        assert services.archive.backfill_token_features() == 0
    engine.dispose()


def test_a_reworded_statement_is_scored_by_its_new_words(start):
    services = start()
    [recorded] = services.record_statements([draft(UNRELATED[0], "2021-01-01")])
    services.edit_statement.change(recorded.statement.id, {"text": WOLVES}, None)
    assert score(services, WOLVES, WOLVES) > 0.9


def test_related_statements_have_the_score_that_a_check_of_their_text_has(start):
    services = start()
    record(services, APRIL, *UNRELATED)
    [recorded] = services.record_statements([draft(MAY, "2021-05-23")])
    [precedent] = services.related_statements(recorded.statement.id).precedents
    assert (precedent.statement.text, precedent.score) == (APRIL, score(services, MAY, APRIL))


def test_a_fitted_policy_that_was_chosen_is_used_instead(encoder, tmp_path):
    services = build(Settings(data_dir=tmp_path, policy="dense"), encoder=encoder)
    services.archive.open()
    record(services, APRIL)
    found, check = matches(services, MAY)
    assert "pair" not in found[APRIL].signals
    assert not check.model.policy.startswith("pair-")
    services.store.close()


def test_karpovs_may_statement_repeats_aprils_in_the_sample(start):
    archived = [json.loads(line) for line in (SAMPLE / "corpus.jsonl").read_text("utf-8").splitlines()]
    april = next(one["text"] for one in archived if one["id"] == "wh-2021-04-24-karpov")
    may = json.loads((SAMPLE / "demo_statements.jsonl").read_text("utf-8").splitlines()[0])["text"]
    services = start()
    record(services, april)
    found, check = matches(services, may)
    assert check.flagged
    assert found[april].score > 0.9


def test_cut_offs_that_were_chosen_are_in_force(encoder, tmp_path):
    model = shipped_pair_model(encoder.name)
    services = build(Settings(data_dir=tmp_path / "shipped", policy=PAIRS), encoder=encoder)
    services.archive.open()
    record(services, APRIL)
    reached = score(services, MAY, APRIL)
    services.store.close()
    for flag_at, flagged in ((round(reached - 0.01, 2), True), (min(1.0, round(reached + 0.01, 2)), False)):
        chosen = PairCutOffs("mine", model.version, model.embedder, 0.1, min(0.5, flag_at), flag_at)
        write_pair_cut_offs(tmp_path / "cut.json", chosen)
        services = build(Settings(data_dir=tmp_path / f"{flag_at}", policy=str(tmp_path / "cut.json")), encoder=encoder)
        services.archive.open()
        record(services, APRIL)
        found, check = matches(services, MAY)
        assert found[APRIL].score == reached
        assert (check.model.policy, check.model.flag_at, check.flagged) == ("mine", flag_at, flagged)
        services.store.close()
