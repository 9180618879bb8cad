"""One flag: what is seen at a glance, and judging by one key."""

import re
from dataclasses import replace

import pytest
from builders import STAGED, account, period, request
from flags_on_desk import APRIL, ARABIC, HOSTILE, MAY, SCRIPT, SPANS, FlagsOnDesk
from playwright.sync_api import expect

from app.domain.core.text_quotes import TextQuote
from app.domain.narratives.history import NarrativeHistory
from app.domain.predictions.predictions import Prediction, PredictionStatus, Tally
from app.domain.statements.statements import Finding


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def flag_of(flags, check):
    return flags.services.browse_flags.get(flags.organisation, check.id)


def state_of(flags, check):
    return flag_of(flags, check).state


def said(page, text):
    expect(page.locator("#messages")).to_contain_text(text)


def statement(page):
    return page.get_by_role("region", name="Statement").locator(".statement")


def precedent(page):
    return page.get_by_role("region", name=re.compile("^Precedent")).locator(".statement")


def test_ten_flags_are_judged_by_keyboard_alone(own_desk, flags):
    checks = flags.several(10)
    page = own_desk.signed_in()
    page.goto("/?sort=score")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    shown = []
    for number, keys in enumerate(("c", "a", "d1", "s", "c", "d Enter", "dr", "c", "nA new script", "c")):
        expect(statement(page)).to_have_text(f"Attack number {number} is being staged.")
        shown.append(number)
        if keys == "d Enter":
            page.keyboard.press("d")
            page.keyboard.press("Enter")
        elif keys == "dr":
            page.keyboard.press("d")
            page.keyboard.press("r")
            page.keyboard.type("An exercise that was announced.")
            page.keyboard.press("Enter")
        elif keys.startswith("n"):
            page.keyboard.press("n")
            page.keyboard.type(keys[1:])
            page.keyboard.press("Enter")
        else:
            for key in keys:
                page.keyboard.press(key)
    page.wait_for_url("**/?sort=score")
    said(page, "Confirmed: “Attack number 9 is being staged.”")
    expected = ["confirmed", "confirmed", "dismissed", "open", "confirmed", "dismissed", "dismissed"]
    assert [state_of(flags, one) for one in checks] == [*expected, "confirmed", "confirmed", "confirmed"]
    expect(page.locator(".flag-list > li")).to_have_count(1)
    expect(page.locator(".flag-list .skipped")).to_be_visible()
    reasons = [flag_of(flags, checks[at]).reviews[0].reason for at in (2, 5, 6)]
    assert reasons == ["It follows another script.", None, "An exercise that was announced."]
    [filed] = flag_of(flags, checks[8]).reviews[0].narratives
    assert filed.title == "A new script"


def test_a_decision_is_taken_back_by_one_key_and_the_flag_is_there_again(own_desk, flags):
    first, second = flags.several(2)
    page = own_desk.signed_in()
    page.goto(f"/flags/{second.id}")
    page.keyboard.press("a")
    expect(statement(page)).to_have_text(first.text)
    page.keyboard.press("u")
    said(page, "The decision was taken back.")
    expect(statement(page)).to_have_text(second.text)
    assert state_of(flags, second) == "open"
    page.keyboard.press("c")
    said(page, "Confirmed")
    page.goto(f"/flags/{second.id}")
    expect(page.get_by_text("confirmed precedent 1").first).to_be_visible()
    page.keyboard.press("u")
    said(page, "The decision was taken back.")
    assert [one.undone for one in flag_of(flags, second).reviews] == [True, True]


def test_a_flag_archived_by_one_key_is_found_by_the_next_check(own_desk, flags):
    april = flags.statement(STAGED, "2021-04-24")
    [may] = flags.services.check_statements([request(STAGED + " Now.", said_at="2021-05-23")], flags.organisation)
    assert may.flagged
    page = own_desk.signed_in()
    page.goto("/")
    page.get_by_role("link", name="Now.").click()
    expect(statement(page)).to_be_visible()
    page.keyboard.press("a")
    said(page, "Confirmed and archived")
    [june] = flags.services.check_statements([request(STAGED + " Now.", said_at="2021-06-20")], flags.organisation)
    assert june.matches[0].precedent.said_at.text == "2021-05-23"
    assert [ref.title for ref in june.matches[0].precedent.narratives] == [ref.title for ref in april.narratives]
    page.keyboard.press("u")
    said(page, "The decision was taken back.")
    [july] = flags.services.check_statements([request(STAGED + " Now.", said_at="2021-07-20")], flags.organisation)
    assert "2021-05-23" not in [match.precedent.said_at.text for match in july.matches]


def test_a_flag_opens_with_the_precedent_that_it_repeats_and_not_with_one_that_says_the_opposite(own_desk, flags):
    opposed, repeated = flags.statement(APRIL, "2021-04-24"), flags.statement(STAGED, "2021-03-02")
    check = flags.flag(MAY, [opposed, repeated], spans={"relation": "opposes"})
    page = own_desk.signed_in()
    page.goto("/")
    page.locator("a.flag-link").click()
    expect(page.get_by_role("heading", name="Precedent 2 of 2")).to_be_visible()
    expect(precedent(page)).to_have_text(STAGED)
    opposite = page.get_by_role("region", name=re.compile("^Precedent")).get_by_role("button", name="says the opposite")
    expect(opposite).to_have_count(0)
    page.keyboard.press("1")
    expect(page.get_by_role("heading", name="Precedent 1 of 2")).to_be_visible()
    expect(opposite).to_be_visible()
    page.goto(f"/flags/{check.id}")
    page.keyboard.press("c")
    said(page, "Confirmed")
    [review] = flag_of(flags, check).reviews
    assert review.match_id == check.matches[1].id


def test_a_figure_in_the_open_menu_is_a_reason_and_not_a_precedent(own_desk, flags):
    check = flags.flag(MAY, [flags.statement(APRIL), flags.statement(STAGED)])
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}")
    page.keyboard.press("d")
    expect(page.locator("details[open] [data-first]")).to_be_focused()
    page.keyboard.press("2")
    said(page, "Dismissed")
    assert state_of(flags, check) == "dismissed"


def test_flags_confirmed_together_are_confirmed_by_what_they_repeat(own_desk, flags):
    check = flags.flag(MAY, [flags.statement(APRIL), flags.statement(STAGED)], spans={"relation": "opposes"})
    page = own_desk.signed_in()
    page.goto("/")
    page.get_by_label("Select all on this page").check()
    page.get_by_role("button", name=re.compile("^Confirm")).first.click()
    said(page, "onfirmed")
    [review] = flag_of(flags, check).reviews
    assert review.match_id == check.matches[1].id


@pytest.mark.parametrize("size", ["WIDE", "NARROW"])
def test_the_part_of_a_long_text_that_matches_is_seen_at_once(own_desk, flags, size):
    around = "We painted the fence of the orchard again. " * 40
    text = around + STAGED + " " + around
    claim = TextQuote.of(text, len(around), len(around) + len(STAGED))
    check = flags.flag(text, [flags.statement(APRIL)], spans={"claim": claim, "stance": None})
    page = own_desk.signed_in(size=getattr(own_desk, size))
    for address in ("/", f"/flags/{check.id}"):
        page.goto(address)
        part = page.get_by_text("Only this part matches:").locator("..")
        expect(part).to_contain_text(STAGED)
        expect(part).to_be_in_viewport(ratio=1)
        expect(page.get_by_text("stance not read").first).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_precedent_that_was_missed_is_looked_up_and_linked(own_desk, flags):
    missed = flags.statement(APRIL, "2021-04-24")
    later = flags.statement("Militants plan a provocation in the Idlib zone, says a later one.", "2021-09-01")
    check = flags.flag(MAY, [flags.statement()])
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}")
    page.keyboard.press("l")
    page.get_by_role("searchbox").fill("provocation in the Idlib zone")
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    found = page.locator("#found li")
    expect(found.first).to_contain_text(missed.text[:40])
    assert later.text not in page.inner_text("#found")
    found.first.get_by_label("Archive the statement").check()
    found.first.get_by_role("button", name="Confirm with this precedent").click()
    said(page, "Confirmed and archived")
    flag = flag_of(flags, check)
    assert [match.found_by_hand for match in flag.check.matches] == [False, True]
    assert (flag.state, flag.check.matches[1].precedent.id) == ("confirmed", missed.id)
    page.goto(f"/flags/{check.id}?match=2")
    expect(page.get_by_role("region", name="Precedent 2 of 2").get_by_text("found by hand")).to_be_visible()


def test_the_second_of_two_analysts_sees_what_happened_and_may_still_decide(own_desk, flags):
    _, second = flags.several(2)
    one = account(own_desk.services, "analyst", "Desk", name="Anna")
    page, colleague = own_desk.signed_in(), own_desk.signed_in(login=one.login)
    for who in (page, colleague):
        who.goto(f"/flags/{second.id}")
    colleague.keyboard.press("d")
    colleague.keyboard.press("2")
    said(colleague, "Dismissed")
    page.keyboard.press("c")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Somebody decided about this flag while you looked at it")
    expect(alert).to_contain_text("Anna dismissed it")
    expect(alert).to_contain_text("It is about another event.")
    assert state_of(flags, second) == "dismissed"
    page.keyboard.press("o")
    said(page, "Confirmed")
    assert state_of(flags, second) == "confirmed"
    assert [one.verdict for one in flag_of(flags, second).reviews] == ["dismissed", "confirmed"]


def test_the_second_analyst_goes_on_by_one_key(own_desk, flags):
    first, second = flags.several(2)
    page, colleague = own_desk.signed_in(), own_desk.signed_in()
    for who in (page, colleague):
        who.goto(f"/flags/{second.id}")
        who.keyboard.press("c") if who is colleague else None
    said(colleague, "Confirmed")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Enter")
    expect(statement(page)).to_have_text(first.text)
    assert state_of(flags, second) == "confirmed"


def test_next_and_previous_hold_the_filters(own_desk, flags):
    flags.several(6, speakers=("Karpov", "Lavrov"))
    page = own_desk.signed_in()
    page.goto("/?speaker=lavrov&sort=recurrence")
    page.locator(".flag-link").first.click()
    numbers = [5, 3, 1]
    for number in numbers:
        expect(statement(page)).to_contain_text(f"number {number} ")
        page.wait_for_load_state()  # keys are read once the scripts are there
        page.keyboard.press("j")
    expect(statement(page)).to_contain_text("number 1 ")
    page.keyboard.press("k")
    expect(statement(page)).to_contain_text("number 3 ")
    page.keyboard.press("c")
    expect(statement(page)).to_contain_text("number 1 ")
    page.keyboard.press("k")
    expect(statement(page)).to_contain_text("number 5 ")
    page.keyboard.press("Escape")
    page.wait_for_url("**/?speaker=lavrov&sort=recurrence")


def test_number_keys_switch_the_precedent_and_a_span_lights_its_counterpart(own_desk, flags):
    check = flags.april_and_may()
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}")
    expect(statement(page).locator("mark")).to_have_count(5)
    expect(precedent(page).locator("mark.dropped")).to_have_text("to accuse the government of using chemical weapons")
    labels = statement(page).locator("mark").evaluate_all("marks => marks.map((one) => one.dataset.label)")
    assert {"repeated, who", "changed, where", "changed, how many", "added, when"} < set(labels)
    statement(page).get_by_text("Four hundred litres").hover()
    expect(precedent(page).get_by_text("Six tanks")).to_have_class(re.compile("lit"))
    expect(page.get_by_role("row", name="where changed in the Idlib zone near Jisr al-Shugur")).to_be_visible()
    page.keyboard.press("2")
    expect(precedent(page)).to_have_text(ARABIC)
    assert precedent(page).get_attribute("dir") == "rtl"
    assert statement(page).get_attribute("dir") == "ltr"
    expect(page.get_by_text("has not been worked out for this pair")).to_be_visible()
    page.keyboard.press("1")
    expect(precedent(page)).to_have_text(APRIL)


def test_what_explains_a_match_and_what_became_of_its_prediction_are_in_sight(own_desk, flags):
    april = flags.statement(APRIL)
    found = Finding("False", "Fact Desk", "https://example.org/checked", period("2021-06-01"), outcome="did_not_happen")
    check = flags.flag(MAY, [april], spans=SPANS)
    predicted = Prediction((), status=PredictionStatus("did_not_happen", found))
    shown = replace(check.matches[0].precedent, findings=(found,), prediction=predicted)
    matches = (replace(check.matches[0], id="another", precedent=shown),)
    history = NarrativeHistory("n", SCRIPT, check.recurrence, Tally(count=4, did_not_happen=3, open=1))
    changed = replace(check, id="changed", matches=matches, narratives=(history,))
    with flags.services.store.writing() as tx:
        tx.checks.add(flags.organisation, changed)
    page = own_desk.signed_in("reader")
    page.goto("/flags/changed")
    expect(page.get_by_text(SPANS["explanation"])).to_be_visible()
    beside = page.get_by_role("region", name="Precedent")
    expect(beside.get_by_role("link", name="False")).to_have_attribute("href", "https://example.org/checked")
    expect(beside.get_by_text("What became of it: it did not happen")).to_be_visible()
    often = page.get_by_role("region", name="How often")
    expect(often.get_by_role("img", name="Said 3 times before, from 1 February 2018 to 24 April 2021")).to_be_visible()
    expect(often.get_by_text(f"4 predictions under “{SCRIPT}”")).to_be_visible()
    expect(often.get_by_text("it did not happen 3")).to_be_visible()


def test_a_check_that_was_not_flagged_can_be_judged_all_the_same(own_desk, flags):
    flags.statement()
    [plain] = flags.services.check_statements(
        [request(STAGED + " Is that so?", said_at="2021-05-23")], flags.organisation
    )
    assert not plain.flagged
    page = own_desk.signed_in()
    page.goto(f"/flags/{plain.id}")
    expect(page.get_by_role("button", name="not flagged")).to_be_visible()
    page.keyboard.press("c")
    said(page, "Confirmed")
    assert state_of(flags, plain) == "confirmed"


def test_notes_and_assignments_are_kept_with_who_and_when(own_desk, flags):
    check = flags.april_and_may()
    anna = account(own_desk.services, "analyst", "Desk", name="Anna")
    page = own_desk.signed_in(login=account(own_desk.services, "analyst", "Desk", name="Boris").login)
    page.goto(f"/flags/{check.id}")
    page.keyboard.press("m")
    page.keyboard.type("Asked the <b>ministry</b> for the transcript.")
    page.keyboard.press("Control+Enter")
    said(page, "The note was kept.")
    expect(page.get_by_text("Asked the <b>ministry</b> for the transcript.")).to_be_visible()
    page.keyboard.press("t")
    said(page, "Boris is asked to look at it.")
    page.get_by_role("combobox", name="Looked at by").select_option(label="Anna")
    page.get_by_role("button", name="Assign").click()
    said(page, "Anna is asked to look at it.")
    colleague = own_desk.signed_in(login=anna.login)
    colleague.goto("/?assigned=me")
    expect(colleague.locator(".flag-list > li")).to_have_count(1)
    colleague.locator(".flag-link").click()
    expect(statement(colleague)).to_be_visible()
    colleague.keyboard.press("c")
    said(colleague, "Confirmed")
    colleague.goto(f"/flags/{check.id}/history")
    for entry in ("Anna confirmed precedent 1", "Boris asked Anna to look at it", "Boris took it", "Boris noted"):
        expect(colleague.locator("main li", has_text=entry)).to_have_count(1)


def test_a_precedent_that_was_withdrawn_is_shown_as_it_was_and_said_to_be(own_desk, flags):
    gone = flags.statement()
    check = flags.flag(STAGED, [gone])
    flags.services.edit_statement.withdraw(gone.id, flags.organisation)
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}")
    expect(page.get_by_text("This precedent was withdrawn from the archive since.")).to_be_visible()
    expect(precedent(page)).to_have_text(STAGED)


@pytest.mark.parametrize("size", ["WIDE", "NARROW"])
def test_every_kind_of_flag_is_for_everybody_and_shows_texts_as_texts(own_desk, flags, axe, size):
    old = [flags.statement(f"Attack number {at} was staged.", f"2020-01-{at + 1:02}") for at in range(30)]
    hostile = flags.statement(HOSTILE, "2021-01-01", narratives=("<b>A script</b>",), speaker="<i>Her</i>")
    kinds = [
        flags.april_and_may(),
        flags.flag(HOSTILE, [hostile], speaker=HOSTILE[:300], times=1),
        flags.flag(MAY, old, times=40),
        flags.flag(("A very long statement. " * 230)[:5_000].strip(), old[:1], times=0),
        flags.flag(ARABIC, [hostile], language="ar", speaker=None, said_at=None),
    ]
    page = own_desk.signed_in(size=getattr(own_desk, size))
    for check in kinds:
        page.goto(f"/flags/{check.id}")
        expect(statement(page)).to_have_text(check.text)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        axe(page)
    page.goto(f"/flags/{kinds[1].id}")
    page.keyboard.press("d")
    axe(page)
    page.keyboard.press("1")
    said(page, "Dismissed")
    for below in ("link", "history"):
        page.goto(f"/flags/{kinds[1].id}/{below}")
        expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
        axe(page)
