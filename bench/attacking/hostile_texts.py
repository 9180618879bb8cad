"""Attacks with texts by an organisation with a key, on the service and on other organisations."""

import json
import socket
import time
from collections.abc import Callable

import httpx

from bench.attacking.target import Outcome, Target, in_threads, problem, spread, timing

_TEXT = 5_000
SHORT: dict[str, str] = {
    "dashes": "- " * (_TEXT // 2 - 1) + "a",
    "dashes unbroken": "a" + "—" * (_TEXT - 2) + "a",
    "blanks": "a" + " " * (_TEXT - 2) + "a",
    "no-break blanks": "a" + "\u00a0" * (_TEXT - 2) + "a",
    "line breaks": "a" + "\n" * (_TEXT - 2) + "a",
    "quotes": "\"' " * (_TEXT // 3 - 1) + "a",
    "opening quotes": "«" * (_TEXT - 1) + "a",
    "emoji": "😀" * (_TEXT - 1) + "a",
    "emoji joined": "👩\u200d" * (_TEXT // 2 - 1) + "a",
    "combining marks": "a" + "\u0301" * (_TEXT - 2) + "a",
    "combining marks mixed": "a" + "\u0301\u0334" * (_TEXT // 2 - 1) + "a",
    "ligatures": "\ufdfa" * (_TEXT - 1) + "a",
    "dots": "a." * (_TEXT // 2 - 1) + "a",
    "commas": "no, " * (_TEXT // 4 - 1) + "a",
    "digits": "1," * (_TEXT // 2 - 1) + "1",
    "not not": "not " * (_TEXT // 4 - 1) + "a",
    "said that": "he said that " * (_TEXT // 13 - 1) + "a",
    "sentences": "It is not so. " * (_TEXT // 14 - 1),
    "brackets": "(" * (_TEXT - 1) + "a",
    "links": "http://a.b/ " * (_TEXT // 12 - 1) + "a",
    "Arabic tatweel": "ا" + "ـ" * (_TEXT - 2) + "ا",
    "Thai": "ก" * (_TEXT - 1),
    "Chinese": "中" * (_TEXT - 1),
}
_ARTICLE = 200_000
LONG: dict[str, dict[str, str]] = {
    "the minister said that": {"text": "the minister said that " * (_ARTICLE // 23 - 1)},
    "sentences of it": {"text": "The minister said that it is so. " * (_ARTICLE // 33 - 1)},
    "names": {"text": "Ivan Petrov met Anna Smith. " * (_ARTICLE // 28 - 1)},
    "names that differ": {"text": " ".join(f"Ivan Petr{n}ov said so." for n in range(8_000))[:_ARTICLE]},
    "quotes": {"text": "“a ” " * (_ARTICLE // 5 - 1)},
    "blanks": {"text": "a" + " " * (_ARTICLE - 2) + "a"},
    "22,000 attributes": {"html": "<p " + " ".join(f"a{n}=1" for n in range(22_000)) + ">It was said. </p>"},
    "nested tags": {"html": "<div>" * 30_000 + "It was said."},
    "open tags": {"html": "<a<" * (_ARTICLE // 3 - 20) + "It was said."},
    "entities": {"html": "<p>" + "&amp;" * (_ARTICLE // 5 - 20) + "It was said."},
    "comments": {"html": "<!--" * (_ARTICLE // 4 - 20) + "It was said."},
    "table": {"html": "<table>" + "<tr><td>" * (_ARTICLE // 8 - 20) + "It was said."},
    "dates": {"text": "on 3 May he said on 4 June that on 5 July " * (_ARTICLE // 42 - 1)},
}


def short_texts(target: Target) -> Outcome:
    """Statements of 5,000 characters made to be slow: processor time of the service for each."""
    bodies = {name: {"text": text, "record": False} for name, text in SHORT.items()}
    return _cost(target, "/v1/checks", bodies, 3)


def articles(target: Target) -> Outcome:
    """Articles of 200,000 characters made to be slow: processor time of the service for each."""
    bodies = {name: {**body, "record": False} for name, body in LONG.items()}
    return _cost(target, "/v1/documents", bodies, 70)


def _cost(target: Target, path: str, bodies: dict[str, dict[str, object]], most_s: float) -> Outcome:
    cost: dict[str, float] = {}
    answers: dict[str, int] = {}
    wrong = []
    with target.client(timeout=150) as client:
        client.post("/v1/checks", json={"text": "It was said before, on a Monday.", "record": False})
        for name, body in bodies.items():
            before = target.processor_s
            answer = client.post(path, json=body)
            cost[name] = target.processor_s - before
            slug = problem(answer)
            answers[slug] = answers.get(slug, 0) + 1
            if answer.status_code >= 500 and answer.status_code != 503:
                wrong.append(f"{name}: {slug}")
    dearest = sorted(cost.items(), key=lambda item: -item[1])[:5]
    slowest = ", ".join(f"{name} {took:.1f} s" for name, took in dearest)
    return Outcome(
        max(cost.values()) < most_s and not wrong, f"{answers}; dearest: {slowest}{'; ' if wrong else ''}{wrong or ''}"
    )


def client_gone(target: Target) -> Outcome:
    """Thirty batches and articles whose clients hang up after half a second: does the work end?"""
    text = "The minister said that he had not been there, and that it was staged. "
    article = json.dumps({"text": text * 2_800}).encode()
    batch = json.dumps({"checks": [{"text": f"{text * 60} {number}"} for number in range(100)]}).encode()
    secret = target.secrets["Desk A"].encode()
    for path, body in ((b"/v1/documents", article), (b"/v1/checks/batch", batch)) * 5:
        with socket.create_connection(("127.0.0.1", target.port), timeout=20) as connection:
            connection.sendall(
                b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + secret + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            )  # fmt: skip
            time.sleep(0.5)
    went_on = target.quiet(60)
    return Outcome(went_on < 15, f"{went_on:.1f} s of processor time after the last of 10 had hung up")


def crowd(target: Target) -> Outcome:
    """Thirty hostile texts of one organisation at once, while another sends 35 ordinary checks."""
    before = target.resident_mib
    hostile = [
        _posting(target, "/v1/documents", {"text": "the minister said that " * 8_690, "record": False})
        for _ in range(10)
    ]
    hostile += [_posting(target, "/v1/checks", {"text": text, "record": False}) for text in list(SHORT.values())[:10]]
    hostile += [
        _posting(target, "/v1/checks/batch", {"checks": [{"text": f"Nr {n}. {SHORT['sentences'][:4_900]}"} for n in range(100)]})
        for _ in range(10)
    ]  # fmt: skip
    took: list[float] = []
    refused: dict[str, int] = {}
    peak = [before]

    def others() -> None:
        time.sleep(1)
        with target.client("Desk B") as client:
            for number in range(35):
                began = time.monotonic()
                answer = client.post("/v1/checks", json={"text": f"The bridge number {number} was closed on Monday."})
                took.append(time.monotonic() - began)
                peak.append(target.resident_mib)
                if answer.status_code != 201:
                    refused[problem(answer)] = refused.get(problem(answer), 0) + 1

    with timing(target) as livez:
        results = in_threads([*hostile, others])
    target.quiet(60)
    after = target.resident_mib
    counts: dict[str, int] = {}
    for result in results[:-1]:
        name = problem(result) if isinstance(result, httpx.Response) else type(result).__name__
        counts[name] = counts.get(name, 0) + 1
    return Outcome(
        not refused and len(took) == 35 and max(peak) < before + 900,
        f"hostile: {counts}; the other's 35: {spread(took)}, refused: {refused or 'none'}; /livez at most {max(livez):.2f} s; "
        f"memory {before:.0f} → {max(peak):.0f} → {after:.0f} MiB",
    )


def _posting(target: Target, path: str, body: object) -> Callable[[], httpx.Response]:
    def post() -> httpx.Response:
        with target.client(timeout=200) as client:
            return client.post(path, json=body)

    return post


def many_fakes(target: Target) -> Outcome:
    """Import lines with 20,000 `fakes`, narratives and findings each, while another organisation checks and reads."""
    lines = [
        json.dumps({"text": f"Line with much, number {number}.", "fakes": [f"f{number}-{n}" for n in range(20_000)]})
        for number in range(3)
    ]
    lines.append(json.dumps({"text": "Line with findings.", "findings": [
        {"verdict": "false", "publisher": f"p{n}", "url": f"https://example.org/{n}"} for n in range(9_000)]}))  # fmt: skip
    lines += [
        json.dumps({"text": f"Line with less, number {number}.", "fakes": [f"g{number % 40}-{n}" for n in range(20)]})
        for number in range(300)
    ]
    took: list[float] = []
    wrong: dict[str, int] = {}
    with target.client() as client, target.client("Desk B") as other:
        job = client.post("/v1/imports", content="\n".join(lines).encode()).json()
        for number in range(300):
            for method, path, body in (
                ("POST", "/v1/checks", {"text": f"Number {number} of them."}),
                ("GET", "/v1/statements", None),
            ):
                began = time.monotonic()
                answer = other.request(method, path, json=body)
                took.append(time.monotonic() - began)
                if answer.status_code not in (200, 201):
                    wrong[problem(answer)] = wrong.get(problem(answer), 0) + 1
            job = client.get(f"/v1/imports/{job['id']}").json()
            if job["state"] not in ("queued", "running"):
                break
    return Outcome(
        not wrong and max(took) < 5,
        f"job {job['state']}, {job.get('counts')}; the other's {len(took)} requests: {spread(took)}, refused: {wrong or 'none'}",
    )


def logged_words(target: Target) -> Outcome:
    """Attack on privacy: is any text that was sent in the log?"""
    words = ["the minister said that", "The bridge number", "f1-19999", "Nr 3."]
    found = [word for word in words if word in target.written]
    tracebacks = target.written.count("Traceback")
    return Outcome(not found and not tracebacks, f"texts in the log: {found or 'none'}; tracebacks: {tracebacks}")


ROWS = (short_texts, articles, client_gone, crowd, many_fakes, logged_words)
