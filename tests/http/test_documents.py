"""Whole articles over HTTP: what is answered, kept, refused and counted."""

import pytest
from builders import GRAIN, client, services

ARTICLE = (
    "The Border Service of Laria said on Tuesday that militants are preparing a staged chemical attack in Dolna.\n\n"
    "“Six tanks of gas have already been delivered,” Colonel Anton Reyes claimed. He had warned in March 2023 that "
    "saboteurs would poison a well.\n\n"
    "The service has 900 employees."
)
EARLIER = "Militants are preparing a staged chemical attack in Dolna."


@pytest.fixture
def read(desk):
    """The answer to an article."""

    def send(text=ARTICLE, status=201, **fields):
        body = {"text": text, "published_at": "2023-05-17", **fields}
        answer = desk.post("/v1/documents", json={name: value for name, value in body.items() if value is not None})
        assert answer.status_code == status, answer.text
        return answer.json()

    return send


def test_each_claim_has_its_place_its_speaker_its_date_and_its_check(read, record):
    precedent = record(EARLIER, "2023-01-01")
    answer = read()
    found = [(one["speaker"], one["said_at"], one["said_at_from"], one["quoted"]) for one in answer["statements"]]
    assert found == [
        ("Border Service of Laria", "2023-05-16", "text", False),
        ("Anton Reyes", "2023-05-16", "context", True),
        ("Anton Reyes", "2023-03", "text", False),
        (None, None, None, False),
    ]
    assert [one["own"] for one in answer["statements"]] == [False, False, False, True]
    assert answer["statements"][-1]["text"] == "The service has 900 employees."
    for one in answer["statements"]:
        assert one["text"] == answer["text"][one["start"] : one["end"]]
        assert one["check"]["text"] == one["text"]
        said_at = answer["published_at"] if one["own"] else one["said_at"]
        assert (one["check"]["speaker"], one["check"]["said_at"]) == (one["speaker"], said_at)
        assert one["stance"] == one["check"]["stance"]["label"]
    first = answer["statements"][0]
    assert first["text"] == "militants are preparing a staged chemical attack in Dolna"
    assert first["attribution"]["exact"] == "The Border Service of Laria said on Tuesday that"
    assert first["said_at_quote"]["exact"] == "Tuesday"
    assert [match["precedent"]["id"] for match in first["check"]["matches"]] == [precedent["id"]]
    assert answer["language"] == first["check"]["language"] == {"code": "en", "detected": True}
    assert (answer["published_at"], answer["published_at_from"]) == ("2023-05-17", "request")


def test_an_article_is_kept_with_its_checks_and_marks_what_was_withdrawn(desk, read, record):
    precedent = record(EARLIER, "2023-01-01")
    answer = read(url="https://example.org/1", title="A warning")
    again = desk.get(f"/v1/documents/{answer['id']}").json()
    assert again == answer
    check = desk.get(f"/v1/checks/{answer['statements'][0]['check']['id']}").json()
    assert (check["document"], check["source"]["url"]) == (answer["id"], "https://example.org/1")
    desk.delete(f"/v1/statements/{precedent['id']}")
    again = desk.get(f"/v1/documents/{answer['id']}").json()
    assert again["statements"][0]["check"]["matches"][0]["precedent"]["withdrawn"] is True


def test_a_language_that_was_given_is_not_said_to_be_detected(read):
    answer = read(language="en")
    assert answer["language"] == answer["statements"][0]["check"]["language"] == {"code": "en", "detected": False}


def test_another_organisation_has_no_such_document(archive, read):
    answer = read()
    assert client(archive, "check", organisation="Elsewhere").get(f"/v1/documents/{answer['id']}").status_code == 404


def test_nothing_is_kept_where_nothing_is_to_be_recorded(desk, read):
    answer = read(record=False)
    assert answer["statements"][0]["check"]["document"] is None
    assert desk.get(f"/v1/documents/{answer['id']}").status_code == 404
    assert desk.get("/v1/checks").json()["items"] == []


def test_what_an_article_asserts_itself_is_checked_as_its_authors(read, record):
    precedent = record(GRAIN, "2023-01-01")
    answer = read(f"Hello everyone!\n\n{GRAIN} Is that not a lot? Thanks for reading.", author="Nora Blum")
    [own] = answer["statements"]
    assert (own["text"], own["speaker"], own["own"], own["quoted"]) == (GRAIN, "Nora Blum", True, False)
    assert own["text"] == answer["text"][own["start"] : own["end"]]
    assert (own["attribution"], own["said_at"], own["check"]["said_at"]) == (None, None, "2023-05-17")
    assert [match["precedent"]["id"] for match in own["check"]["matches"]] == [precedent["id"]]
    assert answer["author"] == "Nora Blum"


def test_what_stands_in_quotation_marks_is_not_the_authors(read):
    [own] = read(f"“{GRAIN}”", author="Nora Blum")["statements"]
    assert (own["speaker"], own["quoted"]) == (None, True)


def test_an_article_in_which_nothing_is_said_or_asserted_has_no_statements(read):
    assert read("Good morning! Have you heard? Please share and subscribe.")["statements"] == []


@pytest.mark.parametrize("marker", ["{}) ", "{}. ", "- ", "• ", "({}) ", "* "])
def test_each_item_of_a_list_is_a_statement(read, record, marker):
    items = [
        GRAIN,
        "the tram stops at the harbour again",
        EARLIER,
        "Lost: a grey cat near the station",
        "Thanks to all.",
    ]
    record(EARLIER, "2023-01-01")
    lines = [marker.format(number) + item for number, item in enumerate(items, start=1)]
    answer = read("My weekly digest, 1/7.\n" + "\n".join(lines))
    assert [one["text"] for one in answer["statements"]] == items[:4]
    assert [bool(one["check"]["matches"]) for one in answer["statements"]] == [False, False, True, False]


def test_a_long_post_is_read_claim_by_claim_and_what_it_repeats_once(read, record):
    precedent = record(EARLIER, "2023-01-01")
    filler = "The season at the theatre opens with a comedy about two bakers in the old town."
    answer = read(" ".join([*[filler] * 12, EARLIER, *[filler] * 12]))
    assert [one["text"] for one in answer["statements"]] == [filler, EARLIER]
    found = [match["precedent"]["id"] for match in answer["statements"][1]["check"]["matches"]]
    assert found == [precedent["id"]]


def test_of_the_authors_own_sixty_are_checked_and_the_others_are_named(read):
    answer = read(" ".join(f"Grain exports rose by {number} percent in April." for number in range(70)))
    assert len(answer["statements"]) == 60
    assert [one["reason"] for one in answer["left_out"]] == ["too_many"] * 10
    assert all(one["own"] for one in answer["left_out"])


def test_in_a_language_without_words_of_attribution_each_sentence_is_checked_and_that_is_said(read):
    answer = read("市长说昨晚有人在城市森林里放出了狼。港区的自来水被铅污染了。", author="Nora Blum")
    assert answer["attributions_read"] is False
    assert [(one["own"], one["speaker"]) for one in answer["statements"]] == [(True, None), (True, None)]
    assert read()["attributions_read"] is True


def test_hard_wrapped_mail_is_read_as_if_it_were_not(read):
    wrapped = (
        "Nora wrote:\n> Mayor Boris Hald said that wolves were released in the\n> city forest at night. Council-\n"
        "> lor Anna Petrova claimed that tap water in the port district is poi-\n> soned with lead.\n\nWho believes it?"
    )
    answer = read(wrapped)
    assert [(one["speaker"], one["text"]) for one in answer["statements"]] == [
        ("Boris Hald", "wolves were released in the city forest at night"),
        ("Councillor Anna Petrova", "tap water in the port district is poisoned with lead"),
    ]
    for one in answer["statements"]:
        assert answer["text"][one["start"] : one["end"]] == one["text"]


def test_a_page_is_read_without_what_stands_around_its_article(read):
    paragraphs = "".join(f"<p>{one}</p>" for one in ARTICLE.split("\n\n"))
    page = (
        "<html><head><title>A warning</title><meta property='article:published_time' content='2023-05-17'></head><body>"
        "<nav><a href='/'>Home</a></nav><script>alert('said that nobody reads this')</script>"
        f"<article><h1>A warning</h1>{paragraphs}</article><footer>All rights reserved</footer></body></html>"
    )
    answer = read(text=None, html=page, published_at=None)
    speakers = [one["speaker"] for one in answer["statements"]]
    assert speakers == ["Border Service of Laria", "Anton Reyes", "Anton Reyes", None]
    assert "Home" not in answer["text"]
    assert "alert" not in answer["text"]
    assert (answer["title"], answer["published_at"], answer["published_at_from"]) == ("A warning", "2023-05-17", "page")
    assert answer["statements"][0]["said_at"] == "2023-05-16"


def test_each_entry_of_a_live_blog_has_dates_of_its_own(read):
    page = (
        '<html><head><title>Live</title><script type="application/ld+json">{"@type": "LiveBlogPosting", '
        '"datePublished": "2023-06-10T08:00:00Z"}</script></head><body><article><h1>Live: the well</h1>'
        '<section><time datetime="2023-06-15T09:30:00Z">9:30</time><p>Minister Ada Lorn claimed on Wednesday that '
        "the well of Dolna is poisoned with arsenic.</p></section>"
        '<section><time datetime="2023-06-10T08:10:00Z">8:10</time><p>Mayor Otto Brann said that bears were '
        "released in the park of Dolna at night.</p></section></article></body></html>"
    )
    found = {
        one["speaker"].split()[-1]: one["said_at"]
        for one in read(text=None, html=page, published_at=None)["statements"]
    }
    assert found == {"Lorn": "2023-06-14", "Brann": "2023-06-10"}


def test_an_articles_own_moments_are_no_entries(read):
    page = (
        '<html><body><article><h1>The well</h1><p><time datetime="2023-06-10">10 June</time>, updated <time '
        'datetime="2023-06-15">15 June</time></p><p>Minister Ada Lorn claimed on Wednesday that the well of Dolna is '
        "poisoned with arsenic.</p></article></body></html>"
    )
    found = read(text=None, html=page, published_at="2023-06-10")["statements"]
    assert [one["said_at"] for one in found if one["speaker"]] == ["2023-06-07"]


def test_a_sentence_laid_out_in_a_table_is_read_and_data_are_not(read):
    around = "<p>The minister spoke in Dolna yesterday, and the council listened.</p>" * 5
    page = (
        f"<html><body><article><h1>Dolna</h1>{around}<table><tr><td>Minister Ada Lorn said</td>"
        "<td>that foreign troops have crossed the border near Dolna.</td></tr>"
        "</table><table><tr><td>2021</td><td>17</td></tr><tr><td>2022</td><td>Dolna 19</td></tr></table>"
        "</article></body></html>"
    )
    answer = read(text=None, html=page)
    assert ("Ada Lorn", "foreign troops have crossed the border near Dolna") in [
        (one["speaker"], one["text"]) for one in answer["statements"]
    ]
    assert "19" not in answer["text"]


def test_html_that_is_none_is_read_as_text(read):
    assert read(text=None, html=ARTICLE)["text"] == ARTICLE


@pytest.mark.parametrize("html", ["<", "<html></html>", "<p></p>", "<script>Karpov said that it is so.</script>", "  "])
def test_html_without_an_article_is_refused_or_read_and_never_fails(desk, html):
    answer = desk.post("/v1/documents", json={"html": html})
    assert answer.status_code in (201, 422)
    if answer.status_code == 422:
        assert answer.json()["errors"][0]["pointer"] == "/html"


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 60_000 + "Karpov said the plot was near.",
        "<div>" * 15_000 + "Karpov said the plot was near." + "</div>" * 15_000,
        "<" * 150_000,
        "<p>Karpov said the plot was near.</p>" * 5_000,
        "<!--" * 40_000,
        "<a b=" * 40_000,
    ],
    ids=["unclosed", "deep", "brackets", "long", "comments", "attributes"],
)
def test_hostile_html_is_answered(desk, html):
    assert desk.post("/v1/documents", json={"html": html}).status_code in (201, 422)


def test_a_date_that_cannot_be_worked_out_is_left_open_and_said(read):
    answer = read(published_at=None)
    assert answer["statements"][0]["said_at"] is None
    assert [one["exact"] for one in answer["dates_unresolved"]] == ["Tuesday"]
    assert answer["statements"][2]["said_at"] == "2023-03"
    assert answer["published_at"] is None


def test_what_an_outsider_said_long_before_is_left_out_and_said(read):
    answer = read(
        f"{ARTICLE}\n\nIn April 2019, its founder Bruno Hald insisted the service would never warn of anything."
    )
    assert [(one["speaker"], one["reason"]) for one in answer["left_out"]] == [("Bruno Hald", "background")]


def test_more_claims_than_are_checked_are_named(read):
    answer = read("Karpov said that the plot was near. " * 103)
    assert len(answer["statements"]) == 100
    assert [one["reason"] for one in answer["left_out"]] == ["too_many"] * 3


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, ""),
        ({"text": "One.", "html": "<p>One.</p>"}, 422, ""),
        ({"text": None}, 422, ""),
        ({"text": "  "}, 422, "/text"),
        ({"text": "a\x00b"}, 422, "/text"),
        ({"text": "One.", "published_at": "Sunday"}, 422, "/published_at"),
        ({"text": "One.", "language": "klingonish"}, 422, "/language"),
        ({"text": "One.", "url": "javascript:alert(1)"}, 422, "/url"),
        ({"text": "One.", "limit": 51}, 422, "/limit"),
        ({"text": "One.", "fetch": True}, 422, "/fetch"),
        ({"text": 7}, 422, "/text"),
    ],
)
def test_what_is_wrong_is_said(desk, body, status, pointer):
    answer = desk.post("/v1/documents", json=body)
    assert answer.status_code == status, answer.text
    assert pointer in [one["pointer"] for one in answer.json()["errors"]]


def test_half_a_character_is_refused(desk):
    answer = desk.post("/v1/documents", content=b'{"text": "One \\ud800."}')
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/text")


@pytest.mark.parametrize("field", ["text", "html"])
def test_an_article_may_have_200_000_characters(desk, field):
    sentence = "Grain exports rose. "
    longest = sentence * 10_000
    assert desk.post("/v1/documents", json={field: longest}).status_code == 201
    over = desk.post("/v1/documents", json={field: longest + "!"})
    assert (over.status_code, over.json()["type"]) == (413, "/problems/too-large")


def test_an_article_counts_as_one_request_a_check_and_a_retry_as_none(tmp_path, clock):
    built = services(tmp_path, clock=clock, key_limit_per_hour=5)
    caller = client(built, "check")
    first = caller.post("/v1/documents", json={"text": ARTICLE}, headers={"Idempotency-Key": "one"})
    assert (first.status_code, first.headers["RateLimit"].split(";")[1]) == (201, "r=1")
    again = caller.post("/v1/documents", json={"text": ARTICLE}, headers={"Idempotency-Key": "one"})
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    over = caller.post("/v1/documents", json={"text": ARTICLE})
    assert (over.status_code, over.json()["type"]) == (429, "/problems/over-limit")
    built.store.close()
