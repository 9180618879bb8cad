"""An article's claims judged where they stand, by keys, and an article that was checked before."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft
from playwright.sync_api import expect

ARTICLE = f"""A new warning

Alexander Karpov said on Sunday: “{STAGED_ELSEWHERE}”

The sun shone all day in Idlib.

The ministry said on Friday: “{STAGED}”

Karpov said in April: “{STAGED} Again.”"""


@pytest.fixture(autouse=True)
def archived(own_desk):
    own_desk.services.record_statements([draft(STAGED, "2020-04-24", narratives=["Staged attacks"])])


def check(page, article=ARTICLE, url=""):
    page.goto("/check/article")
    page.get_by_label("Article", exact=True).fill(article)
    page.get_by_label("Published on").fill("2021-05-24")
    page.get_by_label("Address").fill(url)
    page.get_by_role("button", name="Find the claims").click()


def read(page):
    check(page)
    expect(page.get_by_role("heading", name="3 claims")).to_be_visible()


def mark(page, number):
    return page.locator(f"a.claim[data-claim='{number}']")


def states(desk, page):
    return [one.get_attribute("data-state") for one in page.locator("a.claim").all()]


def said(page, text):
    expect(page.locator("#messages")).to_contain_text(text)


def test_claims_are_judged_in_the_article_by_the_keys_of_a_flag(own_desk, axe):
    page = own_desk.signed_in()
    read(page)
    page.keyboard.press("c")
    said(page, "Claim 1 was confirmed. 2 wait for a decision.")
    expect(mark(page, 2)).to_have_attribute("aria-current", "true")
    expect(mark(page, 2)).to_be_in_viewport()
    page.keyboard.press("d")
    page.keyboard.press("2")
    said(page, "Claim 2 was dismissed. One waits for a decision.")
    expect(page.locator("#claim-1 summary").first).to_contain_text("confirmed")
    expect(page.locator("#claim-2 summary").first).to_contain_text("dismissed")
    assert states(own_desk, page) == ["confirmed", "dismissed", None]
    axe(page)
    page.keyboard.press("u")
    said(page, "The decision was taken back.")
    expect(mark(page, 2)).to_have_attribute("aria-current", "true")
    assert states(own_desk, page) == ["confirmed", None, None]
    page.keyboard.press("s")
    expect(mark(page, 3)).to_have_attribute("aria-current", "true")
    page.keyboard.press("n")
    page.keyboard.type("Warnings of Karpov")
    page.keyboard.press("Enter")
    said(page, "Claim 3 was confirmed. One waits for a decision.")
    expect(mark(page, 2)).to_have_attribute("aria-current", "true")
    page.keyboard.press("a")
    said(page, "Claim 2 was confirmed. All are judged.")


def test_a_flag_leads_back_to_its_claim_in_the_article(own_desk):
    page = own_desk.signed_in()
    read(page)
    page.keyboard.press("j")
    page.keyboard.press("f")
    page.wait_for_url("**/flags/*")
    page.get_by_role("link", name="From an article").click()
    page.wait_for_url("**/documents/*")
    expect(mark(page, 2)).to_have_attribute("aria-current", "true")
    expect(mark(page, 2)).to_be_in_viewport()


def test_a_claim_that_somebody_judged_meanwhile_is_left_as_it_is(own_desk):
    page, colleague = own_desk.signed_in(), own_desk.signed_in()
    read(page)
    colleague.goto(page.url)
    expect(mark(colleague, 1)).to_have_attribute("aria-current", "true")
    colleague.keyboard.press("d")
    colleague.keyboard.press("Enter")
    said(colleague, "Claim 1 was dismissed")
    page.keyboard.press("c")
    said(page, "Your own decision was not applied")
    assert states(own_desk, page)[0] == "dismissed"


def test_the_same_article_is_recognised_and_opened_or_checked_anew(own_desk, axe):
    page = own_desk.signed_in()
    read(page)
    first = page.url.split("#")[0]
    check(page, ARTICLE.upper().replace("\n\n", "\n \n") + "  ")
    expect(page.get_by_role("heading", name="This article was checked before")).to_be_visible()
    expect(page.get_by_text("Checked by Analyst-")).to_be_visible()
    axe(page)
    page.keyboard.press("o")
    page.wait_for_url("**/documents/*")
    assert page.url.split("#")[0] == first
    check(page)
    expect(page.get_by_role("heading", name="This article was checked before")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="3 claims")).to_be_visible()
    assert page.url.split("#")[0] != first


def test_an_article_at_the_same_address_is_recognised_and_one_of_others_is_not(own_desk):
    page = own_desk.signed_in()
    check(page, ARTICLE, "https://www.news.example/a/?utm_source=feed")
    expect(page.get_by_role("heading", name="3 claims")).to_be_visible()
    check(page, f"Something else\n\nKarpov said: “{STAGED}”", "http://news.example/a#top")
    expect(page.get_by_role("heading", name="An article at this address was checked before")).to_be_visible()
    other = own_desk.signed_in(organisation="Others")
    check(other)
    expect(other.get_by_role("heading", name="3 claims")).to_be_visible()


def test_an_article_is_printed_without_the_desk_around_it(own_desk):
    page = own_desk.signed_in()
    read(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".claim-card .badge").first).to_be_visible()
    for gone in (".top", ".judging", "button:not(.badge):visible", ".messages"):
        expect(page.locator(gone).locator("visible=true")).to_have_count(0)
    boxes = page.evaluate(
        """() => [document.querySelector(".article"), document.querySelector(".claims")].map((one) => {
          const box = one.getBoundingClientRect();
          return [box.left, box.right, box.top, box.bottom, one.scrollHeight <= one.clientHeight + 1];
        })"""
    )
    (_, _, _, bottom, _), (_, _, top, _, whole) = boxes
    assert top >= bottom
    assert whole
