"""Attacks by an organisation with all scopes on what another brought, and on its webhooks."""

import http.server
import threading
import time
import uuid

from bench.attacking.target import Outcome, Target, problem, spread

_STAGED = "The White Helmets are preparing a staged chemical attack near Idlib to blame the army."


def overwriting(target: Target) -> Outcome:
    """Posts B's external id with other text, a date before and a speaker of its own; also as an import line."""
    name = uuid.uuid4().hex
    with target.client("Desk A") as ours, target.client("Desk B") as theirs:
        made = theirs.post("/v1/statements", json={
            "text": f"Statement of B about the bridge {name}.", "external_id": name, "said_at": "2020-05-01",
            "speaker": "Karpov"}).json()  # fmt: skip
        before = _without_counts(theirs.get(f"/v1/statements/{made['id']}").json())
        answers = [
            ours.post("/v1/statements", json={"text": "Nothing of it is true.", "external_id": name, "said_at": "1999"}),
            ours.post("/v1/statements", json={"text": before["text"], "speaker": "Karpov", "said_at": "2020-05-01",
                                              "title": "A's title", "learned_at": "2000-01-01T00:00:00Z"}),
            ours.patch(f"/v1/statements/{made['id']}", json={"text": "Nothing of it is true."}),
            ours.patch(f"/v1/statements/{made['id']}", json={"said_at": "1999-01-01"}),
            ours.patch(f"/v1/statements/{made['id']}", json={"withdrawn": True}),
            ours.delete(f"/v1/statements/{made['id']}"),
        ]  # fmt: skip
        line = f'{{"text": "Nothing of it is true, imported.", "external_id": "{name}", "date": "1999"}}'
        job = ours.post("/v1/imports", content=line.encode()).json()
        for _ in range(100):
            if ours.get(f"/v1/imports/{job['id']}").json()["state"] not in ("queued", "running"):
                break
            time.sleep(0.1)
        after = _without_counts(theirs.get(f"/v1/statements/{made['id']}").json())
    changed = [field for field in before if before[field] != after.get(field)]
    return Outcome(
        not changed, f"answers {[answer.status_code for answer in answers]}; changed of B's: {changed or 'nothing'}"
    )


def _without_counts(statement: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in statement.items() if name not in ("sightings", "updated_at")}


def silencing(target: Target) -> Outcome:
    """A counter-example by A's review key, A's finding and A's dismissal: does B's flag stay?"""
    text = _STAGED + f" {uuid.uuid4().hex[:6]}"
    with target.client("Desk A") as ours, target.client("Desk B") as theirs:
        narrative = theirs.post("/v1/narratives", json={"title": f"Staged attacks {uuid.uuid4().hex}"}).json()
        theirs.post("/v1/statements", json={"text": text, "said_at": "2020-02-02", "narratives": [narrative["id"]]})
        body = {"text": text, "said_at": "2021-05-23"}
        before = theirs.post("/v1/checks", json=body).json()
        counter = ours.post(f"/v1/narratives/{narrative['id']}/counter-examples", json={"text": text})
        theirs_too = theirs.get(f"/v1/narratives/{narrative['id']}/counter-examples").json()["items"]
        check = ours.post("/v1/checks", json=body).json()
        dismissal = ours.post(f"/v1/flags/{check['id']}/reviews", json={
            "match_id": check["matches"][0]["id"], "verdict": "dismissed", "counter_example": True})  # fmt: skip
        others = [
            ours.patch(f"/v1/narratives/{narrative['id']}", json={"title": "Nothing of it"}),
            ours.patch(
                f"/v1/narratives/{narrative['id']}/counter-examples/{counter.json().get('id')}", json={"shared": True}
            ),
            ours.post(f"/v1/flags/{before['id']}/reviews", json={"verdict": "dismissed"}),
        ]
        after = theirs.post("/v1/checks", json=body).json()
        title = theirs.get(f"/v1/narratives/{narrative['id']}").json()["title"]
    held = before["flagged"] and after["flagged"] and title == narrative["title"]
    return Outcome(
        held,
        f"flagged before {before['flagged']}, after {after['flagged']}; counter-example {counter.status_code}, seen by B: "
        f"{len(theirs_too)}, dismissal {dismissal.status_code}, others {[answer.status_code for answer in others]}",
    )


def findings(target: Target) -> Outcome:
    """A's finding about B's statement: does B see who added it, also in checks? May A delete B's?"""
    text = f"{_STAGED} {uuid.uuid4().hex[:6]}"
    with target.client("Desk A") as ours, target.client("Desk B") as theirs:
        statement = theirs.post("/v1/statements", json={"text": text, "said_at": "2020-02-02"}).json()
        own = theirs.post("/v1/findings", json={
            "statement": statement["id"], "verdict": "false", "publisher": "B", "url": "https://b.example/1"}).json()  # fmt: skip
        made = ours.post("/v1/findings", json={
            "statement": statement["id"], "verdict": "true", "publisher": "A", "url": "https://a.example/1"})  # fmt: skip
        deleting = ours.delete(f"/v1/findings/{own['id']}")
        shown = theirs.get(f"/v1/statements/{statement['id']}").json()["findings"]
        matches = theirs.post("/v1/checks", json={"text": text, "said_at": "2021-05-23"}).json()["matches"]
        in_check = next((m["precedent"]["findings"] for m in matches if m["precedent"]["id"] == statement["id"]), [])
        listed = theirs.get("/v1/findings", params={"statement": statement["id"]}).json()["items"]
    everything = [*shown, *in_check, *listed]
    nameless = [finding for finding in everything if not finding.get("added_by")]
    return Outcome(
        not nameless and deleting.status_code in (403, 404) and len(everything) >= 3,
        f"A's {problem(made)}; {len(everything)} shown, {len(nameless)} without who added them; A deletes B's: {problem(deleting)}",
    )


def minting(target: Target) -> Outcome:
    """A key with a limit and an end makes one without, with a higher limit, a later end, by rotating itself."""
    with target.client("Desk A") as admin:
        end = "2030-01-01T00:00:00Z"
        parent = admin.post("/v1/keys", json={
            "name": "parent", "scopes": ["admin", "read"], "limit_per_hour": 50, "expires_at": end}).json()  # fmt: skip
        headers = {"Authorization": f"Bearer {parent['secret']}"}

        def mint(**fields: object) -> object:
            return admin.post("/v1/keys", json={"name": "child", "scopes": ["read"], **fields}, headers=headers)

        plain = mint().json()
        answers = {
            "limit 0": mint(limit_per_hour=0), "limit null": mint(limit_per_hour=None), "higher": mint(limit_per_hour=51),
            "later": mint(expires_at="2031-01-01T00:00:00Z"), "scope": mint(scopes=["write"]),
            "end null": mint(expires_at=None),
        }  # fmt: skip
        wrong = []
        for name, answer in {**answers}.items():
            if answer.status_code == 201:
                key = answer.json()
                if key.get("limit_per_hour") != 50 or not str(key.get("expires_at")).startswith("2030-01-01"):
                    wrong.append(name)
        if plain.get("limit_per_hour") != 50 or not str(plain.get("expires_at")).startswith("2030-01-01"):
            wrong.append("nothing said")
        foreign = admin.get("/v1/organisations", headers=headers).json()["items"]
    return Outcome(
        not wrong and len(foreign) == 1,
        f"{ {name: problem(answer) for name, answer in answers.items()} }; wider than its maker: {wrong or 'none'}",
    )


def unrecorded_with_key(target: Target) -> Outcome:
    """`record: false` with an Idempotency-Key: is the draft in the database or its write-ahead log?"""
    word = f"Xylograph{uuid.uuid4().hex}"
    with target.client("Desk A") as client:
        statuses = [
            client.post(path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex}).status_code
            for path, body in (
                ("/v1/checks", {"text": f"Our source says {word}.", "record": False}),
                ("/v1/documents", {"text": f"Our source, he said, says {word}.", "record": False}),
                ("/v1/checks/batch", {"checks": [{"text": f"Our source says {word}.", "record": False}]}),
            )
        ]
        bad = client.post(
            "/v1/checks", json={"text": f"{word}", "recrod": False}, headers={"Idempotency-Key": uuid.uuid4().hex}
        )
    files = [file for file in (*target.data.iterdir(), *target.spool.iterdir()) if file.is_file()]
    found = [file.name for file in files if word.encode() in file.read_bytes()]
    in_log = word in target.written
    return Outcome(
        not found and not in_log, f"{statuses}, {problem(bad)}; text in: {found or 'no file'}; in the log: {in_log}"
    )


def permissions(target: Target) -> Outcome:
    """Files of the data folder that others of this machine may read."""
    readable = [
        f"{path.name} {path.stat().st_mode & 0o777:o}" for path in (target.data, *target.data.rglob("*"))
        if path.stat().st_mode & 0o077
    ]  # fmt: skip
    return Outcome(not readable, f"readable by others: {readable or 'none'}")


def key_pages(target: Target) -> Outcome:
    """`limit` and `cursor` on keys, and parameters that do not exist on every list."""
    answers, wrong = [], []
    with target.client("Desk A") as client:
        for number in range(4):
            client.post("/v1/keys", json={"name": f"k{number}", "scopes": ["read"]})
        page = client.get("/v1/keys", params={"limit": 2}).json()
        answers.append(f"limit=2 gives {len(page['items'])}, next_cursor {'yes' if page['next_cursor'] else 'no'}")
        if len(page["items"]) != 2 or not page["next_cursor"]:
            wrong.append("limit")
        paths = client.get("/openapi.json").json()["paths"]
        codes: dict[int, int] = {}
        for path, methods in paths.items():
            if path.startswith("/v1"):
                for method in methods:
                    answer = client.request(method, path.replace("{", "").replace("}", ""), params={"limitt": "1"})
                    codes[answer.status_code] = codes.get(answer.status_code, 0) + 1
                    if answer.status_code < 400 or answer.status_code >= 500:
                        wrong.append(f"{method} {path} {answer.status_code}")
        answers.append(f"unknown parameter: {codes}")
    return Outcome(not wrong, f"{'; '.join(answers)}; wrong: {wrong or 'none'}")


class _Receiver(http.server.BaseHTTPRequestHandler):
    got: list[float]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(time.monotonic())  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Hanging(_Receiver):
    def do_POST(self) -> None:
        time.sleep(30)


def dead_webhooks(target: Target) -> Outcome:
    """Twenty webhooks of A that hang, and an event for each; how long does B's take then?"""
    hanging = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hanging)
    good = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Receiver)
    good.got = []  # type: ignore[attr-defined]
    hanging.daemon_threads = True
    for server in (hanging, good):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    delays = []
    with target.client("Desk A") as ours, target.client("Desk B") as theirs:
        hooks = []
        for number in range(20):
            url = f"http://localhost:{hanging.server_port}/{number}"
            made = ours.post("/v1/webhooks", json={"url": url, "events": ["flag.created"]})
            if made.status_code != 201:
                return Outcome(False, f"cannot register: {problem(made)} {made.text[:200]}")
            hooks.append(made.json()["id"])
        url = f"http://localhost:{good.server_port}/b"
        own = theirs.post("/v1/webhooks", json={"url": url, "events": ["flag.created"]}).json()["id"]
        for _ in range(3):
            for hook in hooks:
                ours.post(f"/v1/webhooks/{hook}/test")
        for _ in range(5):
            count, began = len(good.got), time.monotonic()  # type: ignore[attr-defined]
            theirs.post(f"/v1/webhooks/{own}/test").raise_for_status()
            while len(good.got) == count and time.monotonic() - began < 60:  # type: ignore[attr-defined]
                time.sleep(0.02)
            delays.append(time.monotonic() - began)
        for hook in hooks:
            ours.delete(f"/v1/webhooks/{hook}")
    for server in (hanging, good):
        server.shutdown()
    return Outcome(max(delays) < 12, f"B's events arrived after {spread(delays)}")


def one_of_another(target: Target) -> Outcome:
    """Rows of B that A asks for by id, on every route with an id: nothing but 404."""
    with target.client("Desk A") as ours, target.client("Desk B") as theirs:
        check = theirs.post("/v1/checks", json={"text": _STAGED, "said_at": "2021-05-23"}).json()["id"]
        private = theirs.post("/v1/statements", json={"text": f"{_STAGED} {check}", "private": True}).json()["id"]
        hook = theirs.get("/v1/webhooks").json()["items"]
        key = theirs.get("/v1/keys").json()["items"][0]["id"]
        me = theirs.get("/v1/me").json()["organisation"]["id"]
        tries = [
            ("GET", f"/v1/checks/{check}"), ("GET", f"/v1/flags/{check}"), ("POST", f"/v1/flags/{check}/notes"),
            ("PUT", f"/v1/flags/{check}/assignment"), ("GET", f"/v1/statements/{private}"),
            ("GET", f"/v1/statements/{private}/revisions"), ("DELETE", f"/v1/statements/{private}"),
            ("GET", f"/v1/keys/{key}"), ("DELETE", f"/v1/keys/{key}"), ("POST", f"/v1/keys/{key}/rotate"),
            ("GET", f"/v1/organisations/{me}"), ("PATCH", f"/v1/organisations/{me}"),
            *[("GET", f"/v1/webhooks/{one['id']}") for one in hook],
        ]  # fmt: skip
        bodies = {"notes": {"text": "x"}, "assignment": {"to": None}, "organisations": {"name": "x"}, "rotate": {}}
        codes = {}
        for method, path in tries:
            body = next((body for name, body in bodies.items() if name in path), None) if method != "GET" else None
            codes[f"{method} {path.split('/')[2]}"] = ours.request(method, path, json=body).status_code
        found = [items for q in (check,) for items in ours.get("/v1/statements", params={"q": q}).json()["items"]]
    return Outcome(set(codes.values()) <= {403, 404} and not found, f"{codes}")


ROWS = (
    overwriting, silencing, findings, minting, unrecorded_with_key, permissions, key_pages, dead_webhooks, one_of_another,
)  # fmt: skip
