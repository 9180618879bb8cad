"""Short and long texts with the real model, under both scoring policies."""

import pytest
from builders import draft, request

from app.domain.documents.documents import DocumentRequest
from app.settings import Settings
from app.wiring import PAIRS, RANKING, build
from index.embedders.model_folder import default_model_dir
from index.factory import open_embedder
from index.text.encoder import DefaultTextEncoder

ARCHIVE = [
    "Wolves were released in the city forest at night.",
    "Fake!",
    "BREAKING",
    "NATO troops have crossed the border near Narva.",
    "5G towers spread the coronavirus.",
    "Tap water in the port district is poisoned with lead, do not drink it.",
    "The new vaccine causes infertility in women.",
    "Белые каски готовят химическую атаку в Идлибе, чтобы обвинить армию.",
    "El gobierno prohibirá los coches de gasolina el próximo mes.",
]
FILLER = "The season at the theatre opens with a comedy about two bakers who share one oven and quarrel about flour."


@pytest.fixture(scope="module", params=[PAIRS, RANKING])
def services(request, tmp_path_factory):
    encoder = DefaultTextEncoder(open_embedder("", default_model_dir()), pairs=request.param == PAIRS)
    built = build(Settings(data_dir=tmp_path_factory.mktemp("archive"), policy=request.param), encoder=encoder)
    built.archive.open()
    built.archive.backfill()
    built.record_statements([draft(said, "2021-01-01", language=None) for said in ARCHIVE])
    yield built
    built.store.close()
    encoder.close()


def check(services, said, **fields):
    [found] = services.check_statements([request(said, record=False, **fields)])
    return found


@pytest.mark.parametrize("said", ["Breaking", "BREAKING!!!", "Narva", "5G", "#wolves", "Fake!", "Вакцина", "🐺 wolves"])
def test_one_word_is_no_statement(services, said):
    found = check(services, said, minimum_tier="any")
    assert (found.matches, found.flagged, found.notice.code) == ((), False, "one_word")


@pytest.mark.parametrize("said", ["fake news", "Breaking news tonight", "It is all fake, they say"])
def test_an_archived_word_is_nothing_to_repeat(services, said):
    found = check(services, said, minimum_tier="any", limit=50)
    assert all(match.tier is None for match in found.matches if match.precedent.text in ("Fake!", "BREAKING"))


@pytest.mark.parametrize("said", ["fake news", "MH17 Ukraine", "Ukraine: Nine people die in Kyiv clashes", "5G kills"])
def test_a_few_words_are_english_in_an_archive_that_is_mostly_english(services, said):
    assert check(services, said).language.code == "en"


def read(services, said, **fields):
    asked = DocumentRequest(text=said, record=False, **fields)
    parsed = services.check_document.read(asked)
    statements = services.check_document.check(parsed, asked).statements
    return parsed.text, {one.claim.text: [match.precedent.text for match in one.check.matches] for one in statements}


def test_a_claim_in_a_long_post_is_found_by_its_document(services):
    post = " ".join([*[FILLER] * 12, ARCHIVE[0], *[FILLER] * 12])
    assert check(services, post).notice.code == "long_text"
    _, found = read(services, post)
    assert list(found) == [FILLER, ARCHIVE[0]]
    assert found[ARCHIVE[0]][0] == ARCHIVE[0]


def test_each_item_of_a_digest_finds_its_own_precedents(services):
    items = ["The pool reopens after repairs, tickets cost five euros.", ARCHIVE[0], "The choir looks for two tenors.",
             ARCHIVE[5], "Thanks to all who wrote to me last week, more tomorrow."]  # fmt: skip
    digest = "My weekly digest, 1/7.\n" + "\n".join(f"{number}) {item}" for number, item in enumerate(items, start=1))
    _, found = read(services, digest)
    assert list(found) == items[:4]
    assert (found[ARCHIVE[0]][0], found[ARCHIVE[5]][0]) == (ARCHIVE[0], ARCHIVE[5])


def test_the_claims_of_wrapped_mail_are_found(services):
    text, found = read(
        services,
        "> Mayor Boris Ionescu said that wolves were released\n> in the city forest at night. Council-\n"
        "> lor Anna Petrova claimed that tap water in the port\n> district is poisoned with lead, do not drink it.",
    )
    assert [precedents[0] for precedents in found.values()] == [ARCHIVE[0], ARCHIVE[5]]
    assert all(said in text for said in found)
