"""How Inzage runs, for the administrator: counts and names of systems, no request and no content; and two addresses for machines."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from desk.entering import MayAdminister
from desk.pages.proof import verified
from desk.showing import page
from flows.observed import answered_health, answered_ready
from flows.ready import ready
from flows.standing import standing

router = APIRouter(include_in_schema=False)


@router.get("/health")
def health() -> Response:
    """The desk lives."""
    return answered_health()


@router.get("/ready")
def may_work() -> Response:
    """The desk can do its work: register, vault, and Prefect where it is set."""
    return answered_ready()


@router.get("/beheer")
def operations(request: Request, who: MayAdminister) -> Response:
    """How it stands now."""
    return page(request, "operations.html.j2", who, now=standing(who.work), parts=ready(), whole=verified(who), room=who.work.vault.room())
