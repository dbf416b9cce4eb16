"""Whether every key that an entity is matched on can be filled: from the subject, from its own source, or from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.order import RING_REMEDY, ring, told
from config.problems import Notes, nearest
from config.settings import Source
from config.sources import Read, Reference
from config.words import SUBJECT_KEYS


def check_keys(read: Read, notes: Notes) -> None:
    """Note every `match` on a key that nobody provides, and the first ring of entities that wait for each other."""
    before = len(notes.found)
    for reference in read.references:
        _check(reference, read.sources, notes)
    if len(notes.found) == before and (circle := ring(read.sources)):
        notes.mistake(circle[0].line, f"these entities wait for each other: {told(circle)}", RING_REMEDY)


def _check(reference: Reference, sources: Sequence[Source], notes: Notes) -> None:
    owner, _, name = reference.key.partition(".")
    provided = {source.name: _provided(source) for source in sources}
    if owner == "subject":
        known, wrong, first = [f"subject.{key}" for key in SUBJECT_KEYS], "which the subject does not have", ""
    elif owner == "key":
        known, wrong, first = [f"key.{key}" for key in provided[reference.entity.source]], "which no entity provides", "provide it"
    elif owner in provided:
        known, wrong, first = [f"{owner}.{key}" for key in provided[owner]], f"which source {owner} does not provide", "provide it there"
    else:
        known, wrong, first = _elsewhere(owner, name, provided), f"but {owner or 'this'} is no source", ""
    if reference.key not in known:
        thing = f"entity {reference.entity.source}.{reference.entity.name}"
        notes.mistake(reference.line, f"{thing}: match names {reference.key}, {wrong}", _remedy(first, known))


def _elsewhere(owner: str, name: str, provided: Mapping[str, Sequence[str]]) -> list[str]:
    """What may have been meant by a key of a source that is not there."""
    near = nearest(provided, owner)
    return [f"{near}.{name}"] if near else ["subject.bsn", *(f"{source}.{key}" for source, keys in provided.items() for key in keys)]


def _remedy(first: str, known: Sequence[str]) -> str:
    said = ", or ".join(part for part in (first, f"write one of: {', '.join(known)}" if known else "") if part)
    return said[:1].upper() + said[1:]


def _provided(source: Source) -> list[str]:
    return sorted({key.removeprefix("key.") for entity in source.entities for key in entity.provides.values()})
