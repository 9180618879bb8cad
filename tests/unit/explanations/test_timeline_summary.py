"""A narrative down the years: what was brought where, in a line an appearance."""

from builders import period

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import RoleSpan
from app.domain.narratives.timeline import TimelineEntry
from app.domain.statements.statements import Source
from app.language.explanation.timeline_summary import timeline_summary
from app.texts.fluent import FluentCatalogs

PHRASES = FluentCatalogs().for_language()


def entry(text, said_at, *slots, language="en", speaker="Karpov"):
    """An appearance with slots by role and words, in the order of the text."""
    spans = [(role, words, text.index(words)) for role, words in slots]
    return TimelineEntry(
        id=text, said_at=period(said_at), speaker=speaker, source=Source("TASS"), title=None, text=text,
        language=language, stance="assertion", findings=(), prediction=None, sightings=1, withdrawn=False,
        slots=tuple(RoleSpan(role, TextQuote.of(text, at, at + len(words))) for role, words, at in spans),
    )  # fmt: skip


TANKS = entry(
    "Militants brought six tanks of gas to Ariha, and a drone.", "2021-05-23",
    ("actor", "Militants"), ("quantity", "six tanks"), ("means", "gas"), ("place", "Ariha"), ("means", "drone"),
)  # fmt: skip
GAS = entry("Poison gas is ready.", "2018", ("means", "Poison gas"), speaker=None)
BARRELS = entry(
    "В Саракиб привезли три бочки хлора.", "2019-03",
    ("place", "Саракиб"), ("quantity", "три бочки"), ("means", "хлора"), language="ru",
)  # fmt: skip


def summary(*entries, most=12):
    return [(one.said_at.text, one.things, one.place, one.who) for one in timeline_summary(entries, PHRASES, most)]


def test_a_row_names_the_quantity_the_place_and_the_speaker():
    assert summary(GAS, BARRELS, TANKS) == [
        ("2018", ("poison gas",), None, "TASS"),
        ("2019-03", ("“три бочки хлора”",), "“Саракиб”", "Karpov"),
        ("2021-05-23", ("six tanks of gas", "a drone"), "Ariha", "Karpov"),
    ]


def test_rows_with_quantities_in_the_readers_language_are_preferred():
    assert [date for date, *_ in summary(GAS, BARRELS, TANKS, most=2)] == ["2019-03", "2021-05-23"]
    assert [date for date, *_ in summary(GAS, BARRELS, TANKS, most=1)] == ["2021-05-23"]


def test_appearances_without_a_thing_or_a_date_have_no_row():
    warning = entry("They plan an attack in Ariha.", "2020", ("act", "attack"), ("place", "Ariha"))
    assert summary(warning, entry("Six tanks of gas.", None, ("quantity", "Six tanks"), ("means", "gas"))) == []
