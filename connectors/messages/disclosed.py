"""To whom data of the subject really went, by the messages that the gemeente sent: rows with the fields of a disclosure.

The columns are those of `disclosures` in dossier.json: `when`, `to`, `what`, `why`. AGB codes get names under `options: {aanbieders: ...}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.settings import Entity, Source
from connectors.asking.contract import Row
from connectors.asking.texts import text
from connectors.asking.wanted import Alternative
from connectors.messages.archive import Archive, Held
from connectors.messages.choosing import Choice
from connectors.messages.message import Message
from connectors.messages.outline import RETURNS
from connectors.structured.disclosing import FIELDS
from connectors.structured.paths import parts

_OWN = frozenset({"bsn", "burgerservicenummer"})


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The messages that went out about the subject, as a table of the shared work."""

    source: Source
    entity: Entity
    archive: Archive
    choice: Choice
    alarms: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The column it is matched on, and the fields of a disclosure."""
        asked = (column for match in self.entity.match for column in (*match, *self.entity.columns) if _own(column))
        return (*dict.fromkeys(asked), *FIELDS)

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """A row for each message that went to a provider."""
        yield (self._row(held) for held in self._sent())

    def size(self, enough: int | None = None) -> int:
        """How many messages the archive holds, of everybody."""
        wanted = {"Client", "Antwoord", "Bericht"}
        return sum(n for (folder, kind, name), n in self.archive.records.items() if name in wanted and self.choice.holds(folder, kind))

    def _sent(self) -> Iterator[Held]:
        for held in self.archive.held:
            if self.choice.holds(held.message.folder, held.message.kind) and sent_out(held.message):
                yield held

    def _row(self, held: Held) -> Row:
        kind, (_, code) = held.message.kind, between(held.message)
        names: Mapping[str, Any] = self.source.options.get("aanbieders") or {}
        to = str(names.get(code) or names.get(code.lstrip("0")) or text("messages", "provider", code=code))
        why = text("messages", f"why_{held.message.law}") if kind else ""
        fields = (day(held.message), to, text("messages", f"sent_{kind[-3:] or 'other'}"), why)
        return (*(held.bsn for _ in self.columns[: -len(FIELDS)]), *fields)


def _own(column: str) -> bool:
    return bool(parts(column)) and parts(column)[-1] in _OWN


def between(read: Message) -> tuple[str, str]:
    """Who sent a message to whom: one that is sent back repeats the header of what it answers, so there the two change places."""
    sender, receiver = read.field("Afzender"), read.field("Ontvanger")
    return (receiver, sender) if read.number in RETURNS else (sender, receiver)


def day(read: Message) -> Any:
    """The day on which a message went out."""
    return read.header.get(("DagtekeningRetour",)) or read.header.get(("BerichtIdentificatie", "Dagtekening"))


def sent_out(read: Message) -> bool:
    """Whether a message went from a gemeente (four digits) to a provider (an AGB code of eight)."""
    sender, receiver = between(read)
    return bool(re.fullmatch(r"[0-9]{4}", sender) and re.fullmatch(r"[0-9]{8}", receiver))
