"""Numbers by which systems know people: client, dossier, patient, document numbers, next to the word that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REFERENCE = re.compile(
    r"\b(?P<cue>(?:zaak|dossier|client|klant|patient|relatie|registratie|meldings?|aanvraag|inschrijf|lid|polis|verzekerden?|"
    r"legitimatie(?:bewijs)?|leerling|deelnemers?|debiteur(?:en)?|crediteur(?:en)?|personeels?|medewerkers?|werknemers?|"
    r"paspoort|rijbewijs|id-?kaart|identiteitskaart|document|vreemdelingen|v|a|kenmerk|proces-?verbaal|pv|beschikking|"
    r"toewijzing|casus|uitkerings?|huurders?|contract|tolk(?:en)?|student|studenten|pas|bankpas|kaart|chip|spaar|detentie|gedetineerden?|parket|rol|burger|inwoner|big|agb|skj|abonnements?|zorgpas|bewoners?)[- ]?(?:nummer|nr|no|id|code)|"
    r"ons kenmerk|uw kenmerk|kenmerk|zaaknr|dossiernr|clientnr|clientnummer|klantnr|a-nummer|v-nummer|pv-nummer|"
    r"bvh(?:-?nummer)?|bsn-?nr)\b\.?"
    r"(?: ?(?:is|van|:|=|#|\())*[ :#(]{0,3}(?P<number>[a-z]{0,5}[-./ ]?\d[a-z0-9]*(?:[-./][a-z0-9]+){0,4})"
)

_STEMS = re.findall(
    r"\w+",
    "legitimatie zaak dossier client klant patient relatie registratie melding meldings aanvraag inschrijf lid polis verzekerde verzekerden leerling "
    "deelnemer deelnemers debiteur debiteuren crediteur crediteuren personeel personeels medewerker medewerkers werknemer werknemers "
    "paspoort rijbewijs kaart idkaart identiteitskaart document vreemdelingen v a kenmerk verbaal procesverbaal pv beschikking toewijzing "
    "casus uitkering uitkerings huurder huurders contract tolk tolken student studenten pas bankpas chip spaar detentie gedetineerde "
    "gedetineerden parket rol burger inwoner big agb skj abonnement abonnements zorgpas bewoner bewoners burgerservice",
)
CUES = frozenset(["nummer", "nr", "no", "id", "code", "kenmerk", "bvh"]) | {
    *(stem + kind for stem in (*_STEMS, "bvh") for kind in ("nummer", "nr", "no", "id", "code")),
    *("vnummer", "anummer", "paspoort", "identiteitskaart", "kaart", "rijbewijs", "verblijfsdocument", "verblijfsvergunning"),
}
"""The words of a text of which at least one is there where a reference is."""


def references(low: str) -> Iterator[tuple[int, int, str, int]]:
    """Start, end, the number, and where its cue begins. Whose it is, is told by who was spoken of."""
    for match in _REFERENCE.finditer(low):
        number = match.group("number").rstrip(".-/")
        if sum(c.isdigit() for c in number) >= 3:
            start = match.start("number")
            yield start, start + len(number), number, match.start()
    for match in _DOCUMENT.finditer(low):
        if sum(c.isdigit() for c in match.group(1)) >= 3:
            yield match.start(1), match.end(1), match.group(1), match.start()
    for match in _PAPER_OF.finditer(low):
        if sum(c.isdigit() for c in match.group(1)) >= 3:
            yield match.start(1), match.end(1), match.group(1), match.start()
    for match in _OF_OTHER.finditer(low):
        number = match.group(1).rstrip(".-/")
        yield match.start(1), match.start(1) + len(number), number, match.start()


_DOCUMENT = re.compile(
    r"\b(?:paspoort|identiteitskaart|id-kaart|rijbewijs|verblijfsdocument|verblijfsvergunning)\b[,:(]? ?(?:met )?(?:document)?(?:nr\.?|nummer|no\.?)?[ :]{0,2}"
    r"([a-z0-9]{8,10})(?![a-z0-9])"
)
_OF_OTHER = re.compile(
    r"\b(?:client|klant|patient|dossier|zaak|[va]|polis|lid|relatie|burgerservice|inschrijf|document|paspoort)-?(?:nummer|nr)\.? van [^\d\n.]{3,40}?(?:is |: ?|\()?([a-z]{0,4}-?\d[\d-]{3,})"
)
_PAPER_OF = re.compile(
    r"\b(?:paspoort|pas|id|identiteitskaart|id-kaart|rijbewijs|verblijfsdocument|verblijfsvergunning|[va]-?nummer) (?:van|tnv|t\.n\.v\.) [^\d\n.:;]{2,40}[:(] ?"
    r"((?=[a-z0-9]*\d)[a-z0-9]{8,10}|\d{3}[ .]\d{3}[ .]\d{4})(?![a-z0-9])"
)
"""`Paspoort van Maja: NW4K7P2L1`: the number behind whose it is."""
