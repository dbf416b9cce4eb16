"""How many ask one source at once, over every process and machine: a source that serves the counter must not choke on us.

A place at a source is a lock that dies with whoever holds it, so that a killed run leaves no place taken: on PostgreSQL an advisory
lock, all of a process on one connection (a pooler in front must keep sessions whole), on SQLite a lock on a file beside the register.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from cases.engine import Database
from cases.keys import MasterKey
from config.errors import RequestError

LOOK_SECONDS = 0.05
"""How often a place that another process holds is looked at again."""


Further = Callable[[int], AbstractContextManager[int]]
"""Lends so many further places, or as many as are free; tells how many."""


class _Locks(Protocol):
    """Locks by name that others see, and that are free again when this process is gone."""

    def take(self, name: str) -> bool: ...

    def free(self, name: str) -> None: ...

    def close(self) -> None: ...


class Places:
    """The places at the sources of one register; safe to use from several threads."""

    def __init__(self, database: Database, keys: MasterKey) -> None:
        self._locks = _Sessions(database) if database.dialect == "postgresql" else _Files(database.folder)
        self._keys, self._mine = keys, set[str]()
        self._changed, self._doors = threading.Condition(), dict[str, threading.Lock]()

    @contextmanager
    def at(self, source: str, most: int) -> Iterator[Further]:
        """Hold one of `most` places at a source while the block runs; waits for one, in the order of coming within a process.

        Gives what lends further ones of these to who asks several questions at once.
        """
        with self._changed:
            door = self._doors.setdefault(source, threading.Lock())
        with door:
            place = self._wait(source, most)
        try:
            yield partial(self._further, source, most)
        finally:
            self._leave(place)

    @contextmanager
    def _further(self, source: str, most: int, wanted: int) -> Iterator[int]:
        """As many of `wanted` places as are free now, held while the block runs; none where somebody waits for one here.

        It never waits itself, so that two who hold a place cannot wait for each other.
        """
        with self._changed:
            waited_for = source in self._doors and self._doors[source].locked()
            free = (name for name in self._names(source, most) if self._take(name))
            taken = [] if waited_for else list(islice(free, wanted))
        try:
            yield len(taken)
        finally:
            for name in taken:
                self._leave(name)

    def close(self) -> None:
        """Give up every place."""
        with self._changed:
            self._locks.close()

    def _wait(self, source: str, most: int) -> str:
        names = self._names(source, most)
        with self._changed:
            while (taken := next((name for name in names if self._take(name)), None)) is None:
                self._changed.wait(LOOK_SECONDS)
        return taken

    def _names(self, source: str, most: int) -> list[str]:
        return [self._keys.mark("place", f"{source}/{place}".encode())[:32] for place in range(most)]

    def _take(self, name: str) -> bool:
        if name in self._mine or not self._locks.take(name):
            return False
        self._mine.add(name)
        return True

    def _leave(self, name: str) -> None:
        with self._changed:
            self._locks.free(name)
            self._mine.discard(name)
            self._changed.notify_all()


class _Files:
    """Locks on files in a folder; without one (a register in memory) nobody else is there to lock out."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / "places" if folder else None
        self._held: dict[str, int] = {}

    def take(self, name: str) -> bool:
        """Lock the file of this name, unless somebody has."""
        if self._folder is None:
            return True
        self._folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(self._folder / name, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._held[name] = handle
        return True

    def free(self, name: str) -> None:
        """Closing the file frees it."""
        if name in self._held:
            os.close(self._held.pop(name))

    def close(self) -> None:
        """Free them all."""
        for name in list(self._held):
            self.free(name)


class _Sessions:
    """Advisory locks of one session of PostgreSQL; a session that broke off has lost its locks, and the next one starts anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._session: Connection | None = None

    def take(self, name: str) -> bool:
        """Lock this name, unless another session has. RequestError where the database does not answer."""
        try:
            return self._said("pg_try_advisory_lock", name)
        except RequestError:  # a session that lay idle may have been cut long ago
            return self._said("pg_try_advisory_lock", name)

    def free(self, name: str) -> None:
        """Unlock it; where the database does not answer, the session has ended and its locks with it."""
        if self._session is not None:
            with suppress(RequestError):
                self._said("pg_advisory_unlock", name)

    def close(self) -> None:
        """End the session, and its locks with it."""
        gone, self._session = self._session, None
        if gone is not None:
            if not gone.invalidated:
                gone.detach()  # a pool would keep it open, with its locks
            gone.close()

    def _said(self, function: str, name: str) -> bool:
        with self._database.plainly():
            try:
                self._session = self._session or self._database.session()
                return bool(self._session.scalar(text(f"select {function}(:key)"), {"key": _number(name)}))
            except DBAPIError:
                self.close()
                raise


def _number(name: str) -> int:
    """The name, which is hexadecimal, as the 64-bit number that PostgreSQL locks."""
    return int.from_bytes(bytes.fromhex(name[:16]), signed=True)
