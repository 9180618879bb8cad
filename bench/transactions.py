"""Number of transactions and SQL statements of a check, a new statement and a review, in the use case and over HTTP.

    python bench/transactions.py

The archive is an SQLite file in a temporary folder, the embedder needs no model. A transaction is a block of
`Store.reading()` or `Store.writing()`; SQL statements are counted at the cursor, BEGIN and COMMIT not among them. Over
HTTP the key was seen less than a second before and has no quota, so that authentication asks nothing; it is counted
for a key that was not seen before in the line "first request of a key".
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from builders import client, draft, request, services

TEXT = "The White Helmets are preparing a staged chemical attack in Idlib to blame the government."
PRECEDENTS = 8


class Counted:
    """Counts the transactions of a store and the SQL statements of its engine."""

    def __init__(self, store: Any):
        self.seen: Counter[str] = Counter()
        kind = type(store)
        self._wrap(kind, "reading")
        self._wrap(kind, "writing")
        event.listen(store.engine, "before_cursor_execute", self._statement)

    def _statement(self, _connection: object, _cursor: object, sql: str, *_: object) -> None:
        if not sql.upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            self.seen["statements"] += 1

    def _wrap(self, kind: type, name: str) -> None:
        opened = getattr(kind, name)

        @contextmanager
        def counted(store: Any, **options: Any) -> Iterator[Any]:
            self.seen[name] += 1
            with opened(store, **options) as tx:
                yield tx

        setattr(kind, name, counted)

    def of(self, what: str, do: Callable[[], Any]) -> Any:
        """Calls `do`, prints the transactions and SQL statements that it took, and returns its result."""
        self.seen.clear()
        done = do()
        seen = self.seen
        transactions = seen["reading"] + seen["writing"]
        print(
            f"| {what} | {transactions} ({seen['reading']} reading, {seen['writing']} writing) | {seen['statements']} |"
        )
        return done


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = services(Path(folder))
        archive.record_statements(
            [
                draft(TEXT.replace("Idlib", place), f"202{year}-03-0{year + 1}", ["Staged attacks"])
                for year, place in enumerate([*["Idlib"] * 4, *["Hama"] * (PRECEDENTS - 4)])
            ]
        )
        counted = Counted(archive.store)
        desk = client(archive)
        body = {"text": TEXT, "said_at": "2030-01-01", "record": True, "limit": 5}
        print("| What | Transactions | SQL statements |\n|---|---|---|")
        counted.of("first request of a key (a check over HTTP)", lambda: desk.post("/v1/checks", json=body))
        desk.get("/v1/me")
        answered = counted.of("check over HTTP, recorded, 5 matches", lambda: desk.post("/v1/checks", json=body)).json()
        assert len(answered["matches"]) == 5
        organisation = archive.manage_keys.organisation("Desk")
        asked = request(TEXT, "2030-01-01")
        [made] = counted.of("check, the use case", lambda: archive.check_statements([asked], organisation))
        assert len(made.matches) == 5
        new = {"text": "Grain exports rose by ten percent in April.", "said_at": "2024-05-01", "narratives": []}
        again = {**new, "text": "Grain imports fell by four percent in June."}
        desk.get("/v1/me")
        recorded = counted.of("recording a statement over HTTP", lambda: desk.post("/v1/statements", json=new))
        assert recorded.status_code == 201
        counted.of(
            "recording a statement, the use case",
            lambda: archive.record_statements([draft(again["text"], "2024-06-01")], seen_by=organisation),
        )
        review = {"match_id": answered["matches"][0]["id"], "verdict": "confirmed", "archive": True}
        flag = f"/v1/flags/{answered['id']}/reviews"
        desk.get("/v1/me")
        reviewed = counted.of("review over HTTP, confirmed and archived", lambda: desk.post(flag, json=review))
        assert reviewed.status_code == 201, reviewed.text
        desk.get("/v1/me")
        keyed = {"headers": {"Idempotency-Key": "bench"}}
        counted.of("check over HTTP with an Idempotency-Key", lambda: desk.post("/v1/checks", json=body, **keyed))
        archive.store.close()


if __name__ == "__main__":
    main()
