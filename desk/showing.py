"""How a page is made: the templates with their filters, and what every page is given."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse

from cases.roles import Right
from connectors import explained
from desk import words
from desk.who import COOKIE, Who, csrf_of, give_cookie, new_token, token_of
from flows.workplace import configuration

TEMPLATES = Path(__file__).parent / "templates"


@cache
def engine() -> jinja2.Environment:
    """The templates; everything is escaped, and a name that is not given is a fault."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(day=words.day, day_en=words.day_en, moment=words.moment, clock=words.clock, size=words.size)
    made.filters.update(
        explained=explained, count=words.count, term=words.term, detail=words.detail, word=lambda key, group: words.word(group, key)
    )
    made.globals.update(kind=words.kind, words=words.words, Right=Right)
    return made


def page(request: Request, template: str, who: Who | None = None, status: int = 200, **given: Any) -> HTMLResponse:
    """A page from a template. A browser without a token gets one, so that its first form can be trusted."""
    token = who.token if who else token_of(request)
    fresh = "" if token else new_token()
    done = request.query_params.get("gedaan", "")
    told = {
        "who": who,
        "csrf": csrf_of(token or fresh),
        "organisation": configuration().organisation,
        "path": request.url.path,
        "done": words.words()["done"].get(done, ""),
        **given,
    }
    response = HTMLResponse(engine().get_template(template).render(told), status)
    if fresh:
        give_cookie(response, fresh, COOKIE)
    return response


def back(to: str, done: str = "") -> RedirectResponse:
    """On to a page after a form, with a word of what was done; reloading it sends nothing again."""
    return RedirectResponse(f"{to}?gedaan={done}" if done else to, 303)
