"""What is known of Dutch words and of names: one table from a word to what it may be, and the vocabulary of case notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from config.collection import Party
from redaction.rare import is_rare_name


class Is:
    """What a word may be; a word can be many things at once. Plain numbers: millions of them are compared a second."""

    NOTHING: Final = 0
    WORD: Final = 1  # a plain Dutch word, written small
    COMMON: Final = 2  # among the few thousand most used words
    GIVEN: Final = 4
    FAMILY: Final = 8
    PLACE: Final = 16
    PROPER: Final = 32  # written with a capital, and none of the above
    NOT_PERSON: Final = 64  # a brand, an institution, a medicine, a feast, an abbreviation
    TITLE: Final = 128
    RELATION: Final = 256
    PREFIX: Final = 512
    ORG_BEFORE: Final = 1024
    ORG_AFTER: Final = 2048
    STREET: Final = 4096
    CLIENT: Final = 8192
    VERB: Final = 16384
    MONTH: Final = 32768
    EPONYM: Final = 65536
    FUNCTION: Final = 131072
    STREET_START: Final = 262144
    LABEL: Final = 524288
    GREETING: Final = 1048576
    SALUTATION: Final = 2097152
    CUE_END: Final = 4194304  # the last word of a cue such as "gesproken met"
    IDIOM: Final = 8388608  # the first word of an idiom
    DAY: Final = 16777216
    MADE: Final = 33554432  # a compound that no list has
    ACTS: Final = 67108864  # what one person does or did: `kookte`; not only a verb, for `wast` washes and `was` is wax


@dataclass(frozen=True, slots=True)
class Relation:
    """What a word such as `buurvrouw` says of the name that follows."""

    label: str
    party: Party


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word table and the vocabulary, read once for the whole run; `sexes` is of given names and of titles."""

    table: Mapping[str, int]
    sexes: Mapping[str, str]
    relations: Mapping[str, Relation]
    cues: frozenset[str]
    idioms: Mapping[str, tuple[str, ...]]  # by first word
    street_endings: tuple[str, ...]
    street_firm: tuple[str, ...]
    words: Mapping[str, frozenset[str]]  # the plain lists of the vocabulary, by name
    spoken: Mapping[str, str]
    called: Mapping[str, tuple[str, ...]]  # the words for a relation, by its label; `ma` and `do` are days
    seen: Mapping[str, int]  # `of`, kept for the words that were met
    streets: Mapping[str, bool]  # whether a word ends as streets do, kept likewise
    prefixed: frozenset[str]  # family names with the prefixes they are written with: `van dijk`
    foreign: tuple[tuple[frozenset[str], frozenset[str]], ...]  # of each language: the words that tell it, and its most used ones

    def relation(self, word: str) -> Relation | None:
        """What a word such as `buurvrouw` or `wooncoach` says of the name that follows; None where it says nothing."""
        if not word:
            return None
        known = self.relations.get(word)
        if known is None and word.endswith(_TRADE_ENDINGS) and len(word) > 7 and self.of(word) & Is.RELATION:
            return Relation(self.spoken["professional"], Party.PROFESSIONAL)
        return known

    def of(self, word: str) -> int:
        """What `word` (folded) may be; compounds of known words are words too."""
        return self.seen[word]


_KEPT = 100_000
"""So many words of texts are kept with what they may be; then all are forgotten, for memory does not grow with the input."""


class _Seen(dict[str, int]):
    """What a word may be, worked out when it is first met."""

    def __init__(self, table: Mapping[str, int]) -> None:
        super().__init__()
        self.table = table

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        known = self.table.get(word)
        self[word] = flags = known if known is not None else _unlisted(self.table, word)
        return flags


class _Streets(dict[str, bool]):
    """Whether a word ends as streets do, worked out when it is first met."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        super().__init__()
        self.endings = endings

    def __missing__(self, word: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        self[word] = ends = word.endswith(self.endings)
        return ends


@cache
def lexicon() -> Lexicon:
    """The lists of `redaction/data`, read on first use."""
    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # both are safe; the one in C is ten times as fast
    raw = yaml.load((files("redaction") / "data" / "vocabulary.yaml").read_text(encoding="utf-8"), Loader=safe)  # noqa: S506 - see above
    words = {name: frozenset(_listed(value)) for name, value in raw.items() if isinstance(value, str)}
    sexes: dict[str, str] = {}
    table = _table(sexes, words)
    relations: dict[str, Relation] = {}
    for label, entry in raw["relations"].items():
        for word in _listed(entry["words"]):
            relations.setdefault(word, Relation(label, Party(entry["party"])))
    for sex, listed in raw["titles"].items():
        for title in _listed(listed):
            table[title] = table.get(title, 0) | Is.TITLE
            sexes[f"title {title}"] = sex
    for relation in relations:
        last = relation.split("-")[-1]
        if last in relations:
            table[last] = table.get(last, 0) | Is.RELATION
    idioms: dict[str, tuple[str, ...]] = {}
    for idiom in sorted({*words["idioms"], *_several("organisations"), *_lines("places_several")}):
        first = idiom.split()[0]
        table[first] = table.get(first, 0) | Is.IDIOM
        idioms[first] = (*idioms.get(first, ()), idiom)
    endings = tuple(sorted(words["street_endings"]))
    return Lexicon(
        table,
        sexes,
        relations,
        words["contact_cues"],
        idioms,
        endings,
        tuple(sorted(words["street_firm"])),
        words,
        raw["spoken"],
        {
            label: tuple(word for word in _listed(entry["words"]) if word not in words["days"] and word not in ("man", "vrouw"))
            for label, entry in raw["relations"].items()
        },
        _Seen(table),
        _Streets(endings),
        frozenset(_lines("prefixed")),
        tuple(_foreign()),
    )


def _listed(value: str) -> list[str]:
    return [entry.strip() for entry in value.split(",") if entry.strip()]


_FLAGS = {
    "client_words": Is.CLIENT, "prefixes": Is.PREFIX, "organisation_before": Is.ORG_BEFORE, "organisation_after": Is.ORG_AFTER,
    "not_people": Is.NOT_PERSON, "abbreviations": Is.NOT_PERSON | Is.WORD, "eponyms": Is.EPONYM, "months": Is.MONTH, "days": Is.DAY,
    "function_words": Is.FUNCTION | Is.WORD | Is.COMMON, "verbs": Is.VERB, "street_starts": Is.STREET_START,
    "greetings": Is.GREETING, "salutations": Is.SALUTATION,
}  # fmt: skip


def _table(sexes: dict[str, str], words: Mapping[str, frozenset[str]]) -> dict[str, int]:
    table: dict[str, int] = {}
    for file, flag in (
        ("words", Is.WORD),
        ("common", Is.WORD | Is.COMMON),
        ("family", Is.FAMILY),
        ("places", Is.PLACE),
        ("proper", Is.PROPER),
        ("acts", Is.ACTS),
    ):
        for word in _lines(file):
            table[word] = table.get(word, 0) | flag
    for line in _lines("given"):
        name, _, sex = line.partition(" ")
        table[name] = table.get(name, 0) | Is.GIVEN
        sexes[name] = sex
    for name, flag in _FLAGS.items():
        for word in words[name]:
            table[word] = table.get(word, 0) | flag
    for word, flag in table.items():
        if flag & _NAMES or len(word) < 8:
            continue
        if word.endswith(_TRADE_ENDINGS):
            table[word] |= Is.RELATION
        elif flag & Is.WORD and word.endswith(_HOUSE_ENDINGS):
            table[word] |= Is.ORG_BEFORE
    for word in words["verbs"]:
        table[word] |= Is.ACTS
    _nobodies(table)
    for word in words["names_first"]:
        table[word] = (table.get(word, 0) | Is.GIVEN) & ~(Is.WORD | Is.COMMON)
    for word in words["families_first"]:
        table[word] = (table.get(word, 0) | Is.FAMILY) & ~(Is.WORD | Is.COMMON | Is.PLACE)
    for label in words["labels_person"]:
        table[label] = table.get(label, 0) | Is.LABEL
    for cue in words["contact_cues"]:
        last = cue.split()[-1]
        table[last] = table.get(last, 0) | Is.CUE_END
    return table


def _nobodies(table: dict[str, int]) -> None:
    """Organisations and medicines of one word are nobody; not where people bear the name too (`Otto`, `Philips`)."""
    for file, beside in (("organisations", Is.GIVEN | Is.FAMILY | Is.WORD), ("medicines", Is.GIVEN | Is.FAMILY)):
        for word in " ".join(line for line in _lines(file) if file == "medicines" or " " not in line).split():
            if not table.get(word, 0) & beside:
                table[word] = table.get(word, 0) | Is.NOT_PERSON


def _several(name: str) -> Iterator[str]:
    """The entries of a list that are of more than one word."""
    return (line for line in _lines(name) if " " in line)


_NAMES = Is.GIVEN | Is.FAMILY | Is.NOT_PERSON
_TRADE_ENDINGS = (
    "consulent", "consulente", "adviseur", "adviseuse", "medewerker", "medewerkster", "ambtenaar", "coach", "begeleider", "begeleidster",
    "leider", "leidster", "arts", "verpleegkundige", "therapeut", "therapeute", "werker", "werkster", "deskundige", "coordinator",
    "inspecteur", "beheerder", "manager", "regisseur", "vrijwilliger", "docent", "docente", "leraar", "lerares", "mentor", "voogd",
    "psycholoog", "psychologe", "jurist", "secretaris", "voorzitter", "meester", "rechercheur", "beveiliger", "stagiair", "stagiaire",
    "rapporteur", "rapporteurs", "verbalisant", "verbalisanten", "specialist", "verzorger", "verzorgster", "monteur", "bezorger",
    "vertegenwoordiger", "aanvoerder", "trainer", "leidsters", "tolk", "taxateur", "makelaar", "conducteur", "adviseurs", "consulenten",
    "medewerkers", "begeleiders", "hulpverlener", "ouders", "moeder", "vader",
)  # fmt: skip
"""How words for somebody's work end: `woonconsulent`, `beveiliger`. Compounds of them tell of a person as well as those in the list."""


_HOUSE_ENDINGS = (
    "bedrijf", "school", "winkel", "praktijk", "kantoor", "huis", "centrum", "bureau", "groep", "stichting", "vereniging", "club", "kliniek",
    "apotheek", "fonds", "corporatie", "complex", "flat", "camping", "zaal", "opvang", "kerk", "zorg", "boerderij", "instelling", "organisatie", "terrein",
    "pension", "asiel", "tehuis", "hostel", "atelier", "manege",
)  # fmt: skip
"""How words end that an organisation or a building is called by: `hoveniersbedrijf De Linde`."""


def _unlisted(table: Mapping[str, int], word: str) -> int:
    """A word of no list: a compound of words, or else a given name from far away."""
    if len(word) > 7 and word.endswith(_TRADE_ENDINGS):
        return Is.WORD | Is.RELATION
    if len(word) < 5 and _VOWELS.isdisjoint(word):
        return Is.WORD | Is.NOT_PERSON
    if word.endswith(("nr", "nrs")):
        return Is.WORD
    if len(word) > 6 and word[-1] == "s" and table.get(word[:-1], 0) & (Is.FAMILY | Is.GIVEN | Is.WORD | Is.PLACE | Is.PROPER) == Is.FAMILY:
        return Is.FAMILY  # `de Terpstras`
    compound = _compound(table, word)
    if compound:
        return compound | Is.MADE | (Is.ORG_BEFORE if word.endswith(_HOUSE_ENDINGS) else 0)
    return Is.GIVEN if is_rare_name(word) else 0


_VOWELS = frozenset("aeiouy")
"""What has none of these cannot be spoken, so it is short for something: `hbz`."""


def _foreign() -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The languages of `foreign.txt`: `en the and | about after ...`."""
    for line in _lines("foreign"):
        telling, _, often = line[3:].partition(" | ")
        yield frozenset(telling.split()), frozenset(often.split())


def _lines(name: str) -> Iterator[str]:
    return (line for line in (files("redaction") / "data" / f"{name}.txt").read_text(encoding="utf-8").split("\n") if line)


def _compound(table: Mapping[str, int], word: str) -> int:
    """Dutch makes words by writing them together: `thuiszorgmedewerker` is one, though no list has it."""
    if len(word) > 40:
        return 0
    for cut in range(3, len(word) - 2):
        head, tail = word[:cut], word[cut:]
        if table.get(tail, 0) & Is.WORD and len(tail) > 3:
            if table.get(head, 0) & (Is.WORD | Is.NOT_PERSON) or (len(tail) > 5 and table.get(head, 0) & Is.PROPER):
                return Is.WORD
            if head.endswith("s") and len(head) > 4 and table.get(head[:-1], 0) & Is.WORD:
                return Is.WORD
            if len(tail) > 4 and len(head) > 9 and _compound(table, head):
                return Is.WORD
    return 0
