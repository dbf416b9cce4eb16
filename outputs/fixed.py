"""The texts that are ours: a name in the gemeente's own address is no leak, and neither is a word of a template.

What is fixed is taken out of a file, sentence by sentence and only where it stands whole, before the file is searched; so
the same name anywhere else is still found. A fixed text of one word cannot be told from data: it is given apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick

from outputs.house import house
from outputs.needles import words
from outputs.sheetnames import sheet_name
from outputs.texts import environment, folders, texts

_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n|\{[a-z_]*\}")
_FILE = re.compile(
    r"besluit\.pdf|(?:dossier|documenten)(?:-deel-\d+)?\.pdf|gegevens\.(?:xlsx|zip)|(?:dossier(?:\.schema)?|manifest)\.json|LEESMIJ\.txt"
)
_OF_CONFIGURATION = ("request.number", "coverage.title", "activities", "collections.title", "collections.columns", "rights")
_FROM_DATA = frozenset({"retained_until", "since", "when", "recipients_explained"})
GAP = " \x1f "
PIECE = 4
"""A sentence, or what stands of it between two values, counts from so many words: "van de" alone could be part of a name."""


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """Phrases of two words and more to take out, the single words that stand alone in our texts, and the number of the request."""

    phrases: ahocorasick.Automaton
    single: frozenset[str]
    number: str = ""
    gemeente: frozenset[str] = frozenset()  # the words of organisation.yaml: of the town everybody lives in, and of who signs

    def without_number(self, text: str) -> str:
        """`text` as it stands in a file, without the number of the request: where lines are read as one, a word may be stuck to it."""
        return text.replace(self.number, GAP) if self.number else text

    def without(self, text: str) -> str:
        """`text` (as `words` gives it) with a gap in place of each fixed phrase."""
        spaced, cut, at = _spaced(text), [], 0
        for end, phrase in self.phrases.iter_long(spaced):
            cut.append(spaced[at : end - len(phrase) + 1])
            at = end + 1
        return f"{GAP.join([*cut, spaced[at:]])}".replace("  ", " ") if cut else text


def _spaced(text: str) -> str:
    """Words with a space of their own on both sides, so that two phrases beside each other share none."""
    return text.replace(" ", "  ")[1:-1]


def fixed(dossier: Any = None, files: Iterable[str] = ()) -> Fixed:
    """The fixed texts of the templates, of the configuration as a `dossier.json` (parsed) repeats it, and the names we give `files`.

    The number of the request is ours too: somebody's client number may have the same six digits.
    """
    ours = filter(_FILE.fullmatch, files)
    whole = {words(text) for text in (*_strings(texts()), *_of(dossier or {}), *ours, *house().says)}
    told = (*_strings(texts()), *_templates(folders(house())), *_of(dossier or {}))
    sentences = {words(part) for text in told for part in _SENTENCE.split(text)}
    automaton = ahocorasick.Automaton()
    for phrase in sorted({w for w in whole if w.count(" ") > 2} | {s for s in sentences if s.count(" ") > PIECE}):
        automaton.add_word(_spaced(phrase), _spaced(phrase))
    automaton.make_automaton()
    number = next(_at(dossier or {}, ["request", "number"]), "")
    return Fixed(automaton, frozenset(phrase.strip() for phrase in whole if phrase.count(" ") == 2), number, _words(house().says))


def _words(told: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in told for word in words(text).split())


@cache
def _templates(places: tuple[Path, ...]) -> tuple[str, ...]:
    found = []
    for path in sorted(path for place in places for path in place.glob("*.j2")):
        pieces = environment().lex(path.read_text(encoding="utf-8"))
        found += [text.strip("\"'") if kind == "string" else text for _, kind, text in pieces if kind in ("data", "string")]
    return tuple(found)


def _of(dossier: Any) -> Iterator[str]:
    """The parts of the data that YAML wrote: titles, the register, the rights; never what a source or a person said."""
    for path in _OF_CONFIGURATION:
        for text in _at(dossier, path.split(".")):
            yield text
            yield sheet_name(text, set())  # as a sheet is called


def _at(node: Any, path: list[str]) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _at(item, path)
    elif not path:
        yield from _strings(node)
    elif isinstance(node, dict) and path[0] in node:
        yield from _at(node[path[0]], path[1:])


def _told_by_a_source(node: dict[str, Any]) -> bool:
    """Actual recipients come from messages; and the name of a column that nobody classified may be a value, where a file has no head."""
    return node.get("status") == "actual" or node.get("withheld") is not None


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in _FROM_DATA and not _told_by_a_source(node):
                yield from _strings(value)
    elif isinstance(node, Iterable):
        for item in node:
            yield from _strings(item)
