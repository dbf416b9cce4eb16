"""The letters on the way to the decision, and the refusal: each says what the law wants said at that moment.

Acknowledgement (Awb 2:17), extension (AVG 12(3)), question about identity or scope (AVG 12(6), recital 63), refusal
(AVG 12(4), (5)). What a person must decide or put in words is asked for here, and never made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.discretion import discreet
from config.person import Person
from config.request import Request
from config.settings import Config
from outputs.decision import remedies
from outputs.house import house_of, living
from outputs.letter import typeset
from outputs.texts import rendered, texts
from outputs.wording import in_full, listed, period, term


class Subject(StrEnum):
    """What a question is about."""

    IDENTITY = "identity"
    SCOPE = "scope"


@discreet
@dataclass(frozen=True, slots=True)
class Post:
    """To whom the letters of one request go, from whom, and in which language."""

    config: Config
    request: Request
    person: Person
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a person refuses the request: in words for the resident, with the articles it rests on (AVG 12(4), (5))."""

    reason: str
    legal: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.legal:
            raise ValueError("a refusal needs a reason in words and the articles it rests on")


def acknowledgement(post: Post, asked: str = "") -> bytes:
    """That the request came in: what we read in it, when the answer comes, how we check who asks, and which help there is.

    `asked` is the request in the resident's own words, where they are known.
    """
    return _made(post, "ontvangst", asked=" ".join(asked.split()), identity_open=not post.request.identity_checked_by)


def extension(post: Post, sent_already: Sequence[str] = ()) -> bytes:
    """That the answer takes longer, why, and until when; `sent_already` names what the resident has by now.

    Raises ValueError where the request was not extended: the reason is for a person to give.
    """
    if not post.request.extended_because:
        raise ValueError(f"{post.request.number}: not extended. Extend it first, with a reason: inzage request extend")
    return _made(post, "verlenging", sent_already=list(sent_already))


def question(post: Post, about: Subject, text: str = "", answer_by: date | None = None) -> bytes:
    """A question about who asks or about what is asked; `text` is the question of a person, in plain words."""
    return _made(post, "vraag", about=str(about), text=unmarked(text), answer_by=in_full(answer_by) if answer_by else "")


def refusal(post: Post, why: Refusal) -> bytes:
    """The decision to refuse, as a person decided it: why, where to complain, and what can be done about it."""
    with living(house_of(post.config, post.language)):
        text, title = refusal_text(post, why), texts()["brief"]["titel"].format(nummer=post.request.number)
        return typeset(title, text, post.request, post.person, post.config.organisation)


def refusal_text(post: Post, why: Refusal) -> str:
    """The text of the refusal, in the markup of `outputs.blocks`."""
    asked = [a for a in post.config.activities if a.enabled and (not post.request.scope or a.id in post.request.scope)]
    none = dict.fromkeys(("coverage", "asked", "terms", "tried", "unsearched", "findings", "withheld", "documents"), "")
    return rendered(
        "besluit.j2",
        **none,
        **_common(post),
        form="refused",
        refused=Refusal(unmarked(why.reason), why.legal),
        parts={},
        ask=[],
        kept=term(post.config.organisation.dossier_retention),
        elsewhere=[a.title for a in post.config.activities if a.controller == "other" and a.enabled],
        **remedies([(a.title, a.remedy) for a in asked if a.controller != "other"]),
    )


def letter_text(post: Post, template: str, **values: object) -> str:
    """The text of one of the letters, in the markup of `outputs.blocks`."""
    elsewhere = [a.title for a in post.config.activities if a.controller == "other" and a.enabled]
    return rendered(f"{template}.j2", **_common(post), elsewhere=elsewhere, **values)


def unmarked(text: str) -> str:
    """What a person wrote as one paragraph, without the signs that begin a heading or an item in the markup of letters."""
    return " ".join(text.split()).lstrip("#-|>~ ")


def _common(post: Post) -> dict[str, object]:
    request, titles = post.request, {a.id: a.title for a in post.config.activities}
    return {
        "request": request,
        "organisation": post.config.organisation,
        "number": request.number,
        "received": in_full(request.received),
        "deadline": in_full(request.deadline),
        "scope": listed([titles.get(i, i) for i in request.scope]),
        "period": period(request),
    }


def _made(post: Post, template: str, **values: object) -> bytes:
    with living(house_of(post.config, post.language)):
        text, title = letter_text(post, template, **values), texts()["brief"][template].format(nummer=post.request.number)
        return typeset(title, text, post.request, post.person, post.config.organisation)
