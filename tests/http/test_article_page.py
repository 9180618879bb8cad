"""Checking an article from the page, as a browser without scripts does it."""

import re

import pytest
from builders import STAGED, draft, signed_in

ARTICLE = f"""A new warning

Alexander Karpov said on Sunday: “{STAGED}”

The sun shone all day in Idlib.

The ministry claimed on Friday that tanks of gas had been brought to Jisr al-Shugur."""


@pytest.fixture
def analyst(archive):
    archive.record_statements([draft(STAGED, "2021-04-24", narratives=["Staged attacks"])])
    return signed_in(archive, "analyst")


def read(browser, article=ARTICLE, **typed):
    """The address of the article's page, and the page."""
    answer = browser.post("/check/article", {"article": article, "published_at": "2021-05-24", **typed})
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    page = browser.get(address)
    assert page.status_code == 200
    return address, page.text


def marked(page):
    """The claims as they are marked, by number, without the numbers."""
    found = re.findall(r'<a class="mark claim"[^>]*data-claim="(\d+)"[^>]*><sup>\d+</sup>(.*?)</a>', page, re.S)
    return dict(found)


def test_the_claims_are_marked_in_the_text_and_what_nobody_claims_is_not(analyst):
    _, page = read(analyst)
    claims = marked(page)
    assert claims["1"].strip("“”.") == STAGED.strip(".")
    assert claims["2"].startswith("tanks of gas")
    assert len(claims) == 2
    assert "The sun shone all day in Idlib." in page


def test_beside_each_stand_its_speaker_its_date_and_its_best_precedent(analyst):
    _, page = read(analyst)
    [card] = re.findall(r'<li class="card claim-card" id="claim-1".*?</li>\s*<li class="card', page, re.S)
    for shown in ("Alexander Karpov", "23 May 2021", "badge tier", "Staged attacks", "29 days before"):
        assert shown in card
    assert re.search(r'data-note="1".*?Alexander Karpov.*?badge tier', page, re.S)


def test_each_claim_has_a_check_of_its_own_that_can_be_judged(analyst):
    _, page = read(analyst)
    checks = set(re.findall(r'href="(/checks/[^"]+)"', page))
    assert len(checks) == 2
    assert all(analyst.get(one).status_code == 200 for one in checks)


def test_of_html_the_article_is_shown_and_not_what_surrounds_it(analyst):
    paragraphs = "".join(f"<p>{one}</p>" for one in ARTICLE.split("\n\n")[1:])
    html = (
        "<!doctype html><html><head><title>A new warning</title></head><body><nav><a href='/'>Start</a></nav>"
        f"<article><h1>A new warning</h1>{paragraphs}</article><script>alert(1)</script></body></html>"
    )
    _, page = read(analyst, html)
    assert len(marked(page)) == 2
    assert "alert(1)" not in page


def test_markup_in_an_article_shows_as_text(analyst):
    _, page = read(analyst, "Karpov said: “They plan <script>alert(1)</script> an attack <img src=x> in Idlib.”")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_an_article_without_a_claim_says_so(analyst):
    _, page = read(analyst, "The sun shone all day. It was warm.")
    assert marked(page) == {}
    assert "No claims" in page


def test_an_article_in_arabic_runs_from_right_to_left(analyst):
    _, page = read(analyst, "قال كاربوف يوم الأحد إن المسلحين يخططون لهجوم كيميائي في إدلب.")
    assert re.search(r'<p class="statement" lang="ar" dir="rtl">', page)


def test_a_long_article_is_shown_whole(analyst):
    sentence = "The sun shone on the roofs of the town. "
    _, page = read(analyst, f"{ARTICLE}\n\n{sentence * 4_000}")
    assert page.count(sentence.strip()) == 4_000
    assert len(marked(page)) == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"article": " "}, "article"),
        ({"article": "a " * 100_001}, "article"),
        ({"article": "<html><body></body></html>"}, "article"),
        ({"article": ARTICLE, "published_at": "some day"}, "published_at"),
        ({"article": ARTICLE, "url": "javascript:alert(1)"}, "url"),
        ({"article": ARTICLE, "language": "klingonish"}, "language"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(analyst, typed, field):
    answer = analyst.post("/check/article", typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_a_form_with_a_file_part_is_read_as_well(analyst):
    sent = {"article": (None, ARTICLE), "csrf": (None, analyst.csrf)}
    assert analyst.post("/check/article", files=sent).status_code == 303


def test_nobody_else_sees_it(archive, analyst):
    address, _ = read(analyst)
    other = signed_in(archive, organisation="Another")
    assert other.get(address).status_code == 404


def test_of_what_the_text_asserts_itself_that_with_a_precedent_is_marked_and_the_others_are_counted(analyst):
    _, page = read(analyst, f"{STAGED} The sun shone all day in Idlib. Grain was cheap in the old town.")
    claims = marked(page)
    assert list(claims.values()) == [STAGED]
    assert "The text itself" in page
    assert "2 more sentences of the text’s own were checked" in page
