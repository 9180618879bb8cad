"""One flag: statement, precedent and decision in sight together, why it has its score, the next one fetched ahead."""

import re

import pytest
from builders import account
from flags_on_desk import APRIL, MAY, SPANS, FlagsOnDesk
from held_requests import HeldRequests
from playwright.sync_api import expect

from app.domain.checks.checks import AlignedSpan
from app.domain.checks.reviews import ReviewDraft
from app.domain.core.text_quotes import TextQuote
from app.services.audit.ports import AuditFilter

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SIGNALS = {
    "dense": 0.78, "themes": 0.7, "lexical": 0.62, "names": 0.35, "numbers": 0.0, "wording": 0.31, "brevity": 0.2,
    "across": 0.0, "pair": 0.97,
}  # fmt: skip
FILLER = "The sun shone over the province all day and nothing else was reported. " * 25


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def long_flag(flags):
    """A flag whose two texts match in their middle alone."""
    now, then = FILLER + MAY + " " + FILLER, FILLER + APRIL + " " + FILLER
    pair = AlignedSpan("actor", of(now, "Militants"), of(then, "Militants"))
    return flags.flag(now.strip(), [flags.statement(then.strip())], spans={"repeated": (pair,), "signals": SIGNALS})


def of(text, words):
    at = text.index(words)
    return TextQuote(words, at, at + len(words))


def box(locator):
    """Its rectangle in the window, as it is painted, cut by what scrolls around it."""
    return locator.evaluate(
        """(element) => {
          const own = element.getBoundingClientRect();
          const around = element.closest(".long-text")?.getBoundingClientRect() ?? own;
          return { top: Math.max(own.top, around.top), bottom: Math.min(own.bottom, around.bottom),
                   left: own.left, right: own.right };
        }"""
    )


def bar(page):
    return page.get_by_role("region", name="Judge this flag")


def parts_in_sight(page):
    statement = page.get_by_role("region", name="Statement")
    precedent = page.get_by_role("region", name=re.compile("^Precedent"))
    return [box(one) for one in (statement.locator(".mark").first, precedent.locator(".mark").first)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", ["short", "long"])
def test_statement_precedent_and_decision_are_in_sight_together(own_desk, flags, size, kind):
    check = flags.april_and_may() if kind == "short" else long_flag(flags)
    page = own_desk.signed_in(size=size)
    page.goto(f"/flags/{check.id}")
    expect(bar(page)).to_be_in_viewport(ratio=1)
    top = box(bar(page))["top"]
    for part in parts_in_sight(page):
        assert 0 <= part["top"] < part["bottom"] <= top
    assert page.evaluate("scrollY") == 0


def test_the_decision_stands_still_and_covers_neither_the_end_of_the_page_nor_what_has_the_focus(own_desk, flags):
    checks = [flags.april_and_may(), long_flag(flags), flags.flag("A short one.", [flags.statement()], times=0)]
    page = own_desk.signed_in(size=DESK)
    tops = []
    for check in checks:
        page.goto(f"/flags/{check.id}")
        tops.append(box(bar(page))["top"])
    assert len(set(tops)) == 1
    page.goto(f"/flags/{checks[0].id}")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.locator(".flag-page").evaluate("(one) => one.getBoundingClientRect().bottom") <= tops[0]
    page.evaluate("scrollTo(0, 0)")
    for _ in range(40):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """(top) => {
              const at = document.activeElement;
              return !at.closest(".decision-bar") && at !== document.body && at.getBoundingClientRect().bottom > top;
            }""",
            tops[0],
        )
        assert not covered


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("key", ["d", "n"])
def test_a_menu_opens_beside_the_precedent_and_never_over_it(own_desk, flags, size, key):
    check = long_flag(flags)
    page = own_desk.signed_in(size=size)
    page.goto(f"/flags/{check.id}")
    page.keyboard.press(key)
    menu = page.locator(".picker[open] .menu-body")
    expect(menu).to_be_in_viewport(ratio=0.98)
    precedent, shown = box(page.locator("#precedent")), box(menu)
    assert shown["left"] >= precedent["right"] or shown["top"] >= precedent["bottom"]
    assert box(page.locator("#precedent .mark").first)["top"] >= 0


def test_one_action_is_the_primary_one(own_desk, flags):
    check = flags.april_and_may()
    page = own_desk.signed_in(size=DESK)
    page.goto(f"/flags/{check.id}")
    primary = [one for one in bar(page).locator(".main").all() if one.is_visible()]
    assert [one.inner_text().split()[0] for one in primary] == ["Confirm"]


def test_why_it_has_its_score_is_said_in_words_heaviest_first(own_desk, flags, axe):
    check = flags.flag(MAY, [flags.statement(APRIL)], spans={**SPANS, "signals": SIGNALS})
    page = own_desk.signed_in(size=DESK)
    page.goto(f"/flags/{check.id}")
    why = page.locator("details.why-score")
    expect(why.get_by_role("list")).to_be_hidden()
    why.locator("summary").click()
    expect(why.get_by_text("Score 0.97: same script.")).to_be_visible()
    said = why.get_by_role("listitem").all_inner_texts()
    assert re.sub(r"\s+", " ", said[0]).startswith("+ The meaning agrees by 78 %")
    assert any("The words agree by 62 %" in one for one in said)
    said = [re.sub(r"\s+", " ", one) for one in said]
    assert "− Another place: in the Idlib zone (speaks against it)" in said
    axe(page)


def test_a_badge_explains_itself_by_pointer_by_focus_and_by_tap(own_desk, flags, axe):
    check = flags.flag(MAY, [flags.statement(APRIL)], spans={**SPANS, "signals": SIGNALS})
    page = own_desk.signed_in(size=DESK)
    page.goto(f"/flags/{check.id}")
    badge = page.get_by_role("button", name="same script 0.97")
    meaning = page.locator("#match-tier")
    badge.hover()
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("it conveys the same message")
    expect(meaning).to_contain_text("probability")
    axe(page)
    page.mouse.move(5, 600)
    expect(meaning).to_be_hidden()
    page.get_by_role("link", name="in the archive").focus()
    page.keyboard.press("Shift+Tab")
    page.locator("#precedent a").first.focus()
    page.keyboard.press("Shift+Tab")
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    assert page.url.endswith(check.id)
    phone = own_desk.signed_in(size=PHONE, has_touch=True)
    phone.goto(f"/flags/{check.id}")
    phone.get_by_role("button", name="open").tap()
    expect(phone.locator("#flag-state")).to_contain_text("waits for a decision")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_badge_explains_itself_without_scripts(own_desk, flags):
    check = flags.april_and_may()
    page = own_desk.signed_in(size=DESK, java_script_enabled=False)
    page.goto(f"/flags/{check.id}")
    page.get_by_role("button", name="same script").click()
    expect(page.locator("#match-tier")).to_be_visible()


def open_and_fetch_ahead(page, check):
    """Opens a flag, and waits until the next one has come."""
    page.goto(f"/flags/{check.id}")
    expect(page.locator("a[data-prefetch=ready]")).to_be_attached()


def viewed(desk):
    """Ids of the flags that the audit log has as viewed, the latest first."""
    desk.services.view_log.flush()
    with desk.services.store.reading() as tx:
        return [entry.subject_id for entry in tx.audit.find(AuditFilter(action="flag.viewed"), None, 50)]


def test_the_next_flag_is_shown_without_asking_for_it_again(own_desk, flags):
    first, second, third = flags.several(3)
    page = own_desk.signed_in()
    open_and_fetch_ahead(page, third)
    assert viewed(own_desk) == [third.id]
    asked = []
    page.on("request", lambda one: asked.append((one.method, one.url, one.headers.get("refrain-prefetch"))))
    with page.expect_response(lambda answer: answer.url.endswith("/seen")):
        page.keyboard.press("j")
    expect(page.get_by_role("region", name="Statement").locator(".statement")).to_have_text(second.text)
    assert page.url.endswith(second.id)
    assert page.title().startswith("Flag: Attack number 1")
    assert not [one for one in asked if one[0] == "GET" and second.id in one[1]]
    assert [one for one in asked if one[0] == "POST" and one[1].endswith(f"/flags/{second.id}/seen")]
    assert viewed(own_desk) == [second.id, third.id]
    page.keyboard.press("s")
    expect(page.get_by_role("region", name="Statement").locator(".statement")).to_have_text(first.text)
    page.go_back()
    expect(page.get_by_role("region", name="Statement").locator(".statement")).to_have_text(second.text)
    page.keyboard.press("c")
    expect(page.locator("#messages")).to_contain_text("Confirmed: “Attack number 1")


def test_a_decision_shows_the_next_flag_before_it_is_saved_and_keys_that_follow_are_not_lost(own_desk, flags, axe):
    first, second, third = flags.several(3)
    page = own_desk.signed_in()
    shown = page.get_by_role("region", name="Statement").locator(".statement")
    open_and_fetch_ahead(page, third)
    answers = HeldRequests(page, f"**/flags/{third.id}/reviews*")
    page.keyboard.press("c")
    expect(shown).to_have_text(second.text)
    expect(page.locator("#messages")).to_contain_text("Being saved: Confirm: Attack number 2", use_inner_text=True)
    axe(page)
    page.keyboard.press("d")  # waits for its turn
    page.keyboard.press("2")
    assert own_desk.services.browse_flags.get(flags.organisation, third.id).state == "open"
    answers.wait_for().continue_()
    expect(shown).to_have_text(first.text)
    expect(page.locator("#messages")).to_contain_text("Dismissed: “Attack number 1")
    states = [own_desk.services.browse_flags.get(flags.organisation, one.id).state for one in (third, second)]
    assert states == ["confirmed", "dismissed"]
    page.keyboard.press("u")
    expect(shown).to_have_text(second.text)
    expect(page.locator("#messages")).to_contain_text("The decision was taken back.")


def test_a_decision_that_is_being_saved_is_taken_back_by_one_key(own_desk, flags):
    _, second, third = flags.several(3)
    page = own_desk.signed_in()
    shown = page.get_by_role("region", name="Statement").locator(".statement")
    open_and_fetch_ahead(page, third)
    answers = HeldRequests(page, f"**/flags/{third.id}/reviews*")
    page.keyboard.press("c")
    expect(shown).to_have_text(second.text)
    page.keyboard.press("u")
    answers.wait_for().continue_()
    expect(page.locator("#messages")).to_contain_text("The decision was taken back.")
    expect(shown).to_have_text(third.text)


def test_a_decision_that_is_refused_leads_back_to_its_flag_and_what_was_typed_stays(own_desk, flags):
    _, second, third = flags.several(3)
    page = own_desk.signed_in()
    shown = page.get_by_role("region", name="Statement").locator(".statement")
    open_and_fetch_ahead(page, third)
    anna = account(own_desk.services, "analyst", "Desk", name="Anna").actor
    review = ReviewDraft("dismissed", reason="Another event.")
    own_desk.services.review_match(flags.organisation, anna, third.id, review, 1)
    answers = HeldRequests(page, f"**/flags/{third.id}/reviews*")
    page.keyboard.press("c")
    expect(shown).to_have_text(second.text)
    page.get_by_label("Write a note").fill("Seen on the evening news.")
    answers.wait_for().continue_()
    expect(page.get_by_role("alert")).to_contain_text("Anna dismissed it")
    expect(shown).to_have_text(third.text)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_label("Write a note")).to_have_value("Seen on the evening news.")
    page.unroute_all()
    # Refused for another reason: the message stands above the flag.
    open_and_fetch_ahead(page, second)
    page.route(f"**/flags/{second.id}/reviews*", lambda route: route.continue_(post_data="verdict=perhaps"))
    page.keyboard.press("c")
    expect(shown).to_have_text(second.text)
    expect(page.get_by_role("alert")).to_contain_text("Something in the request cannot be accepted")


def test_a_flag_that_was_judged_since_it_was_fetched_ahead_is_loaded_anew(own_desk, flags):
    _, second, third = flags.several(3)
    page = own_desk.signed_in()
    open_and_fetch_ahead(page, third)
    anna = account(own_desk.services, "analyst", "Desk", name="Anna").actor
    review = ReviewDraft("dismissed", reason="Another event.")
    own_desk.services.review_match(flags.organisation, anna, second.id, review, 1)
    page.keyboard.press("j")
    expect(page.get_by_role("region", name="Decisions")).to_contain_text("Another event.")
    assert page.url.endswith(second.id)
