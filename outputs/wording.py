"""How dates, numbers, names, terms and lists are said in Dutch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from config.collection import Kind
from config.folding import fold
from config.law import Activity
from config.person import Address, Name, Person
from config.request import Request
from outputs.retention import parts
from outputs.shown import NO_END, Cell, Mark, empty
from outputs.texts import texts


def in_full(day: date) -> str:
    """A date as one says it: 3 maart 2026."""
    return f"{day.day} {texts()['maanden'][day.month - 1]} {day.year}"


def period(request: Request) -> str:
    """The period that was asked for, in words: van 1 januari 2015 tot en met 31 december 2019; "" where all was asked."""
    said = texts()["periode"]
    parts = {"van": in_full(request.since) if request.since else "", "tot": in_full(request.until) if request.until else ""}
    kind = {(True, True): "tussen", (True, False): "vanaf", (False, True): "tot"}.get((bool(request.since), bool(request.until)))
    return str(said[kind]).format(**parts) if kind else ""


def counted(number: int, words: Sequence[str]) -> str:
    """A number with its noun, singular or plural: 1 document, 1.200 documenten."""
    return f"{thousands(number)} {words[0] if number == 1 else words[1]}"


def thousands(number: int) -> str:
    """A whole number with points: 12.345."""
    return f"{number:,}".replace(",", texts()["getallen"][0])


def listed(items: Sequence[str]) -> str:
    """Items as one says them: a, b en c."""
    last = texts()["en"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def cell(value: Cell, kind: Kind = Kind.TEXT) -> str:
    """What is printed for one cell of a column of this kind; "" for an empty one."""
    match value:
        case None:
            return ""
        case str():
            return _text(value, kind)
        case Mark():
            return str(texts()["niet_getoond"]).format(grond=value.ground)
        case bool():
            return str(texts()["ja" if value else "nee"])
        case datetime() | date():
            return _moment(value) if value.year < NO_END else str(texts()["geen_einddatum"])
        case int() | float() | Decimal():
            return amount(value) if kind is Kind.AMOUNT else _text(_decimal(value), kind)


def _text(text: str, kind: Kind) -> str:
    return "" if empty(text) else text if kind is not Kind.DATE else _open(text.strip().zfill(8)) or text


def _open(text: str) -> str:
    """What old systems write for a day that never comes, or in place of one, in words; "" for anything else."""
    return {"99999999": str(texts()["geen_einddatum"]), "00000000": str(texts()["geen_datum"])}.get(text, "")


def _moment(value: date) -> str:
    day = f"{value.day:02}-{value.month:02}-{value.year:04}"
    return f"{day} {value:%H:%M}" if isinstance(value, datetime) and not _midnight(value) else day


def amount(value: float | Decimal) -> str:
    """A sum of money: 1.234,50, with more decimals only where the source has them."""
    exact = Decimal(str(value))
    text = f"{exact:,.2f}" if exact == round(exact, 2) else f"{exact:,f}"
    return text.translate(str.maketrans(",.", texts()["getallen"]))


def _midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _decimal(number: float | Decimal) -> str:
    return str(number) if isinstance(number, int) else f"{Decimal(str(number)):f}".removesuffix(".0").replace(".", texts()["getallen"][1])


def name(who: Name) -> str:
    """A name as on an envelope: J.M. Jansen-van der Berg."""
    own = f"{who.prefix} {who.family}".strip()
    partner = f"{who.partner_prefix} {who.partner_family}".strip()
    family = f"{partner}-{own}" if partner and own else partner or own
    return f"{who.initials or who.given or who.call} {family}".strip()


def current_name(person: Person) -> str:
    """The first of the names of `person`; "" where none is known."""
    return name(person.names[0]) if person.names else ""


def address_lines(address: Address) -> tuple[str, ...]:
    """Street and town, without what is not known."""
    lines = (f"{address.street} {address.number}".strip(), f"{address.postcode} {address.city}".strip())
    return tuple(line for line in lines if line)


def current_address(person: Person) -> Address | None:
    """The address that has no end, None where there is none."""
    return next((address for address in person.addresses if address.until is None), None)


def givers(activity: Activity) -> tuple[str, ...]:
    """Who gives data of an activity, by the register: each once, and the resident, whatever the register calls them, as "u zelf"."""
    known = texts()["zelf"]
    return tuple(dict.fromkeys(known["heet"] if fold(name) in known["woorden"] else name for name in activity.sources))


def term(iso: str) -> str:
    """An ISO 8601 term in words: P1Y6M is "1 jaar en 6 maanden"; "" where it is none."""
    units: Mapping[str, Sequence[str]] = texts()["eenheden"]
    return listed([counted(n, units[unit]) for unit, n in parts(iso).items()])


def confirmed(activity: Activity, field: str, text: str) -> str:
    """`text`, with the mark of what the data protection officer must still confirm where `field` rests on general knowledge."""
    gap = "\n" if "\n" in text else " "  # below a list, or it would seem to be about the last item
    return f"{text}{gap}{texts()['bevestigen']}" if field in activity.confirm else text
