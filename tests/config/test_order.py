"""The order of asking: providers before users, and whoever is found by name after whoever is found by BSN."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ConfigError
from config.order import LEARNT, Leg, ring, stages
from config.settings import Entity, Source

Sketch = Mapping[str, Mapping[str, tuple[str, str]]]
"""Per source, per entity: what it needs ("bsn | name + a.x" means two ways) and what it provides ("x y")."""


def drawn(sketch: Sketch) -> tuple[Source, ...]:
    """The sources of a sketch; `x` is a key of the own source, `a.x` of another, `bsn` and `name` of the subject."""
    return tuple(
        Source(name, name, "sql", "", entities=tuple(_entity(name, e, *how) for e, how in entities.items()))
        for name, entities in sketch.items()
    )


def _entity(source: str, name: str, needs: str, provides: str) -> Entity:
    ways = [way.split("+") for way in needs.split("|") if way.strip()]
    match = tuple({f"C{n}": _key(key.strip()) for n, key in enumerate(way)} for way in ways)
    return Entity(source, name, name, name, match, {f"P_{key}": f"key.{key}" for key in provides.split()})


def _key(key: str) -> str:
    if key in {"bsn", "name", "birth_date", "address", "email", "phone"}:
        return f"subject.{key}"
    return key if "." in key else f"key.{key}"


def legs(sketch: Sketch) -> list[tuple[int, str, tuple[str, ...]]]:
    """The legs of a sketch as tuples."""
    return [(leg.stage, leg.source, leg.entities) for leg in stages(drawn(sketch))]


def test_what_is_found_by_bsn_is_asked_at_once() -> None:
    """One stage, one leg a source, in the order of the file."""
    assert legs({"b": {"x": ("bsn", "")}, "a": {"y": ("bsn", ""), "z": ("bsn", "")}}) == [(0, "b", ("x",)), (0, "a", ("y", "z"))]


def test_within_a_source_the_provider_comes_first_in_the_same_leg() -> None:
    """Whatever the order of the file is."""
    assert legs({"a": {"contact": ("client", ""), "client": ("bsn", "client")}}) == [(0, "a", ("client", "contact"))]


def test_a_key_of_another_source_means_a_later_stage() -> None:
    """And what follows from it in the same source goes along."""
    assert legs({"a": {"x": ("b.nr", "k"), "y": ("k", "")}, "b": {"z": ("bsn", "nr")}}) == [(0, "b", ("z",)), (1, "a", ("x", "y"))]


def test_a_source_may_be_asked_in_several_stages() -> None:
    """What can be asked at once does not wait for the rest of its source."""
    assert legs({"a": {"x": ("bsn", "k"), "y": ("b.nr", "")}, "b": {"z": ("a.k", "nr")}}) == [
        (0, "a", ("x",)),
        (1, "b", ("z",)),
        (2, "a", ("y",)),
    ]


@pytest.mark.parametrize("key", sorted(key.removeprefix("subject.") for key in LEARNT))
def test_who_is_found_by_what_must_be_learnt_waits_for_all_found_by_bsn(key: str) -> None:
    """Name, birth date, address, e-mail and phone are learnt between stages, also from the same source."""
    sketch = {"a": {"x": ("bsn", "k"), "y": ("k", ""), "w": (f"bsn | {key}", "")}, "b": {"z": (f"{key} + birth_date", "")}}
    assert legs(sketch) == [(0, "a", ("x", "y")), (1, "a", ("w",)), (1, "b", ("z",))]


def test_a_key_that_follows_from_a_name_is_not_learnt_from() -> None:
    """Only what hangs on the BSN alone says who the subject is; else there would be rings."""
    sketch = {"a": {"x": ("name", "k"), "y": ("k", "")}, "b": {"z": ("bsn", "")}, "c": {"w": ("name", "")}}
    assert legs(sketch) == [(0, "b", ("z",)), (1, "a", ("x", "y")), (1, "c", ("w",))]


def test_without_any_bsn_there_is_nothing_to_wait_for() -> None:
    """A gemeente whose only system knows names is asked at once."""
    assert legs({"a": {"x": ("name", "")}}) == [(0, "a", ("x",))]


def test_what_a_colleague_looks_up_waits_for_nobody() -> None:
    """An entity without match is asked in the first stage."""
    assert legs({"a": {"x": ("", "")}}) == [(0, "a", ("x",))]


def test_a_key_of_its_own_as_second_way_is_no_ring() -> None:
    """A table may be found by BSN, and be searched again by the numbers that another table also gives."""
    assert legs({"a": {"x": ("bsn | k", "k"), "y": ("bsn", "k")}}) == [(0, "a", ("y", "x"))]


@pytest.mark.parametrize(
    ("sketch", "told"),
    [
        ({"wmo": {"client": ("k", "l"), "contact": ("l", "k")}}, "wmo.client -> wmo.contact -> wmo.client"),
        ({"a": {"x": ("b.k", "l")}, "b": {"y": ("a.l", "k")}}, "a.x -> b.y -> a.x"),
        ({"a": {"x": ("k", "k")}}, "a.x -> a.x"),
        ({"a": {"x": ("bsn | k", "l"), "y": ("l", "m"), "z": ("m", "k")}}, "a.x -> a.z -> a.y -> a.x"),
    ],
)
def test_a_ring_is_refused_and_drawn(sketch: Sketch, told: str) -> None:
    """No order would do; the sentence names the ring."""
    with pytest.raises(ConfigError, match=told.replace(".", r"\.")):
        stages(drawn(sketch))


@st.composite
def sketches(draw: st.DrawFn) -> dict[str, dict[str, tuple[str, str]]]:
    """Sources without a ring: each entity may need the subject and keys of entities before it, and the file mixes them."""
    places = [(f"s{draw(st.integers(0, 2))}", f"e{n}") for n in range(draw(st.integers(1, 8)))]
    built: list[tuple[str, str, str, str]] = []
    for n, (source, name) in enumerate(places):
        earlier = [f"{other}.k{m}" for m, (other, *_) in enumerate(built)]
        keys = draw(st.lists(st.sampled_from(["bsn", "bsn", *earlier]), min_size=1, max_size=3))
        built.append((source, name, " | ".join(keys), f"k{n}"))
    sketch: dict[str, dict[str, tuple[str, str]]] = {}
    for source, name, needs, provides in draw(st.permutations(built)):
        sketch.setdefault(source, {})[name] = (needs, provides)
    return sketch


@given(sketches())
def test_whatever_the_file_says_each_entity_is_asked_once_and_after_its_providers(sketch: dict[str, dict[str, tuple[str, str]]]) -> None:
    """In the same leg only within one source, else in an earlier stage; no stage is empty."""
    found = stages(drawn(sketch))
    at: dict[str, tuple[int, int]] = {}
    for leg in found:
        for position, name in enumerate(leg.entities):
            assert f"{leg.source}.{name}" not in at
            at[f"{leg.source}.{name}"] = (leg.stage, position)
    homes = {f"{source}.{how[1]}": f"{source}.{name}" for source, entities in sketch.items() for name, how in entities.items()}
    for source, entities in sketch.items():
        for name, (needs, _) in entities.items():
            for key in (key.strip() for key in needs.split("|") if "." in key):
                provider, user = homes[key], f"{source}.{name}"
                assert at[provider] < at[user] if provider.startswith(f"{source}.") else at[provider][0] < at[user][0]
    assert len(at) == sum(map(len, sketch.values()))
    assert {leg.stage for leg in found} == set(range(max(leg.stage for leg in found) + 1))
    assert ring(drawn(sketch)) == ()


def test_legs_are_sorted_by_stage_and_then_as_the_file_is() -> None:
    """So that every run asks in the same order."""
    found = stages(drawn({"b": {"x": ("a.k", "")}, "a": {"y": ("bsn", "k")}, "c": {"z": ("bsn", "")}}))
    assert found == (Leg(0, "a", ("y",)), Leg(0, "c", ("z",)), Leg(1, "b", ("x",)))
