"""One organisation's key and browser against everything of another, over every route of the API and every page.

    python bench/fuzz_organisations.py [--requests N] [--seed N]

An archive without a model, in this process. One organisation has one of everything, private where it can be, with a
planted word in each text. Requests of another, with ids of the first and hostile values in addresses, queries, forms and
bodies, are answered; ends with 1 where an answer holds the planted word, or is a server error, where one took over a
second of the processor, or where something of the first organisation is not as it was.
"""

import argparse
import importlib
import pkgutil
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import httpx
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from builders import client, services, signed_in
from properties.test_organisations_apart import MARK, UNKNOWN, Routes, gone_or_changed, rows

import app.web.api as api_package
import app.web.pages as pages_package

LIMIT_S = 1.0
_NOT_TRIED = ("/sign-out", "/account", "/v1/organisations", "/sign-in", "/people")
"""What would end the session or its account."""
HOSTILE = (
    "", " ", "0", "-1", "1e400", "9" * 400, "NaN", "null", "true", "[]", "{}", "\x00", "a\x00b", "\udc80", "\ud800", "\u202e",
    "e\u0301" * 50, "%00", "%ff", "../../etc/passwd", "..%2f", "<script>alert(1)</script>", "' OR 1=1 --", '"', "2021-02-30",
    "2021", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "x" * 6_000, "👩‍👩‍👧‍👦" * 20, "bmV3ZXN0IDEgMg", "c2NvcmUgaW5mIDE",
    "OTIyMzM3MjAzNjg1NDc3NTgwOA", "OTk5OQ", "en", "zz-ZZ", "chemical attack", "Idlib", "any", "open", "dismissed", "score", MARK[:-1],
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        archive = services(Path(folder), webhook_allowed_hosts="127.0.0.1")
        try:
            found = _tried(archive, chance, options.requests)
        finally:
            archive.store.close()
    print(f"{options.requests:,} requests, seed {options.seed}: {len(found)} findings")
    for line in found:
        print(line)
    sys.exit(bool(found))


def _tried(archive: Any, chance: random.Random, requests: int) -> list[str]:
    """The faults that were found."""
    owner = client(archive)
    routes = Routes(owner.get("/openapi.json").json())
    for number in range(2):
        text = f"Militants are about to stage a chemical attack in Idlib to blame the government. {MARK}"
        owner.post("/v1/statements", json={"text": text, "said_at": f"2020-0{number + 1}", "private": True})
        owner.post("/v1/checks", json={"text": text, "said_at": "2021-05-23"})
    routes.make(owner)
    before = rows(archive)
    key = client(archive, organisation="Strangers")
    browser = signed_in(archive, "admin", "Strangers", "stranger")
    for caller in (key, browser):
        caller.follow_redirects = False
        caller._transport.raise_server_exceptions = False
    targets = [
        (method, path, route)
        for path, route in [*_routes(api_package, "/v1"), *_routes(pages_package, "")]
        for method in sorted(route.methods)
        if not path.startswith(_NOT_TRIED)
    ]
    found: list[str] = []
    statuses: Counter[int] = Counter()
    for _ in range(requests):
        method, path, route = chance.choice(targets)
        api = path.startswith("/v1")
        address, sent = _made(route, path, method, routes, chance, api=api)
        if not api and sent:
            sent = {"data": {**sent["data"], "csrf": browser.csrf}}
        began = time.process_time()
        answer = _answer(key if api else browser, method, address, sent)
        took = time.process_time() - began
        if answer is None:
            continue
        statuses[answer.status_code] += 1
        exchange = f"{method} {address[:300]} {str(sent)[:600]}: {answer.status_code} {answer.text[:200]!r}"
        if MARK in answer.text or MARK in str(answer.headers):
            found.append(f"leak: {exchange}")
        if answer.status_code >= 500:
            found.append(f"error: {exchange}")
        if took > LIMIT_S:
            found.append(f"slow, {took:.1f} s: {exchange}")
    changed = gone_or_changed(before, rows(archive))
    found += [f"changed: {where}" for where in changed if where[0] not in ("idempotency_keys", "sessions", "api_keys")]
    print(f"{len(targets)} routes, answers by status: {dict(sorted(statuses.items()))}")
    return found


def _routes(package: ModuleType, prefix: str) -> Iterator[tuple[str, APIRoute]]:
    """Paths and routes of all routers in a package."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    modules = [importlib.import_module(module.name) for module in found]
    routers = {id(one.router): one.router for one in modules if hasattr(one, "router")}
    for router in routers.values():
        yield from ((prefix + route.path, route) for route in router.routes if isinstance(route, APIRoute))


def _made(
    route: APIRoute, path: str, method: str, routes: Routes, chance: random.Random, *, api: bool
) -> tuple[str, Mapping[str, Any]]:
    """Address and body of a request."""
    ids = [*routes.ids.values(), UNKNOWN]

    def value() -> str:
        drawn = chance.random()
        return chance.choice(ids) if drawn < 0.3 else chance.choice(HOSTILE)

    address = path
    for whole in re.finditer(r"/\{(\w+)(?::\w+)?\}", path):
        of = routes.ids.get(("" if api else "/v1") + path[: whole.start()])
        chosen = of if of and chance.random() < 0.7 else value() or UNKNOWN
        address = address.replace(whole.group(), "/" + _quoted(chosen), 1)
    query = {name for name in _names(route.dependant, "query_params") if chance.random() < 0.4}
    fields = {name for name in _names(route.dependant, "body_params") if chance.random() < 0.8}
    if query:
        address += "?" + "&".join(f"{name}={_quoted(value())}" for name in sorted(query))
    if method in ("GET", "HEAD"):
        return address, {}
    if not api:
        return address, {"data": {name: value().encode("utf-8", "replace").decode() for name in fields}}
    operation = routes.document["paths"].get(path, {}).get(method.lower())
    sent = (operation and (routes.about(operation) if chance.random() < 0.5 else None)) or (
        routes.body(operation, mark=False) if operation else {}
    )
    if isinstance(sent.get("json"), dict) and chance.random() < 0.5:
        body = dict(sent["json"])
        for name in body:
            if chance.random() < 0.3:
                body[name] = chance.choice([value(), [value()], {"a": value()}, None, 10**30, -1])
        sent = {"json": body}
    return address, sent


def _names(dependant: Dependant, kind: str) -> Iterator[str]:
    for one in getattr(dependant, kind):
        inner = getattr(one.field_info.annotation, "model_fields", None)
        yield from inner or (one.alias,)
    for dependency in dependant.dependencies:
        yield from _names(dependency, kind)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _answer(caller: Any, method: str, address: str, sent: Mapping[str, Any]) -> httpx.Response | None:
    """The answer; None for a request that cannot be made."""
    try:
        answer: httpx.Response = caller.request(method, address, **sent)
    except (httpx.InvalidURL, UnicodeEncodeError):
        return None
    return answer


if __name__ == "__main__":
    main()
