"""Four hundred flags and an hour: forty of them judged by keys, and the server restarted in the middle."""

import contextlib
import re
import time
from collections import Counter

import pytest
from builders import account
from flags_on_desk import FlagsOnDesk
from playwright.sync_api import Error, expect
from serving import free_port

from app.domain.desk.annotations import NOBODY
from app.services.desk.ports import FlagFilter

SAME = "The ministry says that the grain was burned by those who had promised to guard it through the winter."
NUMBER = 400
GROUPS = (5, 5, 4)
KEYS = ["c", "d Enter", "a", "c", "d 2", "s", "c", "d 5", "a", "c"]
"""What is pressed, flag by flag, over and over: confirm, dismiss, archive, dismiss with a reason, skip."""
VERDICTS = {"c": "confirmed", "a": "confirmed", "d": "dismissed"}
RETRIES_S = 5


class Shift:
    """A desk that can be restarted at its port, and an analyst who works at it."""

    def __init__(self, folder, chromium, serving):
        self._folder, self._chromium, self._serving = folder, chromium, serving
        self._port = free_port()
        self._running = contextlib.ExitStack()
        self.start()
        self.browsers = self.desk  # those of the first start last over the others
        self.decided = {}

    def start(self):
        desk = self._serving(self._folder, self._chromium, port=self._port)
        self.desk = self._running.enter_context(desk)

    def stop(self):
        self._running.close()

    def flag(self, flag_id):
        with self.desk.services.store.reading() as tx:
            return tx.flags.by_id(self.desk.services.manage_keys.organisation("Desk"), flag_id)

    def is_judged(self, flag_id):
        return any(review.stands for review in self.flag(flag_id).reviews)


@pytest.fixture
def shift(chromium, tmp_path, serving_of_any_scope):
    one = Shift(tmp_path / "shift", chromium, serving_of_any_scope)
    yield one
    one.stop()


def press(page, keys):
    for key in keys.split():
        page.keyboard.press(key)
        if key == "d":
            expect(page.locator("details[open] [data-first]")).to_be_focused()


def saved(page):
    """Waits until no decision is under way: the next flag is there before."""
    expect(page.locator("#messages .saving")).to_have_count(0)


def flag_of(url):
    return re.search(r"/flags/([^/?]+)", url)[1]


def test_forty_flags_are_judged_by_keys_and_no_decision_is_lost_or_doubled(shift):
    flags = FlagsOnDesk(shift.desk.services)
    texts = [f"Attack number {at} is being staged." for at in range(NUMBER - sum(GROUPS))]
    for at, size in enumerate(GROUPS):
        texts += [f"{SAME} Number {at}."] * size
    flags.many(texts)
    login = account(shift.desk.services, "analyst", "Desk").login
    page = shift.browsers.signed_in(login=login)

    # Grouped rows first: all of a group by one key, one of them taken back and judged otherwise.
    page.goto("/")
    for size, key in zip(reversed(GROUPS), ("C", "D", "C"), strict=True):
        row = page.locator(".flag-list > li.many").first
        chosen = row.locator(":scope > input").get_attribute("value").split(",")
        assert len(chosen) == size
        row.locator(".flag-link").focus()
        page.keyboard.press(key)
        said = f"{size} flags were {'confirmed' if key == 'C' else 'dismissed'}."
        expect(page.get_by_text(said)).to_be_visible()
        shift.decided.update({one.partition(":")[0]: "confirmed" if key == "C" else "dismissed" for one in chosen})
    page.keyboard.press("u")
    expect(page.get_by_text("All 5 decisions were taken back.")).to_be_visible()
    row = page.locator(".flag-list > li.many").first
    taken_back = {one.partition(":")[0] for one in row.locator(":scope > input").get_attribute("value").split(",")}
    row.locator(".flag-link").focus()
    page.keyboard.press("D")
    expect(page.get_by_text("5 flags were dismissed.")).to_be_visible()
    shift.decided.update(dict.fromkeys(taken_back, "dismissed"))

    # The second page, then flag by flag. The server goes while the thirteenth decision is made.
    page.keyboard.press("]")
    page.wait_for_url("**after=*")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/flags/*")
    skipped = set()
    at = 0
    while len(shift.decided) < 40:
        keys, here = KEYS[at % len(KEYS)], page.url
        flag_id = flag_of(here)
        if at == 12:
            page = judged_while_the_server_is_away(shift, page, keys)
        else:
            press(page, keys)
            page.wait_for_url(lambda url, here=here: "/flags/" in url and url != here)
        if keys == "s":
            skipped.add(flag_id)
        else:
            shift.decided[flag_id] = VERDICTS[keys[0]]
        at += 1

    # The last one is taken back by one key, and judged the other way round.
    page.keyboard.press("u")
    expect(page.get_by_role("status").get_by_text("The decision was taken back")).to_be_visible()
    flag_id = flag_of(page.url)
    press(page, "d Enter")
    page.wait_for_url(lambda url: flag_id not in url)
    expect(page.get_by_role("status").get_by_text("Dismissed:")).to_be_visible()
    shift.decided[flag_id] = "dismissed"

    assert_kept(shift, skipped, undone=taken_back | {flag_id})
    shift.browsers.close_browsers()


def judged_while_the_server_is_away(shift, page, keys):
    """Stops the server, presses the keys, starts it again; where the page does not try again by itself, whoever sits
    there comes back to the flag and presses them again. Pressing them once more changes nothing."""
    here = page.url
    flag_id = flag_of(here)
    shift.stop()
    with contextlib.suppress(Error):  # the browser's own page of a connection that was refused
        page.keyboard.press(keys)
        page.wait_for_timeout(500)
    shift.start()
    until = time.monotonic() + RETRIES_S
    while not shift.is_judged(flag_id) and time.monotonic() < until:
        page.wait_for_timeout(200)
    page.goto(here)
    press(page, keys)
    page.wait_for_url(lambda url: "/flags/" in url and flag_id not in url)
    saved(page)
    following = page.url
    page.goto(here)
    press(page, keys)
    page.wait_for_url(lambda url: "/flags/" in url and flag_id not in url)
    saved(page)
    page.goto(following)
    return page


def assert_kept(shift, skipped, undone):
    """The database has each decision once, as it was meant, and nothing else."""
    assert len(shift.decided) == 40
    for flag_id, verdict in shift.decided.items():
        flag = shift.flag(flag_id)
        standing = [review.verdict for review in flag.reviews if review.stands]
        assert (flag.state, standing) == (verdict, [verdict]), flag_id
        assert len(flag.reviews) == (2 if flag_id in undone else 1), flag_id
    organisation = shift.desk.services.manage_keys.organisation("Desk")
    with shift.desk.services.store.reading() as tx:
        counts = tx.flags.counts(organisation)
        nobody = tx.flags.find(organisation, FlagFilter(state="open", assigned=NOBODY), "newest", None, NUMBER)
    assert counts == {"open": NUMBER - 40, **Counter(shift.decided.values())}
    assert skipped <= {flag.check.id for _, flag in nobody}
    assert len(nobody) == NUMBER - 40
