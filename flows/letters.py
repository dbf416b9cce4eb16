"""The letters on the way to the decision, as the desk sends them: who they go to, which there are now, and the files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import outputs
from config.codec import decode
from config.discretion import discreet
from config.errors import RequestError
from config.person import Address, Name, Person, Subject
from config.request import LANGUAGES, Request, Status
from flows.workplace import Workplace

SENT = "letter sent"
"""What the trail says where somebody tells that a letter left."""

ACKNOWLEDGEMENT, EXTENSION, IDENTITY, SCOPE, REFUSAL = "ontvangst", "verlenging", "identiteit", "omvang", "weigering"
REFUSED_WITH = "refusal/besluit.pdf"
"""Where the vault keeps the letter of a refusal: it is the one that two people read, and is never made anew."""

LETTERS = (ACKNOWLEDGEMENT, IDENTITY, SCOPE, EXTENSION)


@discreet
@dataclass(frozen=True, slots=True)
class Addressee:
    """The lines of the envelope; each may be empty, and is then filled in on paper."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""

    def person(self) -> Person:
        """Somebody of this name at this address."""
        names = (Name(family=self.name),) if self.name else ()
        addresses = (Address(self.street, "", self.postcode, self.city),) if self.street or self.postcode or self.city else ()
        return Person(names, addresses=addresses)


@discreet
@dataclass(frozen=True, slots=True)
class Wanted:
    """One letter as somebody asked for it: `text` is the question in words of a person, `answer_by` the day that it is answered."""

    what: str
    to: Addressee
    text: str = ""
    answer_by: date | None = None
    language: str = ""  # "" is the language of the request


def addressee(work: Workplace, number: str) -> Addressee:
    """Who the letters go to as far as it is known: a representative by name, else the resident with the address the sources have."""
    known = work.register.handling.particulars(number)
    if known.representative:
        return Addressee(known.representative)
    if not work.vault.exists(number, "subject"):
        return Addressee()
    person = decode(work.vault.get(number, "subject"), Subject).person
    home = outputs.current_address(person)
    if home is None:
        return Addressee(outputs.current_name(person))
    return Addressee(outputs.current_name(person), f"{home.street} {home.number}".strip(), home.postcode, home.city)


def possible(request: Request) -> tuple[str, ...]:
    """The letters for which a request has a reason now."""
    if request.status is Status.PURGED:
        return ()
    if request.status is Status.REFUSED:
        return (REFUSAL,)
    return tuple(what for what in LETTERS if what != EXTENSION or request.extended_because)


def letter(work: Workplace, number: str, wanted: Wanted, actor: str) -> bytes:
    """One letter as PDF; the trail has its SHA-256, by which a paper can be proved later. RequestError where nothing asks for it."""
    request = work.register.get(number)
    language = wanted.language or request.language
    if wanted.what not in possible(request) or language not in LANGUAGES:
        raise RequestError("letter", "there is none of this number", "See what the request needs")
    if wanted.what == REFUSAL:
        made = work.vault.get(number, REFUSED_WITH)
    else:
        made = _made(outputs.Post(work.config, request, wanted.to.person(), language), wanted)
    work.register.note(number, actor, "letter made", {"letter": wanted.what, "sha256": hashlib.sha256(made).hexdigest()})
    return made


def _made(post: outputs.Post, wanted: Wanted) -> bytes:
    match wanted.what:
        case "ontvangst":
            return outputs.acknowledgement(post, wanted.text)
        case "verlenging":
            return outputs.extension(post)
        case _:
            about = outputs.Subject.IDENTITY if wanted.what == IDENTITY else outputs.Subject.SCOPE
            return outputs.question(post, about, wanted.text, wanted.answer_by)


def sent(work: Workplace, number: str, what: str, actor: str) -> None:
    """Record that a letter left; the first acknowledgement sets the day on which receipt was confirmed."""
    if what not in possible(work.register.get(number)):
        raise RequestError("letter", "there is none of this number", "See what the request needs")
    if what == ACKNOWLEDGEMENT:
        work.register.handling.acknowledge(number, actor)
    work.register.note(number, actor, SENT, {"letter": what})


def left(work: Workplace, number: str) -> dict[str, list[tuple[str, str]]]:
    """By letter, when it left and who told so, the first first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in work.register.audit.entries(number):
        if entry.action == SENT:
            found.setdefault(json.loads(entry.detail)["letter"], []).append((entry.at, entry.actor))
    return found


def extension_late(work: Workplace, found: Request) -> bool:
    """Whether the term was extended, while the letter that says so has not left within the first month (AVG 12(3))."""
    if not found.extended_because or found.first_month is None:
        return False
    zone = ZoneInfo(work.config.organisation.timezone)
    days = [datetime.fromisoformat(at).astimezone(zone).date() for at, _ in left(work, found.number).get(EXTENSION, [])]
    first_month = found.first_month
    return not any(day <= first_month for day in days)
