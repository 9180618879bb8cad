"""Every page of the desk, whoever made it: usable by everybody, on a phone too, and with nothing from elsewhere."""

import importlib
import pkgutil
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, signed_in
from playwright.sync_api import expect

from app.admin_wiring import now
from app.domain.desk.view_messages import MessageKind, Schedule
from app.domain.narratives.warnings import Evidence
from app.domain.sources.watched_sources import EntryState, ReadFrom, WatchedEntry, WatchedSource
from app.domain.statements.statements import Finding, Source
from app.domain.suggestions.suggestions import CommonPhrase, GroupDraft
from app.domain.webhooks.webhooks import EventType, SigningSecrets, Webhook
from app.web import pages

PHONE = {"width": 390, "height": 844}
HOSTILE = "<script>alert('no')</script> \u202eесли\u202c " + "Donaudampfschifffahrt" * 12
ARABIC = "يخطط المسلحون لتمثيل هجوم كيميائي في إدلب واتهام الحكومة به."
PAGES = [
    "/",
    "/?state=confirmed",
    "/?q=nothing+like+it",
    "/check",
    "/check/article",
    "/checks/{check}",
    "/checks/{hostile}",
    "/checks/{arabic}",
    "/checks/{alone}",
    "/checks/{alone}/nearest",
    "/documents/{article}",
    "/documents/{empty}",
    "/flags/{check}",
    "/flags/{hostile}",
    "/flags/{arabic}",
    "/flags/{check}/link",
    "/flags/{check}/history",
    "/archive",
    "/archive?q=attack",
    "/archive?q=zzzzzz",
    "/archive/new",
    "/statements/{statement}",
    "/statements/{strange}",
    "/statements/{statement}/edit",
    "/narratives",
    "/narratives/new",
    "/narratives/{narrative}",
    "/narratives/{narrative}?rows=language",
    "/narratives/{narrative}/edit",
    "/narratives?state=dormant",
    "/warnings",
    "/warnings?state=dismissed",
    "/speakers",
    "/speakers?q=zzzz",
    "/speakers/{speaker}",
    "/outlets",
    "/outlets/{outlet}",
    "/account",
    "/people",
    "/keys",
    "/webhooks",
    "/feeds",
    "/webhooks/{webhook}",
    "/webhooks/{webhook}/remove",
    "/imports",
    "/imports/{import}",
    "/imports/{import}/undo",
    "/flag-views/{view}/messages",
    "/watched-sources",
    "/watched-sources/{source}",
    "/audit",
    "/overview",
    "/administration",
    "/administration/organisations",
    "/administration/quotas",
    "/administration/jobs",
    "/administration/index",
    "/administration/scoring",
    "/predictions",
    "/predictions?listed=soon",
    "/help",
    "/help/keys",
    "/suggestions",
    "/suggestions/{suggestion}",
    "/map",
]
NO_PAGES = (
    "/queue/new",
    "/flag-groups/",
    "/sign-in",
    "/archive/options/",
    "/account/link-sso",
    "/exports/",
    "/dates",
    "/map/points",
    "/map/list",
    "/map/statements/",
    "/speakers/named",
    "/outlets/named",
    "/notice",
)
"""What is shown to who is not signed in, parts of pages, ways to other pages and services, and files."""
WORDS_OF_PAGE = Path(__file__).with_name("words_of_page.js").read_text("utf-8")
CHART_TO_BE_DRAWN = "[data-chart]:not([hidden], [role=img])"
LATIN_IN_ANY_LANGUAGE = re.compile(
    r"""\b(?:Refrain|API|CSV|JSON|Excel|LibreOffice|ClaimReview|STIX|MISP|OpenCTI|Feed|Atom|RSS|HTML|https|Telegram|Slack
    |Teams|Mattermost|UTC|UMAP|Chrome|Linux|English|en|uk|Europe/Kyiv|review(?:\.confirmed)?|readyz|metrics
    |(?<=/)text)\b""",
    re.VERBOSE,
)
"""Names, formats, and examples of codes."""
WRITTEN_BY_PEOPLE = (
    STAGED, STAGED_ELSEWHERE, "Staged attacks Bold bold Alexander Karpov nobody TASS unproven middle east A warning",
    "News Desk Admin Filler receiver example script alert no",
)  # fmt: skip


@pytest.fixture(scope="module")
def places(served):
    """The ids of what the addresses name: an organisation has something of everything, some of it hostile."""
    built = served.services
    recorded = built.record_statements(
        [
            draft(
                STAGED,
                "2021-04-24",
                narratives=["Staged attacks"],
                speaker="Alexander Karpov",
                findings=(Finding("unproven", "A publisher", "https://publisher.example/1", summary="No proof."),),
            ),
            draft(HOSTILE, "2021-03-01", narratives=["<b>Bold</b> " + "x" * 150], speaker="<i>nobody</i>"),
            draft(ARABIC, "2021-02", narratives=["Staged attacks"], language="ar"),
        ]
    )
    browser = signed_in(built, "admin", "Desk", "filler")
    narrative = recorded[0].statement.narratives[0]
    evidence = {
        "back": {"last": "2020-05-01", "first": "2021-05-20", "days": 384, "count": 2},
        "faster": {"count": 9, "before": 12, "usual": 1.0},
        "language": {"language": "ar", "first": "2021-05-20", "count": 1, "known": ["en"]},
        "outlet": {"outlets": ["<i>A</i>", "B" * 90], "first": "2021-05-20", "count": 2, "new": 2, "known": 3},
    }
    with built.store.writing() as tx:
        for rule, values in evidence.items():
            tx.warnings.add(narrative.key, Evidence(rule, rule, values), now())
    for tag in ("middle east", "<b>bold</b> " + "x" * 38):
        built.tag_narratives.add(browser.user.organisation, narrative.id, tag)
    built.edit_narrative.change(narrative.id, {"description": "It comes again."}, by=browser.user.actor)

    def checked(path, **typed):
        answer = browser.post(path, typed)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].split("/")[-1]

    desk, url = browser.user.organisation, "https://receiver.example/"
    webhook = Webhook(0, str(uuid4()), desk, url, (EventType.FLAG_CREATED,), None, now(), now())
    source = WatchedSource(
        0, str(uuid4()), desk, f"https://news.example/{'x' * 150}", "<b>News</b>", ReadFrom.PAGE, None,
        timedelta(days=1), True, now(), now(), now() + timedelta(days=1), now(), failures=2,
        error="answered with status 500",
    )  # fmt: skip
    entries = [
        WatchedEntry(0, "https://news.example/1", EntryState.CHECKED, 1, 2, 1, str(uuid4()), None, now()),
        WatchedEntry(0, None, EntryState.FAILED, 3, 0, 0, None, "answered with status 500", now()),
    ]
    unfiled = [
        one.statement.key for one in built.record_statements([draft(text) for text in (STAGED[:-1], HOSTILE[:-1])])
    ]
    phrases = (CommonPhrase("preparing a staged chemical attack", 2),)
    with built.store.writing() as tx:
        tx.suggestions.offer([(None, GroupDraft(tuple(unfiled), 0.6, phrases, 2))], now())
        tx.suggestions.refuse(desk, str(uuid4()), [recorded[0].statement.key], now())
        suggestion = tx.suggestions.open(desk)[0]
        tx.webhooks.add(webhook, SigningSecrets("of the test"))
        kept = tx.watched_sources.add(source)
        for number, entry in enumerate(entries):
            tx.watched_sources.put_entry(kept, str(number), entry)
    lines = f'{{"text": "{GRAIN}", "no": 1}}\n{{"no": 2}}\n'.encode()
    taken_in = browser.post("/imports", {}, files={"file": (f"{'x' * 150}<b>.jsonl", lines)})
    imported = taken_in.headers["location"].rsplit("/", 1)[1]
    built.run_jobs(imported, 0)
    view, _ = built.save_flag_views.save(desk, browser.user.actor, HOSTILE[:100], "", private=False)
    built.view_messages.add(desk, browser.user.actor, view.id, webhook.id, Schedule(MessageKind.WEEKLY))
    said = {"said_at": "2021-05-23", "speaker": "Karpov", "source": "TASS"}
    named = built.record_statements(
        [
            draft(STAGED_ELSEWHERE, "2021-02-01", narratives=["Staged attacks"], speaker=name, source=Source("TASS"))
            for name in ("Karpov", "Александр Карпов")
        ]
    )
    speaker, alias = (
        built.browse_speakers.key_of("speaker", one.statement.speaker, browser.user.organisation) for one in named
    )
    built.merge_speakers.merge(alias, speaker, browser.user.organisation, browser.user.actor)
    return {
        "speaker": speaker,
        "outlet": built.browse_speakers.key_of("outlet", "TASS", browser.user.organisation),
        "check": checked("/check", text=STAGED_ELSEWHERE, **said),
        "hostile": checked("/check", text=HOSTILE, **said),
        "arabic": checked("/check", text=ARABIC, **said),
        "alone": checked("/check", text="Zebras graze."),
        "article": checked(
            "/check/article",
            article=f"A warning\n\nAlexander Karpov said on Sunday: “{STAGED}”\n\nThe ministry claimed that {HOSTILE}.",
            published_at="2021-05-24",
        ),
        "empty": checked("/check/article", article="The sun shone all day. It was warm."),
        "statement": recorded[0].statement.id,
        "strange": recorded[1].statement.id,
        "narrative": recorded[0].statement.narratives[0].id,
        "webhook": webhook.id,
        "source": source.id,
        "import": imported,
        "view": view.id,
        "suggestion": suggestion.id,
    }


@pytest.fixture(scope="module")
def session(served):
    """What an admin's browser keeps once it is signed in."""
    kept = served.signed_in("admin").context.storage_state()
    served.close_browsers()
    return kept


@pytest.fixture
def open_page(desk, places, session):
    """Opens an address in a browser of an admin; what it loads from elsewhere or complains of is in `page.faults`."""

    def opened(path, **browser):
        page = desk.browser(storage_state=session, **browser)
        page.on(
            "request", lambda one: page.faults.append(one.url) if not one.url.startswith((desk.url, "data:")) else None
        )
        page.on("console", lambda said: page.faults.append(said.text) if said.type in ("error", "warning") else None)
        answer = page.goto(path.format(**places))
        assert answer.status == 200, path
        page.wait_for_load_state("networkidle")
        return page

    return opened


def test_every_page_there_is_is_looked_at_here(places):
    looked_at = [path.format(**places).split("?")[0] for path in PAGES]
    routes = [one for one in _pages() if not one.path.startswith(NO_PAGES)]
    assert len(routes) > 12
    missing = [one.path for one in routes if not any(one.path_regex.fullmatch(path) for path in looked_at)]
    assert not missing


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_violation_of_accessibility_and_nothing_from_elsewhere(open_page, axe, path):
    page = open_page(path)
    axe(page)
    assert page.locator("h1").count() == 1
    assert page.title().strip(" ·") not in ("", "Refrain")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(open_page, path):
    page = open_page(path, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("path", ["/sign-in", "/nothing-is-here"])
def test_so_is_what_is_shown_to_who_is_not_signed_in(desk, axe, path):
    page = desk.browser(size=PHONE)
    page.goto(path)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_page_in_ukrainian_has_no_other_words_than_ukrainian_ones(desk, places, session):
    page = desk.browser(storage_state=session)
    page.context.add_cookies([{"name": "refrain_language", "value": "uk", "url": desk.url}])
    known = set(re.findall(r"[A-Za-z]+", " ".join(WRITTEN_BY_PEOPLE)))
    left = {}
    for path in PAGES:
        page.goto(path.format(**places))
        expect(page.locator(CHART_TO_BE_DRAWN)).to_have_count(0)
        assert page.locator("html").get_attribute("lang") == "uk"
        for where, text in page.evaluate(WORDS_OF_PAGE):
            if text.startswith("Mozilla/"):
                continue
            data = re.sub(r"</?[bi]>|x{9,}|B{9,}|Donaudampf\w*", "", text)
            words = re.findall(r"[A-Za-z]{2,}", LATIN_IN_ANY_LANGUAGE.sub("", data))
            if foreign := set(words) - known:
                left.setdefault(path, []).append((where, text[:200], sorted(foreign)))
    assert left == {}


def _pages():
    """The routes that answer a GET with a page."""
    found = pkgutil.walk_packages(pages.__path__, f"{pages.__name__}.")
    modules = [importlib.import_module(module.name) for module in found]
    routers = {id(one.router): one.router for one in modules if hasattr(one, "router")}
    return [one for router in routers.values() for one in router.routes if "GET" in one.methods]
