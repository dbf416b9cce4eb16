"""What is known of the subject while a source is asked: the person, and the keys with how sure each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from config.discretion import discreet
from config.person import Person, Subject

JOINT = "+"
"""Joins the names of keys that one row provides together; their values are joined by `SPLIT`, which no key holds."""

SPLIT = "\x1f"

Values = Mapping[str, float]
"""The values of a key, each with the score of the row that it came from."""


@discreet
@dataclass(frozen=True, slots=True)
class Known:
    """The subject as one source may be asked for them. `missed` names keys that were not looked up whole."""

    person: Person
    keys: Mapping[str, Values] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()

    def with_keys(self, provided: Mapping[str, Values]) -> Known:
        """The same with what one more entity provided; of a value that was there, the surer score counts."""
        keys = dict(self.keys)
        for name, values in provided.items():
            before = keys.get(name, {})
            keys[name] = {**before, **{value: max(score, before.get(value, 0.0)) for value, score in values.items()}}
        return Known(self.person, keys, self.missed)

    def without(self, missed: Iterable[str]) -> Known:
        """The same, knowing that these keys could not be looked up whole."""
        return Known(self.person, self.keys, self.missed | frozenset(missed))


def known_of(subject: Subject) -> Known:
    """What is known at the start."""
    keys = {name: {value: subject.doubtful.get(name, {}).get(value, 1.0) for value in values} for name, values in subject.keys.items()}
    return Known(subject.person, keys, frozenset(subject.missed))


def outside(source: str, key: str) -> str:
    """A key as it is seen from other sources: `key.client` of source wmo is `wmo.client`."""
    return f"{source}.{key.removeprefix('key.')}" if key.startswith("key.") else key
