"""The settings of one gemeente as types: its sources, its grounds, its policy and itself. Read by `config.load`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from config.collection import Column, Party
from config.law import Activity
from config.request import DUTCH


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of record of a source, as sources.yaml has it.

    `match` lists alternatives, tried in order; each maps a column to the key it must equal (`subject.bsn`, `key.client`,
    `brp.a_nummer`), all together. `provides` maps a column to the key of this source that it fills (`key.client`). `discloses` maps a
    word of a disclosure (`when`, `to`, `what`, `why`, `activity`) to the columns that tell it.
    """

    source: str
    name: str
    title: str
    table: str
    match: tuple[Mapping[str, str], ...]
    provides: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    activity: str = ""
    minimum_rows: int = 0
    discloses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)  # what only its kind understands, `format:` for one
    line: int = 0  # in sources.yaml


@dataclass(frozen=True, slots=True)
class Source:
    """One source system, as sources.yaml has it; `connection` and `options` hold secrets, so its `repr` is its name."""

    name: str
    title: str
    kind: str
    connection: str
    owner: str = ""
    activity: str = ""
    timeout: timedelta = timedelta(seconds=30)
    retries: int = 3
    concurrency: int = 2
    entities: tuple[Entity, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)  # `auth:`, `format:` and what else only its kind understands
    line: int = 0

    def __repr__(self) -> str:
        return f"<Source {self.name}>"


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the resident reads of a ground in another language than Dutch."""

    title: str
    sentence: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something may be withheld. `sentence` is printed for the resident as it stands; `legal` is for the legend.

    `standing` tells a ground of law from the state "not yet judged", which the desk must resolve or name.
    """

    code: str
    title: str
    legal: tuple[str, ...]
    sentence: str
    decision: str  # "altijd", "steekproef" or "controle_achteraf": how a person looks at it before anything leaves
    action: str = ""
    temporary: str = ""
    standing: str = "law"  # "law", "unjudged", or "blocked" (may never be used)
    ask: str = ""  # where the resident can ask for it then; stands in the letter
    languages: Mapping[str, Sentences] = field(default_factory=dict)  # by language; one without is read in Dutch

    def said_in(self, language: str) -> Ground:
        """This ground in the words of a language, as far as grounds.yaml has them."""
        words = self.languages.get(language)
        if words is None:
            return self
        before = {DUTCH: Sentences(self.title, self.sentence, self.ask)} if DUTCH not in self.languages else {}
        ask = words.ask or self.ask
        return replace(self, title=words.title, sentence=words.sentence, ask=ask, languages={**self.languages, **before})


class CellRule(StrEnum):
    """What the policy does with a cell of a party."""

    DISCLOSE = "disclose"
    ROLE = "role"  # a label in its place: "[moeder]", "[klantmanager]"
    WITHHOLD = "withhold"
    TEXT = "text"  # read as free text, and redacted span by span


@dataclass(frozen=True, slots=True)
class PartyRule:
    """What the policy does with the data of one party: in a cell of its own, and where it is mentioned in free text."""

    cell: CellRule
    text: CellRule
    ground: str  # "" where all is disclosed


class Telling(StrEnum):
    """What the policy does with a fact that is told of somebody else, beside their name."""

    DISCLOSE = "disclose"
    REVIEW = "review"  # withheld until a person decides
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Policy:
    """How the gemeente redacts: a rule for each party, the ground for each category, and what a person must look at.

    `told` has a rule for each sort of fact and the party of whom it is told; `roles` one for those people of a party who have
    that function or relation, before that of their party. `match` is the score below which a row goes to the review list;
    `confidence` the one below which a span does. `blind` says that a second reviewer gives a verdict before seeing the first.
    """

    parties: Mapping[Party, PartyRule]
    grounds: Mapping[str, str]  # category or reason ("bsn", "iban", "technical", "unclassified", "health", "informant") -> ground
    match: float
    confidence: float
    wait_days: int = 14  # how long a request waits for a source that a colleague searches by hand
    remind_days: int = 5  # how often that colleague is reminded
    blind: bool = True  # the second reviewer sees the first verdict only after giving one
    told: Mapping[str, Mapping[Party, Telling]] = field(default_factory=dict)  # "health" -> party -> what is done
    roles: Mapping[str, PartyRule] = field(default_factory=dict)  # "behandelaar" -> rule


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How the letters of the gemeente look: its colour (`#rrggbb`), and files of its logo and letters, None for those of Inzage."""

    colour: str = "#154273"
    logo: Path | None = None  # PNG or JPEG
    font: Path | None = None  # TrueType
    font_bold: Path | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """The gemeente itself, as its letters need it."""

    name: str
    department: str
    visiting_address: str
    postal_address: str
    phone: str
    email: str
    website: str
    officer_name: str  # the data protection officer
    officer_email: str
    signed_by: str
    signed_as: str
    objection_body: str
    court: str
    locale: str = "nl_NL"
    timezone: str = "Europe/Amsterdam"
    dossier_retention: str = "P5Y"
    desk_hours: str = ""
    style: HouseStyle = HouseStyle()


@dataclass(frozen=True, slots=True)
class Config:
    """All that one folder of configuration says, whole and checked; `fingerprint` is the SHA-256 over its files."""

    folder: Path
    organisation: Organisation
    sources: tuple[Source, ...]
    activities: tuple[Activity, ...]
    grounds: Mapping[str, Ground]
    policy: Policy
    fingerprint: str

    def source(self, name: str) -> Source:
        """The source called `name`; KeyError where there is none."""
        return next(source for source in self.sources if source.name == name)

    def activity(self, identifier: str) -> Activity:
        """The activity with this id; KeyError where there is none."""
        return {activity.id: activity for activity in self.activities}[identifier]
