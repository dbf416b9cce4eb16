"""In what order sources are asked: who needs a key that another provides, or must wait until it is known who the subject is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.errors import ConfigError
from config.settings import Entity, Source

LEARNT = frozenset({"subject.name", "subject.birth_date", "subject.address", "subject.email", "subject.phone"})
"""What of the subject is not known from the request, but learnt from what is matched by BSN."""

Place = tuple[str, str]
"""A source and an entity of it, by name."""


@dataclass(frozen=True, slots=True)
class Leg:
    """What one source is asked in one go: legs of one stage may run at once, each stage after the one before."""

    stage: int
    source: str
    entities: tuple[str, ...]


def stages(sources: Sequence[Source]) -> tuple[Leg, ...]:
    """Every entity of every source in legs, by stage and then in the order of the file.

    A provider comes before its users: in the same leg where both are of one source, in an earlier stage where they are not. What
    is matched on a name or address waits for a later stage than all that is matched by BSN alone, for who the subject is, is
    learnt between stages. Raises ConfigError where entities wait for each other in a ring.
    """
    if circle := ring(sources):
        raise ConfigError("sources.yaml", f"these entities wait for each other: {_drawn(circle)}", RING_REMEDY)
    entities = _placed(sources)
    needs = _needs(entities)
    order = tuple(_in_order(entities, needs))
    levels: dict[Place, int] = {}
    for place in order:
        levels[place] = max((levels[needed] + later for needed, later in needs[place].items()), default=0)
    return tuple(
        Leg(stage, source.name, tuple(name for owner, name in order if owner == source.name and levels[owner, name] == stage))
        for stage in range(max(levels.values(), default=-1) + 1)
        for source in sources
        if any(levels[source.name, entity.name] == stage for entity in source.entities)
    )


RING_REMEDY = "Let one of them be found by subject.bsn, or by a key that comes from outside the ring"


def ring(sources: Sequence[Source]) -> tuple[Entity, ...]:
    """The first ring of entities that wait for each other, each once and in order of need; () where there is none."""
    entities = _placed(sources)
    needs = {place: tuple(needed) for place, needed in _needs(entities).items()}
    done: set[Place] = set()
    for place in entities:
        if found := _walk(place, needs, [], done):
            return tuple(entities[member] for member in found)
    return ()


def _drawn(circle: Sequence[Entity]) -> str:
    return " -> ".join(f"{entity.source}.{entity.name}" for entity in (*circle, circle[0]))


def told(circle: Sequence[Entity]) -> str:
    """The ring as a sentence names it: `wmo.client -> wmo.contact -> wmo.client`."""
    return _drawn(circle)


def _walk(place: Place, needs: Mapping[Place, Sequence[Place]], path: list[Place], done: set[Place]) -> list[Place]:
    if place in path:
        return path[path.index(place) :]
    if place in done:
        return []
    for needed in needs[place]:
        if found := _walk(needed, needs, [*path, place], done):
            return found
    done.add(place)
    return []


def reach(sources: Sequence[Source], wanted: frozenset[Place]) -> frozenset[Place]:
    """What must be asked to find all of `wanted`: those themselves, and whatever provides the keys by which they are found."""
    entities = _placed(sources)
    providers = _providers(entities)
    found, todo = set[Place](), sorted(wanted & entities.keys())
    while todo:
        place = todo.pop()
        if place in found:
            continue
        found.add(place)
        keys = {key for alternative in entities[place].match for key in alternative.values()} - LEARNT - {"subject.bsn"}
        todo += [other for key in sorted(keys) for other in _of(key, place, providers)]
    return frozenset(found)


def _placed(sources: Sequence[Source]) -> dict[Place, Entity]:
    return {(source.name, entity.name): entity for source in sources for entity in source.entities}


def _needs(entities: Mapping[Place, Entity]) -> dict[Place, dict[Place, int]]:
    """For each entity what it needs, and by how many stages at least that must come first (0 within one source)."""
    providers = _providers(entities)
    known = _by_bsn(entities, providers)
    needs: dict[Place, dict[Place, int]] = {}
    for place, entity in entities.items():
        keys = {key for alternative in entity.match for key in alternative.values()}
        needed = {other: int(other[0] != place[0]) for key in sorted(keys) for other in _of(key, place, providers)}
        if keys & LEARNT:
            needed |= dict.fromkeys((other for other in entities if other in known), 1)
        needs[place] = needed
    return needs


def _providers(entities: Mapping[Place, Entity]) -> dict[str, list[Place]]:
    """Who fills each key, named as seen from outside (`wmo.client`)."""
    found: dict[str, list[Place]] = {}
    for (source, name), entity in entities.items():
        for key in entity.provides.values():
            found.setdefault(f"{source}.{key.removeprefix('key.')}", []).append((source, name))
    return found


def _of(key: str, place: Place, providers: Mapping[str, Sequence[Place]]) -> tuple[Place, ...]:
    """The entities that fill `key` for `place`; itself only where nobody else does, which is a ring of one."""
    outside = f"{place[0]}.{key.removeprefix('key.')}" if key.startswith("key.") else key
    found = tuple(providers.get(outside, ()))
    return tuple(other for other in found if other != place) or found


def _by_bsn(entities: Mapping[Place, Entity], providers: Mapping[str, Sequence[Place]]) -> frozenset[Place]:
    """The entities that are found by the BSN alone, directly or through keys of others that are."""
    known: frozenset[Place] = frozenset()
    while True:
        more = frozenset(place for place, entity in entities.items() if _is_known(place, entity, providers, known))
        if more == known:
            return known
        known = more


def _is_known(place: Place, entity: Entity, providers: Mapping[str, Sequence[Place]], known: frozenset[Place]) -> bool:
    keys = {key for alternative in entity.match for key in alternative.values()} - {"subject.bsn"}
    found = [_of(key, place, providers) for key in keys]
    return bool(entity.match) and all(others and known.issuperset(others) for others in found)


def _in_order(entities: Mapping[Place, Entity], needs: Mapping[Place, Mapping[Place, int]]) -> Iterator[Place]:
    """Each after what it needs, else in the order of the file; there is no ring."""
    given: set[Place] = set()

    def before(place: Place) -> Iterator[Place]:
        if place not in given:
            given.add(place)
            for needed in needs[place]:
                yield from before(needed)
            yield place

    for place in entities:
        yield from before(place)
