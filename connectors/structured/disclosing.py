"""Tables that tell to whom data of the subject went: their columns are the words of a disclosure in dossier.json."""

from __future__ import annotations

import re
from dataclasses import replace

from config.folding import squeeze
from config.settings import Entity

FIELDS = ("when", "to", "what", "why")
"""What each row tells, under the names that `dossier.json` has for it."""

WORDS = frozenset({"verstrekking", "verstrekkingen", "ontvangers", "disclosures"})
"""What `table` may call such a table."""


def disclosing(entity: Entity) -> Entity:
    """The entity, marked as telling of disclosures where its table is one of those."""
    if not WORDS & {squeeze(word) for word in re.split(r"[/\\\\.:+, ]+", entity.table)}:
        return entity
    return replace(entity, discloses=_told(entity))


def _told(entity: Entity) -> dict[str, tuple[str, ...]]:
    return {**{name: (name,) for name in FIELDS}, **entity.discloses}
