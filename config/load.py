"""The five YAML files of a gemeente, read and checked as a whole: `load` gives them or refuses, `problems` tells all mistakes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from config.errors import ConfigError
from config.keys import check_keys
from config.legal import read_activities
from config.organisation import read_organisation
from config.policy import read_grounds, read_policy
from config.problems import Notes, Problem, nearest, one_of
from config.settings import Config, Ground, Policy
from config.sources import Read, read_sources
from config.yamlfile import Node, parse

__all__ = ["Problem", "load", "load_policy", "problems"]

EMBEDDED = Path(__file__).parent / "demo"
"""The configuration that comes with Inzage; its grounds and policy hold where a gemeente writes none of its own."""

FILES = ("organisation.yaml", "sources.yaml", "activities.yaml", "grounds.yaml", "policy.yaml")
OPTIONAL = frozenset({"grounds.yaml", "policy.yaml"})

T = TypeVar("T")


def load(folder: Path, environment: Mapping[str, str], kinds: Collection[str]) -> Config:
    """The configuration in `folder`, with `${NAME}` from `environment`; `kinds` are the kinds of source that can be read.

    Raises ConfigError, with the first mistake and how many there are, where anything must be mended.
    """
    config, found = _read(folder, environment, kinds)
    _refuse(found)
    return _whole(config, folder)


def load_policy(folder: Path) -> Policy:
    """The policy alone, for work that needs no sources; that of Inzage where the folder has none. Raises ConfigError."""
    policy, _, found = _read_policy(_Folder(folder, {}))
    _refuse(_sorted(*found))
    return _whole(policy, folder)


def problems(folder: Path, environment: Mapping[str, str], kinds: Collection[str]) -> tuple[Problem, ...]:
    """Everything wrong in the five files, by file and line; also what works but should be looked at (level "warning")."""
    return _read(folder, environment, kinds)[1]


def _refuse(found: Collection[Problem]) -> None:
    mistakes = [problem for problem in found if problem.level == "error"]
    if not mistakes:
        return
    first = mistakes[0]
    place = f"{first.file}:{first.line}" if first.line else first.file
    more = f" This is one of {len(mistakes)} mistakes: `inzage config check` shows all" if len(mistakes) > 1 else ""
    raise ConfigError(place, first.what, f"{first.remedy.rstrip('.')}.{more}")


def _whole(read: T | None, folder: Path) -> T:
    if read is None:
        raise ConfigError(str(folder), "the configuration cannot be read", "Run `inzage config check`")
    return read


@dataclass(frozen=True, slots=True)
class _Folder:
    """One folder of configuration, and what its files may take from the environment."""

    folder: Path
    environment: Mapping[str, str]

    def content(self, name: str) -> bytes:
        """The file as it stands, the embedded one where an optional one is absent. Raises OSError where it cannot be read."""
        path = self.folder / name
        return (EMBEDDED / name if name in OPTIONAL and not path.exists() else path).read_bytes()

    def templates(self) -> tuple[str, ...]:
        """The templates and texts of the gemeente's own, in order of name; they too decide what a resident reads."""
        found = (path for path in (self.folder / "templates").rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(self.folder).as_posix() for path in found))

    def root(self, notes: Notes) -> Node | None:
        """The parsed file; None where it is missing or cannot be read, and then `notes` says so."""
        if not (self.folder / notes.file).exists():
            self._missing(notes)
        try:
            return parse(self.content(notes.file), self.environment, notes)
        except FileNotFoundError:
            return None
        except OSError:
            notes.mistake(0, "the file cannot be read", "Let the user who runs Inzage read it")
            return None

    def _missing(self, notes: Notes) -> None:
        near = nearest((path.name for path in self.folder.glob("*.y*ml") if path.name not in FILES), notes.file)
        renamed = f"Did you mean {near}? Then rename it" if near else ""
        if notes.file in OPTIONAL:
            remedy = "Copy it from config/demo, and let your data protection officer adopt it"
            notes.warning(0, "the file is absent, so that of Inzage itself is used", renamed or remedy)
        else:
            notes.mistake(0, "the file is missing", renamed or "Write it; config/demo has one to start from")

    def read(self, name: str, reader: Callable[[Node, Notes], T]) -> tuple[T | None, Notes]:
        """What `reader` makes of the file, None where it cannot be read at all; and what was found wrong."""
        notes = Notes(name)
        root = self.root(notes)
        return (None if root is None else reader(root, notes)), notes


def _read(folder: Path, environment: Mapping[str, str], kinds: Collection[str]) -> tuple[Config | None, tuple[Problem, ...]]:
    if not folder.is_dir():
        return None, (Problem(str(folder), 0, "there is no such folder", "Name one with --config DIR or INZAGE_CONFIG"),)
    files = _Folder(folder, environment)
    organisation, first = files.read("organisation.yaml", lambda root, notes: read_organisation(root, notes, folder))
    read, second = files.read("sources.yaml", lambda root, notes: _sources(root, kinds, notes))
    activities, third = files.read("activities.yaml", read_activities)
    policy, grounds, last = _read_policy(files)
    if read and activities:
        _check_activities(read, {activity.id for activity in activities}, second)
    found = _sorted(first, second, third, *last)
    if organisation is None or read is None or activities is None or policy is None:
        return None, found
    return Config(folder, organisation, read.sources, activities, grounds, policy, _fingerprint(files)), found


def _sorted(*notes: Notes) -> tuple[Problem, ...]:
    return tuple(problem for part in notes for problem in sorted(part.found, key=lambda problem: problem.line))


def _read_policy(files: _Folder) -> tuple[Policy | None, Mapping[str, Ground], tuple[Notes, Notes]]:
    read, found = files.read("grounds.yaml", read_grounds)
    grounds = read or {}
    policy, more = files.read("policy.yaml", lambda root, notes: read_policy(root, grounds, notes))
    return policy, grounds, (found, more)


def _sources(root: Node, kinds: Collection[str], notes: Notes) -> Read:
    read = read_sources(root, kinds, notes)
    check_keys(read, notes)
    return read


def _check_activities(read: Read, known: Collection[str], notes: Notes) -> None:
    """Note what sources.yaml names and activities.yaml lacks: a warning here, which `inzage register check` refuses."""
    for entity in (entity for source in read.sources for entity in source.entities):
        named = {entity.activity, *(column.activity for column in entity.columns.values())}
        for name in sorted(named - {"", *known}):
            wrong = f"entity {entity.source}.{entity.name}: activity {name} is not in activities.yaml"
            notes.warning(entity.line, wrong, one_of(known, name))


def _fingerprint(files: _Folder) -> str:
    """SHA-256 over name, length and content of each file in use, in fixed order; `${NAME}` as it stands, never its value."""
    digest = hashlib.sha256()
    for name, content in ((name, files.content(name)) for name in (*FILES, *files.templates())):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
