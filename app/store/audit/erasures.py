"""Erasing rows and copies of rows; and the table of traces."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, String, Table, Text, delete, exists, insert, or_, select, text, update

from app.domain.access.accounts import Account
from app.domain.access.keys import Organisation
from app.domain.audit.entries import ActorKind
from app.domain.audit.erasures import Erasure, ErasureKind, pseudonym_of
from app.domain.checks.reviews import text_hash
from app.domain.statements.statements import Statement
from app.store.access.account_tables import account_events, accounts, sessions
from app.store.access.keys import AccessRows
from app.store.access.password_hashing import NO_PASSWORD
from app.store.access.second_factor_tables import external_identities
from app.store.access.second_factors import SecondFactorRows
from app.store.audit.redaction import redacted
from app.store.desk.flag_tables import flag_facets, flag_views, flags, review_narratives, reviews
from app.store.desk.flags import FlagRows
from app.store.documents.documents import documents
from app.store.documents.stored_document import document_from_json
from app.store.glosses.glosses import glosses
from app.store.jobs.background_tables import deliveries, events, job_lines
from app.store.map.map_positions import MapPositionRows
from app.store.narratives.narrative_tables import followed_narratives
from app.store.predictions.detected import remove_prediction
from app.store.statements.contribution_tables import proposals
from app.store.statements.statements import StatementRows
from app.store.suggestions.suggestions import SuggestionRows
from app.store.tables import (
    _key,
    _moment,
    _public_id,
    checks,
    counter_example_vectors,
    counter_examples,
    findings,
    former_readings,
    matches,
    metadata,
    organisations,
    sightings,
    sources,
    speakers,
    statement_revisions,
    statements,
    vectors,
)

erasures = Table(
    "erasures",
    metadata,
    _key(),
    _public_id(),
    _moment("at"),
    Column("kind", String(16), nullable=False),
    Column("subject_id", String(36), nullable=False),
    Column("reason", Text, nullable=False),
    Column("reference", Text),
    Column("organisation_id", String(36), index=True, comment="whose admins see it; null: the operator's alone"),
    Column("by_kind", String(16), nullable=False),
    Column("by_actor_id", String(36)),
)

_ERASED_PART = {"answer": None, "problem": "was erased on a request"}


class ErasureRows:
    """SQL implementation of `app.services.audit.ports.Erasures`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def account(self, account: Account) -> None:
        run, name = self._connection.execute, pseudonym_of(account.id)
        for table, id_column, name_column in _named_actors():
            run(update(table).where(table.c[id_column] == account.id).values({name_column: name}))
        run(delete(flag_views).where(flag_views.c.owner_id == account.id))
        own = account_events.c.organisation_key == account.organisation.key
        for column in (account_events.c.by_name, account_events.c.account_name):
            run(update(account_events).where(own, column == account.name).values({column.name: name}))
        key = select(accounts.c.key).where(accounts.c.id == account.id).scalar_subquery()
        run(delete(sessions).where(sessions.c.account_key == key))
        run(delete(followed_narratives).where(followed_narratives.c.account_key == key))
        SecondFactorRows(self._connection).remove(account)
        run(delete(external_identities).where(external_identities.c.account_key == key))
        erased = update(accounts).where(accounts.c.id == account.id)
        run(erased.values(name=name, login=name, password_hash=NO_PASSWORD, must_change_password=False, language=None))
        self._drop_answers(account.id, account.name)

    def any_statement(self, statement_id: str) -> Statement | None:
        key = self._connection.scalar(select(statements.c.key).where(statements.c.id == statement_id))
        if key is None:
            return None
        owner = self._connection.scalar(select(statements.c.organisation_key).where(statements.c.key == key))
        viewer = self._organisation(organisations.c.key == owner) if owner is not None else None
        return StatementRows(self._connection).by_id(statement_id, viewer)

    def owner_of_check(self, check_id: str) -> Organisation | None:
        owner = select(checks.c.organisation_key).where(checks.c.id == check_id).scalar_subquery()
        return self._organisation(organisations.c.key == owner)

    def statement(self, statement: Statement, at: datetime, sequence: int) -> None:
        run, key = self._connection.execute, statement.key
        self._empty_counter_examples(self._counter_examples_of(statement), at)
        self._empty_proposals(key, at)
        revisions = select(statement_revisions.c.key).where(statement_revisions.c.statement_key == key)
        run(delete(former_readings).where(former_readings.c.revision_key.in_(revisions)))
        run(
            update(statement_revisions)
            .where(statement_revisions.c.statement_key == key)
            .values(before={}, searched=False, reason=None)
        )
        run(delete(vectors).where(vectors.c.statement_key == key))
        SuggestionRows(self._connection).forget_statement(key)
        MapPositionRows(self._connection).remove([key])
        remove_prediction(self._connection, key)
        run(delete(glosses).where(glosses.c.statement_key == key))
        run(update(sightings).where(sightings.c.statement_key == key).values(url=None, source_key=None))
        run(update(findings).where(findings.c.statement_key == key).values(summary=None, url=None, outcome_url=None))
        run(
            update(statements)
            .where(statements.c.key == key)
            .values(
                identity=f"erased:{statement.id}", external_id=None, title=None, text="", speaker_key=None,
                source_key=None, url=None, archive_url=None, metadata={}, updated_at=at, sequence=sequence,
                withdrawn_at=statement.withdrawn_at or at,
            )
        )  # fmt: skip
        self._drop_unused_names()
        self._drop_summaries(key)
        self._drop_from_alerts(statement.id)
        of_check = select(matches.c.check_key).where(matches.c.statement_key == key)
        self._redact(checks, checks.c.answer, statement.id, checks.c.key.in_(of_check))
        self._redact(matches, matches.c.found_by_hand, statement.id, matches.c.statement_key == key)
        for table, column in ((documents, documents.c.answer), (job_lines, job_lines.c.answer)):
            self._redact(table, column, statement.id, column.contains(statement.id, autoescape=True))
        self._drop_answers(statement.id)

    def check(self, organisation: Organisation, check_id: str, at: datetime) -> bool:
        own = (checks.c.organisation_key == organisation.key, checks.c.id == check_id)
        row = self._connection.execute(select(checks.c.key, checks.c.answer).where(*own)).first()
        if row is None:
            return False
        ids = {check_id, *self._erase_documents_with(organisation, check_id)}
        rows = select(checks.c.key).where(checks.c.organisation_key == organisation.key, checks.c.id.in_(ids))
        keys = list(self._connection.scalars(rows))
        self._erase_counter_examples(keys, at)
        self._delete_checks(organisation, keys)
        for erased_id in ids:
            of_event = select(events.c.key).where(events.c.subject == erased_id)
            self._connection.execute(delete(deliveries).where(deliveries.c.event_key.in_(of_event)))
            self._connection.execute(delete(events).where(events.c.subject == erased_id))
            lines = job_lines.c.answer.contains(erased_id, autoescape=True)
            self._connection.execute(update(job_lines).where(lines).values(_ERASED_PART))
            self._drop_answers(erased_id)
        return True

    def add(self, erasure: Erasure) -> None:
        values = {
            "id": erasure.id,
            "at": erasure.at,
            "kind": erasure.kind.value,
            "subject_id": erasure.subject_id,
            "reason": erasure.reason,
            "reference": erasure.reference,
            "organisation_id": erasure.organisation_id,
            "by_kind": erasure.by_kind.value,
            "by_actor_id": erasure.by_id,
        }
        self._connection.execute(insert(erasures), values)

    def find(self, organisation_id: str | None, before: int | None, limit: int) -> list[Erasure]:
        found = select(erasures).order_by(erasures.c.key.desc()).limit(limit)
        if organisation_id is not None:
            found = found.where(erasures.c.organisation_id == organisation_id)
        if before is not None:
            found = found.where(erasures.c.key < before)
        return [
            Erasure(
                id=row.id,
                at=row.at,
                kind=ErasureKind(row.kind),
                subject_id=row.subject_id,
                reason=row.reason,
                reference=row.reference,
                organisation_id=row.organisation_id,
                by_kind=ActorKind(row.by_kind),
                by_id=row.by_actor_id,
                number=row.key,
            )
            for row in self._connection.execute(found)
        ]

    def expire_checks(self, organisation: Organisation, created_before: datetime, limit: int) -> int:
        waiting = exists().where(flags.c.check_key == checks.c.key, flags.c.state == "open")
        old = (checks.c.organisation_key == organisation.key, checks.c.created_at < created_before, ~waiting)
        keys = list(self._connection.scalars(select(checks.c.key).where(*old).order_by(checks.c.key).limit(limit)))
        self._delete_checks(organisation, keys)
        return len(keys)

    def expire_documents(self, organisation: Organisation, created_before: datetime) -> int:
        old = (documents.c.organisation_key == organisation.key, documents.c.created_at < created_before)
        gone = []
        for row in self._connection.execute(select(documents.c.key, documents.c.answer).where(*old)).all():
            ids = [claim.check.id for claim in document_from_json(row.answer).statements]
            left = self._connection.execute(select(checks.c.key).where(checks.c.id.in_(ids)).limit(1)).first()
            if left is None:
                gone.append(row.key)
        if gone:
            self._connection.execute(delete(documents).where(documents.c.key.in_(gone)))
        return len(gone)

    def _organisation(self, condition: Any) -> Organisation | None:
        organisation_id = self._connection.scalar(select(organisations.c.id).where(condition))
        return AccessRows(self._connection).organisation(organisation_id) if organisation_id else None

    def _delete_checks(self, organisation: Organisation, keys: Sequence[int]) -> None:
        if not keys:
            return
        flag_rows = FlagRows(self._connection)
        for flag in flag_rows.by_keys(keys):
            flag_rows.uncount(organisation, flag)
        self._connection.execute(delete(checks).where(checks.c.key.in_(keys)))
        unused = (flag_facets.c.organisation_key == organisation.key, flag_facets.c.count <= 0)
        self._connection.execute(delete(flag_facets).where(*unused))

    def _erase_counter_examples(self, check_keys: Sequence[int], at: datetime) -> None:
        """Empties and withdraws the counter-examples that reviews of these checks made of their texts."""
        made_by = (
            select(counter_examples.c.key)
            .join(review_narratives, review_narratives.c.narrative_key == counter_examples.c.narrative_key)
            .join(reviews, reviews.c.key == review_narratives.c.review_key)
            .where(counter_examples.c.by_review, reviews.c.counter_example, reviews.c.check_key.in_(check_keys))
            .where(counter_examples.c.text_hash == reviews.c.text_hash)
        )
        self._empty_counter_examples(list(self._connection.scalars(made_by)), at)

    def _counter_examples_of(self, statement: Statement) -> list[int]:
        """Keys of the counter-examples, whoever made them, of the text that a statement has or had."""
        revised = select(statement_revisions.c.before).where(statement_revisions.c.statement_key == statement.key)
        texts = {statement.text, *(before.get("text", "") for before in self._connection.scalars(revised))}
        same = counter_examples.c.text_hash.in_([text_hash(one) for one in texts if one])
        return list(self._connection.scalars(select(counter_examples.c.key).where(same)))

    def _empty_counter_examples(self, keys: Sequence[int], at: datetime) -> None:
        if not keys:
            return
        self._drop_answers(
            *self._connection.scalars(select(counter_examples.c.id).where(counter_examples.c.key.in_(keys)))
        )
        stale = counter_example_vectors.c.counter_example_key.in_(keys)
        self._connection.execute(delete(counter_example_vectors).where(stale))
        erased = update(counter_examples).where(counter_examples.c.key.in_(keys))
        values = {"text": "", "text_hash": counter_examples.c.id, "withdrawn_at": at}
        sequence = StatementRows(self._connection).next_sequence()
        self._connection.execute(erased.values(**values, sequence=sequence))

    def _empty_proposals(self, statement_key: int, at: datetime) -> None:
        """Empties the proposals about a statement and its findings, and refuses those that are open."""
        of_it = select(findings.c.key).where(findings.c.statement_key == statement_key)
        about = or_(proposals.c.statement_key == statement_key, proposals.c.finding_key.in_(of_it))
        self._drop_answers(*self._connection.scalars(select(proposals.c.id).where(about)))
        emptied: dict[str, Any] = {"changes": {}, "reason": None, "decision_reason": None}
        self._connection.execute(update(proposals).where(about).values(emptied))
        still_open = (about, proposals.c.state == "open")
        self._connection.execute(update(proposals).where(*still_open).values(state="refused", decided_at=at))

    def _drop_summaries(self, statement_key: int) -> None:
        """Takes the summaries, which may name its speaker and quote it, out of the events of checks that matched."""
        matched = (
            select(checks.c.id)
            .join(matches, matches.c.check_key == checks.c.key)
            .where(matches.c.statement_key == statement_key)
        )
        of_checks = select(events.c.key, events.c.data).where(events.c.subject.in_(matched))
        for row in self._connection.execute(of_checks).all():
            if row.data.get("summary"):
                emptied = update(events).where(events.c.key == row.key)
                self._connection.execute(emptied.values(data={**row.data, "summary": None}))

    def _drop_from_alerts(self, statement_id: str) -> None:
        """Takes a statement out of the events that name it as new under a followed narrative."""
        appeared = select(events.c.key, events.c.data).where(events.c.type == "narrative.appeared")
        for row in self._connection.execute(appeared).all():
            kept = [one for one in row.data["statements"] if one["statement_id"] != statement_id]
            if len(kept) < len(row.data["statements"]):
                emptied = update(events).where(events.c.key == row.key)
                self._connection.execute(emptied.values(data={**row.data, "statements": kept}))

    def _erase_documents_with(self, organisation: Organisation, check_id: str) -> set[str]:
        """Ids of the checks of articles that have this check; the articles are deleted."""
        with_it = (
            documents.c.organisation_key == organisation.key,
            documents.c.answer.contains(check_id, autoescape=True),
        )
        ids: set[str] = set()
        for row in self._connection.execute(select(documents.c.key, documents.c.answer).where(*with_it)).all():
            ids |= {claim.check.id for claim in document_from_json(row.answer).statements}
            self._connection.execute(delete(documents).where(documents.c.key == row.key))
        return ids

    def _redact(self, table: Table, column: Column[Any], statement_id: str, condition: Any) -> None:
        keys = list(table.primary_key.columns)
        rows = self._connection.execute(select(*keys, column).where(condition, column.is_not(None))).all()
        for *key, stored in rows:
            this = [part == value for part, value in zip(keys, key, strict=True)]
            self._connection.execute(update(table).where(*this).values({column.name: redacted(stored, statement_id)}))

    def _drop_answers(self, *words: str) -> None:
        """Empties answers that are kept for repeated requests, where one of the words is in them."""
        for word in words:
            found = (
                "instr(body, :word) > 0" if self._connection.dialect.name == "sqlite" else "position(:word in body) > 0"
            )
            self._connection.execute(
                text(f"UPDATE answered_requests SET body = NULL WHERE {found}"),  # noqa: S608 - one of two constants
                {"word": word.encode()},
            )

    def _drop_unused_names(self) -> None:
        for table, column in ((speakers, statements.c.speaker_key), (sources, statements.c.source_key)):
            used: Iterable[Any] = [exists().where(column == table.c.key)]
            if table is sources:
                used = [*used, exists().where(sightings.c.source_key == sources.c.key)]
            self._connection.execute(delete(table).where(*(~one for one in used)))


def _named_actors() -> list[tuple[Table, str, str]]:
    """Tables that keep the name of an actor beside its id: the table, the column of the id, that of the name."""
    return [
        (table, f"{column.name.removesuffix('_name')}_id", column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_name") and f"{column.name.removesuffix('_name')}_id" in table.columns
    ]
