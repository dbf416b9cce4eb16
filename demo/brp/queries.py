"""The seven questions that may be asked, and everything that is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from demo.brp.fields import AUTOMATIC, FOUND, FOUND_WITH_AUTHORITY, PERSON, Tree, paths
from demo.brp.problems import Invalid, Refusal, wrong

Check = Callable[[Any], "tuple[str, str] | None"]
"""What is wrong with a value, as code and reason; None where nothing is."""

_TEXT = r"a-zA-Z0-9À-ž \.\-\'"
_FIELD = re.compile(r"[a-zA-Z0-9._]{1,200}")
MOST_FIELDS, MOST_BSNS = 130, 20


def _pattern(pattern: str) -> Check:
    def check(value: Any) -> tuple[str, str] | None:
        if not isinstance(value, str):
            return "string", "Waarde is geen geldige tekst."
        return None if re.fullmatch(pattern, value) else ("pattern", "Waarde voldoet niet aan het patroon.")

    return check


def _number(value: Any) -> tuple[str, str] | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return "integer", "Waarde is geen geldig getal."
    return None if 1 <= value <= 99999 else ("range", "Waarde ligt niet tussen 1 en 99999.")


def _truth(value: Any) -> tuple[str, str] | None:
    return None if isinstance(value, bool) else ("boolean", "Waarde is geen boolean.")


def _day(value: Any) -> tuple[str, str] | None:
    try:
        good = isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and date.fromisoformat(value)
    except ValueError:
        good = None
    return None if good else ("date", "Waarde is geen geldige datum.")


_SURNAME = _pattern(rf"[{_TEXT}]{{1,200}}|[{_TEXT}]{{3,199}}\*")
_COMMUNITY = _pattern(r"[0-9]{4}")
_GENDER = _pattern(r"[MmVvOo]")
_PREFIX = _pattern(r"[a-zA-Z \']{1,10}")
_LETTER = _pattern(r"[a-zA-Z]")
_ADDITION = _pattern(r"[a-zA-Z0-9 \-]{1,4}")
_POSTCODE = _pattern(r"[1-9][0-9]{3} ?[A-Za-z]{2}")
_STREET = _pattern(r"[a-zA-Z0-9À-ž \-\'\.]{1,80}|[a-zA-Z0-9À-ž \-\'\.]{7,79}\*|\*[a-zA-Z0-9À-ž \-\'\.]{7,79}")
_BUILDING = _pattern(r"(?!0{16})[0-9]{16}")
_GIVEN = _pattern(rf"[{_TEXT}]{{1,199}}\*?")
_GIVEN_REQUIRED = _SURNAME


def _bsns(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, list):
        return "array", "Parameter is geen array."
    if not value:
        return "minItems", "Array bevat minder dan 1 items."
    if len(value) > MOST_BSNS:
        return "maxItems", f"Array bevat meer dan {MOST_BSNS} items."
    return None


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of question: what it needs, what it may have besides, what may be asked for, and how many people it may find."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check] = field(default_factory=dict)
    tree: Tree = field(default_factory=lambda: FOUND)
    most: int = 10


_DEAD: Mapping[str, Check] = MappingProxyType({"inclusiefOverledenPersonen": _truth})
_HOUSE: Mapping[str, Check] = MappingProxyType({"huisletter": _LETTER, "huisnummertoevoeging": _ADDITION})

QUESTIONS: Mapping[str, Question] = MappingProxyType({
    "RaadpleegMetBurgerservicenummer": Question({"burgerservicenummer": _bsns}, tree=PERSON, most=MOST_BSNS),
    "ZoekMetGeslachtsnaamEnGeboortedatum": Question(
        {"geslachtsnaam": _SURNAME, "geboortedatum": _day}, {**_DEAD, "geslacht": _GENDER, "voorvoegsel": _PREFIX, "voornamen": _GIVEN}
    ),
    "ZoekMetNaamEnGemeenteVanInschrijving": Question(
        {"geslachtsnaam": _SURNAME, "voornamen": _GIVEN_REQUIRED, "gemeenteVanInschrijving": _COMMUNITY},
        {**_DEAD, "geslacht": _GENDER, "voorvoegsel": _PREFIX},
    ),
    "ZoekMetPostcodeEnHuisnummer": Question(
        {"postcode": _POSTCODE, "huisnummer": _number}, {**_DEAD, **_HOUSE, "geboortedatum": _day, "geslachtsnaam": _SURNAME}, most=30
    ),
    "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving": Question(
        {"straat": _STREET, "huisnummer": _number, "gemeenteVanInschrijving": _COMMUNITY}, {**_DEAD, **_HOUSE}, most=30
    ),
    "ZoekMetNummeraanduidingIdentificatie": Question({"nummeraanduidingIdentificatie": _BUILDING}, _DEAD, most=30),
    "ZoekMetAdresseerbaarObjectIdentificatie": Question(
        {"adresseerbaarObjectIdentificatie": _BUILDING}, _DEAD, FOUND_WITH_AUTHORITY, most=30
    ),
})  # fmt: skip
"""The kinds of question by the `type` that asks them."""


def check(query: Mapping[str, Any]) -> Question:
    """The kind of question that `query` is. Raises `Refusal` with everything that is wrong with it."""
    kind = query.get("type")
    if kind is None:
        raise Refusal(wrong((Invalid("type", "required", "Parameter is verplicht."),)))
    question = QUESTIONS.get(kind) if isinstance(kind, str) else None
    if question is None:
        raise Refusal(wrong((Invalid("type", "value", "Waarde is geen geldig zoek type."),)))
    if found := tuple(_mistakes(query, question)):
        raise Refusal(wrong(found))
    return question


def _mistakes(query: Mapping[str, Any], question: Question) -> Iterator[Invalid]:
    for name, good in question.required.items():
        if query.get(name) in (None, ""):
            yield Invalid(name, "required", "Parameter is verplicht.")
        elif wrongness := good(query[name]):
            yield Invalid(name, *wrongness)
    yield from _wrong_bsns(query.get("burgerservicenummer"))
    yield from _wrong_fields(query.get("fields"), frozenset(paths(question.tree)))
    optional = {"gemeenteVanInschrijving": _COMMUNITY, **question.optional}
    for name in sorted(query.keys() - question.required.keys() - {"type", "fields"}):
        if name not in optional:
            yield Invalid(_named(name), "unknownParam", "Parameter is niet verwacht.")
        elif wrongness := optional[name](query[name]):
            yield Invalid(name, *wrongness)


def _wrong_bsns(value: Any) -> Iterator[Invalid]:
    for place, bsn in enumerate(value if isinstance(value, list) else ()):
        if not isinstance(bsn, str) or not re.fullmatch(r"[0-9]{9}", bsn):
            yield Invalid(f"burgerservicenummer.{place}", "pattern", "Waarde voldoet niet aan het patroon.")


def _wrong_fields(value: Any, known: frozenset[str]) -> Iterator[Invalid]:
    if value in (None, "", []):
        yield Invalid("fields", "required", "Parameter is verplicht.")
    elif not isinstance(value, list):
        yield Invalid("fields", "array", "Parameter is geen array.")
    elif len(value) > MOST_FIELDS:
        yield Invalid("fields", "maxItems", f"Array bevat meer dan {MOST_FIELDS} items.")
    else:
        for place, path in enumerate(value):
            yield from _wrong_field(f"fields.{place}", path, known)


def _wrong_field(name: str, path: Any, known: frozenset[str]) -> Iterator[Invalid]:
    if not isinstance(path, str) or not _FIELD.fullmatch(path):
        yield Invalid(name, "pattern", "Waarde voldoet niet aan het patroon.")
    elif AUTOMATIC & set(path.split(".")):
        yield Invalid(name, "fields", "Parameter bevat een niet toegestane veldnaam.")
    elif path not in known:
        yield Invalid(name, "fields", "Parameter bevat een niet bestaande veldnaam.")


def _named(name: str) -> str:
    """An unknown parameter as the specification lets a name be: at most thirty letters, digits, dots and underscores."""
    return re.sub(r"[^a-zA-Z0-9._]", "_", name)[:30] or "_"
