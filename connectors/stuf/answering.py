"""The answer `npsLa01`: persons with their leaves and relations, what is not filled and why, and the errors Fo01 to Fo03."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.discretion import discreet
from config.errors import SourceError, SourceRefused, SourceUnavailable, SourceUnreadable
from connectors.asking.texts import text
from connectors.soap.exchange import Fault, body_of
from connectors.structured.paths import Path
from connectors.structured.safely import children, local, written_in

_STUF = "{http://www.egem.nl/StUF/StUF0301}"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

NOT_FOUND, NO_RIGHT = frozenset({"StUF064"}), frozenset({"StUF013", "StUF052"})
"""Codes of StUF 3.01: object not found; not authorised, sender unknown."""

KINDS = ("geenWaarde", "waardeOnbekend", "vastgesteldOnbekend", "nietGeautoriseerd", "nietOndersteund")
"""Why an element is not filled."""


@discreet
@dataclass(frozen=True, slots=True)
class Found:
    """One person, or one relation: leaves by path, and by path why others are not filled; `related` are relations by element."""

    leaves: Mapping[Path, Any]
    lacks: Mapping[Path, str]
    related: tuple[tuple[str, Found], ...] = ()


@discreet
@dataclass(frozen=True, slots=True)
class Answered:
    """The persons of one answer, and whether more are to be asked for."""

    persons: tuple[Found, ...]
    more: bool = False


def answered(name: str, said: Any) -> Answered:
    """What the source said. Raises SourceError where that is an error, or no answer to `npsLv01`."""
    if isinstance(said, Fault):
        return _faulted(name, said)
    content = body_of(said)
    if local(content).startswith("Fo0"):
        return _faulted(name, Fault("", "", content))
    if local(content) != "npsLa01":
        raise SourceUnreadable(name, "its answer is not that of StUF-BG 3.10", "Look whether its connection is the right address")
    objects = [
        element for part in children(content) if local(part) == "antwoord" for element in children(part) if local(element) == "object"
    ]
    persons = tuple(found for element in objects if (found := _found(element)).leaves or found.lacks or found.related)
    return Answered(persons, _more(content))


def _more(content: Any) -> bool:
    parameters = (part for part in children(content) if local(part) == "parameters")
    return any(
        written_in(one).lower() in {"true", "1"} for part in parameters for one in children(part) if local(one) == "indicatorVervolgvraag"
    )


def _faulted(name: str, said: Fault) -> Answered:
    """Nobody, where the fault says that; otherwise the error it means. Its words stay here, for they may quote the question."""
    told = {local(one): written_in(one) for one in said.detail.iter() if isinstance(one.tag, str)} if said.detail is not None else {}
    code = told.get("code", "") if re.fullmatch(r"StUF[0-9]{3}", told.get("code", "")) else ""
    words = f"{said.words} {told.get('omschrijving', '')}".lower()
    if code in NOT_FOUND or (not code and re.search(r"(object|persoon)\w* (is )?niet gevonden", words)):
        return Answered(())
    raise _error(name, code, words, told.get("plek", "") or said.code)


def _error(name: str, code: str, words: str, place: str) -> SourceError:
    marked = f" ({code})" if code else ""
    if code in NO_RIGHT or re.search(r"autoris|authori|policy|toegang", words):
        return SourceRefused(
            name, f"it gives no access{marked}", "Look at `auth` and `zender` in sources.yaml, and what the authorisation covers"
        )
    if "client" in place.lower() or "sender" in place.lower() or code == "StUF055":
        return SourceUnreadable(
            name, f"it does not accept the question{marked}", "Compare the columns in sources.yaml with its sector model"
        )
    return SourceUnavailable(name, f"it could not handle the question{marked}", "Try again later; ask who runs it when this goes on")


def _found(element: Any) -> Found:
    leaves: dict[Path, list[Any]] = {}
    lacks: dict[Path, str] = {}
    related: list[tuple[str, Found]] = []
    _gather(element, (), leaves, lacks, related)
    return Found({path: _one(values) for path, values in leaves.items()}, lacks, tuple(related))


def _gather(element: Any, path: Path, leaves: dict[Path, list[Any]], lacks: dict[Path, str], related: list[tuple[str, Found]]) -> None:
    for child in children(element):
        name, here = local(child), (*path, local(child))
        if any(local(inner) == "gerelateerde" for inner in children(child)):
            related.append((name, _found(child)))
        elif children(child):
            _gather(child, here, leaves, lacks, related)
        elif (why := child.get(f"{_STUF}noValue")) or child.get(_NIL) in {"true", "1"}:
            lacks[here] = why or "geenWaarde"
        elif said := written_in(child):
            value, why = _value(child, said)
            if value is None:
                lacks[here] = why
            else:
                leaves.setdefault(here, []).append(value)


def _value(element: Any, said: str) -> tuple[Any, str]:
    """A leaf as a cell; a date as far as it is known, an element in inquiry with the group that it is about."""
    if local(element) == "inOnderzoek":
        about = [value for name, value in element.attrib.items() if name.rpartition("}")[2] in {"groepsnaam", "elementnaam"}]
        return " ".join([said, *about]), ""
    if re.fullmatch(r"[0-9]{8}", said) and "dat" in local(element).lower():
        return _date(said, element.get(f"{_STUF}indOnvolledigeDatum") or "V")
    return said, ""


def _date(said: str, known: str) -> tuple[Any, str]:
    """A date by `indOnvolledigeDatum`: V whole, D without its day, M without its month too, J not known at all; zeros say the same."""
    year, month, day = said[:4], said[4:6], said[6:]
    if known == "J" or year == "0000":
        return None, "waardeOnbekend"
    if known == "M" or month == "00":
        return year, ""
    if known == "D" or day == "00":
        return f"{year}-{month}", ""
    try:
        return date(int(year), int(month), int(day)), ""
    except ValueError:
        return said, ""


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else "\n".join(map(str, values))


def unfilled(lacks: Mapping[Path, str]) -> str | None:
    """What is not filled and why, for a person to read; None where all is."""
    said = [f"{path[-1].rpartition('.')[2]}: {why_of(kind)}" for path, kind in lacks.items()]
    return "; ".join(said) or None


def why_of(kind: str) -> str:
    """Why an element is not filled, in Dutch."""
    return text("stuf", kind if kind in KINDS else "anders")


def without_right(found: Found) -> Iterator[Path]:
    """The leaves that the source keeps from us, of a person and of their relations."""
    yield from (path for path, kind in found.lacks.items() if kind == "nietGeautoriseerd")
    for name, other in found.related:
        yield from ((name, *path) for path in without_right(other))
