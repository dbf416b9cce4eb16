"""What is printed in the place of a name: a role, numbered where several people share it, the same for one person all through a request."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST = 50_000
"""So many people are told apart; any more are printed without a number, so that memory stays flat on endless input."""


@dataclass(slots=True)
class Labels:
    """The labels given so far in this request, in order of first appearance: never by hash, never the same in two requests."""

    unsure: str  # printed where it may be one of several people
    given: dict[str, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    printed: dict[str, int] = field(default_factory=dict)

    def of(self, person: str, base: str) -> str:
        """The label of this person; without a person, that of the sort of thing it is."""
        label = self._label(person, base or self.unsure)
        self.printed[label] = self.printed.get(label, 0) + 1
        return label

    def _label(self, person: str, base: str) -> str:
        if not person:
            return f"[{base}]"
        if person not in self.given:
            if len(self.given) >= MOST:
                return f"[{self.unsure}]"
            number = self.counted[base] = self.counted.get(base, 0) + 1
            self.given[person] = f"[{base}]" if number == 1 else f"[{base} {number}]"
        return self.given[person]
