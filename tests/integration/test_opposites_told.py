"""What says the opposite is told as changed, never as repeated, in one language and across two, by the real model."""

import pytest
from builders import match

from app.domain.checks.scoring import Tier, tier_of_aligned
from app.language.explanation.sentences import Explainer
from app.services.explanations.explain_matches import ExplainMatches
from app.texts.fluent import FluentCatalogs
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import AlignmentInput
from index.alignment.weights import shipped_weights
from index.contract import EncoderInput
from index.embedders.model_folder import default_model_dir
from index.factory import open_embedder
from index.text.encoder import DefaultTextEncoder

EXPLAIN = Explainer(FluentCatalogs().for_language())
VACCINE = "The new vaccine causes infertility in women."
HALL = "At least 12 people died when the market hall in Orlova collapsed."
FOUNTAIN = "The city spent 40 million on a fountain."


@pytest.fixture(scope="module")
def encoder():
    opened = DefaultTextEncoder(open_embedder("", default_model_dir()))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def aligned(encoder):
    explain = ExplainMatches(encoder, shipped_weights(encoder.name))

    def aligned(statement, precedent, language="en", other_language="en"):
        [encoded] = encoder.encode([EncoderInput(statement, language)])
        [other] = encoder.encode([EncoderInput(precedent, other_language)])
        side = AlignmentInput(precedent, other_language, ChunkedText.unpack(other.token_features))
        [spans] = explain.align(statement, language, encoded, [side])
        return spans

    return aligned


def pairs(spans):
    return {(span.statement.exact, span.precedent.exact) for span in spans}


@pytest.mark.parametrize(
    ("statement", "precedent", "changed", "languages"),
    [
        ("The city saved 40 million by not building a fountain.", FOUNTAIN, ("saved", "spent"), ("en", "en")),
        ("The new vaccine prevents infertility in women.", VACCINE, ("prevents", "causes"), ("en", "en")),
        ("Новая вакцина предотвращает бесплодие у женщин.", VACCINE, ("предотвращает", "causes"), ("ru", "en")),
        ("Der neue Impfstoff verhindert Unfruchtbarkeit bei Frauen.", VACCINE, ("verhindert", "causes"), ("de", "en")),
        (HALL.replace("died", "were rescued"), HALL, ("rescued", "died"), ("en", "en")),
        ("The police released the mayor in Orlova.", "The police arrested the mayor in Orlova.",
         ("released", "arrested"), ("en", "en")),
        ("Petrol prices fell in March.", "Petrol prices rose in March.", ("fell", "rose"), ("en", "en")),
        ("The government allows petrol cars.", "El gobierno prohíbe los coches de gasolina.",
         ("allows", "prohíbe"), ("en", "es")),
        ("Уряд таємно знизив ціни на хліб.", "Уряд таємно підняв ціни на хліб.", ("знизив", "підняв"), ("uk", "uk")),
        ("新疫苗可以预防女性不孕。", "新疫苗导致女性不孕。", ("预防", "导致"), ("zh", "zh")),
        ("Troops have not crossed the border near Narva.", "Troops have crossed the border near Narva.",
         ("not crossed", "crossed"), ("en", "en")),
        ("Le vaccin ne provoque pas la stérilité.", "Le vaccin provoque la stérilité.",
         ("ne provoque", "provoque"), ("fr", "fr")),
    ],
)  # fmt: skip
def test_the_opposite_is_changed_and_opposed(aligned, statement, precedent, changed, languages):
    spans = aligned(statement, precedent, *languages)
    assert changed in pairs(spans.changed)
    assert not {changed[0].split()[-1]} & {one for one, _ in pairs(spans.repeated)}
    assert spans.opposed


@pytest.mark.parametrize(
    ("statement", "precedent", "changed"),
    [
        (HALL.replace("12", "120"), HALL, ("At least 120", "At least 12")),
        (HALL.replace("At least 12", "Twenty"), HALL, ("Twenty", "At least 12")),
        ("Inflation in Turkey reached 45%.", "Inflation in Turkey reached 54%.", ("45%", "54%")),
        ("South Korea tested a missile.", "North Korea tested a missile.", ("South Korea", "North Korea")),
    ],
)
def test_another_number_or_side_is_a_conflict_but_not_the_opposite(aligned, statement, precedent, changed):
    spans = aligned(statement, precedent)
    assert changed in pairs(spans.changed)
    assert spans.conflicting
    assert not spans.opposed
    assert tier_of_aligned(Tier.NEAR_VERBATIM, conflicting=spans.conflicting) is Tier.SAME_SCRIPT


@pytest.mark.parametrize(
    ("statement", "precedent", "language", "opposed"),
    [
        ("Ukraine attacked Russia near Kursk.", "Russia attacked Ukraine near Kursk.", "en", True),
        ("Ukraine was attacked by Russia near Kursk.", "Russia attacked Ukraine near Kursk.", "en", False),
        ("Украина напала на Россию.", "Россия напала на Украину.", "ru", True),
        ("На Украину напала Россия.", "Россия напала на Украину.", "ru", False),
        ("Hungary met Poland in the final.", "Poland met Hungary in the final.", "en", False),
    ],
)
def test_parties_are_exchanged_where_who_does_it_is_another(aligned, statement, precedent, language, opposed):
    assert aligned(statement, precedent, language, language).opposed is opposed


@pytest.mark.parametrize(
    ("statement", "precedent", "languages"),
    [
        ("Der neue Impfstoff verursacht Unfruchtbarkeit bei Frauen.", VACCINE, ("de", "en")),
        ("A dozen people died when the market hall in Orlova collapsed.", HALL, ("en", "en")),
        ("40,000,000 were spent on a fountain by the city.", FOUNTAIN, ("en", "en")),
        ("No proof that Dr. Rowan was poisoned.", "It is unproven that Dr. Rowan was poisoned.", ("en", "en")),
    ],
)
def test_the_same_in_other_words_is_no_conflict(aligned, statement, precedent, languages):
    assert not aligned(statement, precedent, *languages).conflicting


@pytest.mark.parametrize(
    ("statement", "precedent", "parts"),
    [
        ("The new vaccine prevents infertility in women.", VACCINE,
         ["Says the opposite of what was said on 24 April 2021", "Then it was “causes”; now it is “prevents”."]),
        (HALL.replace("12", "120"), HALL, ["Then it was at least 12 people; now it is at least 120 people."]),
        ("Ukraine attacked Russia near Kursk.", "Russia attacked Ukraine near Kursk.",
         ["Then it was “Russia attacked Ukraine”; now it is “Ukraine attacked Russia”."]),
    ],
)  # fmt: skip
def test_the_sentence_tells_it_and_does_not_say_word_for_word(aligned, statement, precedent, parts):
    spans = aligned(statement, precedent)
    one = match(
        precedent, tier_of_aligned(Tier.NEAR_VERBATIM, conflicting=spans.conflicting),
        repeated=spans.repeated, changed=spans.changed, added=spans.added, removed=spans.removed,
    )  # fmt: skip
    said = EXPLAIN(statement, "en", "assertion", one)
    assert all(part in said for part in parts)
    assert "word for word" not in said.lower()


def test_what_is_in_both_texts_in_other_words_is_not_changed(aligned):
    spans = aligned(
        "Bellingcat is behind the new report on the poisoning of Navalny.",
        "Navalny's poisoning was staged, and Bellingcat only wrote the report.",
    )
    assert pairs(spans.changed) == set()


def test_a_capital_said_for_its_country_is_no_change(aligned):
    spans = aligned(
        "Kyiv is planning an offensive in Donbas during the World Cup.",
        "Ukraine is planning an offensive in Donbas during the World Cup.",
    )
    assert pairs(spans.changed) == set()


@pytest.mark.parametrize(
    ("statement", "precedent", "language"),
    [
        ("王晓云已经移民加拿大，户口从青岛迁到了温哥华。", "作家王晓云移民加拿大，户口从青岛迁出，迁往温哥华。", "zh"),
        ("रात में तेज़ी से उठने से मौत हो सकती है।", "रात में अचानक उठने से मौत हो सकती है।", "hi"),
        ("کتاب‌های درسی جدید را سوزاندند.", "کتاب‌های درسی را در تهران سوزاندند.", "fa"),
    ],
)
def test_spans_are_whole_words_in_every_script(aligned, statement, precedent, language):
    spans = aligned(statement, precedent, language, language)
    shown = {span.statement.exact for span in (*spans.repeated, *spans.changed, *spans.added)}
    assert len(shown) > 1
    assert all(len(words) > 1 for words in shown)
    if language != "zh":
        assert all(word in statement.rstrip(".।").split() for words in shown for word in words.split())


def test_a_name_and_its_parts_are_repeated_whole(aligned):
    spans = aligned(
        "王晓云已经移民加拿大，户口从青岛迁到了温哥华。",
        "作家王晓云移民加拿大，户口从青岛迁出，迁往温哥华。",
        "zh",
        "zh",
    )
    repeated = {one for one, _ in pairs(spans.repeated)}
    assert any("王晓云" in words for words in repeated)
    assert any("青岛" in words for words in repeated)
