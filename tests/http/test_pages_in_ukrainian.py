"""Every page in Ukrainian: no message of the English texts is left in it."""

import html
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from builders import STAGED, STAGED_ELSEWHERE, Browser, client, draft, signed_in
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Placeable, SelectExpression, TextElement

from app.main import create_app
from app.texts import fluent
from app.web import pages

TEXTS = Path(fluent.__file__).parent
UKRAINIAN = {"Accept-Language": "uk"}
ENGLISH_TOO = {"Refrain", "API", "JSON Feed", "Atom", "UTC"}
PARTS = (
    "/archive/options/", "/exports/", "/account/link-sso", "/sign-in/sso", "/sign-in/again", "/queue/new",
    "/flag-groups/", "/dates", "/map/list", "/map/points", "/map/statements/", "/notice",
)  # fmt: skip
"""What answers with files, parts or ways to other services."""


def plain_texts(language):
    """The wordings of a language that hold no argument, from four letters on: whole messages and variants."""
    found = set()
    for file in (TEXTS / language).glob("*.ftl"):
        if file.name in ("grammar.ftl", "printed.ftl", "chat.ftl"):
            continue  # never on a page
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            if isinstance(entry, Message):
                found |= set(wordings(entry.value))
    return {text.strip() for text in found if len(re.findall(r"[^\W\d_]", text)) > 3}


def wordings(pattern):
    for element in pattern.elements:
        if isinstance(element, TextElement) and len(pattern.elements) == 1:
            yield element.value
        if isinstance(element, Placeable) and isinstance(element.expression, SelectExpression):
            for variant in element.expression.variants:
                yield from wordings(variant.value)


@pytest.fixture
def filled(archive):
    """An organisation with something of everything, and the ids of what the addresses name."""
    archive.record_statements([draft(STAGED, "2021-04-24", narratives=["Постановочні атаки"], speaker="Карпов")])
    browser = signed_in(archive, "admin", login="адмін")
    caller = client(archive)
    said = {"said_at": "2021-05-23", "speaker": "Карпов", "source": "ТАСС"}
    made = {
        "flag_id": browser.post("/check", data={"text": STAGED_ELSEWHERE, **said}).headers["location"].split("/")[-1],
        "document_id": browser.post("/check/article", data={"article": f"Karpov said: “{STAGED}”"})
        .headers["location"]
        .split("/")[-1],
        "statement_id": caller.get("/v1/statements").json()["items"][0]["id"],
        "narrative_id": caller.get("/v1/narratives").json()["items"][0]["id"],
    }
    made["check_id"] = made["flag_id"]
    return browser, made


def addresses(known):
    """The pages that there are, with the ids that are known; those that name anything else are left out."""
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}.")]
    routes = [route for one in modules if hasattr(one, "router") for route in one.router.routes]
    found = {route.path for route in routes if "GET" in route.methods and not route.path.startswith(PARTS)}
    for path in sorted(found):
        needed = set(re.findall(r"\{(\w+)", path))
        if needed <= set(known):
            yield re.sub(r"\{(\w+)[^}]*\}", lambda name: known[name[1]], path)


def shown(page):
    """The texts of a page that its reader gets: between tags, and in the attributes that are read aloud or shown."""
    body = re.sub(r"<(script|style|code|kbd)\b.*?</\1>", "", page, flags=re.DOTALL)
    parts = re.findall(r">([^<>]+)<", body)
    parts += re.findall(r'\s(?:aria-label|title|placeholder|alt|data-label|data-key-label)="([^"]*)"', body)
    return {" ".join(html.unescape(part).split()) for part in parts}


def test_no_page_in_ukrainian_has_an_english_message_left(filled, archive):
    browser, known = filled
    english = plain_texts("en") - plain_texts("uk") - ENGLISH_TOO
    assert len(english) > 500
    stranger = Browser(create_app(archive))
    left, seen = {}, 0
    for path in addresses(known):
        page = browser.get(path, headers=UKRAINIAN)
        if page.status_code == 303:
            page = stranger.get(path, headers=UKRAINIAN)
        if page.status_code != 200 or "text/html" not in page.headers["content-type"]:
            continue
        seen += 1
        assert '<html lang="uk"' in page.text, path
        if found := shown(page.text) & english:
            left[path] = sorted(found)
    missing = stranger.get("/nothing-is-here", headers=UKRAINIAN)
    assert shown(missing.text) & english == set()
    assert seen > 20
    assert left == {}


def test_an_english_page_is_found_to_be_english(filled):
    browser, known = filled
    english = plain_texts("en") - plain_texts("uk") - ENGLISH_TOO
    assert {"Your account", "Archive", "Sign out"} <= shown(browser.get("/archive").text) & english
    assert len(list(addresses(known))) > 20


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/check", {"text": " "}, "Не прийнято: тут порожньо: потрібен хоча б один видимий символ."),
        ("/check", {"text": "x" * 6_000}, "Не прийнято: символів: 6\xa0000, а можна щонайбільше 5\xa0000"),
        ("/check/article", {"article": "y" * 250_000}, "символів 250\xa0000, а можна щонайбільше 200\xa0000"),
        ("/webhooks", {"url": "http://a.example/", "format": "cloudevents", "events": "flag.created"},
         "Не прийнято: адреса має починатися з https://."),
        ("/keys", {"name": " ", "scopes": "read"}, "Не прийнято: тут порожньо"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_field_is_said_in_ukrainian(archive, path, fields, said):
    answer = signed_in(archive, "admin").post(path, data=fields, headers=UKRAINIAN)
    assert answer.status_code == 422
    assert said in html.unescape(re.sub("[\u2066-\u2069]", "", answer.text))


def test_rejected_lines_of_an_import_and_its_table_of_them_say_why_in_ukrainian(archive):
    browser = signed_in(archive, "analyst")
    lines = b'{"no": 1}\n{"text": "A statement.", "said_at": "soon"}\nnot json\n'
    place = browser.post("/imports", {}, files={"file": ("lines.jsonl", lines)}).headers["location"]
    archive.run_jobs(place.split("/")[-1], 0)
    page = html.unescape(browser.get(place, headers=UKRAINIAN).text)
    table = browser.get(place.replace("/imports/", "/exports/rejected-lines/"), headers=UKRAINIAN).text
    for said in ("/text: цього бракує, а воно обовʼязкове", "/said_at: це не дата: пишіть РРРР", "це не JSON: "):
        assert said in page
        assert said in table
    assert "/text is missing" in html.unescape(browser.get(place).text)
