"""Cells: each is disclosed, shown in part or with a role in its place, or withheld, by the rule of its column's party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from config.collection import UNCLASSIFIED, Collection, Column, Kind, Match, Party
from config.redacted import Action, Disposition, Redaction
from config.settings import CellRule, PartyRule, Policy
from redaction.people import Somebody, words_of
from redaction.reader import TextRedactor
from redaction.review import Place, Reviewed, decide_spans
from redaction.secrets import Secrets

_NAMES = (Kind.NAME,)


@dataclass(slots=True)
class Desk:
    """What is needed to redact one request: the reader, the policy, what people decided, and what must not be found outside."""

    reader: TextRedactor
    policy: Policy
    reviewed: Reviewed
    secrets: Secrets
    redactions: list[Redaction] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it may be shown."""

    value: Any
    disposition: Disposition


_AWAY = Cell(None, Disposition.WITHHELD)


def redact_rows(desk: Desk, collection: Collection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is printed of the rows, and what became of each cell (int8, the same shape)."""
    shown: dict[str, pd.Series] = {}
    became: dict[str, pd.Series] = {}
    doubted = [_doubted(desk, collection, row, match) for row, match in enumerate(collection.matches)]
    sure = not any(doubted)
    for position, column in enumerate(collection.columns):
        values = collection.rows.iloc[:, position].tolist()
        if sure and _open(desk, column):
            shown[column.name] = pd.Series(values, dtype=object)
            became[column.name] = pd.Series(int(Disposition.DISCLOSED), range(len(values)), dtype="int8")
            continue
        cells = _column(desk, collection, column, values, doubted)
        shown[column.name] = pd.Series([cell.value for cell in cells], dtype=object)
        became[column.name] = pd.Series([int(cell.disposition) for cell in cells], dtype="int8")
    columns = [column.name for column in collection.columns]
    return pd.DataFrame(shown, columns=columns, dtype=object), pd.DataFrame(became, columns=columns, dtype="int8")


def _doubted(desk: Desk, collection: Collection, row: int, match: Match) -> bool:
    """Whether the row stays withheld because it may be of somebody else; a person may have said it is not."""
    if match.score >= desk.policy.match:
        return False
    place, ground = Place(collection.source, collection.entity, row), desk.policy.grounds["doubtful_match"]
    decision = desk.reviewed.decided(place.item())
    if decision is not None and decision.decision == "show":
        return False
    told = "; ".join(
        f"{c.label}: {v}"
        for c, v in zip(collection.columns, collection.rows.iloc[row].tolist(), strict=True)
        if v is not None and not c.withhold
    )
    if decision is None:
        desk.reviewed.ask(place, ground, told[:400], f"matched on {match.by} only, score {match.score:.2f}", 1 - match.score)
    else:
        ground = decision.ground or ground
    desk.redactions.append(Redaction(collection.source, collection.entity, row, "", "", 1, ground, decision.by if decision else "rule"))
    return True


def _column(desk: Desk, collection: Collection, column: Column, values: Sequence[Any], doubted: Sequence[bool]) -> list[Cell]:
    """All cells of one column."""
    reason = _reason(column)
    if reason:
        return _whole(desk, collection, column, values, doubted, desk.policy.grounds[reason])
    cells = []
    for row, (value, doubt, whole) in enumerate(zip(values, doubted, row_names(collection, column), strict=True)):
        if doubt:
            desk.secrets.row(column, value)
            cells.append(_AWAY)
        else:
            cells.append(_cell(desk, collection, column, row, value, whole))
    return cells


def _open(desk: Desk, column: Column) -> bool:
    """Whether every cell of a sure row is shown as it is, whatever it holds: then none need be looked at."""
    if column.withhold or column.kind in (Kind.TEXT, Kind.DOCUMENT) or desk.reviewed.passages:
        return False
    by_role = desk.policy.roles and column.kind in _NAMES
    return not by_role and desk.policy.parties[column.party].cell is CellRule.DISCLOSE


def _reason(column: Column) -> str:
    """Why the column is never shown, as the grounds of the policy name it; "" where its party decides."""
    if not column.withhold:
        return ""
    return column.withhold if column.withhold in ("technical", "internal", UNCLASSIFIED) else "internal"


def _whole(desk: Desk, collection: Collection, column: Column, values: Sequence[Any], doubted: Sequence[bool], ground: str) -> list[Cell]:
    for value in values:
        desk.secrets.technical(value)
    if count := sum(not doubt for doubt in doubted):
        desk.redactions.append(Redaction(collection.source, collection.entity, None, column.name, "", count, ground))
    return [_AWAY for _ in values]


def _cell(desk: Desk, collection: Collection, column: Column, row: int, value: Any, whole: str) -> Cell:
    """One cell of a row that is the subject's."""
    party = _rule(desk, column, value, whole)
    if (
        desk.reviewed.passages
        and value is not None
        and (passage := desk.reviewed.whole(Place(collection.source, collection.entity, row, column.name)))
    ):
        return _withheld(desk, collection, column, row, value, passage.ground, passage.by)
    if column.kind is Kind.DOCUMENT and value is not None:
        return _withheld(desk, collection, column, row, value, desk.policy.grounds["unreadable"])
    rule = CellRule.TEXT if _is_text(column, party.cell) else party.cell
    if rule is CellRule.WITHHOLD:
        return _withheld(desk, collection, column, row, value, party.ground)
    if value is None or rule is CellRule.DISCLOSE:
        return Cell(value, Disposition.DISCLOSED)
    if rule is CellRule.TEXT:
        return _text(desk, collection, column, row, value)
    return _role(desk, collection, column, row, value, whole)


def _rule(desk: Desk, column: Column, value: Any, whole: str) -> PartyRule:
    """The rule of the role of whoever a name is of, where the policy has one; else that of the party."""
    party = desk.policy.parties[column.party]
    if not desk.policy.roles or column.kind not in _NAMES or not isinstance(value, str):
        return party
    role = desk.policy.roles.get(_named(desk, column, value, whole).base)
    return replace(role, ground=role.ground or party.ground) if role else party


def _is_text(column: Column, rule: CellRule) -> bool:
    """Free text is read span by span, whosever column it stands in, unless all of that party is withheld."""
    return rule is not CellRule.WITHHOLD and column.kind is Kind.TEXT


def _text(desk: Desk, collection: Collection, column: Column, row: int, value: Any) -> Cell:
    """Free text, span by span; a truth, a number or a date in such a column holds nobody's name."""
    if isinstance(value, bool):
        return Cell(value, Disposition.DISCLOSED)
    if not isinstance(value, str):
        written = str(value)
        if not desk.reader.spans(written):
            return Cell(value, Disposition.DISCLOSED)
        value = written
    place = Place(collection.source, collection.entity, row, column.name)
    spans, deciders = decide_spans(value, desk.reader.spans(value), place, desk.reviewed)
    desk.secrets.spans(value, spans)
    made = desk.reader.render(value, spans)
    withheld = [span for span in spans if span.action is not Action.KEEP]
    if not withheld:
        return Cell(value, Disposition.DISCLOSED)
    _count(desk, collection, column, row, [(s.ground, by) for s, by in zip(withheld, deciders, strict=True)])
    return Cell(made.text, Disposition.REDACTED)


def _count(desk: Desk, collection: Collection, column: Column, row: int, withheld: Sequence[tuple[str, str]]) -> None:
    """One line of the account for each ground and decider."""
    for ground, by in sorted(set(withheld)):
        desk.redactions.append(
            Redaction(collection.source, collection.entity, row, column.name, "", withheld.count((ground, by)), ground, by)
        )


def _role(desk: Desk, collection: Collection, column: Column, row: int, value: Any, whole: str) -> Cell:
    """A cell of somebody else: the role in the place of a name, the relation as it is (but not a name that stands in it), all else withheld."""
    if column.kind is Kind.CODE and column.party in (Party.RELATIVE, Party.THIRD, Party.PROFESSIONAL, Party.OFFICIAL):
        return _text(desk, collection, column, row, value)
    if column.kind in _NAMES and isinstance(value, str) and value.strip():
        if _nobody(value):
            return Cell(value, Disposition.DISCLOSED)
        desk.secrets.name(value)
        ground = _name_ground(desk, column)
        desk.redactions.append(Redaction(collection.source, collection.entity, row, column.name, "", 1, ground))
        return Cell(label_for(desk, column, value, whole), Disposition.REDACTED)
    ground = desk.policy.parties[column.party].ground
    if column.kind in (Kind.BSN, Kind.IBAN, Kind.PLATE, Kind.ID):
        ground = desk.policy.grounds[str(column.kind)]
    return _withheld(desk, collection, column, row, value, ground)


def _name_ground(desk: Desk, column: Column) -> str:
    return desk.policy.parties[column.party].ground or desk.policy.grounds["name"]


def _nobody(value: str) -> bool:
    """Whether the cell holds no letters: a dash, a zero."""
    return not any(c.isalpha() for c in value)


def label_for(desk: Desk, column: Column, value: str, whole: str = "") -> str:
    """The label of the person named in this cell, the same as in free text where they are known.

    `whole` is what the name cells of this party in the row say together: a part of a name alone may be of several people.
    """
    somebody = _named(desk, column, value, whole)
    return desk.reader.labels.of(somebody.key, somebody.base)


def _named(desk: Desk, column: Column, value: str, whole: str) -> Somebody:
    reader, party = desk.reader, column.party
    if whole and (known := reader.part_of(whole, value, party)):
        return known
    known = reader.known_as(value, party)
    beside_others = whole not in {"", value} and len(value.split()) == 1
    if known is None or (beside_others and not known.given.intersection(words_of(value))):
        return reader.from_cell(value, party)  # a family name alone, beside somebody's given name: of whom of them is not told
    return known


def row_names(collection: Collection, column: Column) -> list[str]:
    """For each row, what the name cells of the column's party say together; "" where the column is none of them."""
    if column.kind not in _NAMES:
        return [""] * len(collection.rows)
    named = [
        collection.rows.iloc[:, position].tolist()
        for position, other in enumerate(collection.columns)
        if other.kind in _NAMES and other.party is column.party and not other.withhold
    ]
    return [" ".join(part for part in parts if isinstance(part, str)) for parts in zip(*named, strict=True)]


def _withheld(desk: Desk, collection: Collection, column: Column, row: int, value: Any, ground: str, by: str = "rule") -> Cell:
    desk.secrets.cell(column, value)
    desk.redactions.append(Redaction(collection.source, collection.entity, row, column.name, "", 1, ground, by))
    return _AWAY
