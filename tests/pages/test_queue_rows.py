"""The rows of the queue: what one glance tells, groups, orders, gestures for many, what is new, the end of a list."""

import re
from dataclasses import replace

import pytest
from builders import account
from flags_on_desk import APRIL, MAY, SPANS, FlagsOnDesk
from playwright.sync_api import expect

from app.domain.checks.reviews import ReviewDraft
from app.domain.documents.documents import DocumentRequest
from app.domain.statements.statements import Source

LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
REPORT = "The ministry says that the grain was burned by those who had promised to guard it through the winter."


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


@pytest.fixture
def reported(flags):
    """The same text from four outlets, one of them with a word more, between two texts of their own."""
    precedent = flags.statement()
    flags.flag("Attack number 1 is being staged.", [precedent])
    made = [
        flags.flag(f"{REPORT} Again." if at == 2 else REPORT, [precedent], source=Source(f"Outlet {at}"))
        for at in range(4)
    ]
    flags.flag("Attack number 2 is being staged.", [precedent])
    return made


@pytest.fixture
def article(flags):
    """An article of which three claims were flagged."""
    precedent = flags.statement()
    request = DocumentRequest(text=f"Karpov said: “{MAY}”", title="Warnings of May")
    read = flags.services.check_document.read(request)
    document = flags.services.check_document.check(read, request, flags.organisation)
    claims = ("Trucks were seen at the border.", "Doctors were told to lie.", "The films are ready.")
    for text in claims:
        check = flags.flag(text, [precedent], stored=False)
        with flags.services.store.writing() as tx:
            tx.checks.add(flags.organisation, replace(check, document=document.id))
    return document


def rows(page):
    return page.locator(".flag-list > li")


def texts(page):
    return rows(page).locator(":scope > .flag-what .statement").all_inner_texts()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def states(desk):
    """How many flags are in each state, from the database."""
    with desk.services.store.reading() as tx:
        return tx.flags.counts(desk.services.manage_keys.organisation("Desk"))


def test_nine_rows_are_seen_at_once_with_statement_narrative_score_precedent_and_speaker(own_desk, flags):
    precedent = flags.statement(APRIL)
    for at in range(12):
        flags.flag(f"{MAY} Number {at} of the bulletins of the ministry.", [precedent], spans=SPANS)
    page = own_desk.signed_in(size=LAPTOP)
    page.goto("/")
    expect(rows(page)).to_have_count(12)
    bottoms = rows(page).evaluate_all("all => all.map((row) => row.getBoundingClientRect().bottom)")
    assert sum(bottom <= LAPTOP["height"] for bottom in bottoms) >= 9
    first = rows(page).first
    lines = first.locator(".statement").evaluate(
        "one => Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))"
    )
    assert lines == 2
    expect(first.locator(".flag-script")).to_contain_text("Militants are about to stage an attack")
    expect(first.locator(".flag-how")).to_contain_text("same script 0.97")
    expect(first.locator(".before")).to_contain_text("24 April 2021, Karpov")
    expect(first.locator(".flag-who")).to_contain_text("Karpov")
    expect(page.locator(".left")).to_have_text("12 of 12 left")
    page.keyboard.press("z")
    assert sum(row.bounding_box()["height"] for row in rows(page).all()) < 12 * 36
    page.reload()
    expect(page.get_by_role("button", name="Compact")).to_have_attribute("aria-pressed", "true")


def test_the_same_text_is_one_row_that_is_judged_and_taken_back_by_one_key(own_desk, reported, axe):
    page = own_desk.signed_in(size=LAPTOP)
    page.goto("/")
    assert texts(page) == ["Attack number 2 is being staged.", REPORT, "Attack number 1 is being staged."]
    group = rows(page).nth(1)
    expect(group.locator(".group-open")).to_contain_text("×4")
    press(page, "j", "j", "o")
    expect(group.locator(".members > li")).to_have_count(4)
    assert group.locator(".members .flag-who").all_inner_texts()[0].count("Outlet 3") == 1
    axe(page)
    press(page, "j", "x")
    expect(page.locator("[data-selected]")).to_have_text("1 selected")
    press(page, "x", "k", "x")
    expect(page.locator("[data-selected]")).to_have_text("4 selected")
    press(page, "Escape", "o")
    expect(group.locator(".members > li")).to_have_count(0)
    press(page, "C")
    expect(page.get_by_text("4 flags were confirmed.")).to_be_visible()
    expect(rows(page)).to_have_count(2)
    assert states(own_desk)["confirmed"] == 4
    expect(page.locator(".left")).to_have_text("2 of 6 left")
    press(page, "u")
    expect(page.get_by_text("All 4 decisions were taken back.")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    assert states(own_desk)["open"] == 6


def test_groups_that_are_opened_at_once_all_unfold(own_desk, flags):
    precedent = flags.statement()
    for text in (REPORT, "The bank will close all of its branches on Friday, says a letter from nobody knows whom."):
        for at in range(3):
            flags.flag(text, [precedent], source=Source(f"Outlet {at}"))
    page = own_desk.signed_in(size=LAPTOP)
    page.goto("/")
    expect(rows(page)).to_have_count(2)
    page.evaluate("for (const link of document.querySelectorAll('[data-unfolds]')) link.click()")
    for number in range(2):
        expect(rows(page).nth(number).locator(".members > li")).to_have_count(3)
        expect(rows(page).nth(number).locator("[data-unfolds]")).to_have_attribute("aria-expanded", "true")


def test_a_group_is_a_list_of_its_own_without_a_script(own_desk, reported):
    page = own_desk.signed_in(java_script_enabled=False)
    page.goto("/")
    page.locator(".group-open").click()
    expect(rows(page)).to_have_count(4)
    expect(page.locator(".chip")).to_contain_text("Grouped with")


def test_an_article_is_one_row_with_its_claims(own_desk, article, axe):
    page = own_desk.signed_in(size=LAPTOP)
    page.goto("/")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).locator(".of-article")).to_contain_text("Warnings of May")
    expect(rows(page)).to_contain_text("3 claims of this article")
    page.locator(".group-open").click()
    expect(page.locator(".members > li")).to_have_count(3)
    axe(page)
    page.locator(".members .flag-link").last.click()
    expect(page.get_by_role("region", name="Statement")).to_contain_text("Trucks were seen")


def test_columns_sort_both_ways_and_a_page_goes_on_in_the_same_order(own_desk, flags):
    flags.several(30, speakers=("Karpov", "Lavrov", "Zakharova"))
    page = own_desk.signed_in()
    page.goto("/")
    heads = page.get_by_role("navigation", name="Sort by a column")
    for head, sort in (("Score", "score"), ("Score", "score_up"), ("Who", "speaker"), ("Narrative", "narrative"),
                       ("Narrative", "narrative_down"), ("Statement", "newest"),
                       ("Statement", "oldest")):  # fmt: skip
        heads.get_by_role("link", name=head).click()
        page.wait_for_url(re.compile(rf"/\?sort={sort}$") if sort != "newest" else re.compile(r"/$"))
    assert texts(page)[0] == "Attack number 0 is being staged."
    page.goto("/?sort=speaker_down")
    speakers = rows(page).locator(".flag-who > :first-child").all_inner_texts()
    page.keyboard.press("]")
    page.wait_for_url("**after=*")
    expect(rows(page)).to_have_count(5)
    speakers += rows(page).locator(".flag-who > :first-child").all_inner_texts()
    assert speakers == ["Zakharova"] * 10 + ["Lavrov"] * 10 + ["Karpov"] * 10


def test_a_range_is_selected_by_shift_and_archived_under_a_narrative_and_taken_back(own_desk, flags):
    flags.several(6)
    page = own_desk.signed_in()
    page.goto("/")
    press(page, "j", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp")
    expect(page.locator("[data-selected]")).to_have_text("2 selected")
    press(page, "Escape")
    expect(page.locator("[data-selected]")).to_have_text("")
    rows(page).nth(1).get_by_role("checkbox").check()
    rows(page).nth(3).get_by_role("checkbox").click(modifiers=["Shift"])
    expect(page.locator("[data-selected]")).to_have_text("3 selected")
    press(page, "N")
    expect(page.locator("#bulk-narrative")).to_be_focused()
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)
        expect(page.locator(".bulk .picker[open] .menu-body")).to_be_in_viewport(ratio=1)
    page.set_viewport_size(LAPTOP)
    page.keyboard.type("Staged for the cameras")
    press(page, "Enter")
    expect(page.get_by_text("3 flags were confirmed and archived.")).to_be_visible()
    expect(rows(page).nth(1).locator(".flag-link")).to_be_focused()
    page.goto("/?state=confirmed&narrative=Staged+for+the+cameras")
    assert texts(page) == [f"Attack number {at} is being staged." for at in (4, 3, 2)]
    page.goto("/")
    press(page, "j", "R", "2")
    expect(page.get_by_text("One flag was dismissed.")).to_be_visible()
    press(page, "u")
    expect(page.get_by_text("The decision was taken back.")).to_be_visible()


def test_the_selected_are_assigned_and_given_back_and_what_was_judged_meanwhile_is_left(own_desk, flags):
    made = flags.several(3)
    colleague = account(own_desk.services, "analyst", "Desk", name="Anna")
    page = own_desk.signed_in()
    page.goto("/")
    page.get_by_label("Select all on this page").check()
    with own_desk.services.store.reading() as tx:
        flag = tx.flags.by_id(flags.organisation, made[0].id)
    match = flag.check.matches[0].id
    own_desk.services.review_match(flags.organisation, colleague.actor, made[0].id, ReviewDraft("confirmed", match))
    press(page, "T")
    page.get_by_role("button", name="Anna").click()
    expect(page.get_by_text("2 flags are for Anna to look at. One was left as it was")).to_be_visible()
    expect(rows(page).locator(".assigned")).to_have_count(2)
    press(page, "u")
    expect(page.get_by_text("All 2 assignments were taken back.")).to_be_visible()
    expect(rows(page).locator(".assigned")).to_have_count(0)


def test_new_flags_are_announced_without_moving_what_is_read(own_desk, flags):
    flags.several(2)
    page = own_desk.signed_in()
    page.clock.install()
    page.goto("/")
    before = rows(page).first.bounding_box()
    flags.flag("Attack number 7 is being staged.", [flags.statement()])
    page.clock.fast_forward(21_000)
    expect(page.locator(".new-flags")).to_contain_text("1 new flag")
    assert rows(page).first.bounding_box() == before
    expect(rows(page)).to_have_count(2)
    press(page, ".")
    expect(rows(page)).to_have_count(3)
    expect(page.locator(".new-flags")).to_be_empty()


def test_a_list_that_is_worked_off_says_what_was_done_and_where_to_go_on(own_desk, flags, axe):
    flags.several(4, speakers=("Karpov", "Lavrov"))
    page = own_desk.signed_in()
    page.goto("/?speaker=Lavrov")
    expect(page.locator(".left")).to_have_text("2 of 2 left")
    press(page, "j", "C")
    expect(rows(page)).to_have_count(1)
    press(page, "j", "D")
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    expect(page.get_by_text("All 2 flags of this list are judged.")).to_be_visible()
    expect(page.get_by_text("1 confirmed, 1 dismissed, 0 put in the archive")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Go on with the 2 flags").click()
    expect(rows(page)).to_have_count(2)


def test_the_queue_prints_as_a_list_alone(own_desk, reported):
    page = own_desk.signed_in()
    page.goto("/")
    page.emulate_media(media="print")
    for gone in (".queue-filters", ".bulk", ".queue-head .tabs", ".flag-list input >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()
    expect(rows(page).first).to_be_visible()
    expect(page.locator(".left")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")
