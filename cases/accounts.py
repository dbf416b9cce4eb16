"""Who of the staff may log in, in which roles, and whom they may not handle: themselves, and who is close to them.

Passwords are kept as argon2id. Five wrong ones lock an account for a quarter of an hour; an account that does not exist answers
the same, and takes as long. A BSN of the staff is kept as a keyed hash only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases import intake
from cases.audit import Audit
from cases.desk_tables import ACCOUNTS, CLOSE, SESSIONS
from cases.engine import Database
from cases.keys import MasterKey
from cases.roles import Role
from cases.tables import REQUESTS
from cases.told import check_actor, holds_bsn
from config.errors import RequestError

MOST_FAILURES, LOCKED_SECONDS = 5, 15 * 60
SHORTEST, LONGEST = 12, 200
"""Characters of a password."""

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_HASHER = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$798+ARhqtrPu53uHYvfmig$eInTRbKUa1kJBLF7E0eFsf3Sk4E3ouIiTVbsrjDHy94"
"""A password that nobody has, in the strength of the others; not made at import, which would take 64 MB in every process."""


@dataclass(frozen=True, slots=True)
class Account:
    """One colleague: `login` is the name by which the trail knows them."""

    login: str
    title: str
    roles: frozenset[Role]
    disabled: bool = False
    outside: bool = False  # logs in by OIDC
    locked: bool = False


class Accounts:
    """The accounts in the database of the register; every change is told in the trail."""

    def __init__(self, database: Database, keys: MasterKey, audit: Audit) -> None:
        self._database, self._keys, self._audit = database, keys, audit

    def __repr__(self) -> str:
        return "<Accounts>"

    def add(self, login: str, title: str, roles: Sequence[Role], password: str, actor: str) -> Account:
        """Make a local account. RequestError where the name is taken or none, or the password too short."""
        values = {"password": _HASHER.hash(check_password(password)), "outside": None}
        return self._insert(login, title, roles, values, actor)

    def outsider(self, issuer: str, subject: str, login: str, title: str, roles: Sequence[Role]) -> Account:
        """The account of who logged in by OIDC, made on first sight; its roles are those that the issuer tells today.

        RequestError where the login belongs to another account: nobody takes over a local one by a name.
        """
        mark = self._keys.mark("oidc", f"{issuer}\n{subject}".encode())
        with self._database.reading() as connection:
            row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.outside == mark)).one_or_none()
        if row is None:
            return self._insert(login, title, roles, {"password": "", "outside": mark}, "oidc")
        if frozenset(row.roles) != frozenset(roles):
            self.set_roles(row.login, roles, "oidc")
        return self.get(row.login)

    def _insert(self, login: str, title: str, roles: Sequence[Role], values: dict[str, Any], actor: str) -> Account:
        name = _check_login(login)
        shown = check_actor(title or name)
        try:
            with self._database.writing() as connection:
                made = {"login": name, "title": shown, "roles": sorted(set(roles)), "disabled": False, "failures": 0, **values}
                connection.execute(insert(ACCOUNTS).values(**made))
                self._audit.add(connection, actor, "account made", "", {"login": name, "roles": sorted(set(roles))})
        except IntegrityError:
            raise RequestError("account", "there is one of this name", "Choose another login") from None
        return self.get(name)

    def get(self, login: str) -> Account:
        """The account of this login; RequestError where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(ACCOUNTS, self._locked()).where(ACCOUNTS.c.login == login)).one_or_none()
        if row is None:
            raise RequestError("account", "there is none of this name", "Ask the administrator")
        return _account(row)

    def all(self) -> tuple[Account, ...]:
        """Every account, by login."""
        with self._database.reading() as connection:
            return tuple(map(_account, connection.execute(select(ACCOUNTS, self._locked()).order_by(ACCOUNTS.c.login))))

    def check(self, login: str, password: str) -> Account | None:
        """The account, where the password is right and it is neither disabled nor locked; else None, and the trail tells why."""
        with self._database.reading() as connection:
            row = connection.execute(select(ACCOUNTS, self._locked()).where(ACCOUNTS.c.login == login)).one_or_none()
        right = _verify(row.password if row is not None and row.password else _NOBODY, password)
        if row is None or not row.password:
            return None
        if row.disabled or row.locked:
            self._tell(row.login, "log-in refused", {"because": "disabled" if row.disabled else "locked"})
            return None
        if right:
            return self._right(row)
        self._wrong(row)
        return None

    def _right(self, row: Row[Any]) -> Account:
        with self._database.writing() as connection:
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.login == row.login).values(failures=0, locked_until=None))
            self._audit.add(connection, row.login, "logged in")
        return _account(row)

    def _wrong(self, row: Row[Any]) -> None:
        this = ACCOUNTS.c.login == row.login
        with self._database.writing() as connection:
            connection.execute(update(ACCOUNTS).where(this).values(failures=ACCOUNTS.c.failures + 1))
            failures: int = connection.scalar(select(ACCOUNTS.c.failures).where(this)) or 0
            if failures >= MOST_FAILURES:
                connection.execute(update(ACCOUNTS).where(this).values(failures=0, locked_until=self._database.now() + LOCKED_SECONDS))
            self._audit.add(connection, row.login, "log-in refused", "", {"because": "password", "failures": failures})

    def set_password(self, login: str, password: str, actor: str) -> None:
        """Give a local account another password; whoever is logged in with it is logged out."""
        self._change(login, actor, "password set", {}, password=_HASHER.hash(check_password(password)), failures=0, locked_until=None)

    def set_roles(self, login: str, roles: Sequence[Role], actor: str) -> None:
        """Give an account other roles; they hold from the next page on."""
        self._change(login, actor, "roles set", {"roles": sorted(set(roles))}, roles=sorted(set(roles)))

    def disable(self, login: str, disabled: bool, actor: str) -> None:
        """Shut an account, or open it again; who is logged in with it is logged out."""
        self._change(login, actor, "account disabled" if disabled else "account enabled", {}, disabled=disabled)

    def _change(self, login: str, actor: str, action: str, told: dict[str, Any], **values: Any) -> None:
        with self._database.writing() as connection:
            if connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.login == login).values(**values)).rowcount == 0:
                raise RequestError("account", "there is none of this name", "Ask the administrator")
            if "roles" not in values:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.login == login))
            self._audit.add(connection, actor, action, "", {"login": login, **told})

    # Whom a colleague may not handle.

    def mark_close(self, login: str, bsn: str, relation: str, actor: str) -> None:
        """Bar a colleague from requests of this resident: themselves (`self`), or somebody close to them (`close`)."""
        if relation not in {"self", "close"}:
            raise RequestError("relation", "is neither self nor close", "Write one of the two")
        self.get(login)
        mark = self._keys.mark("bsn", intake.check_bsn(bsn).encode())
        with self._database.writing() as connection:
            connection.execute(delete(CLOSE).where(CLOSE.c.login == login, CLOSE.c.bsn_mark == mark))
            connection.execute(insert(CLOSE).values(login=login, bsn_mark=mark, relation=relation))
            self._audit.add(connection, actor, "barred from a resident", "", {"login": login, "relation": relation})

    def close_marks(self, login: str) -> dict[str, int]:
        """How many residents a colleague is barred from, by relation."""
        with self._database.reading() as connection:
            found = [row.relation for row in connection.execute(select(CLOSE.c.relation).where(CLOSE.c.login == login))]
        return {relation: found.count(relation) for relation in sorted(set(found))}

    def barred(self, number: str) -> frozenset[str]:
        """The logins of who may not handle this request, for it is about themselves or somebody close to them."""
        wanted = select(CLOSE.c.login).join(REQUESTS, REQUESTS.c.bsn_mark == CLOSE.c.bsn_mark).where(REQUESTS.c.number == number)
        with self._database.reading() as connection:
            return frozenset(connection.scalars(wanted))

    def barred_numbers(self, login: str) -> frozenset[str]:
        """The requests that this colleague may not handle."""
        wanted = select(REQUESTS.c.number).join(CLOSE, REQUESTS.c.bsn_mark == CLOSE.c.bsn_mark).where(CLOSE.c.login == login)
        with self._database.reading() as connection:
            return frozenset(connection.scalars(wanted))

    def _tell(self, actor: str, action: str, detail: dict[str, Any]) -> None:
        with self._database.writing() as connection:
            self._audit.add(connection, actor, action, "", detail)

    def _locked(self) -> Any:
        return (ACCOUNTS.c.locked_until.is_not(None) & (ACCOUNTS.c.locked_until > self._database.now())).label("locked")


def check_password(password: str) -> str:
    """A password that is long enough; RequestError, without it, where it is not."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise RequestError("password", f"has not {SHORTEST} to {LONGEST} characters", "Choose a few words that belong to nothing")
    return password


def _check_login(login: str) -> str:
    name = login.strip().lower()
    if not _LOGIN.fullmatch(name) or holds_bsn(name):
        raise RequestError("account", "has a login that is none", "Use 2 to 64 small letters, digits, dots, dashes or an @")
    return name


def _verify(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


def _account(row: Row[Any]) -> Account:
    roles = frozenset(Role(role) for role in row.roles)
    return Account(row.login, row.title, roles, row.disabled, row.outside is not None, bool(row.locked))
