"""The two steps that compute, by the number of the request alone, so that they can run in another process than the flow.

Nothing here knows that there is a Prefect: a process that only computes does not import it.
"""

from __future__ import annotations

from flows import steps
from flows.silence import silent
from flows.workplace import workplace


@silent
def redact(number: str) -> int:
    """Redact what was collected; gives the number of cells in the account, which balances."""
    return sum(account.cells.collected for account in steps.redact(workplace(), number))


@silent
def draft(number: str, actor: str) -> int:
    """Write the draft; gives 1 where withheld values were found in it, else 0."""
    return steps.draft(workplace(), number, actor)
