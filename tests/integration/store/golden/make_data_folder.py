"""A small data folder as a release makes it, and what that release answers of it: `make_data_folder.py CHECKOUT`.

Serves the checkout of a release with the embedder that needs no model, stores one of everything over HTTP, and writes
beside this file `data_folder.sqlite3.gz`, and `data_folder.json.gz` with each address that was asked and its answer.
Needs nothing but Python and what the release itself needs.
"""

import gzip
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
PASSWORD = "a long walk by the sea"
SCOPES = ("check", "read", "write", "review", "admin")
_MAIN = "from app.cli import main; main()"

STAGED = "The White Helmets are preparing a staged chemical attack in Idlib to blame the government."
STAGED_LATER = "The White Helmets are preparing a staged chemical attack in Hama to blame the government."
DENIED = "The White Helmets are not preparing a staged chemical attack in Idlib to blame the government."
GRAIN = "Grain exports rose by ten percent in April."
BRIDGE = "Saboteurs will blow up the old bridge at Lipova before 1 June 2021 to blame the border guards."
RUSSIAN = "Белые каски готовят постановочную химическую атаку в Идлибе, чтобы обвинить правительство."
ARTICLE = (
    'The ministry warned on Sunday. "The White Helmets are preparing a staged chemical attack in Idlib to blame the '
    'government," Alexander Karpov said on 23 May 2021. Grain exports rose by ten percent in April, the minister of '
    "trade said. Nobody else commented."
)
TRAINING = "The White Helmets are training for a chemical attack in Idlib, and the government knows of it."


class Service:
    """A served checkout, and every answer to a GET that was asked of it."""

    def __init__(self, checkout, folder):
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.asked = []
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(checkout),
            "REFRAIN_DATA_DIR": str(folder),
            "REFRAIN_EMBEDDER": "hashing",
            "REFRAIN_PORT": str(port),
            "REFRAIN_WEBHOOK_ALLOWED_HOSTS": "127.0.0.1",
        }
        self._checkout = checkout
        self.key = None
        self._process = None

    def command(self, *words, said=""):
        """The last line that a command prints."""
        made = subprocess.run(
            [sys.executable, "-c", _MAIN, *words], cwd=self._checkout, env=self._environment, input=said, text=True,
            capture_output=True, check=True,
        )  # fmt: skip
        return (made.stdout.split("\n")[:-1] or [""])[-1]

    def start(self):
        serve = [sys.executable, "-c", _MAIN, "serve"]
        self._process = subprocess.Popen(serve, cwd=self._checkout, env=self._environment)
        until(lambda: self._answers("/readyz"))

    def stop(self):
        self._process.terminate()
        self._process.wait(60)

    def send(self, method, path, body=None, **headers):
        """The answer to a request; `body` goes as JSON, or as it is where it is text."""
        content = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Authorization": f"Bearer {self.key}", **named}
        request = urllib.request.Request(self.base + path, content, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                raw = answer.read().decode()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()}") from error
        return json.loads(raw) if raw and answer.headers["Content-Type"] == "application/json" else raw

    def post(self, path, body=None, **headers):
        return self.send("POST", path, body, **headers)

    def record(self, path):
        """Asks for what is stored, and keeps the answer."""
        answer = self.send("GET", path)
        self.asked.append({"path": path, "answer": answer})
        return answer

    def _answers(self, path):
        try:
            urllib.request.urlopen(self.base + path, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            return False
        return True


def until(condition, within_s=120):
    """Waits until it holds."""
    ends = time.monotonic() + within_s
    while not (found := condition()):
        if time.monotonic() > ends:
            raise TimeoutError(condition)
        time.sleep(0.1)
    return found


def fill(service):
    """Stores one of everything, and returns the paths under which it is read."""
    post = service.post
    narrative = post("/v1/narratives", {
        "title": "X is about to stage a chemical attack", "description": "The attack itself does not come.",
        "external_id": "n-1", "parent": post("/v1/narratives", {"title": "The West stages provocations"})["id"],
    })  # fmt: skip
    finding = {
        "verdict": "unfounded", "publisher": "Example Fact Check", "url": "https://example.org/check",
        "published_at": "2021-05-01", "summary": "No attack is on record.", "outcome": "did_not_happen",
    }  # fmt: skip
    first = post("/v1/statements", {
        "text": STAGED, "title": "A warning", "said_at": "2021-02", "speaker": "Alexander Karpov", "language": "en",
        "source": {"name": "Example News", "url": "https://example.org/1", "archive_url": "https://example.org/a/1"},
        "narratives": [narrative["id"]], "external_id": "s-1", "findings": [finding],
    })  # fmt: skip
    statements = [
        first,
        post("/v1/statements", {"text": STAGED_LATER, "said_at": "2021-04-24", "narratives": [narrative["id"]]}),
        post("/v1/statements", {"text": BRIDGE, "said_at": "2021-05-02T10:00:00+02:00", "speaker": "Boris Kade"}),
        post("/v1/statements", {"text": RUSSIAN, "said_at": "2020", "language": "ru"}),
        post("/v1/statements", {"text": GRAIN, "said_at": "2021-05-03", "private": True}),
        post("/v1/statements", {"text": "A statement without a date that is taken back."}),
    ]
    post("/v1/statements", {"text": STAGED, "external_id": "s-1", "source": {"name": "Another paper"}})
    service.send("PATCH", f"/v1/statements/{statements[1]['id']}", {"title": "Hama", "speaker": "A spokesman"})
    post("/v1/findings", {"narrative": narrative["id"], "verdict": "a recurring claim"})
    post("/v1/findings", {"statement": statements[2]["id"], "verdict": "it stands", "outcome": "unknown"})
    counter = f"/v1/narratives/{narrative['id']}/counter-examples"
    post(counter, {"text": "Inspectors found no trace of chlorine in Idlib.", "language": "en"})

    hook = post("/v1/webhooks", {
        "url": "http://127.0.0.1:9/hook", "events": ["flag.created", "job.finished"],
        "description": "Of the desk.",
    })["id"]  # fmt: skip

    asked = {"text": STAGED, "said_at": "2021-05-23", "speaker": "Alexander Karpov", "language": "en"}
    source = {"name": "Example News", "url": "https://example.org/2"}
    checks = [
        post("/v1/checks", {**asked, "source": source, "known_at": "2030", "limit": 10}),
        post("/v1/checks", {**asked, "text": STAGED_LATER}),
        post("/v1/checks", {**asked, "text": STAGED_LATER + " It is near."}),
        post("/v1/checks", {**asked, "text": DENIED}),
        post("/v1/checks", {**asked, "text": TRAINING, "minimum_tier": "any"}),
        post("/v1/checks", {"text": BRIDGE, "earlier_only": False}),
        post("/v1/checks", {"text": "Nothing like this was ever said."}),
        post("/v1/checks", {**asked, "text": RUSSIAN, "language": "ru"}),
    ]
    retried = {"text": STAGED, "said_at": "2021-05-22"}
    answered_once = post("/v1/checks", retried, Idempotency_Key="sent-twice")
    document = post("/v1/documents", {
        "text": ARTICLE, "title": "A warning", "url": "https://example.org/article", "published_at": "2021-05-24",
    })  # fmt: skip
    page = post("/v1/documents", {"html": f"<html><body><article><p>{ARTICLE}</p></article></body></html>"})

    flags = [check for check in checks if check["flagged"]]
    reviews = [f"/v1/flags/{flag['id']}/reviews" for flag in flags]
    best = [flag["matches"][0] for flag in flags]
    post(reviews[0], {
        "match_id": best[0]["id"], "verdict": "confirmed", "reason": "Word for word.", "archive": True,
        "narrative": narrative["id"],
    })  # fmt: skip
    post(reviews[1], {"match_id": best[1]["id"], "verdict": "dismissed", "counter_example": True})
    undone = post(reviews[2], {"match_id": best[2]["id"], "verdict": "confirmed"})
    service.send("DELETE", f"{reviews[2]}/{undone['id']}")
    post(reviews[2], {"precedent_id": statements[3]["id"], "verdict": "confirmed", "reason": "Found by hand."})
    post("/v1/bulk-reviews", {"flags": [{"id": flags[3]["id"]}], "verdict": "dismissed", "reason": "An exercise."})
    post(f"/v1/flags/{flags[0]['id']}/notes", {"text": "Asked the ministry for the transcript."})
    service.send("PUT", f"/v1/flags/{flags[0]['id']}/assignment", {"to": "me"})
    post("/v1/flag-views", {"name": "Near verbatim", "query": "tier=near_verbatim&sort=score", "private": False})
    service.send("DELETE", f"/v1/statements/{statements[5]['id']}")
    service.send("DELETE", f"/v1/statements/{statements[1]['id']}")

    lines = [{"text": STAGED, "said_at": "2021-05-21"}, {"text": ""}, {"text": GRAIN, "record": False}]
    bulk = post("/v1/bulk-checks", "\n".join(map(json.dumps, lines)))["id"]
    imported = [{"text": "A statement of a file.", "date": "2021", "id": 7, "colour": "red"}, {"date": "2021"}]
    job = post("/v1/imports", "\n".join(map(json.dumps, imported)))["id"]
    for address in (f"/v1/bulk-checks/{bulk}", f"/v1/imports/{job}"):
        until(lambda address=address: service.send("GET", address)["state"] == "done")
    deliveries = f"/v1/webhooks/{hook}/deliveries"
    until(lambda: any(delivery["attempts"] for delivery in service.send("GET", deliveries)["items"]))
    service.send("PATCH", f"/v1/webhooks/{hook}", {"active": False})

    spent = post("/v1/keys", {"name": "of a plugin", "scopes": ["check"]})
    service.send("DELETE", f"/v1/keys/{spent['id']}")
    paths = [
        *(f"/v1/statements/{statement['id']}" for statement in statements),
        *(f"/v1/statements/{statement['id']}/revisions" for statement in statements),
        *(f"/v1/checks/{check['id']}" for check in (*checks, answered_once)),
        *(f"/v1/flags/{flag['id']}" for flag in flags),
        *(f"/v1/flags/{flag['id']}/notes" for flag in flags[:1]),
        *(f"/v1/documents/{read['id']}" for read in (document, page)),
        f"/v1/narratives/{narrative['id']}", counter, f"/v1/bulk-checks/{bulk}", f"/v1/bulk-checks/{bulk}/results",
        f"/v1/imports/{job}", f"/v1/webhooks/{hook}", deliveries, "/v1/statements?limit=100", "/v1/narratives",
        "/v1/findings", "/v1/checks?limit=100", "/v1/flags?limit=100", "/v1/flags?state=confirmed", "/v1/flag-views",
        "/v1/bulk-checks", "/v1/imports", "/v1/webhooks", "/v1/keys", "/v1/organisations", "/v1/me",
    ]  # fmt: skip
    return paths, {"body": retried, "key": "sent-twice", "answer": answered_once}


def main():
    """Makes both files."""
    checkout = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        service = Service(checkout, folder)
        service.key = service.command("keys", "create", "of the desk", "--organisation", "Desk",
                                      *(word for scope in SCOPES for word in ("--scope", scope)))  # fmt: skip
        service.command("accounts", "create", "ada", "--role", "analyst", "--organisation", "Desk", "--name", "Ada",
                        "--password-stdin", said=PASSWORD + "\n")  # fmt: skip
        service.command("organisations", "create", "Another desk")
        service.start()
        try:
            paths, retried = fill(service)
            for path in paths:
                service.record(path)
        finally:
            service.stop()
        whole = folder / "whole.sqlite3"
        with closing(sqlite3.connect(folder / "refrain.sqlite3")) as database:
            database.execute("VACUUM INTO ?", (str(whole),))
        release = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=checkout, capture_output=True, text=True)
        kept = {
            "release": release.stdout.strip(),
            "made_at": datetime.now(UTC).isoformat(),
            "base": service.base,
            "key": service.key,
            "login": "ada",
            "password": PASSWORD,
            "retried": retried,
            "asked": service.asked,
        }
        (HERE / "data_folder.sqlite3.gz").write_bytes(gzip.compress(whole.read_bytes(), mtime=0))
        (HERE / "data_folder.json.gz").write_bytes(gzip.compress(json.dumps(kept, indent=1).encode(), mtime=0))


if __name__ == "__main__":
    main()
