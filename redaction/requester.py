"""SUBJECT.json, as `inzage redact` takes it: one subject and the people around them, each field known, none guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from config.errors import UsageError
from config.person import Address, KnownPerson, Name, Person, Role, Subject

_PERSON = frozenset({"names", "gender", "bsn", "birth_date", "addresses", "emails", "phones", "ibans", "plates"})
_NAME = frozenset({"given", "call", "initials", "prefix", "family", "partner_prefix", "partner_family"})
_ADDRESS = frozenset({"street", "number", "postcode", "city", "secret"})
_FORM = "See docs/redaction.md for its form"


def requester(told: object) -> Subject:
    """The Subject that the JSON tells of. Raises UsageError with the place of the first field that is unknown or malformed."""
    top = _object(told, "SUBJECT", {"subject", "people"})
    if "subject" not in top:
        raise UsageError("SUBJECT", "`subject` is missing", _FORM)
    around = tuple(_known(entry, f"people[{n}]") for n, entry in enumerate(_list(top.get("people"), "people")))
    return Subject(_person(top["subject"], "subject", frozenset()), people=around)


def _known(entry: object, where: str) -> KnownPerson:
    told = _object(entry, where, _PERSON | {"role", "relation"})
    role = told.get("role")
    if role not in set(Role):
        raise UsageError(where, "`role` is missing or unknown", f"Write one of {', '.join(Role)}")
    return KnownPerson(_person(entry, where, frozenset({"role", "relation"})), Role(str(role)), _text(told, "relation", where))


def _person(entry: object, where: str, more: frozenset[str]) -> Person:
    told = _object(entry, where, _PERSON | more)
    return Person(
        names=tuple(_name(name, f"{where}.names[{n}]") for n, name in enumerate(_list(told.get("names"), f"{where}.names"))),
        gender=_text(told, "gender", where),
        bsn=re.sub(r"[ .-]", "", _text(told, "bsn", where)),
        birth_date=_day(told, where),
        addresses=tuple(_address(a, f"{where}.addresses[{n}]") for n, a in enumerate(_list(told.get("addresses"), f"{where}.addresses"))),
        emails=_texts(told, "emails", where),
        phones=_texts(told, "phones", where),
        ibans=_texts(told, "ibans", where),
        plates=_texts(told, "plates", where),
    )


def _name(entry: object, where: str) -> Name:
    told = _object(entry, where, _NAME)
    name = Name(**{part: _text(told, part, where) for part in sorted(_NAME)})
    if not name.family and not name.given:
        raise UsageError(where, "it has neither `family` nor `given`", "Fill one of them")
    return name


def _address(entry: object, where: str) -> Address:
    told = _object(entry, where, _ADDRESS)
    secret = told.get("secret", False)
    if not isinstance(secret, bool):
        raise UsageError(where, "`secret` is not true or false", _FORM)
    street, number, postcode, city = (_text(told, part, where) for part in ("street", "number", "postcode", "city"))
    return Address(street, number, postcode, city, secret)


def _day(told: Mapping[str, Any], where: str) -> date | None:
    written = _text(told, "birth_date", where)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise UsageError(where, "`birth_date` is no date", "Write it as 1980-03-09") from None


def _object(entry: object, where: str, known: frozenset[str] | set[str]) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping):
        raise UsageError(where, "this is no JSON object", _FORM)
    for field in entry:
        if field not in known:
            raise UsageError(where, f"field `{_short(field)}` is not known", f"Leave it out, or write one of {', '.join(sorted(known))}")
    return entry


def _short(field: object) -> str:
    """The name of the field, unless it looks like a value that landed in the wrong place."""
    written = str(field)
    return written if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,30}", written) else "?"


def _list(value: object, where: str) -> Sequence[object]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise UsageError(where, "this is no list", _FORM)
    return value


def _text(told: Mapping[str, Any], field: str, where: str) -> str:
    value = told.get(field)
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise UsageError(where, f"`{field}` is not a text", _FORM)
    return str(value).strip()


def _texts(told: Mapping[str, Any], field: str, where: str) -> tuple[str, ...]:
    listed = _list(told.get(field), f"{where}.{field}")
    return tuple(_text({field: one}, field, where) for one in listed if one is not None)
