"""Words by which a source says who somebody is to the subject ("moeder") or in what function they act ("klantmanager")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from config.folding import fold

_WORDS = """
moeder: moeders mama mam ma
vader: vaders papa
ouder: ouders
kind: kinderen
dochter: dochters
zoon: zonen zoons
partner: partners levenspartner
echtgenoot: man
echtgenote: vrouw
ex-partner: expartner ex
ex-echtgenoot: exechtgenoot ex-man exman
ex-echtgenote: exechtgenote ex-vrouw exvrouw
vriend: vrienden
vriendin:
verloofde:
broer: broers broertje
zus: zussen zuster zusje
halfbroer:
halfzus:
stiefmoeder:
stiefvader:
stiefouder: stiefouders
stiefkind: stiefkinderen
stiefzoon:
stiefdochter:
pleegmoeder:
pleegvader:
pleegouder: pleegouders
pleegkind: pleegkinderen
adoptiekind:
adoptieouder: adoptieouders
bonuskind:
bonusouder:
schoonmoeder:
schoonvader:
schoonouder: schoonouders
schoonzoon:
schoondochter:
schoonzus:
schoonbroer: zwager
oma: grootmoeder oma's
opa: grootvader opa's
grootouder: grootouders
kleinkind: kleinkinderen
kleinzoon:
kleindochter:
oom:
tante:
neef:
nicht:
familielid: familie familieleden gezinslid gezinsleden huisgenoot huisgenoten verwant
buur: buren
buurman:
buurvrouw:
medebewoner: medebewoners
huisbaar: verhuurder
voogd: voogden
curator:
bewindvoerder:
mentor:
gemachtigde:
mantelzorger: mantelzorgers
contactpersoon: contactpersonen
wettelijk vertegenwoordiger: vertegenwoordiger
melder: meldster informant tipgever
aanmelder:
verwijzer:
getuige: getuigen
slachtoffer:
dader:
verdachte:
betrokkene: betrokkenen
klager:
eiser:
aanvrager:
budgethouder:
budgetbeheerder:
werkgever:
collega:
huisarts:
arts: dokter
behandelaar:
psycholoog:
psychiater:
leerkracht: docent juf meester
jeugdarts:
maatschappelijk werker:
gezinsvoogd:
jeugdbeschermer:
wijkagent: agent
advocaat:
tolk:
hulpverlener: hulpverleners
zorgverlener:
begeleider: begeleiders
"""
RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        word: relation.strip()
        for relation, _, others in (line.partition(":") for line in _WORDS.strip().splitlines())
        for word in (relation.strip(), *others.split())
    }
)
"""Each written form, folded, and the word that a resident reads."""

FAMILY = frozenset(_WORDS.partition("buur:")[0].strip().replace(":", "").split())
"""Words of kinship and household; what follows them in the list is somebody else."""

_AMBIGUOUS = frozenset({"man", "vrouw", "ex", "ma", "mam", "familie", "meester", "agent", "arts", "vriend", "vriendin"})
"""Words that mean something else as often: a value `man` in a column of its own may be a gender."""


@lru_cache(maxsize=4096)
def relation(text: str) -> str:
    """The relation word that a cell is ("Moeder", "ex partner", "dochter (uit huis)"); "" for any other text.

    >>> relation("MOEDER"), relation("Ex-partner van client"), relation("kinderen"), relation("Jansen"), relation("man")
    ('moeder', 'ex-partner', 'kind', '', '')
    """
    plain = re.sub(r"[(].*?[)]|\bvan\b.*", " ", fold(text)).strip(" .,:;")
    plain = re.sub(r"\bex[ \-]+(?=[a-z])", "ex-", plain)
    if len(plain) > 40 or plain in _AMBIGUOUS:
        return ""
    return RELATIONS.get(plain, "") or RELATIONS.get(plain.replace("-", ""), "")


@lru_cache(maxsize=4096)
def within(text: str) -> str:
    """The first relation word among the words of a label or title: "Naam van de moeder"; "" where there is none.

    >>> within("kinderen uit brp"), within("naam mantelzorger"), within("moedernaam"), within("contactmoment")
    ('kind', 'mantelzorger', '', '')
    """
    plain = re.sub(r"\bex[ \-]+(?=[a-z])", "ex-", fold(text))
    words = [word for word in re.split(r"[^a-z'\-]+", plain) if word not in _AMBIGUOUS]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    return next((RELATIONS[word] for word in (*pairs, *words) if word in RELATIONS), "")
