"""What a text claims, sentence by sentence and with the real model: what it asserts, denies or asks is told apart."""

import pytest
from builders import draft, request

from app.settings import Settings
from app.wiring import PAIRS, build
from index.embedders.model_folder import default_model_dir
from index.factory import open_embedder
from index.text.encoder import DefaultTextEncoder

FOXES = "Foxes with rabies were set free in the castle park at the weekend."
CANAL = "The lock of the Linden canal is about to give way."
MILK = "The milk powder of the Harlow plant is contaminated with mercury."
ARCHIVE = {
    "foxes": (FOXES, "en"),
    "canal-denied": ("It is not true that the lock of the Linden canal is about to give way.", "en"),
    "milk": (MILK, "en"),
    "ferry-asked": ("Was the old ferry of Orlova sold to the mayor's brother?", "en"),
    "unwarned": ("Sirens were switched off in the port of Lorn during the storm and nobody was warned.", "en"),
    "hospital": ("В больнице города Заречный врачам полгода не платят зарплату.", "ru"),
    "power": ("Ab Januar wird der Strom in ganz Deutschland täglich für drei Stunden abgeschaltet.", "de"),
    "flour": ("الطحين الموزع في المخيمات ملوث بمواد سامة.", "ar"),
    "gardens": ("Le gouvernement va taxer les potagers des particuliers à partir de l'année prochaine.", "fr"),
    "bottles": ("El agua embotellada de Sierra Clara contiene restos de amianto.", "es"),
    "tower": ("Wieża kościoła w Borkach zawaliła się podczas mszy.", "pl"),
    "well": ("Fântâna din piața orașului a fost otrăvită cu arsenic.", "ro"),
    "long": (
        "The festival begins on Friday. The ministry has denied that a bomb was found under the stage. All may come.",
        "en",
    ),
}


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    encoder = DefaultTextEncoder(open_embedder("", default_model_dir()), pairs=True)
    built = build(Settings(data_dir=tmp_path_factory.mktemp("claims"), policy=PAIRS), encoder=encoder)
    built.archive.open()
    built.record_statements(
        [draft(text, "2021-01-01", external_id=name, language=code) for name, (text, code) in ARCHIVE.items()]
    )
    built.archive.backfill()
    yield built
    built.store.close()
    encoder.close()


def ask(services, said, **fields):
    [check] = services.check_statements([request(said, **{"record": False, "limit": 3, **fields})])
    return check


def precedents(check):
    return [match.precedent.external_id for match in check.matches]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Can you imagine? Foxes with rabies were set free in the castle park at the weekend.", "en"),
        ("Foxes with rabies were set free in the castle park at the weekend. And what does the mayor say?", "en"),
        ("Did you know that foxes with rabies were set free in the castle park at the weekend?", "en"),
        ("How long will we put up with it that foxes with rabies are set free in the castle park?", "en"),
        ("Why is nobody writing about the foxes with rabies that were set free in the castle park?", "en"),
        ("Nobody disputes that the milk powder of the Harlow plant is contaminated with mercury.", "en"),
        ("It is no secret that the milk powder of the Harlow plant is contaminated with mercury.", "en"),
        ("The plant denies it, but the milk powder of the Harlow plant is contaminated with mercury.", "en"),
        ("Foxes with rabies were set free in the castle park at the weekend, not in the zoo.", "en"),
        ("Foxes with rabies were set free in the castle park at the weekend and nobody was told.", "en"),
        ("Вы знали, что в больнице города Заречный врачам полгода не платят зарплату?", "ru"),
        ("Niemand bestreitet, dass in ganz Deutschland täglich für drei Stunden der Strom abgeschaltet wird.", "de"),
        ("هل تعلم أن الطحين الموزع في المخيمات ملوث بمواد سامة؟", "ar"),
        ("Saviez-vous que le gouvernement va taxer les potagers des particuliers l'année prochaine ?", "fr"),
        ("No es ningún secreto que el agua embotellada de Sierra Clara contiene restos de amianto.", "es"),
    ],
)
def test_a_question_or_a_negation_beside_a_claim_leaves_it_asserted(services, said, language):
    check = ask(services, said, language=language)
    assert check.flagged
    assert check.stance.label in ("assertion", "report")
    assert check.recurrence.count == 1


@pytest.mark.parametrize(
    ("said", "language", "label"),
    [
        ("Were foxes with rabies set free in the castle park at the weekend?", "en", "question"),
        ("Does anyone know whether the milk powder of the Harlow plant is contaminated?", "en", "question"),
        ("Foxes with rabies were set free in the castle park at the weekend. Is that true?", "en", "question"),
        ("Foxes with rabies were set free in the castle park at the weekend. This is a hoax.", "en", "denial"),
        ("It is not true that foxes with rabies were set free in the castle park.", "en", "denial"),
        ("Слухи о том, что в больнице города Заречный врачам не платят зарплату, не подтвердились.", "ru", "denial"),
        ("Est-il vrai que le gouvernement va taxer les potagers des particuliers ?", "fr", "question"),
    ],
)
def test_a_claim_that_is_itself_asked_or_denied_is_shown_and_not_flagged(services, said, language, label):
    check = ask(services, said, language=language)
    assert check.matches
    assert not check.flagged
    assert check.stance.label == label
    assert check.recurrence.count == 0


def test_a_negated_predicate_says_the_opposite_though_neither_text_refutes_anything(services):
    check = ask(services, "The milk powder of the Harlow plant is not contaminated with mercury.")
    assert check.matches[0].relation == "opposes"
    assert check.matches[0].explanation.startswith("Says the opposite of what was said on 1 January 2021")
    assert not check.flagged
    assert check.summary == "No earlier statement is known to say the same; 1 statement says the opposite."


@pytest.mark.parametrize(
    ("said", "name", "relation"),
    [
        (CANAL, "canal-denied", "opposes"),
        ("Wieża kościoła w Borkach nie zawaliła się podczas mszy.", "tower", "opposes"),
        ("The old ferry of Orlova was sold to the mayor's brother.", "ferry-asked", "repeats"),
    ],
)
def test_what_was_denied_or_asked_before_was_not_said_before(services, said, name, relation):
    check = ask(services, said)
    assert (check.matches[0].precedent.external_id, check.matches[0].relation) == (name, relation)
    assert not check.flagged
    assert check.recurrence.count == 0
    assert "Said" not in check.summary


def test_a_denial_of_what_was_denied_is_a_repeat(services):
    check = ask(services, "It is false that the lock of the Linden canal is about to give way.")
    assert (check.matches[0].relation, check.matches[0].precedent.stance) == ("repeats", "denial")
    assert check.flagged
    assert check.matches[0].explanation.startswith("Denies the same as on 1 January 2021")
    assert check.summary.startswith("Denied at least once before")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("The milk powder of the Harlow plant cannot have been contaminated with mercury.", "en"),
        ("Das Milchpulver des Werks Harlow kann gar nicht mit Quecksilber verseucht worden sein.", "de"),
        ("Сухое молоко завода в Харлоу не могло быть отравлено ртутью.", "ru"),
        ("Сухе молоко заводу в Гарлоу не могло бути отруєне ртуттю.", "uk"),
        ("Le lait en poudre de l'usine de Harlow ne peut pas avoir été contaminé au mercure.", "fr"),
        ("La leche en polvo de la planta de Harlow no puede haber sido contaminada con mercurio.", "es"),
        ("Il latte in polvere dello stabilimento di Harlow non può essere stato contaminato con mercurio.", "it"),
        ("O leite em pó da fábrica de Harlow não pode ter sido contaminado com mercúrio.", "pt"),
        ("لا يمكن أن يكون الطحين الموزع في المخيمات قد تلوث بمواد سامة.", "ar"),
    ],
)
def test_what_is_said_to_be_impossible_is_denied_in_any_language(services, said, language):
    check = ask(services, said, language=language)
    assert check.matches[0].precedent.external_id == ("flour" if language == "ar" else "milk")
    assert check.matches[0].relation == "opposes"
    assert check.stance.label == "denial"
    assert not check.flagged


def test_what_is_said_to_be_impossible_repeats_a_denial_in_another_language(services):
    check = ask(services, "Die Schleuse am Lindenkanal kann gar nicht gebrochen sein.", language="de")
    assert (check.matches[0].precedent.external_id, check.matches[0].relation) == ("canal-denied", "repeats")


def test_a_negation_beside_the_claim_of_a_precedent_leaves_it_said(services):
    check = ask(services, "In the port of Lorn the sirens were switched off during the storm.")
    assert precedents(check)[0] == "unwarned"
    assert check.flagged


def test_the_stance_of_a_precedent_is_that_of_its_sentence_that_matches(services):
    check = ask(services, "A bomb was found under the stage.", minimum_tier="any", limit=20)
    match = next(match for match in check.matches if match.precedent.external_id == "long")
    assert (match.precedent.stance, match.relation) == ("denial", "opposes")


def test_a_long_post_is_read_claim_by_claim_and_says_which_matched(services):
    around = " ".join(f"Dear diary, on day {number} we painted the fence of the orchard again." for number in range(18))
    said = f"{around} {FOXES} {around} {MILK}"
    check = ask(services, said)
    assert check.flagged
    assert set(precedents(check)[:2]) == {"foxes", "milk"}
    for match in check.matches[:2]:
        assert match.claim.exact == match.precedent.text
        assert said[match.claim.start : match.claim.end] == match.claim.exact
        assert all(said[span.statement.start : span.statement.end] == span.statement.exact for span in match.repeated)


def test_the_claim_is_null_where_the_whole_text_matches(services):
    assert ask(services, MILK).matches[0].claim is None


def test_all_of_a_text_is_compared_where_it_fits_as_well_as_one_of_its_sentences(services):
    said = f"{FOXES} Three children of Harlow were bitten by them."
    match = ask(services, said).matches[0]
    assert match.claim is None
    assert "bitten" in said[match.added[-1].statement.start :]
    assert match.explanation.endswith("This time it also speaks of Harlow.")


def test_a_sentence_of_another_stance_is_left_out_of_what_is_compared(services):
    match = ask(services, f"{FOXES} And what does the mayor say?").matches[0]
    assert match.claim.exact == FOXES
    assert (match.stance, match.added) == ("assertion", ())


def test_a_language_that_is_not_read_has_a_reason_instead_of_a_stance(services):
    denied = ask(services, "Este fals că fântâna din piața orașului a fost otrăvită cu arsenic.", language="ro")
    assert (denied.stance.label, denied.flagged) == (None, False)
    assert denied.stance.reason
    assert denied.summary.startswith("Its language is not read")
    same = ask(services, "Fântâna din piața orașului a fost otrăvită cu arsenic!", language="ro")
    assert same.flagged
