"""Refusing a request: the letter is made when one person proposes it, and is the decision when another says yes to that very letter."""

from __future__ import annotations

import hashlib

import outputs
from cases.states import OPEN
from config.errors import RequestError
from config.request import LANGUAGES, Request
from flows.letters import REFUSED_WITH, addressee
from flows.workplace import Workplace


def propose(work: Workplace, number: str, why: outputs.Refusal, actor: str, language: str = "") -> bytes:
    """Make the letter, in the language of the request unless another is given, and propose to refuse with it; gives the PDF.

    RequestError where no answer is owed.
    """
    request = work.register.get(number)
    language = language or request.language
    if request.status not in OPEN:
        raise RequestError(number, f"is {request.status}, and owes no answer any more", "Nothing can be refused")
    if language not in LANGUAGES:
        raise RequestError(number, "there are no letters in this language", f"Choose one of {', '.join(LANGUAGES)}")
    made = outputs.refusal(outputs.Post(work.config, request, addressee(work, number).person(), language), why)
    work.vault.put(number, REFUSED_WITH, made)
    because = f"{why.reason} ({'; '.join(why.legal)})"
    work.register.refusing.propose(number, actor, hashlib.sha256(made).hexdigest(), because)
    return made


def check_reason(reason: str, articles: tuple[str, ...]) -> outputs.Refusal:
    """Why a person refuses. RequestError where the reason or the articles are missing: the controller must show both (AVG 12(4), (5))."""
    legal = tuple(article.strip() for article in articles if article.strip())
    if not reason.strip() or not legal:
        raise RequestError(
            "refusal", "needs a reason in words and the articles it rests on", "Write why, for the resident, and by which law"
        )
    return outputs.Refusal(reason, legal)


def decide(work: Workplace, number: str, actor: str, seen: str = "") -> Request:
    """A second person refuses, with the letter that lies there; `seen` is the hash of the one that a page showed them.

    Raises RequestError for who proposed it or may not judge this request, and where another letter lies there by now.
    """
    if actor in work.register.accounts.barred(number):
        raise RequestError(number, "it is about this person, or somebody close", "Let a colleague decide it")
    if work.register.refusing.proposed(number) is None:
        raise RequestError(number, "nobody proposed to refuse it", "Propose it first, with a reason")
    now = hashlib.sha256(letter(work, number)).hexdigest()
    if seen and seen != now:
        raise RequestError(number, "another letter was proposed meanwhile", "Read the new one first")
    return work.register.refusing.decide(number, actor, now)


def letter(work: Workplace, number: str) -> bytes:
    """The letter as it was proposed. RequestError where there is none."""
    if not work.vault.exists(number, REFUSED_WITH):
        raise RequestError(number, "nobody proposed to refuse it", "Propose it first, with a reason")
    return work.vault.get(number, REFUSED_WITH)
