"""States and early warnings of narratives: by dates alone."""

from datetime import date, timedelta

import pytest

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import RoleSpan
from app.domain.narratives.activity import Activity, recent_months, state_of
from app.domain.narratives.timeline import distinct_phrases, phrases_of
from app.domain.narratives.warnings import Sighting, warnings_of
from app.language.explanation.warning_sentences import warning_sentence
from app.texts.fluent import FluentCatalogs
from app.web.pages.narratives.sparkline import sparkline

TODAY = date(2021, 5, 23)
PHRASES = FluentCatalogs().for_language()


def ago(days):
    return TODAY - timedelta(days=days)


def seen(*days, language="en", outlet="TASS"):
    return [Sighting(ago(one), language, outlet) for one in days]


@pytest.mark.parametrize(
    ("activity", "state"),
    [
        (Activity(), "dormant"),
        (Activity(0, 0, None, ago(180)), "dormant"),
        (Activity(0, 0, None, ago(179)), "steady"),
        (Activity(1, 0, ago(10), ago(190)), "back"),
        (Activity(9, 0, ago(10), ago(190)), "back"),
        (Activity(1, 0, ago(10), ago(189)), "steady"),
        (Activity(3, 2, ago(80), ago(100)), "growing"),
        (Activity(2, 0, ago(80), ago(200)), "steady"),
        (Activity(3, 3, ago(80), ago(100)), "steady"),
        (Activity(3, 0, ago(80), None), "growing"),
    ],
)
def test_the_state_of_a_narrative(activity, state):
    assert state_of(activity, TODAY) == state


def test_the_last_24_months():
    months = recent_months(TODAY)
    assert (months[0], months[-1], len(months), len(set(months))) == ("2019-06", "2021-05", 24, 24)


def test_back_after_a_pause_with_its_dates():
    [evidence] = warnings_of(seen(300, 200, 5, 3), TODAY)
    assert (evidence.rule, evidence.subject) == ("back", ago(200).isoformat())
    assert evidence.values == {
        "last": ago(200).isoformat(), "first": ago(5).isoformat(), "days": 195, "count": 2,
    }  # fmt: skip
    assert warnings_of(seen(300, 180, 5), TODAY) == []


def test_speeding_up_against_the_year_before():
    calm = seen(*range(40, 390, 30))
    assert [one.rule for one in warnings_of(calm + seen(1, 2, 3, 4, 5), TODAY)] == ["faster"]
    assert warnings_of(calm + seen(1, 2, 3, 4), TODAY) == []
    busy = seen(*range(40, 390, 15))
    assert warnings_of(busy + seen(1, 2, 3, 4, 5), TODAY) == []


def test_spreading_to_a_language_that_no_earlier_statement_was_in():
    known = seen(40, 60, 80)
    [evidence] = warnings_of(known + seen(4, language="de") + seen(3, language="de"), TODAY)
    assert (evidence.rule, evidence.subject, evidence.values["count"]) == ("language", "de", 2)
    assert evidence.values["known"] == ["en"]
    assert warnings_of(known + seen(3, language="und"), TODAY) == []
    assert warnings_of(seen(40, 60) + seen(3, language="de"), TODAY) == []


def test_spreading_to_two_outlets_at_least():
    known = seen(40, 60, 80)
    assert warnings_of(known + seen(3, outlet="RIA"), TODAY) == []
    [evidence] = warnings_of(known + seen(3, outlet="RIA") + seen(4, outlet="Sputnik"), TODAY)
    assert (evidence.rule, evidence.values["outlets"]) == ("outlet", ["RIA", "Sputnik"])


def test_what_is_old_or_dated_after_today_warns_of_nothing():
    assert warnings_of(seen(1000, 700, 60, 50, 40), TODAY) == []
    assert warnings_of([*seen(300), Sighting(TODAY + timedelta(days=1), "de", "New")], TODAY) == []
    assert warnings_of(seen(1, 2, 3, 4, 5, 6), TODAY) == []


def test_evidence_is_said_in_a_sentence():
    said = {
        one.rule: warning_sentence(one.rule, one.values, PHRASES)
        for days in ((300, 200, 5), (40, 60, 80))
        for one in warnings_of(seen(*days) + (seen(3, language="de") if 40 in days else []), TODAY)
    }
    assert said["back"] == (
        "Said once, on 18 May 2021, after 195 days without a statement: the last before was on 4 November 2020."
    )
    assert said["language"] == "Said in German for the first time on 20 May 2021, once so far; before only in: English."


def test_a_sparkline_has_a_column_for_each_month_with_statements():
    assert sparkline([0] * 24) == ""
    assert sparkline([0, 2, 1]) == "M6 24V0M10 24V12"


def span(text, part, role="place"):
    start = text.index(part)
    return RoleSpan(role, TextQuote.of(text, start, start + len(part)))


def test_parts_of_one_role_that_follow_each_other_are_one_phrase():
    text = "An attack in the town of Kafr Zita and in Idlib's suburbs with 20 barrels of chlorine"
    spans = [
        span(text, "town"),
        span(text, "Kafr"),
        span(text, "Zita"),
        span(text, "dlib"),
        span(text, "20", "quantity"),
    ]
    assert phrases_of(text, spans) == {"place": ("town of Kafr Zita", "Idlib"), "quantity": ("20",)}


def test_phrases_are_counted_whatever_their_case():
    rows = [{"place": ("Idlib",)}, {"place": ("IDLIB", "Hama")}, {}]
    assert distinct_phrases(rows) == {"place": 2}
