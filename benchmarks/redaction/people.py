"""People who do not exist, for the measurements: names of many origins, written for this purpose and apart from the lists of the rules."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from config.folding import squeeze

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Origin:
    """The names of one origin: given names by sex, and family names as (prefix, name)."""

    given: dict[str, list[str]]
    families: list[tuple[str, str]]


@cache
def origins(file: str = "people.yaml") -> dict[str, Origin]:
    """The lists of `data/people.yaml` or of another file, by origin."""
    told = yaml.safe_load((DATA / file).read_text(encoding="utf-8"))
    return {
        origin: Origin({sex: _listed(names[sex]) for sex in "fm"}, [_split(name) for name in _listed(names["families"])])
        for origin, names in told.items()
    }


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def _split(name: str) -> tuple[str, str]:
    """`van der Doelen` is a prefix and a name."""
    words = name.split()
    cut = next(n for n, word in enumerate(words) if word[0].isupper())
    return " ".join(words[:cut]), " ".join(words[cut:])


@dataclass
class Somebody:
    """One person with everything a note may say of them."""

    given: str
    prefix: str
    family: str
    sex: str
    born: date
    bsn: str
    phone: str
    email: str
    iban: str
    plate: str
    street: str
    number: str
    postcode: str
    town: str
    role: str = "third"
    relation: str = ""
    known: bool = False
    origin: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def surname(self) -> str:
        """The family name with its prefix, as it stands after a given name."""
        return f"{self.prefix} {self.family}".strip()

    def json(self) -> dict[str, Any]:
        """The person as SUBJECT.json has them."""
        told: dict[str, Any] = {
            "names": [{"given": self.given, "initials": self.given[0] + ".", "prefix": self.prefix, "family": self.family}],
            "gender": self.sex,
            "bsn": self.bsn,
            "birth_date": self.born.isoformat(),
            "addresses": [{"street": self.street, "number": self.number, "postcode": self.postcode, "city": self.town}],
            "emails": [self.email],
            "phones": [self.phone],
            "ibans": [self.iban],
            "plates": [self.plate],
        }
        if self.role == "official":
            told = {"names": [{"initials": self.given[0] + ".", "prefix": self.prefix, "family": self.family}], "gender": self.sex}
        return told


_STREETS = [
    "Lijsterbeslaan",
    "Havikstraat",
    "Tulpenhof",
    "Oude Maasweg",
    "Burgemeester Reinaldaplein",
    "Dorpsstraat",
    "Annie Romeinlaan",
    "Korte Spinhuissteeg",
    "Vijverdreef",
    "Kanaalkade",
    "Prins Mauritssingel",
    "Molenpad",
    "Laan van Spartaan",
    "2e Goudsbloemdwarsstraat",
]
_TOWNS = ["Almelo", "Breda", "Culemborg", "Dokkum", "Emmeloord", "Geldrop", "Hoorn", "Kampen", "Leerdam", "Oss"]
_SUFFIX = ["", "", "", "a", " bis", "-2", "-III", " hs", "B"]


def bsn(chance: random.Random) -> str:
    """A BSN from the range kept for tests that passes the elfproef."""
    while True:
        digits = f"9999{chance.randrange(100000):05}"
        if sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            return digits


def iban(chance: random.Random) -> str:
    """An IBAN of a Dutch bank that passes mod 97."""
    bank, account = chance.choice(["ABNA", "INGB", "RABO", "TRIO"]), f"{chance.randrange(10**9):010}"
    rest = "".join(str(int(c, 36)) for c in bank + account + "NL00")
    return f"NL{98 - int(rest) % 97:02}{bank}{account}"


def plate(chance: random.Random) -> str:
    """A plate of one of the newer sidecodes."""
    letters = "BDFGHJKLNPRSTVXZ"
    a, b, c = chance.choice(letters), chance.choice(letters), chance.choice(letters)
    n = f"{chance.randrange(100, 999)}"
    return chance.choice([f"{a}{b}-{n}-{c}", f"{n[:2]}-{a}{b}{c}-{n[2]}", f"{a}-{n}-{b}{c}", f"{n[:2]}-{a}{b}-{n[1:]}"])


def somebody(
    chance: random.Random, origin: str, sex: str = "", surname: tuple[str, str] | None = None, file: str = "people.yaml"
) -> Somebody:
    """One person of an origin, with the surname given or one of their own."""
    names = origins(file)[origin]
    sex = sex or chance.choice("fm")
    prefix, family = surname or chance.choice(names.families)
    name = chance.choice(names.given[sex])
    mail = chance.choice([f"{name[0]}.{family}", f"{name}.{family}", f"{family}{chance.randrange(60, 99)}", f"{name}{prefix}{family}"])
    local = ".".join(squeeze(part) for part in mail.split("."))
    return Somebody(
        name, prefix, family, sex, date(1945, 1, 1) + timedelta(days=chance.randrange(25000)), bsn(chance), f"06{chance.randrange(10**8):08}",
        f"{local}@{chance.choice(['postvak.example', 'mail.example', 'kpnmail.example'])}", iban(chance), plate(chance), chance.choice(_STREETS),
        f"{chance.randrange(1, 240)}{chance.choice(_SUFFIX)}", f"{chance.randrange(1100, 9900)} {chance.choice('ABCDEGHKLMNPRTVWXZ')}{chance.choice('ABCDEGHKLMNPRTVWXZ')}",
        chance.choice(_TOWNS), origin=origin,
    )  # fmt: skip
