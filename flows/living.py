"""Whether a process that took a lease still lives, where that can be known: on its own machine, at once, and without asking anybody.

A mark of a process tells the running system it belongs to (its boot and its container) and the moment it began, so that neither
another machine with the same name nor a later process with the same number is taken for it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

_BOOT, _CONTAINER = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")
_STATE, _BEGUN = 0, 19
"""Where /proc/PID/stat tells, after the name of the command, the state and the moment of beginning."""

_GONE = frozenset("ZX")
"""States of a process that ended and was not yet taken leave of."""


def mark(pid: int) -> str:
    """`MACHINE-PID-LIFE` of a living process of this machine; no part of it is long enough for a BSN."""
    return f"{_machine()}-{pid}-{_life(pid)}"


def died(marked: str) -> bool:
    """Whether this is the mark of a process of this very machine that is no more; False where that cannot be known.

    >>> import os
    >>> died(mark(os.getpid())), died("elders-4711-0badc0de"), died("geen merk")
    (False, False, False)
    """
    machine, _, rest = marked.partition("-")
    pid, _, life = rest.partition("-")
    if not life or not pid.isdigit() or machine == _UNKNOWN or machine != _machine():
        return False
    return _life(int(pid)) != life


_UNKNOWN = "?"


def _machine() -> str:
    try:
        return _short(f"{_BOOT.read_text()} {_CONTAINER.readlink()}")
    except OSError:  # not Linux: a lease then runs out by itself
        return _UNKNOWN


def _life(pid: int) -> str:
    """A mark of this one life of a process number; "" where no such process lives."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ""
    return "" if told[_STATE] in _GONE else _short(f"{pid} {told[_BEGUN]}")


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
