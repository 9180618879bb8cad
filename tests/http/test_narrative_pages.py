"""The pages of narratives: the list and the tree, and one with its timeline, its members and its counter-examples."""

import html
import json
import re

import pytest
from builders import GRAIN, NOW, STAGED, STAGED_ELSEWHERE, signed_in

from app.domain.core.dates import parse_period
from app.domain.narratives.summaries import TimelinePoint
from app.texts.fluent import FluentCatalogs
from app.web.pages.narratives.timeline_chart import chart_of

PHRASES = FluentCatalogs().for_language()


@pytest.fixture
def browser(archive):
    return signed_in(archive, "analyst")


@pytest.fixture
def narrative(desk):
    """A new narrative's id by its title."""

    def make(title, **fields):
        return desk.post("/v1/narratives", json={"title": title, **fields}).json()["id"]

    return make


def titles(page):
    return re.findall(r'<p class="strong"><a href="/narratives/[^"]+"><bdi>([^<]*)</bdi>', page.text)


def chart_in(page):
    """The option of the chart in a page."""
    return json.loads(html.unescape(re.search(r'data-option="([^"]*)"', page)[1]))


def day(raw):
    """Milliseconds since 1970 UTC of the beginning of a day."""
    return parse_period(raw).begins // 1000


def test_narratives_are_listed_by_their_last_appearance_number_or_title(browser, narrative, record):
    old, often, never = narrative("B old"), narrative("A often"), narrative("C never")
    for year in (2001, 2002, 2003):
        record(f"{STAGED} {year}", str(year), narratives=[often])
    record(GRAIN, "2010-05", narratives=[old])
    assert never
    page = browser.get("/narratives")
    assert titles(page) == ["B old", "A often", "C never"]
    assert "last in May 2010" in page.text
    assert titles(browser.get("/narratives?sort=count")) == ["A often", "B old", "C never"]
    assert titles(browser.get("/narratives?sort=title")) == ["A often", "B old", "C never"]
    assert titles(browser.get("/narratives?q=OLD")) == ["B old"]
    assert "No narrative found" in browser.get("/narratives?q=nothing").text


def test_a_broader_narrative_counts_what_is_below_it_once(browser, narrative, record):
    top = narrative("Top")
    below = narrative("Below", parent=top)
    deeper = narrative("Deeper", parent=below)
    record(STAGED, "2020-01-01", narratives=[below, deeper])
    record(GRAIN, "2021-01-01", narratives=[top])
    tree = browser.get("/narratives?view=tree")
    assert titles(tree) == ["Top", "Below"]
    assert "2 statements" in tree.text
    page = browser.get(f"/narratives/{top}").text
    assert "1 to 2 of 2" not in page
    assert STAGED in page
    assert GRAIN in page
    assert "Seen 2 times" in page


def test_a_narrative_shows_each_appearance_in_its_plot_and_as_a_table(browser, narrative, record):
    one = narrative("Staged attacks", description="It comes again and again.")
    record(STAGED, "2018-04-24", narratives=[one], speaker="Alexander Karpov")
    record(STAGED_ELSEWHERE, "2020", narratives=[one])
    record(GRAIN, None, narratives=[one])
    page = browser.get(f"/narratives/{one}").text
    option = chart_in(page)
    [marks, ranges] = option["series"]
    assert [option["yAxis"]["data"][item["value"][1]] for item in marks["data"]] == [
        "Alexander Karpov", "speaker not known",
    ]  # fmt: skip
    assert [point[0] for point in ranges["data"]] == [day("2020-01-01"), day("2021-01-01"), None]
    assert page.count("data-appearance=") == 2
    assert "Timeline of 2 dated statements" in page
    assert "Seen 2 times: first on 24 April 2018, last in 2020." in page
    assert page.count(GRAIN) == 1


def test_an_undated_narrative_has_no_plot_and_says_so(browser, narrative, record):
    one = narrative("Undated")
    record(GRAIN, None, narratives=[one])
    page = browser.get(f"/narratives/{one}").text
    assert "there is no timeline" in page
    assert "data-chart" not in page


def test_a_narrative_of_thousands_is_paged_and_its_plot_counts_by_month(archive, browser, narrative):
    from builders import draft

    one = narrative("Thousands")
    archive.record_statements(
        [draft(f"Grain story number {number}.", f"{2000 + number % 20}-03-01", [one]) for number in range(5_000)]
    )
    page = browser.get(f"/narratives/{one}").text
    [marks, ranges] = chart_in(page)["series"]
    assert len(marks["data"]) == 20
    assert "250 statements" in marks["data"][0]["name"]
    assert marks["data"][0]["url"] == f"/archive?narrative={one}&said_from=2000-03&said_to=2000-03"
    assert "of 250" not in browser.get(marks["data"][0]["url"]).text
    assert ranges["type"] == "line"
    assert "1 to 25 of 5,000" in page
    assert "4,976 to 5,000 of 5,000" in browser.get(f"/narratives/{one}?page=200").text
    assert len(page) < 150_000


def test_a_narrative_is_created_below_another_and_edited(browser, desk, narrative):
    narrative("Top")
    answer = browser.post("/narratives/new", {"title": " New ", "description": "What.", "parent": "Top"})
    assert answer.status_code == 303
    place = answer.headers["Location"]
    made = desk.get(f"/v1{place}").json()
    assert (made["title"], made["description"], made["parent"]["title"]) == ("New", "What.", "Top")
    seen = re.search(r'name="seen" value="(\w+)"', browser.get(f"{place}/edit").text)[1]
    edited = browser.post(f"{place}/edit", {"seen": seen, "title": "Newer", "description": "", "parent": ""})
    assert edited.status_code == 303
    made = desk.get(f"/v1{place}").json()
    assert (made["title"], made["description"], made["parent"]) == ("Newer", None, None)


def test_who_edits_a_narrative_that_somebody_else_changed_sees_both(browser, desk, narrative):
    one = narrative("First")
    seen = re.search(r'name="seen" value="(\w+)"', browser.get(f"/narratives/{one}/edit").text)[1]
    desk.patch(f"/v1/narratives/{one}", json={"title": "Theirs"})
    stale = browser.post(f"/narratives/{one}/edit", {"seen": seen, "title": "Mine"})
    assert stale.status_code == 409
    assert "Theirs" in stale.text
    assert 'value="Mine"' in stale.text
    seen = re.search(r'name="seen" value="(\w+)"', stale.text)[1]
    assert browser.post(f"/narratives/{one}/edit", {"seen": seen, "title": "Mine"}).status_code == 303
    assert desk.get(f"/v1/narratives/{one}").json()["title"] == "Mine"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "This is empty: send at least one visible character"),
        ({"title": "x" * 501}, "This has 501 characters; the limit is 500"),
        ({"title": "Fine", "parent": "No such thing"}, "Choose a broader narrative"),
        ({"title": "Fine", "parent": "Below"}, "Choose a broader narrative"),
    ],
)
def test_what_a_narrative_cannot_be_is_said_at_its_field(browser, desk, narrative, fields, said):
    top = narrative("Top")
    narrative("Below", parent=top)
    answer = browser.post(f"/narratives/{top}/edit", {"description": "Kept.", **fields})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Kept." in answer.text
    assert desk.get(f"/v1/narratives/{top}").json()["title"] == "Top"


def test_the_plot_and_the_ledger_tell_what_became_of_predictions(browser, desk, narrative, record):
    one = narrative("Staged attacks")
    will = "Militants will stage a chemical attack in {}."
    first = record(will.format("Idlib"), "2018-04-24", narratives=[one], language="en")
    record(will.format("Hama"), "2019-04-24", narratives=[one], language="en")
    record("There was a chemical attack in Idlib.", "2020-04-24", narratives=[one], language="en")
    desk.post("/v1/findings", json={"statement": first["id"], "verdict": "unfounded", "outcome": "did_not_happen"})
    page = browser.get(f"/narratives/{one}").text
    series = {one["name"]: one for one in chart_in(page)["series"]}
    assert len(series) == 3
    assert len({one["symbol"] for one in series.values()}) == 3
    assert "None of the 2 events that this script predicted is on record as having happened" in page
    assert "predicts nothing" in page


def test_counter_examples_are_added_applied_and_removed(browser, desk, check, narrative, record):
    one = narrative("Staged attacks")
    record(STAGED, "2018-04-24", narratives=[one])
    assert check(STAGED_ELSEWHERE)["matches"][0]["tier"] == "same_script"
    assert browser.post(f"/narratives/{one}/counter-examples", {"text": STAGED_ELSEWHERE}).status_code == 303
    assert STAGED_ELSEWHERE in browser.get(f"/narratives/{one}").text
    assert check(STAGED_ELSEWHERE)["matches"][0]["tier"] == "same_topic"
    [counter] = desk.get(f"/v1/narratives/{one}/counter-examples").json()["items"]
    assert browser.post(f"/narratives/{one}/counter-examples/{counter['id']}/remove").status_code == 303
    assert check(STAGED_ELSEWHERE)["matches"][0]["tier"] == "same_script"


def test_a_finding_about_a_narrative_is_added_on_its_page(browser, desk, narrative):
    one = narrative("Staged attacks")
    answer = browser.post("/findings", {"narrative": one, "verdict": "no attack came"})
    assert answer.headers["Location"] == f"/narratives/{one}"
    assert "no attack came" in browser.get(f"/narratives/{one}").text


def test_a_private_narrative_is_seen_by_its_own_alone(archive, browser):
    place = browser.post("/narratives/new", {"title": "Own", "private": "on"}).headers["Location"]
    others = signed_in(archive, "admin", "Others")
    assert titles(browser.get("/narratives")) == ["Own"]
    assert titles(others.get("/narratives")) == []
    assert others.get(place).status_code == 404


def test_hostile_titles_are_shown_as_text(browser, narrative, record):
    title = '<script>alert(1)</script> "x" \u202ebackwards'
    one = narrative(title, description="<b>bold</b>")
    record("<i>said</i>", "2020-01-01", narratives=[one], speaker="<u>x</u>")
    for place in ("/narratives", "/narratives?view=tree", f"/narratives/{one}", f"/narratives/{one}/edit"):
        page = browser.get(place).text
        assert "<script>alert" not in page
        assert not re.search(r"<(b|i|u)>", page)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def point(raw, **fields):
    values = {"url": "/statements/1", "text": "Text.", "language": "en", "speaker": None, **fields}
    return TimelinePoint(said_at=parse_period(raw), **values)


@pytest.mark.parametrize(
    "dates",
    [["2020-01-01"], ["2020"], ["0001"], ["0001", "2020"], ["2020-01-01"] * 40, ["2019-12-31", "2020-01-01"]],
)
def test_every_mark_of_a_timeline_lies_inside_it(dates):
    chart = chart_of([point(raw) for raw in dates], "speaker", NOW, PHRASES)
    axis = chart.option["xAxis"]
    items = chart.option["series"][0]["data"]
    assert len(items) == len(dates)
    assert all(axis["min"] < item["value"][0] < axis["max"] for item in items)


def test_a_date_in_the_future_is_named_beside_the_timeline_and_does_not_stretch_it():
    chart = chart_of([point("2021-01-01"), point("2021-05-23"), point("2099-01-01")], "speaker", NOW, PHRASES)
    assert [one.said_at.text for one in chart.ahead] == ["2099-01-01"]
    assert chart.option["xAxis"]["max"] < day("2021-08-01")
    assert len(chart.option["series"][0]["data"]) == 2


def test_marks_of_one_day_are_not_drawn_over_each_other():
    items = chart_of([point("2021-01-01")] * 3 + [point("2020-01-01")], "speaker", NOW, PHRASES).option["series"][0]
    assert len({item["symbolOffset"][1] for item in items["data"][:3]}) == 3


@pytest.mark.parametrize("rows", ["speaker", "outlet", "language"])
def test_more_rows_than_fit_share_the_last_one(rows):
    some = [
        point("2020-01-01", speaker=f"S{number}", source=f"O{number}", language=code)
        for number, code in enumerate(["en", "de", "fr", "uk", "ru", "pl", "cs", "sk", "ro", "bg", "ar", "fa"])
    ]
    chart = chart_of(some, rows, NOW, PHRASES)
    assert (chart.rows, chart.option["yAxis"]["data"][-1]) == (10, "3 others")
    assert len(chart.option["series"][0]["data"]) == 12


def test_a_timeline_of_nothing_is_none():
    assert chart_of([], "speaker", NOW, PHRASES) is None
