"""Who is logged in: a random token in a cookie, of which the register keeps a keyed hash. And the keys that machines call with."""

from __future__ import annotations

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases import rows
from cases.audit import Audit
from cases.desk_tables import ACCOUNTS, SESSIONS, TOKENS
from cases.engine import Database
from cases.keys import MasterKey
from cases.told import check_actor
from config.errors import RequestError, VaultError

IDLE_SECONDS, LONGEST_SECONDS = 30 * 60, 10 * 60 * 60
"""A session ends after half an hour of nothing, and after a working day in any case."""

BEAT = 30
"""How many seconds old the last sight may be before it is written anew."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Token:
    """A key that a machine calls with, by its name; the key itself was shown once and is not kept."""

    kind: str
    name: str
    by: str
    made_at: datetime
    revoked: bool


class Sessions:
    """The sessions and keys in the database of the register."""

    def __init__(self, database: Database, keys: MasterKey, audit: Audit) -> None:
        self._database, self._keys, self._audit = database, keys, audit

    def __repr__(self) -> str:
        return "<Sessions>"

    def open(self, login: str) -> str:
        """Start a session; gives the token for the cookie. What is long over is swept away with it."""
        token, now = secrets.token_urlsafe(32), self._database.now()
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where((SESSIONS.c.until < now) | (SESSIONS.c.seen < now - IDLE_SECONDS)))
            values = {"mark": self._mark(token), "login": login, "seen": now, "until": now + LONGEST_SECONDS}
            connection.execute(insert(SESSIONS).values(**values))
            self._audit.add(connection, login, "session opened")
        return token

    def login(self, token: str) -> str | None:
        """Whose session this is; None where it is over, unknown, or its account disabled."""
        now = self._database.now()
        alive = SESSIONS.c.mark == self._mark(token), SESSIONS.c.until > now, SESSIONS.c.seen > now - IDLE_SECONDS
        wanted = select(SESSIONS.c.login, (now - SESSIONS.c.seen).label("age")).join(ACCOUNTS, ACCOUNTS.c.login == SESSIONS.c.login)
        with self._database.reading() as connection:
            row = connection.execute(wanted.where(*alive, ACCOUNTS.c.disabled.is_(False))).one_or_none()
        if row is not None and row.age > BEAT:
            with self._database.writing() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.mark == self._mark(token)).values(seen=now))
        return row.login if row is not None else None

    def close(self, token: str) -> None:
        """End a session; one that is over stays over."""
        with self._database.writing() as connection:
            login = connection.scalar(select(SESSIONS.c.login).where(SESSIONS.c.mark == self._mark(token)))
            if login is not None:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.mark == self._mark(token)))
                self._audit.add(connection, login, "logged out")

    def csrf(self, token: str) -> str:
        """The word that a form of this browser carries: it follows from the token, and gives nothing of it away."""
        return self._keys.mark("csrf", token.encode())

    def seal(self, data: bytes) -> str:
        """`data` for a cookie that nobody can read or make but this house."""
        return base64.urlsafe_b64encode(self._keys.seal("cookie", data, "cookie")).decode()

    def unseal(self, sealed: str) -> bytes:
        """What `seal` was given; VaultError where it was made or changed elsewhere."""
        try:
            return self._keys.open("cookie", base64.urlsafe_b64decode(sealed.encode()), "cookie")
        except ValueError:
            raise VaultError("cookie", "is none of ours", "Log in again") from None

    # Keys for machines.

    def make_key(self, kind: str, name: str, actor: str) -> str:
        """A key for an e-form (`eform`) or a calendar (`calendar`); shown once. A name is used once, also after it was revoked."""
        if kind not in {"eform", "calendar"} or not _NAME.fullmatch(name):
            raise RequestError("key", "needs a short name of small letters and digits", "Name the form or the colleague")
        key = secrets.token_urlsafe(32)
        values = {"mark": self._key_mark(kind, key), "kind": kind, "name": name, "by": check_actor(actor), "made_at": rows.now()}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(TOKENS).values(**values))
                self._audit.add(connection, actor, "key made", "", {"kind": kind, "name": name})
        except IntegrityError:
            raise RequestError("key", "there was one of this name", "Choose another name") from None
        return key

    def key_name(self, kind: str, key: str) -> str | None:
        """The name of the key; None where it is unknown or was revoked."""
        with self._database.reading() as connection:
            wanted = select(TOKENS.c.name).where(TOKENS.c.mark == self._key_mark(kind, key), TOKENS.c.revoked_at.is_(None))
            found: str | None = connection.scalar(wanted)
        return found

    def revoke_key(self, kind: str, name: str, actor: str) -> None:
        """Let a key open nothing any more."""
        this = TOKENS.c.kind == kind, TOKENS.c.name == name, TOKENS.c.revoked_at.is_(None)
        with self._database.writing() as connection:
            if connection.execute(update(TOKENS).where(*this).values(revoked_at=rows.now())).rowcount == 0:
                raise RequestError("key", "there is none of this name that still opens", "See the list of keys")
            self._audit.add(connection, actor, "key revoked", "", {"kind": kind, "name": name})

    def machine_keys(self) -> tuple[Token, ...]:
        """Every key ever made, by kind and name."""
        with self._database.reading() as connection:
            found = connection.execute(select(TOKENS).order_by(TOKENS.c.kind, TOKENS.c.name)).all()
        return tuple(Token(r.kind, r.name, r.by, rows.aware(r.made_at), r.revoked_at is not None) for r in found)

    def _mark(self, token: str) -> str:
        return self._keys.mark("session", token.encode())

    def _key_mark(self, kind: str, key: str) -> str:
        return self._keys.mark(f"key {kind}", key.encode())
