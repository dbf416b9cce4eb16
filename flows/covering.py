"""How each source was searched for one request, from the answers in the vault: read once for each version of an answer."""

from __future__ import annotations

import threading
from collections import Counter

import connectors
from config.codec import decode, decode_field
from config.collection import Answer, Coverage
from config.order import Leg
from config.redacted import Redacted
from flows import extent
from flows.workplace import Workplace


def coverage(work: Workplace, number: str) -> tuple[Coverage, ...]:
    """How each source of sources.yaml was searched, in its order; also those the scope left out or that were never reached."""
    kept, found = work.register.versions(number), dict[str, list[Coverage]]()
    for leg in extent.legs(work.config, work.register.get(number)):
        if (version := kept.get(answer_name(leg))) is not None:
            found.setdefault(leg.source, []).append(_covered(work, number, answer_name(leg), version))
    merged = tuple(connectors.merge(found.get(source.name, ()), source) for source in work.config.sources)
    return extent.told(work.register.get(number), work.config, merged, _left(work, number))


def tell_account(work: Workplace, number: str, redacted: Redacted, actor: str) -> None:
    """Tell the trail how often each ground was used and how each source answered: what a report needs after the dossier is gone."""
    counts = Counter[str]()
    for collection in redacted.collections:
        for withheld in collection.redactions:
            counts[withheld.ground] += withheld.count
    asked = {leg.source for leg in extent.legs(work.config, work.register.get(number))}
    sources = {c.source: str(c.status) for c in coverage(work, number) if c.source in asked}
    work.register.note(number, actor, "account", {"grounds": dict(sorted(counts.items())), "sources": sources})


def _covered(work: Workplace, number: str, name: str, version: str) -> Coverage:
    """The coverage of one answer, read once for each version of it: pages that follow a run ask for it every other second."""
    key = number, name, version
    if (known := _READ.get(key)) is not None:
        return known
    read: Coverage = decode_field(work.vault.get(number, name), Answer, "coverage")
    with _READ_LOCK:
        _READ[key] = read
        while len(_READ) > _MOST_READ:
            del _READ[next(iter(_READ))]
    return read


_READ: dict[tuple[str, str, str], Coverage] = {}
_READ_LOCK = threading.Lock()
_MOST_READ = 10_000
"""Coverages are small and hold no value of anybody."""


def _left(work: Workplace, number: str) -> tuple[extent.Left, ...]:
    """How much of what was found lies outside the request; () before the first redaction."""
    return decode(work.vault.get(number, "left"), tuple[extent.Left, ...]) if work.vault.exists(number, "left") else ()


def answer_name(leg: Leg) -> str:
    """Under which name the answer of one leg lies in the vault."""
    return f"answers/{leg.stage}-{leg.source}"
