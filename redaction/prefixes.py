"""Prefixes before a family name (`van der`, `v.d.`, `el`): where they may stand, and to which name they belong."""

from __future__ import annotations

from redaction.after import cue_after
from redaction.lexicon import Is
from redaction.nobody import idiom_at
from redaction.reading import Chain, Reading
from redaction.slips import is_slip
from redaction.tokens import Tokens


def prefix_fits(reading: Reading, chain: Chain, here: int, run: int, cued: str) -> bool:
    """Whether prefixes may stand here: after initials or a given name, after a cue, or at the start of a family name."""
    if chain.initials and not chain.names:
        return True
    if chain.names:
        return _inside(reading, chain, here, run) or (cued == "title" and run == 1 and _noble(reading, chain, here))
    return _before(reading, here, run, cued)


def _inside(reading: Reading, chain: Chain, here: int, run: int) -> bool:
    """Whether prefixes may follow the names already in the chain."""
    tok = reading.tok
    following = here + run
    flag = tok.flags[following]
    last = tok.flags[chain.names[-1]]
    beyond = following + 1
    if _of_one_household(reading, chain.names[-1], here, following):
        return True
    if tok.gaps[here] == "-" and tok.capitals and tok.caps[following] and not flag & (Is.NOT_PERSON | Is.ORG_BEFORE):
        return True  # `mevrouw Ter Beek-van Ommen`
    if _owned_by_another(tok, here, following):
        return False
    if not reading.known(following) and _no_surname(reading, here, following):
        return False
    if run > 1 and not tok.caps[here] and tok.caps[here + 1]:
        return False
    unheard = not tok.capitals and not flag and last & Is.GIVEN and not last & Is.WORD and not is_slip(tok.words[following])
    if unheard and run > 1:
        return True  # `pleuni aan de stegge`
    if (
        run > 1
        and tok.words[here] in _WHERE
        and not (tok.caps[here] and tok.capitals)
        and not _household(reading, here, following)
        and not is_prefixed(reading, here, following)
    ):
        return False
    if chain.names and tok.text.low.startswith((" & ", " &\n"), tok.ends[following]):
        return False  # `Henk Vos van Mobiel & Zo` is a man and a firm
    if beyond < len(tok.words) and tok.flags[beyond] & Is.ORG_AFTER and tok.gaps[beyond] == " " and (tok.caps[beyond] or not tok.capitals):
        return False
    if not reading.known(following) and (
        _street_ahead(reading, following) or any(idiom_at(reading, at) for at in range(here, following + 1))
    ):
        return False
    several = len(chain.names) > 1 and not last & Is.GIVEN and tok.gaps[chain.names[-1]] != "-"
    if tok.gaps[here] not in ("-", " - ") and (several or chain.prefixes or chain.initials):
        return False
    if tok.caps[following] or not tok.capitals:
        single = tok.words[here]
        if single in ("in", "op", "aan", "bij", "uit", "voor", "tot", "over", "onder", "te", "en", "of", "het") and run == 1:
            return bool(reading.known(following)) and _household(reading, here, following)
        if (
            run == 1
            and single in ("van", "de", "den")
            and not tok.caps[here]
            and flag & Is.GIVEN
            and not flag & Is.FAMILY
            and not reading.known(following)
        ):
            return False
        word = not tok.capitals and not reading.known(following) and flag & Is.WORD and not reading.surely_prefixed(following)
        if word and not _fits_small(reading, chain, here, following):
            return False
        return bool(last & Is.GIVEN) or bool(reading.known(chain.names[-1])) or not last & Is.WORD
    return False


def _noble(reading: Reading, chain: Chain, here: int) -> bool:
    """`mr. Van Asch van Wijck`: a family name of two parts, each with its `van`, behind a title."""
    tok, following = reading.tok, here + 1
    first = chain.prefixes[0] if chain.prefixes else here
    return (
        tok.words[here] == "van"
        and not tok.caps[here]
        and first < here
        and tok.caps[first]
        and tok.capitals
        and tok.caps[following]
        and not tok.flags[following] & (Is.NOT_PERSON | Is.ORG_BEFORE | Is.GIVEN | Is.TITLE)
    )


def _owned_by_another(tok: Tokens, here: int, following: int) -> bool:
    """`Lihua van Cynthia Chitanand`: behind a small `van` stands a whole name, so there are two people."""
    beyond = following + 1
    return (
        tok.capitals
        and tok.words[here] == "van"
        and following == here + 1
        and not tok.caps[here]
        and bool(tok.flags[following] & Is.GIVEN)
        and beyond < len(tok.words)
        and tok.gaps[beyond] == " "
        and tok.caps[beyond]
        and not tok.flags[beyond] & (Is.WORD | Is.NOT_PERSON)
    )


def _fits_small(reading: Reading, chain: Chain, here: int, following: int) -> bool:
    """In a text without capitals: whether a plain word behind prefixes is a family name after all (`fenna van zanten`, `giorgi dos reis`)."""
    tok, flag = reading.tok, reading.tok.flags[following]
    if tok.words[here] in ABROAD or is_prefixed(reading, here, following):
        return True
    if flag & Is.FAMILY:
        return not flag & Is.COMMON or tok.words[here] in ("van", "de", "den")
    only_given = tok.flags[chain.names[-1]] & Is.GIVEN and not tok.flags[chain.names[-1]] & Is.WORD
    if not only_given or tok.words[here] != "van" or flag & (Is.COMMON | Is.NOT_PERSON | Is.ORG_BEFORE | Is.RELATION | Is.MADE):
        return False
    after = following + 1
    return after >= len(tok.words) or tok.gaps[after].strip(" ") != "" or bool(tok.flags[after] & (Is.FUNCTION | Is.ACTS))


ABROAD = frozenset(["dos", "das", "del", "della", "di", "el", "ben", "ait", "bin", "ibn", "abu", "von", "zu", "oulad", "ould"])
"""Prefixes that are no words of Dutch."""


def _of_one_household(reading: Reading, last: int, here: int, following: int) -> bool:
    """Whether a known family name goes on with these prefixes: `Ferreira da Silva`."""
    words = reading.tok.words
    run = (words[last], *words[here : following + 1])
    return any(
        run == household[at : at + len(run)]
        for number in reading.people.by_word.get(words[last], ())
        for household in reading.people.known[number].households
        for at in range(len(household) - len(run) + 1)
    )


_WHERE = frozenset(["in", "op", "aan", "bij", "uit", "voor", "tot", "over", "onder", "te"])
"""Prefixes that are prepositions first: `soufiane in den haag` is not called so."""
_ORGANISED = (
    "kerk",
    "ing",
    "zorg",
    "hulp",
    "werk",
    "team",
    "dienst",
    "bank",
    "huis",
    "school",
    "raad",
    "loket",
    "punt",
    "groep",
    "se",
    "sche",
    "heid",
)


def _no_surname(reading: Reading, here: int, following: int) -> bool:
    """`van het Loket`, `van de Protestantse gemeente`, `van Buurtbemiddeling`: where somebody works, and no part of the name."""
    tok, flag = reading.tok, reading.tok.flags[following]
    if flag & Is.ORG_BEFORE and not flag & Is.FAMILY:
        return True
    if flag & Is.FAMILY and not flag & Is.WORD:
        return False
    if "het" in tok.words[here:following] and "'" not in tok.text.low[tok.starts[here] : tok.starts[following]]:
        return True
    if tok.capitals and tok.caps[here]:
        return False
    return (
        not flag & Is.FAMILY and tok.words[following].endswith(_ORGANISED) and (bool(flag & Is.WORD) or tok.words[following].endswith("se"))
    )


def _street_ahead(reading: Reading, following: int) -> bool:
    """`Songul van de Burgemeester Reinaldaplein`: where somebody lives, and no part of the name."""
    tok = reading.tok
    for at in range(following, min(following + 3, len(tok.words))):
        if at > following and tok.gaps[at] not in (" ", "-"):
            return False
        if tok.words[at].endswith(tok.lexicon.street_firm) and len(tok.words[at]) > 5:
            return at > following or not reading.tok.flags[at] & Is.FAMILY or tok.words[at].endswith(("straat", "plein", "laan", "weg"))
    return False


def _before(reading: Reading, here: int, run: int, cued: str) -> bool:
    """Whether prefixes may open a family name: a known one, or one that a cue announces."""
    tok = reading.tok
    following = here + run
    flag = tok.flags[following]
    if run > 1 and tok.capitals and not tok.caps[here] and tok.caps[here + 1]:
        return False  # `dat van De Ruyter` is his; the name begins at its capital
    if reading.known(following) and _household(reading, here, following):
        return tok.capitals is False or tok.caps[following]
    if not tok.caps[following] and tok.capitals:
        return False
    if _whose_or_where(reading, here, run, cued):
        return False
    if _well_known(reading, here, following) and (cued or _told_of(reading, here, following)):
        return True
    if (
        cued
        and tok.words[here] in ("van", "de", "het", "in", "op", "uit", "aan", "bij", "voor", "te", "over", "onder", "tot")
        and run == 1
        and (not tok.caps[here] or not tok.capitals)
    ):
        if tok.words[here] not in ("van", "de") or (flag & Is.PLACE and cued != "title" and not is_prefixed(reading, here, following)):
            return False
        of_whom = tok.words[here] == "van" and (flag & Is.GIVEN or cued not in ("title", "trade"))
        return bool(flag & Is.FAMILY or not flag & (Is.WORD | Is.GIVEN) or (cued == "title" and tok.caps[following])) and not of_whom
    return bool(cued) or _alone(reading, here, run)


def _whose_or_where(reading: Reading, here: int, run: int, cued: str) -> bool:
    """`haar vader in de Domaniale`, `neemt over van Tesfay`: a place, or somebody known whose name has no `van`."""
    tok, following = reading.tok, here + run
    if not tok.capitals or tok.caps[here] or is_prefixed(reading, here, following):
        return False
    if run > 1:
        return tok.words[here] in _WHERE and cued in ("relation", "contact")
    return tok.words[here] == "van" and bool(reading.known(following))


def _well_known(reading: Reading, here: int, following: int) -> bool:
    """`van dijk`: a family name that is written with exactly these prefixes; `de boer` is a farmer as well."""
    tok = reading.tok
    if tok.words[here] == "de" and tok.flags[following] & Is.WORD:
        return False
    return is_prefixed(reading, here, following)


def is_prefixed(reading: Reading, here: int, following: int) -> bool:
    """Whether the prefixes from `here` and the word at `following` are a well-known family name."""
    tok = reading.tok
    return f"{' '.join(tok.words[here:following])} {tok.words[following]}" in tok.lexicon.prefixed


def _told_of(reading: Reading, here: int, following: int) -> bool:
    """Whether what stands around prefixes and a name in small letters speaks of a person; `van es` does by itself, `van soest` is a town."""
    tok, after = reading.tok, following + 1
    noun_before = here > 0 and bool(tok.flags[here - 1] & Is.WORD) and not tok.flags[here - 1] & (Is.FUNCTION | Is.VERB)
    if tok.words[here] == "van" and noun_before and tok.gaps[here] == " ":
        return False
    acts = after < len(tok.words) and bool(tok.flags[after] & Is.ACTS) and tok.gaps[after] in (" ", "\n")
    spoken_to = here > 0 and tok.words[here - 1] in (
        "met",
        "door",
        "volgens",
        "aan",
        "namens",
        "bij",
        "en",
        "voor",
        "van",
        "dat",
        "zei",
        "zegt",
    )
    return (
        acts or spoken_to or (not tok.flags[following] & (Is.PLACE | Is.COMMON) and following - here > 1) or bool(cue_after(tok, following))
    )


def _alone(reading: Reading, here: int, run: int) -> bool:
    """Whether prefixes that nothing announces open a family name."""
    tok = reading.tok
    following = here + run
    flag = tok.flags[following]
    if (
        tok.capitals
        and tok.caps[here]
        and tok.opens(here)
        and tok.words[here] in ("in", "op", "aan", "uit", "te", "over", "bij", "voor", "tot")
    ):
        return False
    if tok.capitals and tok.caps[here] and run > 1 and reading.surely_prefixed(following) and not flag & Is.PLACE:
        return True
    if tok.capitals and tok.caps[here]:
        return bool(tok.words[here] in tok.lexicon.words["prefix_starts"]) and bool(
            flag & (Is.FAMILY | Is.PLACE) or not flag & (Is.WORD | Is.NOT_PERSON)
        )
    if not reading.known(following) and _no_surname(reading, here, following):
        return False
    if run >= 2 or tok.words[here] in _FOREIGN:
        dutch = tok.words[here] in ("aan", "op", "in", "uit", "over", "bij", "voor", "tot", "onder", "te", "van") and (
            not tok.capitals or tok.words[here] != "van"
        )
        if dutch:
            return tok.words[here] == "van" and bool(flag & Is.FAMILY) and not flag & (Is.WORD | Is.PLACE | Is.NOT_PERSON)
        return (
            not flag & (Is.GIVEN | Is.PLACE | Is.NOT_PERSON)
            or bool(flag & Is.FAMILY and not flag & Is.PLACE)
            or is_prefixed(reading, here, following)
            or (tok.words[here] in ("al", "el", "ait", "ben") and bool(flag & Is.GIVEN) and not flag & Is.WORD)
        )
    if tok.words[here] == "van" and here and tok.flags[here - 1] & Is.WORD and not tok.flags[here - 1] & (Is.FUNCTION | Is.VERB):
        return False  # `het geluid van Manuhutu`
    if tok.words[here] == "van" and here and not tok.capitals and not flag:
        return tok.words[here - 1] in ("bij", "met", "door", "aan", "dat") and not is_slip(tok.words[following])
    return (
        tok.words[here] in ("de", "van", "den")
        and bool(flag & Is.FAMILY)
        and not flag & (Is.GIVEN | Is.WORD | Is.PLACE | Is.NOT_PERSON)
        and tok.capitals
    )


_FOREIGN = frozenset(
    [
        "el",
        "al",
        "ben",
        "ait",
        "ter",
        "ten",
        "vd",
        "vander",
        "vanden",
        "vande",
        "von",
        "da",
        "dos",
        "di",
        "abu",
        "bin",
        "ibn",
        "oulad",
        "ould",
    ]
)


def _household(reading: Reading, here: int, following: int) -> bool:
    """Whether exactly these prefixes belong to the known family name that follows."""
    prefixes = tuple(reading.tok.words[here:following])
    word = reading.known(following)
    for number in reading.people.by_word.get(word, ()):
        for household in reading.people.known[number].households:
            before = household[: household.index(word)] if word in household else ()
            if word in household and (before == prefixes or _shortened(prefixes, before)):
                return True
    return False


def _shortened(written: tuple[str, ...], prefixes: tuple[str, ...]) -> bool:
    """`v.d.` is `van der`, `van den` and `van de`; `vd` and `vander` too."""
    return bool(prefixes) and (
        "".join(written) in ("".join(prefixes), "".join(p[0] for p in prefixes))
        or (len(written) == len(prefixes) and all(p.startswith(w) for w, p in zip(written, prefixes, strict=True)))
    )
