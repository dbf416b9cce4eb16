"""Notes with what is to be withheld and kept marked in them: made from templates, in the variants in which notes are typed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.redaction.people import Somebody, origins, somebody
from config.folding import squeeze

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([A-Z])\.(\w+)\}|<([^<>@/{}]+)>|\[\[(\w+)\|(.*?)\]\]", re.DOTALL)
VARIANTS = ("plain", "plain", "plain", "lower", "upper", "wrapped", "nbsp", "curly", "accents gone", "misspelt")
"""How a note is typed; three of ten as they should."""


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
    genre: str = ""


Piece = tuple[str, "tuple[str, bool, str, bool, str] | None"]


def notes(seed: int, count: int) -> Iterator[Note]:
    """`count` notes, the same for a seed."""
    chance = random.Random(seed)
    templates = [
        line.replace("\\n", "\n")
        for line in (HERE / "templates.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    listed = sorted(origins())
    for number in range(count):
        origin = listed[number % len(listed)]
        people = cast(chance, origin, "f")
        variant = VARIANTS[chance.randrange(len(VARIANTS))]
        pieces: list[Piece] = []
        for template in chance.sample(templates, chance.randrange(5, 10)):
            pieces += [*filled(chance, template, people), ("\n" if chance.random() < 0.2 else " ", None)]
        text, gold = joined(varied(chance, pieces, variant))
        yield Note(text, gold, subject_json(people), variant, origin)


_ROLES = {
    "M": ("relative", "moeder"),
    "B": ("relative", "broer"),
    "E": ("relative", "ex-partner"),
    "D": ("relative", "dochter"),
    "C": ("official", "klantmanager"),
    "P": ("professional", "begeleider"),
    "K": ("third", "buur"),
}
_SEXES = {"M": "f", "B": "m", "D": "f", "C": "f", "P": "m", "K": "m", "U": "f", "V": "m", "W": "f", "X": "m", "Y": "f", "Z": "m"}


def cast(chance: random.Random, origin: str, sex: str, file: str = "people.yaml") -> dict[str, Somebody]:
    """The people of one note by letter: S requester, M moeder and B broer (of the same name), E ex-partner, D dochter of that name,
    C klantmanager, P begeleider, K buur; U W Y women and V X Z men nobody told of."""
    listed = sorted(origins(file))
    people = {"S": somebody(chance, origin, sex, file=file)}
    subject = people["S"]
    for letter in "EMBDCPKUVWXYZ":
        family = people["E"] if letter == "D" else subject
        shared = (family.prefix, family.family) if letter in "MBD" else None
        theirs = origin if letter in "MBD" or chance.random() < 0.3 else "nederlands" if chance.random() < 0.3 else chance.choice(listed)
        wanted = _SEXES.get(letter) or ("m" if sex == "f" else "f")
        person = somebody(chance, theirs, wanted, shared, file)
        while any(person.given == o.given or (not shared and person.family == o.family) for o in people.values()):
            person = somebody(chance, theirs, wanted, shared, file)
        person.role, person.relation = _ROLES.get(letter, ("third", ""))
        person.known = letter in _ROLES
        people[letter] = person
    return people


def subject_json(cast: dict[str, Somebody]) -> dict[str, Any]:
    """What SUBJECT.json tells of them."""
    people = [{**p.json(), "role": p.role, "relation": p.relation} for p in cast.values() if p.known]
    return {"subject": cast["S"].json(), "people": people}


def filled(chance: random.Random, template: str, cast: dict[str, Somebody]) -> Iterator[Piece]:
    """The pieces of one template, each with its mark."""
    at = 0
    for match in _SLOT.finditer(template):
        yield template[at : match.start()], None
        at = match.end()
        if match.group(3):
            yield match.group(3), ("trap", False, "trap", False, "")
            continue
        if match.group(4):
            keep = match.group(4) == "keep"
            yield match.group(5), (match.group(4), not keep, "trap" if keep else "unknown", False, "")
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
        case "letters":
            return "", f"{p.given[0]}.{p.family[0]}.", "name"
        case "login":
            return (
                "",
                squeeze(chance.choice([p.given[0] + p.prefix + p.family, p.family + p.given[0]])) + chance.choice(["", "01", "87"]),
                "id",
            )
        case "digits":
            return "", f"2023-{int(p.bsn) % 100000:05}", "id"
        case _:
            return "", str(getattr(p, form)), form


def varied(chance: random.Random, pieces: list[Piece], variant: str) -> list[Piece]:
    """The pieces as typed in one of VARIANTS."""
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
    """A slip of the pen in one of three names: two letters swapped, one left out, one twice, one other; never the first."""
    words = list(re.finditer(r"[^\W\d_]{5,}", text))
    if not words or chance.random() < 0.65:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 1)
    kind = chance.randrange(4)
    middle = (text[at + 1] + text[at], text[at + 1], text[at] * 2 + text[at + 1], chance.choice("aeinrst") + text[at + 1])[kind]
    return text[:at] + middle + text[at + 2 :]


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


def joined(pieces: list[Piece]) -> tuple[str, tuple[Gold, ...]]:
    """The text, and where its marks stand."""
    text, gold = "", []
    for piece, mark in pieces:
        if mark is not None and piece:
            gold.append(Gold(len(text), len(text) + len(piece), *mark))
        text += piece
    return text, tuple(gold)
