"""The one tree of errors: each reads *thing: what is wrong. What to do.* and never holds a value of a person.

InzageError
├── UsageError            the command was typed wrongly                        exit 2
├── ConfigError           a YAML file of the gemeente holds mistakes           exit 1
├── RequestError          a request cannot be registered, moved or found       exit 1
├── SourceError           a source did not answer as agreed                    exit 1
│   ├── SourceUnavailable     no connection, time ran out, 5xx, 429: asking again may help
│   ├── SourceRefused         401, 403: asking again will not help
│   └── SourceUnreadable      an answer or a file that cannot be understood
├── ConservationError     cells or documents got lost between collecting and releasing
├── LeakError             a withheld value stands in a finished file: nothing leaves
├── WorkbookError         a workbook that came back from a resident cannot be read
├── VaultError            an artefact cannot be stored, read or trusted
└── AuditError            the audit trail does not verify
"""

from __future__ import annotations


class InzageError(Exception):
    """A refusal or failure that a person can act on: `thing` is wrong in the way of `wrong`; `remedy` says what to do."""

    exit_code = 1

    def __init__(self, thing: str, wrong: str, remedy: str) -> None:
        self.thing, self.wrong, self.remedy = thing, wrong.rstrip("."), remedy.rstrip(".")
        super().__init__(f"{thing}: {self.wrong}. {self.remedy}.")

    def __reduce__(self) -> tuple[type[InzageError], tuple[str, str, str]]:
        return type(self), (self.thing, self.wrong, self.remedy)


class UsageError(InzageError):
    """The command was typed wrongly."""

    exit_code = 2


class ConfigError(InzageError):
    """A YAML file of the gemeente holds mistakes."""


class RequestError(InzageError):
    """A request cannot be registered, moved or found."""


class SourceError(InzageError):
    """A source did not answer as agreed."""


class SourceUnavailable(SourceError):
    """No connection, time ran out, or the source said to come back later: asking again may help."""


class SourceRefused(SourceError):
    """The source knows us and says no: asking again will not help."""


class SourceUnreadable(SourceError):
    """An answer or a file that cannot be understood."""


class ConservationError(InzageError):
    """Cells or documents got lost between collecting and releasing."""


class LeakError(InzageError):
    """A withheld value stands in a finished file: nothing leaves."""


class WorkbookError(InzageError):
    """A workbook that came back from a resident cannot be read."""


class VaultError(InzageError):
    """An artefact cannot be stored, read or trusted."""


class AuditError(InzageError):
    """The audit trail does not verify."""
