"""What `table` of an entity chooses from an archive: a folder, a law, a message, a kind of record, or several of these together.

beschikt/2024      a folder below that of the source            wmo301, 301, iwmo, jw   messages
ToegewezenProduct  a kind of record, in one or in many          wmo301/Relatie          both
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from config.errors import SourceUnreadable
from config.folding import fold, squeeze
from config.settings import Entity
from connectors.messages.outline import NUMBERS, RECORDS
from connectors.structured.folders import inside, split

DISCLOSED = "Verstrekking"
"""The kind of record that tells which message went from the gemeente to whom."""

WHOLE = "Bericht"

_LAWS = {"wmo": "wmo", "iwmo": "wmo", "jw": "jw", "ijw": "jw", "jeugdwet": "jw", "jeugd": "jw"}
_RECORD_WORDS = {
    **{squeeze(name): name for name in RECORDS},
    "bericht": "Client", "berichten": "Client", "clienten": "Client", "client": "Client", "clientgegevens": "Client", "relaties": "Relatie",
    "contacten": "Contact", "contactgegevens": "Contact", "contactgegeven": "Contact", "toegewezenproducten": "ToegewezenProduct",
    "toewijzing": "ToegewezenProduct", "toewijzingen": "ToegewezenProduct", "startproducten": "StartProduct", "start": "StartProduct",
    "stopproducten": "StopProduct", "stop": "StopProduct", "aangevraagdeproducten": "AangevraagdProduct",
    "aanvraag": "AangevraagdProduct", "aanvragen": "AangevraagdProduct", "ongewijzigdeproducten": "OngewijzigdProduct",
    "tewijzigenproducten": "TeWijzigenProduct", "nieuweproducten": "NieuwProduct", "prestaties": "Prestatie", "declaratie": "Prestatie",
    "declaraties": "Prestatie", "antwoorden": "Antwoord", "verzoek": "Client", "verzoeken": "Client", "header": "Client",
    "verstrekking": DISCLOSED, "verstrekkingen": DISCLOSED, "ontvangers": DISCLOSED, "disclosures": DISCLOSED,
    "declaratieantwoord": "Prestatie",
}  # fmt: skip

_MESSAGE = re.compile(r"(i?wmo|i?jw)?[ _\-]?(3[0-2][0-9])")


@dataclass(frozen=True, slots=True)
class Choice:
    """What of an archive one entity reads; "" and () choose all, `record` "" leaves the kind of record open."""

    folder: str = ""
    laws: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    record: str = ""

    def holds(self, folder: str, kind: str) -> bool:
        """Whether a message of this folder and kind is chosen."""
        law = not self.laws or kind[:-3] in self.laws
        return inside(folder, self.folder) and law and (not self.numbers or (bool(kind) and int(kind[-3:]) in self.numbers))


def choice(entity: Entity, folders: Sequence[str]) -> Choice:
    """What `table` says, folders first. Raises SourceUnreadable where a word of it is neither a folder, nor a message, nor a record."""
    folder, words = split(entity.table, folders)
    chosen = Choice(folder=folder)
    for word in words:
        chosen = _with(chosen, word, entity)
    return chosen


def _with(chosen: Choice, word: str, entity: Entity) -> Choice:
    plain = squeeze(word)
    found = _MESSAGE.fullmatch(fold(word))
    if found and int(found[2]) in NUMBERS:
        laws = (_LAWS[found[1]],) if found[1] else chosen.laws
        return Choice(chosen.folder, laws, (*chosen.numbers, int(found[2])), chosen.record)
    if plain in _LAWS:
        return Choice(chosen.folder, (*chosen.laws, _LAWS[plain]), chosen.numbers, chosen.record)
    if plain in _RECORD_WORDS:
        return Choice(chosen.folder, chosen.laws, chosen.numbers, _RECORD_WORDS[plain])
    known = ", ".join([*sorted(RECORDS), DISCLOSED])
    remedy = f"Write under `table` a folder, a message (wmo301, jw305), or a kind of record: {known}"
    raise SourceUnreadable(f"{entity.source}.{entity.name}", "its table is no folder, message or kind of record", remedy)
