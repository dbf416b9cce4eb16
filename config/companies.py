"""Whether a name is that of an organisation: its cell is shown or withheld as the policy says, but it is nobody to look for in texts."""

from __future__ import annotations

import re

from config.folding import fold

_FORM = re.compile(r"\b(?:b\.? ?v|n\.? ?v|v\.? ?o\.? ?f|c\.? ?v|u\.? ?a|gmbh|ltd|inc|ag|s\.a)\b\.?$")
_WORDS = frozenset(
    [
        "gemeente",
        "provincie",
        "waterschap",
        "ministerie",
        "rijksoverheid",
        "belastingdienst",
        "uwv",
        "svb",
        "cjib",
        "cak",
        "duo",
        "ggd",
        "ggz",
        "ggzinstelling",
        "politie",
        "rechtbank",
        "stichting",
        "vereniging",
        "fonds",
        "cooperatie",
        "maatschap",
        "holding",
        "groep",
        "bedrijf",
        "onderneming",
        "winkel",
        "webshop",
        "supermarkt",
        "bank",
        "kredietbank",
        "verzekeraar",
        "verzekering",
        "verzekeringen",
        "zorgverzekeraar",
        "zorgverzekering",
        "zorggroep",
        "zorginstelling",
        "thuiszorg",
        "ziekenhuis",
        "kliniek",
        "praktijk",
        "huisartsenpraktijk",
        "apotheek",
        "tandartspraktijk",
        "school",
        "basisschool",
        "college",
        "lyceum",
        "mbo",
        "universiteit",
        "kinderopvang",
        "woningcorporatie",
        "woningstichting",
        "woonstichting",
        "wooncorporatie",
        "corporatie",
        "wonen",
        "energie",
        "energieleverancier",
        "waterbedrijf",
        "telecom",
        "incasso",
        "deurwaarders",
        "gerechtsdeurwaarders",
        "gerechtsdeurwaarder",
        "advocaten",
        "notariaat",
        "makelaars",
        "bewind",
        "bewindvoering",
        "bewindvoeringen",
        "team",
        "afdeling",
        "dienst",
        "loket",
        "klantcontactcentrum",
        "kcc",
        "wijkteam",
        "wijkverpleging",
        "jeugdzorg",
        "veiligheidshuis",
        "centrum",
    ]
)


def is_organisation(text: str) -> bool:
    """Whether `text` names an organisation: by its legal form, or by a word that no person is called by.

    >>> [is_organisation(name) for name in ("Krediet Direct N.V.", "Gemeente Voorbeeldstad", "C.J. Bakker", "J. de Bank")]
    [True, True, False, False]
    """
    bare = fold(text)
    if _FORM.search(bare):
        return True
    words = re.findall(r"[a-z]+", bare)
    return (
        bool(words) and len(words) > 1 and (words[0] in _WORDS or (words[-1] in _WORDS - {"bank", "school", "wonen"} and "." not in bare))
    )
