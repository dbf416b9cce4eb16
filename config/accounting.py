"""The conservation law: `collected = disclosed + redacted in part + withheld`, for every source and entity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from config.collection import Collection
from config.errors import ConservationError
from config.redacted import Disposition, RedactedCollection


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were collected, and what became of them."""

    collected: int
    disclosed: int
    redacted: int
    withheld: int

    @property
    def balanced(self) -> bool:
        """Whether nothing was lost and nothing appeared."""
        return self.collected == self.disclosed + self.redacted + self.withheld


@dataclass(frozen=True, slots=True)
class Account:
    """The two tallies of one entity of one source."""

    source: str
    entity: str
    cells: Tally
    documents: Tally


def accounts(collected: Iterable[Collection], released: Iterable[RedactedCollection]) -> tuple[Account, ...]:
    """The account of each entity, in order of source and entity; counted on both sides, independently.

    Raises ConservationError where they do not balance, or where an entity stands on one side only.
    """
    before = {(c.source, c.entity): c for c in collected}
    after = {(c.source, c.entity): c for c in released}
    if lost := sorted(before.keys() ^ after.keys()):
        raise ConservationError(".".join(lost[0]), "stands on one side of the account only", "Report this run; nothing was released")
    made = tuple(_account(before[key], after[key]) for key in sorted(before))
    for account in made:
        _check(account)
    return made


def _account(before: Collection, after: RedactedCollection) -> Account:
    cells = after.dispositions.to_numpy()
    documents = [d.disposition for d in after.documents]
    return Account(
        before.source,
        before.entity,
        Tally(before.rows.size, *(int((cells == d).sum()) for d in Disposition)),
        Tally(len(before.documents), *(documents.count(d) for d in Disposition)),
    )


def _check(account: Account) -> None:
    for what, tally in (("cells", account.cells), ("documents", account.documents)):
        if not tally.balanced:
            raise ConservationError(
                f"{account.source}.{account.entity}",
                f"{tally.collected} {what} collected but {tally.disclosed} disclosed, {tally.redacted} redacted, {tally.withheld} withheld",
                "Report this run; nothing was released",
            )
