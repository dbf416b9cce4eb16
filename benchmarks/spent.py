"""CPU seconds of a process and all that came of it, from /proc: what a shared machine cannot blur."""

from __future__ import annotations

import os
from pathlib import Path

from tests.flows.plant import family

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu(leader: int) -> float:
    """CPU seconds of `leader`, of its living descendants, and of the dead ones that were waited for."""
    return sum(_own(pid) for pid in family(leader))


def _own(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / _TICKS


def peak(pid: int) -> float:
    """The most memory this process held, in MB; 0.0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
