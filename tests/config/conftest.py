"""A gemeente of five small files in a folder, of which a test changes what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from config.load import load, problems
from config.problems import Problem
from config.settings import Config, Source

KINDS = ("sql", "brp", "tables", "documents")

ORGANISATION = """\
name: Gemeente Nergenshuizen
department: Privacy
visiting_address: Dorpsstraat 1, 1111 AA Nergenshuizen
postal_address: Postbus 1, 1110 AA Nergenshuizen
phone: 085 000 00 00
email: privacy@nergenshuizen.example
website: https://nergenshuizen.example
officer_name: de functionaris gegevensbescherming
officer_email: fg@nergenshuizen.example
signed_by: V. Voorbeeld
signed_as: teamleider
objection_body: het college van Nergenshuizen
court: rechtbank Nergens
"""

SOURCES = """\
sources:
  - name: wmo
    title: Wmo-administratie
    kind: sql
    connection: ${WMO_URL}
    activity: hulp
    entities:
      client:
        match: {BSN: subject.bsn}
        provides: {CLIENT_NR: key.client}
        columns:
          BSN: {kind: bsn, party: subject}
          CLIENT_NR: {kind: id, party: subject}
          AANTEKENING: {label: Aantekening, kind: text, party: mixed, category: gezondheid}
          WACHTWOORD: {withhold: technical}
      contact:
        table: contactmoment
        match: {CLIENT_NR: key.client}
        columns:
          CLIENT_NR: {kind: id, party: subject}
          MOEDER: {kind: name, party: relative}
"""

ACTIVITIES = """\
activities:
  - id: hulp
    title: Hulp thuis
    purpose: Wij regelen hulp thuis.
    legal_basis: {avg: 6.1.e, law: Wmo 2015, article: "2.3.5", in_force: 2015-01-01}
    special: {gezondheid: {avg: 9.2.h, law: Wmo 2015, article: "5.1.1"}}
    categories: [naam, gezondheid]
    subjects: [inwoner]
    sources: [inwoner]
    recipients: [CAK]
    third_countries: []
    retention: {term: P15Y, from: einde van de hulp, law: Wmo 5.3.4}
    automated_decisions: none
"""


@dataclass
class Folder:
    """A folder of configuration that tests write into, with its environment."""

    path: Path
    environment: dict[str, str] = field(default_factory=lambda: {"WMO_URL": "sqlite:///wmo"})

    def write(self, name: str, text: str) -> Folder:
        """Write one file."""
        (self.path / name).write_text(text, encoding="utf-8")
        return self

    def replace(self, name: str, old: str, new: str) -> Folder:
        """Change `old`, which must stand there, into `new`."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        return self.write(name, text.replace(old, new, 1))

    def load(self) -> Config:
        """The configuration."""
        return load(self.path, self.environment, KINDS)

    def problems(self, level: str = "") -> tuple[Problem, ...]:
        """What is wrong, of one level or of both; that the optional files are absent is left out."""
        found = problems(self.path, self.environment, KINDS)
        return tuple(p for p in found if level in {"", p.level} and not (p.line == 0 and p.level == "warning"))

    def told(self, level: str = "error") -> list[str]:
        """The problems as they are printed."""
        return [str(problem) for problem in self.problems(level)]

    def sources(self, text: str, environment: Mapping[str, str] | None = None) -> tuple[Source, ...]:
        """The sources of this sources.yaml."""
        self.environment.update(environment or {})
        return self.write("sources.yaml", text).load().sources


@pytest.fixture
def gemeente(tmp_path: Path) -> Folder:
    """Nergenshuizen, without a mistake."""
    return Folder(tmp_path).write("organisation.yaml", ORGANISATION).write("sources.yaml", SOURCES).write("activities.yaml", ACTIVITIES)


EMBEDDED = Path(__file__).parent.parent.parent / "config" / "demo"
