"""Accounts and sessions: rows to domain objects and back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.accounts import Account, Role, Session
from app.domain.access.keys import Organisation
from app.services.access.ports import AccountEvent, Attempts
from app.store.access.account_tables import account_events, accounts, sessions, sign_in_attempts
from app.store.access.keys import OWNER, owner_of
from app.store.access.second_factor_tables import second_factors
from app.store.narratives.narrative_tables import followed_narratives
from app.store.tables import organisations

_ACCOUNT_KEY = select(accounts.c.key)
_HAS_FACTOR = (
    exists()
    .where(second_factors.c.account_key == accounts.c.key, second_factors.c.confirmed_at.is_not(None))
    .label("second_factor")
)
_FOLLOWS = exists().where(followed_narratives.c.account_key == accounts.c.key).label("follows")
_SSO = "sso"


def _accounts() -> Select[Any]:
    owner = organisations.c.key == accounts.c.organisation_key
    return select(accounts, _HAS_FACTOR, _FOLLOWS, *OWNER).join(organisations, owner)


def _sessions(*conditions: ColumnElement[bool]) -> Select[Any]:
    columns = [
        sessions.c[name].label(f"session_{name}")
        for name in ("id", "agent", "created_at", "used_at", "expires_at", "method")
    ]
    joined = select(accounts, _HAS_FACTOR, _FOLLOWS, *OWNER, *columns).select_from(
        sessions.join(accounts, accounts.c.key == sessions.c.account_key).join(
            organisations, organisations.c.key == accounts.c.organisation_key
        )
    )
    return joined.where(sessions.c.ended_at.is_(None), *conditions)


class AccountRows:
    """SQL implementation of `app.services.access.ports.Accounts`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, account: Account, password_hash: str) -> None:
        values = {
            "id": account.id,
            "organisation_key": account.organisation.key,
            "login": account.login,
            "name": account.name,
            "role": account.role,
            "password_hash": password_hash,
            "must_change_password": account.must_change_password,
            "created_at": account.created_at,
        }
        self._connection.execute(insert(accounts), values)

    def by_login(self, login: str) -> tuple[Account, str] | None:
        return self._one(accounts.c.login == login)

    def get(self, account_id: str) -> tuple[Account, str] | None:
        return self._one(accounts.c.id == account_id)

    def all(self, organisation: Organisation | None = None) -> Sequence[Account]:
        listed = _accounts().order_by(accounts.c.name, accounts.c.key)
        if organisation:
            listed = listed.where(accounts.c.organisation_key == organisation.key)
        return [_account_of(row) for row in self._connection.execute(listed)]

    def change(
        self, account_id: str, *, name: str, role: Role, disabled_at: datetime | None, seen_at: datetime | None
    ) -> None:
        values = {"name": name, "role": role, "disabled_at": disabled_at, "last_seen_at": seen_at}
        self._connection.execute(update(accounts).where(accounts.c.id == account_id), values)

    def set_password(self, account_id: str, password_hash: str, *, must_change: bool) -> None:
        values = {"password_hash": password_hash, "must_change_password": must_change}
        self._connection.execute(update(accounts).where(accounts.c.id == account_id), values)

    def choose_language(self, account_id: str, language: str | None) -> None:
        self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(language=language))

    def close_tour(self, account_id: str, at: datetime) -> None:
        self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(tour_closed_at=at))

    def begin_session(self, session: Session, token_hash: str, browser_hash: str) -> None:
        values = {
            "id": session.id,
            "account_key": _ACCOUNT_KEY.where(accounts.c.id == session.account.id).scalar_subquery(),
            "token_hash": token_hash,
            "browser_hash": browser_hash,
            "agent": session.agent,
            "created_at": session.created_at,
            "used_at": session.used_at,
            "expires_at": session.expires_at,
            "method": _SSO if session.single_sign_on else None,
        }
        self._connection.execute(insert(sessions).values(values))

    def session(self, token_hash: str) -> Session | None:
        row = self._connection.execute(_sessions(sessions.c.token_hash == token_hash)).first()
        return _session_of(row) if row else None

    def sessions(self, account_id: str) -> Sequence[Session]:
        listed = _sessions(accounts.c.id == account_id).order_by(sessions.c.used_at.desc())
        return [_session_of(row) for row in self._connection.execute(listed)]

    def touch_session(self, session_id: str, at: datetime) -> None:
        self._connection.execute(update(sessions).where(sessions.c.id == session_id).values(used_at=at))
        account = select(sessions.c.account_key).where(sessions.c.id == session_id).scalar_subquery()
        self._connection.execute(update(accounts).where(accounts.c.key == account).values(last_seen_at=at))

    def end_sessions(
        self, account_id: str, at: datetime, *, except_id: str | None = None, only: str | None = None
    ) -> int:
        account = _ACCOUNT_KEY.where(accounts.c.id == account_id).scalar_subquery()
        ended = update(sessions).where(sessions.c.account_key == account, sessions.c.ended_at.is_(None))
        if except_id is not None:
            ended = ended.where(sessions.c.id != except_id)
        if only is not None:
            ended = ended.where(sessions.c.id == only)
        return len(self._connection.execute(ended.values(ended_at=at).returning(sessions.c.key)).all())

    def knows_browser(self, account_id: str, browser_hash: str) -> bool:
        account = _ACCOUNT_KEY.where(accounts.c.id == account_id).scalar_subquery()
        known = select(sessions.c.key).where(sessions.c.account_key == account, sessions.c.browser_hash == browser_hash)
        return self._connection.execute(known.limit(1)).first() is not None

    def attempts(self, subjects: Sequence[str]) -> Mapping[str, Attempts]:
        found = select(sign_in_attempts).where(sign_in_attempts.c.subject.in_(subjects))
        return {row.subject: Attempts(row.failures, row.last_at) for row in self._connection.execute(found)}

    def note_attempt(self, subject: str, attempts: Attempts) -> None:
        self.forget_attempts(subject)
        values = {"subject": subject, "failures": attempts.failures, "last_at": attempts.last_at}
        self._connection.execute(insert(sign_in_attempts), values)

    def forget_attempts(self, subject: str) -> None:
        self._connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.subject == subject))

    def note(self, organisation: Organisation, event: AccountEvent) -> None:
        values = {
            "organisation_key": organisation.key,
            "action": event.action,
            "by_name": event.by,
            "account_name": event.account,
            "detail": event.detail,
            "at": event.at,
        }
        self._connection.execute(insert(account_events), values)

    def events(self, organisation: Organisation, limit: int) -> Sequence[AccountEvent]:
        listed = select(account_events).where(account_events.c.organisation_key == organisation.key)
        rows = self._connection.execute(listed.order_by(account_events.c.key.desc()).limit(limit))
        return [AccountEvent(row.at, row.action, row.by_name, row.account_name, row.detail) for row in rows]

    def purge(self, ended_before: datetime, attempts_before: datetime) -> None:
        over = (sessions.c.ended_at < ended_before) | (sessions.c.expires_at < ended_before)
        self._connection.execute(delete(sessions).where(over))
        self._connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.last_at < attempts_before))

    def _one(self, condition: ColumnElement[bool]) -> tuple[Account, str] | None:
        row = self._connection.execute(_accounts().where(condition)).first()
        return (_account_of(row), row.password_hash) if row else None


def _account_of(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        organisation=owner_of(row),
        login=row.login,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        must_change_password=row.must_change_password,
        disabled_at=row.disabled_at,
        last_seen_at=row.last_seen_at,
        second_factor=bool(row.second_factor),
        language=row.language,
        tour_closed=row.tour_closed_at is not None,
        follows=bool(row.follows),
    )


def _session_of(row: Row[Any]) -> Session:
    return Session(
        id=row.session_id,
        account=_account_of(row),
        created_at=row.session_created_at,
        used_at=row.session_used_at,
        expires_at=row.session_expires_at,
        agent=row.session_agent,
        single_sign_on=row.session_method == _SSO,
    )
