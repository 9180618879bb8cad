"""Explanations in other languages than English: words and their order come from the texts of the language."""

import re
from pathlib import Path

import pytest
from builders import match
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.ast import TextElement

from app.domain.checks.recurrence import recurrence_of
from app.domain.checks.scoring import Tier
from app.domain.core.dates import parse_period
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.domain.predictions.predictions import Prediction, PredictionStatus, Tally
from app.domain.statements.statements import Finding, Source
from app.language.explanation.sentences import Explainer, summary_sentence
from app.texts import fluent
from app.texts.fluent import FluentCatalogs

UKRAINIAN = FluentCatalogs().for_language(["uk"])
NOW = "Білі шоломи доправили шість балонів хлору до Джиср-еш-Шугура, щоб звинуватити уряд."
THEN = "Білі шоломи доправили 400 літрів хімікатів до Саракіба, щоб звинуватити уряд, перед виборами."
GREEK = "αβγδεζηθικλμνξοπρστυφχψωάέ"


def quote(text, words):
    start = text.index(words)
    return TextQuote.of(text, start, start + len(words))


def slots():
    """What the two texts have in common, what took the place of what, and what only one mentions."""
    return {
        "repeated": (
            AlignedSpan("actor", quote(NOW, "Білі шоломи"), quote(THEN, "Білі шоломи")),
            AlignedSpan("accused", quote(NOW, "уряд"), quote(THEN, "уряд")),
        ),
        "changed": (
            AlignedSpan("quantity", quote(NOW, "шість балонів"), quote(THEN, "400 літрів")),
            AlignedSpan("means", quote(NOW, "хлору"), quote(THEN, "хімікатів")),
            AlignedSpan("place", quote(NOW, "Джиср-еш-Шугура"), quote(THEN, "Саракіба")),
        ),
        "added": (AddedSpan("act", quote(NOW, "доправили")),),
        "removed": (RemovedSpan("target", quote(THEN, "виборами")),),
    }


def explained(phrases, **fields):
    one = match(THEN, language="uk", speaker="Карпов", source=Source("ТАСС"), **{**slots(), **fields})
    return Explainer(phrases)(NOW, "uk", "assertion", one)


def test_ukrainian_quotes_words_as_they_stand_for_it_cannot_inflect_them():
    assert explained(UKRAINIAN) == (
        "Той самий сценарій, що й 24 квітня 2021 року (Карпов, ТАСС): знову «Білі шоломи», а винним названо «уряд». "
        "Тоді було «400 літрів хімікатів» та «Саракіба»; тепер — «шість балонів хлору» та «Джиср-еш-Шугура». "
        "Про «виборами» вже не йдеться."
    )


def test_ukrainian_does_not_name_the_language_of_a_ukrainian_precedent_and_names_another():
    assert "мова" not in explained(UKRAINIAN)
    one = match("The White Helmets are preparing an attack.", language="en")
    assert Explainer(UKRAINIAN)(NOW, "uk", "assertion", one).startswith(
        "Той самий сценарій, що й 24 квітня 2021 року (мова: англійська)"
    )


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2021-04-24"], "Це вже казали щонайменше раз: 24 квітня 2021 року, за 29 днів до того."),
        (
            ["2018-02", "2021-05-21"],
            (
                "Це вже казали щонайменше 2 рази: уперше у лютому 2018 року, востаннє 21 травня 2021 року, "
                "за 2 дні до того."
            ),
        ),
        (
            ["2016", "2018-02", "2018-03", "2018-04", "2021-05-22"],
            "Це вже казали щонайменше 5 разів: уперше у 2016 році, востаннє 22 травня 2021 року, за 1 день до того.",
        ),
    ],
)
def test_a_ukrainian_summary_counts_in_the_plural_that_the_number_takes(dates, said):
    recurrence = recurrence_of([parse_period(one) for one in dates], parse_period("2021-05-23"))
    assert summary_sentence(UKRAINIAN, recurrence, len(dates), "assertion") == said


def written_otherwise(node):
    """English texts as nobody writes them: each letter in Greek, and in each pattern the last part first."""
    for value in list(vars(node).values()):
        for one in value if isinstance(value, list) else [value]:
            if hasattr(one, "__dict__"):
                written_otherwise(one)
    if isinstance(node, TextElement):
        node.value = re.sub("[a-zA-Z]", lambda sign: GREEK[ord(sign[0].lower()) - ord("a")], node.value)
    if hasattr(node, "elements"):
        node.elements = node.elements[::-1]


@pytest.fixture(scope="module")
def otherwise(tmp_path_factory):
    """The texts of a language of this test, and nothing in English to fall back on."""
    folder = tmp_path_factory.mktemp("texts")
    for language in ("el", "en"):
        (folder / language).mkdir()
    (folder / "en/empty.ftl").write_text("", "utf-8")
    for name in ("explanation", "summary", "dates", "lists"):
        parsed = FluentParser().parse((Path(fluent.__file__).parent / f"en/{name}.ftl").read_text("utf-8"))
        written_otherwise(parsed)
        (folder / f"el/{name}.ftl").write_text(FluentSerializer().serialize(parsed), "utf-8")
    grammar = (Path(fluent.__file__).parent / "uk/grammar.ftl").read_text("utf-8")
    (folder / "el/grammar.ftl").write_text(grammar, "utf-8")
    return FluentCatalogs(folder).for_language(["el"])


HAPPENED = PredictionStatus("happened", Finding("правда", "Видавець"))
CASES = [
    {"prediction": Prediction((), status=HAPPENED)},
    {},
    {"tier": Tier.SAME_TOPIC},
    {"tier": Tier.NEAR_VERBATIM},
    {"tier": None},
    {"said_at": None, "days_before": None},
    {"days_before": -3},
    {"stance": "denial"},
    {"stance": "question"},
    {"relation": "opposes"},
]


@pytest.mark.parametrize("fields", CASES)
def test_an_explanation_has_no_word_that_is_not_in_the_texts_of_its_language(otherwise, fields):
    said = explained(otherwise, **fields)
    assert re.findall("[a-zA-Z]+", said) == []
    assert re.search(f"[{GREEK}]", said)


def test_the_order_of_words_and_sentences_is_that_of_the_language(otherwise):
    said = explained(otherwise)
    ends = otherwise.format_message("explanation-alone", alike="")
    assert said.startswith(ends)
    assert said.index("шість балонів") < said.index("400 літрів") < said.index("Білі шоломи")


@pytest.mark.parametrize("stance", ["assertion", "denial", "question", None])
@pytest.mark.parametrize("dates", [[], ["2021-04-24"], ["2016", "2018-02", "2021-05-22"]])
def test_a_summary_has_no_word_that_is_not_in_the_texts_of_its_language(otherwise, dates, stance):
    recurrence = recurrence_of([parse_period(one) for one in dates], parse_period("2021-05-23"))
    tally = Tally(4, happened=1, did_not_happen=2, open=1)
    for opposed in (0, 1):
        said = summary_sentence(otherwise, recurrence, 2, stance, tally, opposed=opposed)
        assert re.findall("[a-zA-Z]+", said) == []
        assert said
