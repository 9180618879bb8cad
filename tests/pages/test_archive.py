"""The archive in a real browser: searching, correcting, and withdrawing."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, client
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 800}
ARABIC = "المسلحون يستعدون لهجوم كيميائي مفبرك في إدلب لاتهام الحكومة السورية."
HOSTILE = "<script>document.title = 'owned'</script> <img src=x onerror=alert(1)> \u202ebackwards " + "x" * 900


@pytest.fixture(scope="module")
def filled(served):
    """An archive with a narrative, and the ids of what is in it."""
    api = client(served.services, organisation="Desk")

    def post(what, **fields):
        answer = api.post(f"/v1/{what}", json=fields)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()["id"]

    top = post("narratives", title="Provocations")
    narrative = post(
        "narratives", title="Staged attacks", description="They are announced, and do not come.", parent=top
    )
    under = {"narratives": [narrative], "source": {"name": "TASS", "url": "https://example.org/1"}}
    ids = {"top": top, "narrative": narrative}
    ids["first"] = post("statements", text=STAGED, said_at="2018-04-24", speaker="Karpov", **under)
    ids["middle"] = post("statements", text=STAGED_ELSEWHERE, said_at="2019", speaker="Lavrov", **under)
    ids["last"] = post("statements", text=f"{STAGED} Again.", said_at="2021-05", **under)
    ids["arabic"] = post("statements", text=ARABIC, said_at="2020-02-01", language="ar", **under)
    ids["hostile"] = post(
        "statements", text=HOSTILE, said_at="2017-01-01", speaker="<b>Eve</b> " + "y" * 200, title=HOSTILE
    )
    post("findings", statement=ids["middle"], verdict="unfounded", publisher="Example", url="https://example.org/check")
    api.post(f"/v1/narratives/{narrative}/counter-examples", json={"text": "No trace of chlorine was found."})
    return ids


def places(ids):
    return [
        "/archive", "/archive?q=staged+attack&by=words&speaker=karpov", "/archive?q=chemical", "/archive?q=zz&by=words",
        "/archive?said_from=sometime", "/archive/new", "/narratives", "/narratives?view=tree", "/narratives/new",
        *(f"/statements/{ids[name]}" for name in ("middle", "arabic", "hostile")),
        f"/statements/{ids['middle']}/edit", f"/narratives/{ids['narrative']}", f"/narratives/{ids['narrative']}/edit",
        f"/narratives/{ids['top']}",
    ]  # fmt: skip


def test_no_page_has_a_fault_that_axe_finds(desk, filled, axe):
    page = desk.signed_in()
    for place in places(filled):
        page.goto(place)
        axe(page)


def test_the_dialog_and_opened_details_have_no_fault_either(desk, filled, axe):
    page = desk.signed_in()
    page.goto(f"/statements/{filled['middle']}")
    page.keyboard.press("f")
    expect(page.get_by_label("Verdict")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_label("Reason")).to_be_visible()
    axe(page)
    page.goto(f"/narratives/{filled['narrative']}")
    page.get_by_text("The same as a table").click()
    axe(page)


def test_nothing_is_wider_than_a_phone(desk, filled):
    page = desk.signed_in(size=PHONE)
    for place in places(filled):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def test_a_search_changes_results_and_address_and_going_back_brings_the_last_one(desk, filled):
    page = desk.signed_in()
    page.goto("/archive")
    page.keyboard.press("/")
    page.keyboard.type("staged")
    page.get_by_label("words").check()
    page.get_by_role("button", name="Search").click()
    found = page.locator("#results li")
    expect(found).to_have_count(3)
    expect(page.locator("#results mark").first).to_have_text("staged")
    assert "q=staged" in page.url
    assert "by=words" in page.url
    page.get_by_text("Filters").click()
    page.get_by_label("Speaker").fill("Lavrov")
    page.keyboard.press("Enter")
    expect(found).to_have_count(1)
    shared = page.url
    page.go_back()
    expect(found).to_have_count(3)
    other = desk.signed_in("reader")
    other.goto(shared)
    expect(other.locator("#results li")).to_have_count(1)
    expect(other.get_by_label("Speaker")).to_have_value("Lavrov")


def test_results_are_walked_through_and_opened_by_key(desk, filled):
    page = desk.signed_in()
    page.goto("/archive?q=staged&by=words")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.url}/statements/{filled['middle']}")


def test_speakers_are_offered_while_one_types(desk, filled):
    page = desk.signed_in()
    page.goto("/archive?speaker=x")
    page.get_by_label("Speaker").fill("lavr")
    expect(page.locator("#speaker-options option[value=Lavrov]")).to_have_count(1)


def test_an_arabic_statement_runs_from_right_to_left(desk, filled):
    page = desk.signed_in()
    page.goto(f"/statements/{filled['arabic']}")
    text = page.get_by_text(ARABIC)
    expect(text).to_have_attribute("lang", "ar")
    assert text.evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_a_hostile_statement_is_text(desk, filled):
    page = desk.signed_in()
    for place in ("/archive", f"/statements/{filled['hostile']}", f"/statements/{filled['hostile']}/edit"):
        page.goto(place)
        expect(page.get_by_text("document.title = 'owned'").first).to_be_visible()
        assert "owned" not in page.title() or "<script>" in page.title()
        assert page.locator("main script, main img").count() == 0


def test_one_reads_edits_withdraws_and_restores_by_keyboard(own_desk):
    api = client(own_desk.services, organisation="Desk")
    one = api.post("/v1/statements", json={"text": STAGED, "said_at": "2018-04-24", "speaker": "Karpof",
                                        "source": {"name": "TASS & Co"}}).json()["id"]  # fmt: skip
    page = own_desk.signed_in()
    page.goto(f"/statements/{one}")
    page.keyboard.press("e")
    page.get_by_label("Speaker").fill("Karpov")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    for link, named in (("Karpov", "Karpov"), ("all in this outlet", "TASS & Co")):
        page.get_by_role("link", name=link).click()
        expect(page.get_by_role("heading", name=named, exact=True)).to_be_visible()
        page.goto(f"/statements/{one}")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_label("Reason").fill("A misquotation.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("no check finds it any more")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Restored.")
    expect(page.get_by_text("no check finds it any more")).to_have_count(0)


def test_a_statement_is_recorded_by_hand_under_a_narrative(own_desk):
    page = own_desk.signed_in()
    page.goto("/narratives")
    page.keyboard.press("n")
    page.get_by_label("Title").fill("Staged attacks")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Staged attacks")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("checkbox", name="Staged attacks")).to_be_checked()
    page.get_by_label("What was said").fill(STAGED)
    page.get_by_label("Said on").fill("2021-05")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("status")).to_contain_text("The next check finds it")
    page.get_by_role("link", name="Staged attacks").click()
    expect(page.get_by_text("Seen once: in May 2021")).to_be_visible()
