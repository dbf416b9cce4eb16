"""Notes with what is to be withheld and kept marked in them: made from templates, in the variants in which notes are typed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.redaction.people import ORIGINS, Somebody, pick_names, somebody

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([A-Z])\.(\w+)\}|<([^<>]+)>")
VARIANTS = ("plain", "plain", "plain", "lower", "upper", "wrapped", "nbsp", "curly", "accents gone", "misspelt")


@dataclass(frozen=True)
class Gold:
    """One marked stretch: what it is, whether it is to be withheld, and whose."""

    start: int
    end: int
    category: str
    withhold: bool
    role: str
    own_name: bool = False
    origin: str = ""


@dataclass(frozen=True)
class Note:
    """One note about one subject, as SUBJECT.json tells of them."""

    text: str
    gold: tuple[Gold, ...]
    subject: dict[str, Any]
    variant: str
    origin: str


Piece = tuple[str, "tuple[str, bool, str, bool, str] | None"]


def notes(seed: int, count: int) -> Iterator[Note]:
    """`count` notes, the same for a seed."""
    chance = random.Random(seed)
    templates = [
        line.replace("\\n", "\n")
        for line in (HERE / "templates.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    origins = sorted(ORIGINS)
    for number in range(count):
        origin = origins[number % len(origins)]
        cast = _cast(chance, origin, origins)
        variant = VARIANTS[chance.randrange(len(VARIANTS))]
        pieces: list[Piece] = []
        for template in chance.sample(templates, chance.randrange(5, 10)):
            pieces += [*_filled(chance, template, cast), ("\n" if chance.random() < 0.2 else " ", None)]
        text, gold = _joined(_varied(chance, pieces, variant))
        yield Note(text, gold, _subject(cast), variant, origin)


def _cast(chance: random.Random, origin: str, origins: list[str]) -> dict[str, Somebody]:
    subject = somebody(chance, origin)
    subject.sex = "f"
    cast = {"S": subject}
    roles = {
        "M": ("relative", "moeder"),
        "B": ("relative", "broer"),
        "E": ("relative", "ex-partner"),
        "C": ("official", "klantmanager"),
        "P": ("professional", "begeleider"),
        "K": ("third", "buur"),
    }
    for letter in "MBECPKUVW":
        shared = (subject.prefix, subject.family) if letter in "MB" else None
        person = somebody(chance, origin if letter in "MB" or chance.random() < 0.5 else chance.choice(origins), shared)
        person.role, person.relation = roles.get(letter, ("third", ""))
        person.known = letter in roles
        person.sex = {"M": "f", "B": "m", "E": "m", "K": "m"}.get(letter, person.sex)
        while any(person.given == other.given or (letter not in "MB" and person.family == other.family) for other in cast.values()):
            person.given = chance.choice(pick_names(person.origin)[0])
            if letter not in "MB":
                person.prefix, person.family = chance.choice(pick_names(person.origin)[1])
        cast[letter] = person
    return cast


def _subject(cast: dict[str, Somebody]) -> dict[str, Any]:
    people = [{**p.json(), "role": p.role, "relation": p.relation} for p in cast.values() if p.known]
    return {"subject": cast["S"].json(), "people": people}


def _filled(chance: random.Random, template: str, cast: dict[str, Somebody]) -> Iterator[Piece]:
    at = 0
    for match in _SLOT.finditer(template):
        yield template[at : match.start()], None
        at = match.end()
        if match.group(3):
            yield match.group(3), ("trap", False, "trap", False, "")
            continue
        person, form = cast[match.group(1)], match.group(2)
        before, written, category = _form(chance, person, form)
        own = match.group(1) == "S"
        if before:
            yield before, None
        role = "subject" if own else ("unknown" if not person.known else person.role)
        yield written, (category, not own, role, own and category == "name", person.origin)
    yield template[at:], None


def _form(chance: random.Random, p: Somebody, form: str) -> tuple[str, str, str]:
    """What stands before it, the words, and the category."""
    upper = p.surname[:1].upper() + p.surname[1:]
    title = chance.choice(["mevrouw ", "mw. ", "mevr. "] if p.sex == "f" else ["de heer ", "dhr. ", "meneer "])
    match form:
        case "titled":
            return title, upper if chance.random() < 0.8 else p.surname, "name"
        case "full":
            return "", f"{p.given} {p.surname}", "name"
        case "initials":
            return (
                "",
                f"{p.given[0]}. {p.surname}" if chance.random() < 0.6 else f"{p.given[0]}.{chance.choice('ABJM')}. {p.surname}",
                "name",
            )
        case "reversed":
            return "", f"{p.family}, {p.given[0]}." + (f" {p.prefix}" if p.prefix else ""), "name"
        case "given" | "family":
            return "", getattr(p, form), "name"
        case "surname":
            return "", upper, "name"
        case "address":
            return "", f"{p.street} {p.number}" + (f", {p.postcode} {p.town}" if chance.random() < 0.6 else ""), "address"
        case "street":
            return "", p.street, "address"
        case "dob":
            return (
                "",
                chance.choice([p.born.strftime("%d-%m-%Y"), f"{p.born.day}-{p.born.month}-{p.born.year}", p.born.strftime("%d.%m.%Y")]),
                "birth_date",
            )
        case "phone":
            n = p.phone
            return (
                "",
                chance.choice(
                    [n, f"06-{n[2:]}", f"06 {n[2:4]} {n[4:6]} {n[6:8]} {n[8:]}", f"+31 6 {n[2:]}", f"+31 (0)6-{n[2:]}", f"0031{n[1:]}"]
                ),
                "phone",
            )
        case "bsn":
            b = p.bsn
            return "", chance.choice([b, b, f"{b[:3]}.{b[3:6]}.{b[6:]}", f"{b[:4]} {b[4:6]} {b[6:]}"]), "bsn"
        case "iban":
            i = p.iban
            return "", chance.choice([i, " ".join(i[k : k + 4] for k in range(0, 18, 4)), i.lower()]), "iban"
        case "digits":
            return "", f"2023-{int(p.bsn) % 100000:05}", "id"
        case _:
            return "", str(getattr(p, form)), form


def _varied(chance: random.Random, pieces: list[Piece], variant: str) -> list[Piece]:
    change: Callable[[str, bool], str] = {
        "lower": lambda t, m: t.lower(),
        "upper": lambda t, m: t.upper(),
        "nbsp": lambda t, m: t.replace(" ", "\u00a0"),
        "curly": lambda t, m: t.replace("'", "\u2019"),
        "accents gone": lambda t, m: _bare(t),
        "misspelt": lambda t, m: _slip(chance, t) if m else t,
    }.get(variant, lambda t, m: t)
    changed = [(change(text, bool(mark and mark[0] == "name" and mark[1])), mark) for text, mark in pieces]
    return _wrapped(changed) if variant == "wrapped" else changed


def _bare(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", text.replace("ı", "i").replace("ł", "l")) if not unicodedata.combining(c))


def _slip(chance: random.Random, text: str) -> str:
    if len(text) < 7 or chance.random() < 0.6:
        return text
    at = chance.randrange(2, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if text[at].isalpha() and text[at + 1].isalpha() else text


def _wrapped(pieces: list[Piece]) -> list[Piece]:
    """Lines broken hard at about 70 characters, wherever a space stands."""
    made: list[Piece] = []
    column = 0
    for text, mark in pieces:
        out = ""
        for character in text:
            column = 0 if character == "\n" else column + 1
            if character == " " and column > 62:
                character, column = "\n", 0
            out += character
        made.append((out, mark))
    return made


def _joined(pieces: list[Piece]) -> tuple[str, tuple[Gold, ...]]:
    text, gold = "", []
    for piece, mark in pieces:
        if mark is not None and piece:
            gold.append(Gold(len(text), len(text) + len(piece), *mark))
        text += piece
    return text, tuple(gold)
