"""Makers of what tests are about: say only what the test depends on.

What opens a database or the web is imported where it is used: the tests of single parts start in half the time.
"""

import itertools
import json
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from fakes import HeldClock
from starlette.testclient import TestClient

from app.domain.access.accounts import Role
from app.domain.access.keys import Scope
from app.domain.checks.checks import Candidate, CheckRequest, Match, Precedent
from app.domain.checks.scoring import Calibration, ScoringModel, Tier
from app.domain.core.dates import parse_period
from app.domain.statements.statements import NarrativeLabel, Source, Statement, StatementDraft
from app.formats.scoring_file import FittedModel
from app.settings import Settings
from index.embedders.hashing import HashingEmbedder
from index.text.language_detection import OfflineLanguages

NOW = datetime(2021, 5, 23, 12, tzinfo=UTC)
_ODDS = Calibration(-5.0, {"rank_score": 10.0})


def score_of(similarity):
    """The score that the policies of the tests give a cosine: higher for a higher one, and even odds at 0.5."""
    return _ODDS.probability({"rank_score": similarity})


def policy(suggest=0.5, same_script=0.7, flag=0.8, **fields):
    """A policy that goes by cosine alone, and has its cut-offs at these cosines."""
    values = {
        "version": "of the tests",
        "embedder": "*",
        "weights": {"dense": 1.0},
        "labelled": _ODDS,
        "unlabelled": _ODDS,
        "suggest_at": score_of(suggest),
        "same_script_at": score_of(same_script),
        "flag_at": score_of(flag),
        "verbatim_wording": 0.97,
        "verbatim_dense": 0.95,
    }
    return ScoringModel(**{**values, **fields})


POLICY = policy()
WORDS = policy(
    -1.0, 0.7, 0.8, version="of words", weights={"dense": 0.0, "lexical": 1.0, "names": 1.0}, verbatim_dense=1.1
)
"""Goes by words and names alone."""

STAGED = "The White Helmets are preparing a staged chemical attack in Idlib to blame the government."
STAGED_ELSEWHERE = "The White Helmets are preparing a staged chemical attack in Hama to blame the government."
GRAIN = "Grain exports rose by ten percent in April."

_numbers = itertools.count(1)


def period(raw):
    """A date as it is written, None for None."""
    return parse_period(raw) if raw is not None else None


def statement(text=STAGED, said_at=None, **fields):
    """A statement of the archive."""
    number = next(_numbers)
    values = {
        "key": number,
        "id": f"statement-{number}",
        "external_id": None,
        "title": None,
        "text": text,
        "language": "en",
        "speaker": None,
        "said_at": period(said_at),
        "learned_at": NOW,
        "source": Source(),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Statement(**{**values, **fields})


def draft(text=STAGED, said_at=None, narratives=(), **fields):
    """A statement to record; narratives by name."""
    labels = tuple(NarrativeLabel(name) for name in narratives)
    return StatementDraft(text=text, said_at=period(said_at), narratives=labels, **{"language": "en", **fields})


def candidate(similarity, said_at="2021-01-01", *, text=None, speaker=None, narratives=(), **signals):
    """A statement that the index found, with a text of its own unless the test names one."""
    number = next(_numbers)
    seen = {"dense": similarity, **signals}
    text = text or f"Statement number {number}."
    return Candidate(number, text, speaker, period(said_at), seen, narratives=frozenset(narratives))


def request(text=STAGED, said_at="2021-05-23", **fields):
    """A statement in hand."""
    return CheckRequest(text=text, said_at=period(said_at), **fields)


def match(text, tier=Tier.SAME_SCRIPT, said_at="2021-04-24", days_before=29, **fields):
    """A match with a precedent of this text."""
    precedent = {
        "language": "en", "speaker": None, "stance": "assertion", "source": Source(), "prediction": None,
        **{name: fields.pop(name) for name in list(fields) if name in Precedent.__slots__},
    }  # fmt: skip
    shown = Precedent(
        key=1, id="p", external_id=None, title=None, text=text, said_at=period(said_at), withdrawn=False,
        narratives=(), findings=(), **precedent,
    )  # fmt: skip
    return Match("m", shown, tier, 0.9, {}, days_before, **fields)


@cache
def languages():
    """The detector, loaded once for all tests: it takes a second."""
    loaded = OfflineLanguages()
    loaded.detect("loaded")
    return loaded


@cache
def migrated_sqlite():
    """The bytes of a migrated SQLite file without content: migrating takes longer than most tests."""
    from app.store.database import open_database
    from app.store.migrating import migrate

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "refrain.sqlite3"
        engine = open_database(f"sqlite:///{file}")
        migrate(engine)
        engine.dispose()
        return file.read_bytes()


def services(
    data_dir, *, database_url="", clock=None, embedder=None, policy=POLICY, projection=None, opened=True, **settings
):
    """All use cases over real parts, but for an embedder without a model; `opened`: ready to be searched."""
    from app.wiring import build

    settings = Settings(data_dir=data_dir, database_url=database_url, **settings)
    file = data_dir / "refrain.sqlite3"
    if not database_url and not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        file.write_bytes(migrated_sqlite())
    fitted = FittedModel(policy, projection)
    built = build(settings, embedder=embedder or HashingEmbedder(), fitted=fitted, clock=clock or HeldClock())
    built.languages._identifier = languages()._identifier
    if opened:
        built.archive.open()
        built.archive.backfill()
    return built


def write_jsonl(path, *records):
    """A file with a record a line."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


def client(archive, *scopes, organisation="Desk"):
    """A caller of the service with a new key of these scopes (none named: all of them)."""
    from app.main import create_app

    secret, _ = archive.manage_keys.create("of a test", scopes or list(Scope), organisation)
    return TestClient(create_app(archive), headers={"Authorization": f"Bearer {secret}"})


PASSWORD = "a long walk by the sea"


def account(archive, role="analyst", organisation="Desk", login=None, name=None):
    """Somebody who can sign in with `PASSWORD`."""
    login = login or f"{role}-{next(_numbers)}"
    made, _ = archive.manage_accounts.create(login, name or login.title(), Role(role), organisation, PASSWORD)
    archive.account_settings.close_tour(made)
    return made


def signed_in(archive, role="analyst", organisation="Desk", login=None):
    """A browser without JavaScript whose user is signed in: `post` sends forms as a page of ours would."""
    from app.main import create_app

    user = account(archive, role, organisation, login)
    browser = Browser(create_app(archive))
    answer = browser.post("/sign-in", data={"login": user.login, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    browser.user = user
    return browser


class Browser(TestClient):
    """Says where it comes from, and sends the token of its session with every form; redirects are left to the test."""

    user = None

    def __init__(self, app, address="192.0.2.1"):
        headers = {"Accept": "text/html", "Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
        super().__init__(app, headers=headers, follow_redirects=False, client=(address, 50_000))

    @property
    def csrf(self):
        from app.web.pages.access.csrf import csrf_of

        return csrf_of(self.cookies.get("refrain_session", ""))

    def post(self, url, data=None, **options):
        return super().post(url, data={"csrf": self.csrf, **(data or {})}, **options)

    def part(self, url, **options):
        """What htmx gets of an address."""
        return self.get(url, headers={"HX-Request": "true"}, **options)
