"""A web API that keeps records under addresses: one record, a list over all its pages, and never a step to another host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from config.errors import SourceUnreadable
from connectors.web.client import Declined, Web

PAGE = 100
"""Records asked at once; the standards allow 500, and a hundred keep an answer far below the limit on its size."""

_MOST_PAGES = 2000
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Elsewhere(SourceUnreadable):
    """An address in an answer lies on a host that sources.yaml does not name: our authorisation is not taken there."""


@dataclass(slots=True)
class Api:
    """The APIs of one source. `bases` maps the name of each to its address; all else is another's."""

    web: Web
    bases: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    paged: bool = True  # whether `pageSize` is accepted, as far as is known

    def url(self, name: str, path: str) -> str:
        """The address of something in one of the APIs."""
        return f"{self.bases[name].rstrip('/')}/{path}"

    def own(self, url: Any) -> str:
        """An address from an answer, where it lies in this source. Raises Elsewhere where it does not.

        What stands behind a proxy often calls itself http, or localhost by another name: it is asked where sources.yaml says.
        """
        thing = self.web.source.name
        try:
            there = urlsplit(url) if isinstance(url, str) else urlsplit("")
            place = _place(there.scheme, there.hostname, there.port)
        except ValueError:
            raise SourceUnreadable(thing, "an address in its answer cannot be read", "Ask who runs it to look") from None
        for base in self.bases.values():
            here = urlsplit(base)
            if _same(place, _place(here.scheme, here.hostname, here.port)):
                return urlunsplit((here.scheme, here.netloc, there.path, there.query, ""))
        remedy = "Where that is meant, name that API under `options` in sources.yaml"
        raise Elsewhere(thing, "its answer points to another host, which is not asked", remedy)

    def one(self, url: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The record at an address. Raises SourceError."""
        answer = self.web.get(_with(url, params or {}), headers=self.headers)
        if not isinstance(answer, dict):
            raise SourceUnreadable(self.web.source.name, "its answer is no record", "Look whether its connection is the right address")
        return answer

    def listed(self, url: str, params: Mapping[str, str] | None = None, *, sized: bool = True) -> Iterator[dict[str, Any]]:
        """The records of a list, over all its pages, also where it is a bare list. Raises SourceError, also halfway."""
        answer = self._first(url, dict(params or {}), sized)
        yield from self._pages(answer, lambda following: self.web.get(self.own(_beside(url, following)), headers=self.headers))

    def posted(self, url: str, body: Mapping[str, Any], secret: str) -> Iterator[dict[str, Any]]:
        """The records that a search by POST gives. `secret` may not stand in an address: it is left out of those of further pages."""
        answer = self._posted(url, body, {"pageSize": str(PAGE)} if self.paged else {})

        def follow(following: Any) -> Any:
            query = parse_qsl(urlsplit(self.own(_beside(url, following))).query)
            return self._posted(url, body, {n: v for n, v in query if secret not in v and "rol__" not in n})

        yield from self._pages(answer, follow)

    def count(self, url: str) -> int | None:
        """How many records a list says it holds; None where it does not say."""
        answer = self._first(url, {"pageSize": "1"} if self.paged else {}, sized=False)
        if isinstance(answer, list):
            return len(answer)
        told = answer.get("count") if isinstance(answer, dict) else None
        return told if isinstance(told, int) else None

    def _first(self, url: str, params: dict[str, str], sized: bool) -> Any:
        """The first page; where `pageSize` is not accepted, without it, once and for all."""
        if not (sized and self.paged):
            return self.web.get(_with(url, params), headers=self.headers)
        try:
            return self.web.get(_with(url, {**params, "pageSize": str(PAGE)}), headers=self.headers)
        except Declined as error:
            if error.status != 400:
                raise
        answer = self.web.get(_with(url, params), headers=self.headers)
        self.paged = False
        return answer

    def _posted(self, url: str, body: Mapping[str, Any], params: Mapping[str, str]) -> Any:
        headers = {**self.headers, "Content-Type": "application/json"}
        try:
            return self.web.post(_with(url, params), json=dict(body), headers=headers)
        except Declined as error:
            if error.status != 400 or "pageSize" not in params:
                raise
        self.paged = False
        return self.web.post(_with(url, {n: v for n, v in params.items() if n != "pageSize"}), json=dict(body), headers=headers)

    def _pages(self, answer: Any, follow: Any) -> Iterator[dict[str, Any]]:
        seen: set[Any] = set()
        asked: set[str] = set()
        for _ in range(_MOST_PAGES):
            rows = answer if isinstance(answer, list) else answer.get("results") if isinstance(answer, dict) else None
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise SourceUnreadable(
                    self.web.source.name, "its answer is no list as its standard has it", "Look whether its connection is the right address"
                )
            yield from (row for row in rows if _new(row, seen))
            following = answer.get("next") if isinstance(answer, dict) else None
            if not following:
                return
            if not rows or str(following) in asked:
                break
            asked.add(str(following))
            answer = follow(following)
        raise SourceUnreadable(self.web.source.name, "its pages do not come to an end", "Ask who runs it to look")


def _beside(url: str, following: Any) -> Any:
    """The address of a next page that is written from where we are: `?page=2`, `/zaken/api/v1/zaken?page=2`.

    >>> _beside("https://a.example/x?y=1", "?page=2"), _beside("https://a.example/x", "https://b.example/")
    ('https://a.example/x?page=2', 'https://b.example/')
    """
    return urljoin(url, following) if isinstance(following, str) else following


def _new(row: Mapping[str, Any], seen: set[Any]) -> bool:
    """Whether a record was not on an earlier page: lists shift while they are read."""
    mark = row.get("url") or row.get("uuid")
    if not isinstance(mark, str):
        return True
    fresh = mark not in seen
    seen.add(mark)
    return fresh


def _place(scheme: str, host: str | None, port: int | None) -> tuple[str, int]:
    return (host or "").lower(), port or {"https": 443, "http": 80}.get(scheme, 0)


def _same(one: tuple[str, int], other: tuple[str, int]) -> bool:
    """The same host and port; 80 and 443 are one, and so are the names of loopback."""
    ports = {one[1], other[1]}
    hosts = {one[0], other[0]}
    return (len(ports) == 1 or ports == {80, 443}) and (len(hosts) == 1 or hosts <= _LOOPBACK) and "" not in hosts


def _with(url: str, params: Mapping[str, str]) -> str:
    """An address with these parameters added to, or in place of, its own."""
    if not params:
        return url
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query, keep_blank_values=True)), **params}
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
