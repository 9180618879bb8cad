"""The queue: finding one's way among flags, keeping lists, and judging many at once."""

import pytest
from builders import account
from flags_on_desk import APRIL, ARABIC, HOSTILE, MAY, SPANS, FlagsOnDesk, aligned
from playwright.sync_api import expect


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def rows(page):
    return page.locator(".flag-list > li")


def test_filters_are_in_an_address_that_shows_the_same_to_a_colleague(own_desk, flags):
    flags.several(4, speakers=("Karpov", "Lavrov"))
    flags.flag(ARABIC, [flags.statement()], language="ar", speaker="Karpov")
    page = own_desk.signed_in()
    page.goto("/")
    expect(rows(page)).to_have_count(5)
    page.get_by_text("More filters").click()
    page.get_by_label("Speaker").fill("lavrov")
    page.get_by_label("Speaker").press("Enter")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("Order").select_option("score")
    page.wait_for_url("**/?speaker=lavrov&sort=score")
    expect(page.locator(".chip")).to_have_text(["Speaker: lavrov×"])
    texts = rows(page).locator(".statement").all_inner_texts()
    assert texts == ["Attack number 1 is being staged.", "Attack number 3 is being staged."]

    colleague = own_desk.signed_in()
    colleague.goto(page.url)
    assert rows(colleague).locator(".statement").all_inner_texts() == texts
    colleague.get_by_role("link", name="Remove the filter Speaker").click()
    expect(rows(colleague)).to_have_count(5)


def test_typing_words_finds_flags_at_once_and_going_back_brings_the_list_back(own_desk, flags):
    flags.several(3)
    page = own_desk.signed_in()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("number 2")
    expect(rows(page)).to_have_count(1)
    page.wait_for_url("**/?q=number+2")
    page.get_by_role("searchbox", name="Words in the text").fill("nothing of it")
    expect(page.get_by_role("heading", name="No flag fits these filters")).to_be_visible()
    page.goto("/?q=number+2")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("searchbox", name="Words in the text")).to_have_value("number 2")


def test_a_row_shows_informative_replacements(own_desk, flags):
    april = flags.statement(APRIL)
    unclear = aligned("other", "toxic agents", "chemical weapons")
    flags.flag(MAY, [april], spans={**SPANS, "changed": (unclear, *SPANS["changed"])})
    flags.flag(f"{MAY} In 2022.", [april], spans={**SPANS, "changed": (unclear,)})
    page = own_desk.signed_in()
    page.goto("/")
    expect(rows(page).nth(0).locator(".change")).to_have_count(0)
    expect(rows(page).nth(1).locator(".change del")).to_have_text(["Six tanks", "in the Idlib zone"])
    expect(rows(page).nth(1).locator(".change ins")).to_have_text(["Four hundred litres", "near Jisr al-Shugur"])


def test_the_list_works_without_a_script(own_desk, flags):
    flags.several(2, speakers=("Karpov", "Lavrov"))
    page = own_desk.signed_in(java_script_enabled=False)
    page.goto("/")
    page.get_by_text("More filters").click()
    page.get_by_label("Speaker").fill("Lavrov")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/?speaker=Lavrov")
    expect(rows(page)).to_have_count(1)
    rows(page).get_by_role("checkbox").check()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("One flag was dismissed.")).to_be_visible()


def test_a_list_is_kept_under_a_name_for_all_or_for_oneself(own_desk, flags):
    flags.several(2, speakers=("Karpov", "Lavrov"))
    page = own_desk.signed_in()
    for name, address, private in (("Of Lavrov", "/?speaker=Lavrov", False), ("Mine", "/?assigned=me", True)):
        page.goto(address)
        page.get_by_text("Save this list").click()
        page.get_by_label("Name for this list").fill(name)
        if private:
            page.get_by_label("Only for me").check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"Saved as “{name}”.")).to_be_visible()
    colleague = own_desk.signed_in()
    colleague.goto("/")
    colleague.get_by_text("Views").click()
    expect(colleague.get_by_role("link", name="Mine")).to_have_count(0)
    colleague.get_by_role("link", name="Of Lavrov", exact=True).click()
    expect(rows(colleague)).to_have_count(1)
    colleague.get_by_text("Views").click()
    colleague.get_by_role("button", name="Remove the view Of Lavrov").click()
    colleague.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(colleague.get_by_text("The view “Of Lavrov” was removed.")).to_be_visible()
    page.goto("/")
    page.get_by_text("Views").click()
    expect(page.get_by_role("link", name="Of Lavrov")).to_have_count(0)
    expect(page.get_by_role("link", name="Mine only for you")).to_be_visible()


def test_flags_are_selected_and_dismissed_by_keyboard_and_taken_back_in_one(own_desk, flags):
    flags.several(5)
    page = own_desk.signed_in()
    page.goto("/")
    for key in "jxjjx":
        page.keyboard.press(key)
    expect(page.locator('input[name="flag"]:checked')).to_have_count(2)
    page.keyboard.press("D")
    expect(page.get_by_text("2 flags were dismissed.")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    page.keyboard.press("u")
    expect(page.get_by_text("All 2 decisions were taken back.")).to_be_visible()
    expect(rows(page)).to_have_count(5)


def test_what_somebody_judged_meanwhile_is_left_as_it_is(own_desk, flags):
    flags.several(2)
    page, colleague = own_desk.signed_in(), own_desk.signed_in()
    page.goto("/")
    page.get_by_label("Select all on this page").check()
    colleague.goto("/")
    rows(colleague).first.get_by_role("link").click()
    expect(colleague.get_by_role("region", name="Statement")).to_be_visible()
    colleague.keyboard.press("c")
    expect(colleague.get_by_text("Confirmed:")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("One flag was dismissed. One was left as it was")).to_be_visible()
    page.goto("/?state=confirmed")
    expect(rows(page)).to_have_count(1)


def test_a_long_list_is_paged_to_its_end_and_back(own_desk, flags):
    flags.several(60)
    page = own_desk.signed_in()
    page.goto("/?sort=recurrence")
    seen = []
    for count in (25, 25, 10):
        expect(rows(page)).to_have_count(count)
        seen += rows(page).locator(".statement").all_inner_texts()
        if count == 25:
            page.keyboard.press("]")
            page.wait_for_url("**after=*")
            expect(rows(page).first).not_to_contain_text(seen[-25])
    assert seen == [f"Attack number {at} is being staged." for at in reversed(range(60))]
    page.keyboard.press("[")
    expect(rows(page).first).to_contain_text("number 34 ")
    page.keyboard.press("[")
    expect(rows(page).first).to_contain_text("number 59 ")
    expect(page.get_by_role("link", name="Previous")).to_have_count(0)


def test_a_reader_sees_the_queue_and_decides_nothing(own_desk, flags):
    flags.several(1)
    page = own_desk.signed_in("reader")
    page.goto("/")
    expect(rows(page)).to_have_count(1)
    assert page.get_by_role("checkbox").count() == 0
    rows(page).get_by_role("link").click()
    expect(page.get_by_text("an analyst judges flags")).to_be_visible()
    assert page.get_by_role("button", name="Confirm").count() == 0


@pytest.mark.parametrize("size", ["WIDE", "NARROW"])
def test_the_queue_is_for_everybody_and_shows_hostile_texts_as_texts(own_desk, flags, axe, size):
    precedent = flags.statement(HOSTILE, narratives=("<b>A script</b>",), speaker="<i>Her</i>")
    flags.flag(HOSTILE, [precedent], speaker=HOSTILE[:200])
    flags.april_and_may()
    account(own_desk.services, "analyst", "Desk", name="<u>Anna</u>")
    page = own_desk.signed_in(size=getattr(own_desk, size))
    page.goto("/?state=any&sort=score")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).locator(".statement", has_text="<script>alert(1)</script>")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    axe(page)
    page.goto("/?q=nothing")
    axe(page)
