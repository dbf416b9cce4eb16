"""Case notes about everybody who is not in the story: sentences drawn and filled with the people around a resident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from demo.texts import read
from demo.town import TODAY, Resident, Town


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes notes about residents of a town, drawing from `words/notes.yaml`."""

    town: Town
    chance: Random
    words: Mapping[str, Any] = field(default_factory=lambda: read("words/notes.yaml"))

    def note(self, person: Resident) -> str:
        """Three to eight sentences about a resident and the people around them."""
        around = self._around(person)
        parts = [self._some("openings", 1), self._some("situations", self.chance.choice((1, 2, 2, 3)))]
        parts += [self._some("network", self.chance.choice((0, 1, 2))), self._some("agreements", self.chance.choice((1, 1, 2)))]
        sentences = [sentence.format(**around) for part in parts for sentence in part]
        return " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)

    def question(self) -> str:
        """What a resident comes for, in a few words."""
        return str(self.chance.choice(self.words["questions"]))

    def official(self) -> str:
        """The name of somebody who works for the gemeente."""
        return str(self.chance.choice(self.words["officials"]))

    def professional(self) -> str:
        """The name of somebody who works for another organisation."""
        return str(self.chance.choice(self.words["professionals"]))

    def day(self, first: int = 2018) -> date:
        """A day from the first of January of a year up to today."""
        start = date(first, 1, 1)
        return start + timedelta(days=self.chance.randrange((TODAY - start).days))

    def some(self, share: float) -> list[Resident]:
        """About this share of the living grown-ups outside the story, in fixed order."""
        story = set(self.town.cast.values())
        grown = [
            person for person in self.town.residents.values() if person.age() >= 18 and person.died is None and person.bsn not in story
        ]
        return [person for person in grown if self.chance.random() < share]

    def witness(self, person: Resident) -> list[tuple[str, Resident]]:
        """Now and then a neighbour who saw something; nobody of the story, whose records are told."""
        story = set(self.town.cast.values())
        near = [other for other in self.town.neighbours(person.bsn) if other.bsn not in story]
        return [("getuige", self.chance.choice(near))] if near and self.chance.random() < 0.6 else []

    def _some(self, what: str, many: int) -> Sequence[str]:
        return self.chance.sample(self.words[what], many)

    def _around(self, person: Resident) -> dict[str, str]:
        relation, kin = self.chance.choice(self.town.kin(person.bsn) or [("kennis", person)])
        neighbours = self.town.neighbours(person.bsn)
        called = self.chance.choice(
            (person.short, f"Mw. {person.surname}" if person.gender == "f" else f"Dhr. {person.surname}", person.full)
        )
        near = self.chance.choice(neighbours) if neighbours else None
        return {
            "me": called, "kin": self.chance.choice((kin.short, kin.full, kin.call)), "relation": relation,
            "next": f"{'buurvrouw' if near.gender == 'f' else 'buurman'} {near.surname}" if near else "de huismeester",
            "tel": kin.phone or person.phone, "official": self.official(), "pro": self.professional(),
        }  # fmt: skip
