"""What goes wrong with a question, and the body that tells it (RFC 7807, as the specification writes `Foutbericht`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_RFC = "https://datatracker.ietf.org/doc/html/rfc7231#section-"


@dataclass(frozen=True, slots=True)
class Invalid:
    """One parameter that is wrong: `code` is for programs, `reason` for people."""

    name: str
    code: str
    reason: str


@dataclass(frozen=True)
class Problem(Exception):
    """A question that is answered with a problem."""

    status: int
    title: str
    detail: str
    code: str
    section: str = "6.5.1"
    invalid: tuple[Invalid, ...] = ()

    def body(self, instance: str) -> dict[str, Any]:
        """The problem as JSON; `instance` is the address that was asked."""
        body: dict[str, Any] = {"type": f"{_RFC}{self.section}", "title": self.title, "status": self.status}
        body |= {"detail": self.detail, "instance": instance, "code": self.code}
        if self.invalid:
            body["invalidParams"] = [{"name": param.name, "code": param.code, "reason": param.reason} for param in self.invalid]
        return body


class Refusal(Exception):
    """A question is answered with this problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def wrong(invalid: tuple[Invalid, ...]) -> Problem:
    """Parameters that are missing or wrong: all of them at once."""
    missing = all(param.code == "required" for param in invalid)
    title, code = MISSING if missing else WRONG
    names = ", ".join(param.name for param in invalid)
    return Problem(400, title, f"De foutieve parameters zijn {names}"[:199] + ".", code, invalid=invalid)


MISSING = ("Minimale combinatie van parameters moet worden opgegeven.", "paramsCombination")
WRONG = ("Een of meerdere parameters zijn niet correct.", "paramsValidation")
UNAUTHENTICATED = Problem(401, "Niet correct geauthenticeerd.", "Geef een geldige sleutel mee in X-API-KEY.", "authentication", "6.5.1")
NOT_FOUND = Problem(404, "Opgevraagde resource bestaat niet.", "Het opgevraagde adres wordt niet herkend.", "notFound", "6.5.4")
NOT_ALLOWED = Problem(405, "Methode is niet toegestaan.", "Alleen POST wordt ondersteund.", "methodNotAllowed", "6.5.5")
NOT_ACCEPTABLE = Problem(
    406,
    "Gevraagde contenttype wordt niet ondersteund.",
    "Alleen application json met charset utf-8 wordt geleverd.",
    "notAcceptable",
    "6.5.6",
)
UNSUPPORTED = Problem(
    415, "Media Type wordt niet ondersteund.", "Alleen application json met charset utf-8 wordt gelezen.", "unsupported", "6.5.13"
)
UNREADABLE = Problem(400, "Een of meerdere parameters zijn niet correct.", "De vraag is geen geldig JSON object.", "paramsValidation")


def too_many(most: int) -> Problem:
    """A search that finds more people than may be shown at once."""
    return Problem(
        400, "Teveel zoekresultaten.", f"Meer dan maximum van {most} zoekresultaten gevonden. Verfijn de zoekopdracht.", "tooManyResults"
    )
