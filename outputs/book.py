"""`dossier.pdf`: one page that says it all, then the contents, and then every layer below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from outputs.chapters import accounting, differences, documents, purposes, rights, searched, withheld, words
from outputs.decision import unsearched
from outputs.dossier import Dossier, Finding
from outputs.flow import LIMIT, Flow, Stop
from outputs.givers import Streams, by_purpose, drawn, streams
from outputs.glyphs import BOLD, width, wrapped
from outputs.ink import BODY, BOTTOM, GREY, LEFT, RIGHT, SMALL, TOP, WIDTH, Style
from outputs.picture import fitting, in_rows, timeline, told
from outputs.records import records
from outputs.shown import Shown, shown
from outputs.table import height, small
from outputs.texts import texts
from outputs.volume import HERE
from outputs.wording import counted, in_full, listed, period, thousands

ENTRY = 16.5
"""The height of one line of the contents: fixed, so that its number of pages is known before the body is drawn."""

PER_PAGE = int((TOP - BOTTOM - 50) // ENTRY)
DOTS = "[0.6 3] 0"


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the book and how to draw what stands below it."""

    title: str
    level: int
    key: str
    draw: Callable[[Flow], None]
    fresh: bool = False  # begins a page


def book(dossier: Dossier, *, limit: int = LIMIT) -> tuple[bytes, ...]:
    """`dossier.pdf` in parts of at most `limit` pages; the first holds the contents of all."""
    said = texts()["dossier"]
    title = said["kop"].format(organisatie=dossier.organisation.name, nummer=dossier.request.number)
    flow = Flow(f"{said['titel']} ({dossier.request.number})", dossier.organisation.name, title, dossier.request.received, limit=limit)
    _summary(flow, dossier, said)
    parts, front = list(_parts(dossier, said)), flow.page
    contents, tags = ceil(len(parts) / PER_PAGE), flow.volume.tags
    flow.foretell(said["inhoud"], "inhoud")
    with tags.within("Sect") as place:
        pass  # filled when the pages are known
    _body(flow, parts, front + contents + 1)
    drawn = flow.back(front + 1)
    with tags.again(place):
        _contents(flow, said)
    return flow.finish([*range(front), *range(drawn, drawn + contents), *range(front, drawn)])


def _body(flow: Flow, parts: Sequence[Part], first: int) -> None:
    flow.turn(first)
    for part in parts:
        flow.leave(part.level)
        if part.fresh and flow.y < TOP:
            flow.turn()
        flow.heading(part.title, part.level, part.key, keep=150 if part.level else 130)
        part.draw(flow)


def _parts(dossier: Dossier, said: Any) -> Iterator[Part]:
    """The book's chapters in order; what holds nothing is left out only where its absence says the same."""
    if dossier.findings:
        yield Part(said["doelen"], 0, "doelen", lambda flow: flow.text(said["doelen_uitleg"]), fresh=True)
        for finding in dossier.findings:
            yield Part(finding.activity.title, 1, f"doel-{finding.activity.id}", _drawn(purposes, dossier, finding))
        yield Part(said["gegevens"], 0, "gegevens", lambda flow: flow.text(said["gegevens_uitleg"]), fresh=True)
        for finding in dossier.findings:
            yield Part(finding.activity.title, 1, f"gegevens-{finding.activity.id}", _drawn(_data, dossier, finding))
    yield Part(said["documenten_kop"], 0, "documenten", lambda flow: documents(flow, dossier), fresh=True)
    yield Part(said["weg_kop"], 0, "weg", lambda flow: withheld(flow, dossier))
    yield Part(said["verschillen_kop"], 0, "verschillen", lambda flow: differences(flow, dossier))
    yield Part(said["gezocht_kop"], 0, "gezocht", lambda flow: searched(flow, dossier))
    yield Part(said["rechten_kop"], 0, "rechten", lambda flow: rights(flow, dossier))
    yield Part(said["woorden_kop"], 0, "woorden", lambda flow: words(flow, dossier))
    if dossier.accounts:
        yield Part(said["rekening_kop"], 0, "rekening", lambda flow: accounting(flow, dossier))


def _drawn(draw: Callable[[Flow, Dossier, Finding], None], dossier: Dossier, finding: Finding) -> Callable[[Flow], None]:
    return lambda flow: draw(flow, dossier, finding)


def _data(flow: Flow, dossier: Dossier, finding: Finding) -> None:
    """The data of one activity, collection by collection."""
    said, views = texts()["dossier"], [c for c in dossier.collections if c.activity == finding.activity.id and len(c.rows)]
    if not views:
        flow.text(
            said["alleen_documenten"] if finding.documents else said["bij_ander_doel"].format(doelen=listed(_elsewhere(dossier, finding)))
        )
    for collection in views:
        view = shown(collection)
        key = f"c-{collection.source}-{collection.entity}"
        flow.heading(collection.title or collection.entity, 2, key, listed=False)
        flow.text(_origin(dossier, view, said), SMALL)
        with flow.as_it_stands():
            records(flow, view)


def _elsewhere(dossier: Dossier, finding: Finding) -> list[str]:
    """The purposes below which the columns of this one stand, where it has no rows of its own."""
    held = (c.activity for c in dossier.collections if any(column.activity == finding.activity.id for column in c.columns))
    return [dossier.purposes.get(activity, activity) for activity in dict.fromkeys(held)]


def _origin(dossier: Dossier, view: Shown, said: Any) -> str:
    source = dossier.titles.get(view.collection.source, view.collection.source)
    return str(said["uit"].format(bron=source, aantal=counted(len(view.order), said["rijen"])))


# page one


def _summary(flow: Flow, dossier: Dossier, said: Any) -> None:
    """One page with all in a few sentences and two pictures; then the same facts as tables."""
    flow.heading(said["titel"], 0, "begin", listed=False)
    for sentence in _sentences(dossier, said):
        flow.text(sentence, replace(BODY, leading=14, after=4))
    if not dossier.findings:
        return
    held = streams(dossier)
    _years(flow, dossier, said, below=STREAMS if held else 0)
    if held:
        _streams(flow, dossier, held, said)
    flow.heading(said["cijfers"], 1, keep=130)
    flow.text(said["kaart_uitleg"], SMALL)
    small(flow, said["tabel"], (_purpose(finding) for finding in dossier.findings), numbers=(2, 3, 4))
    if any(f.years for f in dossier.findings):
        heads, rows = in_rows(dossier.findings, dossier.request.received.year)
        flow.heading(said["plaat_cijfers"], 2, keep=min(height(heads, rows), 300))
        small(flow, heads, rows, numbers=range(1, len(heads)))
    if held:
        flow.heading(said["stroom_cijfers"], 2, keep=130)
        small(flow, said["stroom_tabel"], by_purpose(dossier))


STREAMS = 172.0
"""What is kept free below the years for the other picture, with its heading and its sentence."""


def _years(flow: Flow, dossier: Dossier, said: Any, below: float) -> None:
    """When something was written down, as a picture that leaves so much room below it on the page."""
    last = dossier.request.received.year
    room = flow.y - BOTTOM - below - 82
    dated = fitting(dossier.findings, last, room)
    drawing = timeline(dated, last, room)
    if drawing is None:
        return
    flow.heading(said["plaat"], 1, keep=drawing.height + 20)
    flow.picture(drawing, told(dated, last))
    more = f" {said['plaat_meer']}" if len(dossier.findings) > len(dated) else ""
    flow.text(said["plaat_uitleg"] + more, SMALL)


def _streams(flow: Flow, dossier: Dossier, held: Streams, said: Any) -> None:
    """Who gave and who got, as a picture."""
    picture = drawn(held, dossier.organisation.name, flow.y - BOTTOM - 76)
    flow.heading(said["stroom"], 1, keep=picture.height + 30)
    flow.picture(picture, held.told())
    flow.text(said["stroom_uitleg"], SMALL)


def _purpose(finding: Finding) -> tuple[str, ...]:
    since = str(finding.since.year) if finding.since else texts()["leeg"]
    return finding.activity.title, listed(finding.sources), thousands(finding.records), thousands(finding.documents), since


def _sentences(dossier: Dossier, said: Any) -> Iterator[str]:
    asked = [c for c in dossier.coverage if c.status in ("found", "none", "partial")]
    holds = [c for c in asked if c.records or c.documents]
    yield from narrowed(dossier)
    words = {"organisatie": dossier.organisation.name, "gezocht": counted(len(asked), said["systemen"])}
    yield said["samenvatting" if dossier.findings else "niets"].format(gevonden=counted(len(holds), said["systemen"]), **words)
    if dossier.findings:
        yield _totals(dossier, said)
    if short := unsearched(dossier):
        yield said["onvolledig"].format(aantal=counted(len(short), said["systemen"]))
    if places := sum(w.places for w in dossier.withheld):
        yield said["niet_getoond"].format(aantal=counted(places, said["plekken"]))
    elif dossier.findings:
        yield said["alles_getoond"]
    if dossier.findings and said["brontaal"]:
        yield said["brontaal"]
    if dossier.differences:
        kinds = dict.fromkeys(texts()["soorten"].get(d.what, d.what) for d in dossier.differences)
        yield said["verschillen"].format(wat=listed(list(kinds)))


def narrowed(dossier: Dossier) -> Iterator[str]:
    """What the resident asked for, where that was not everything."""
    said = texts()["dossier"]
    if dossier.scope:
        yield said["alleen_over"].format(wat=listed(dossier.scope))
    if asked := period(dossier.request):
        yield said["alleen_periode"].format(periode=asked)


def _totals(dossier: Dossier, said: Any) -> str:
    since = min((f.since for f in dossier.findings if f.since), default=None)
    rows = counted(sum(f.records for f in dossier.findings), said["rijen"])
    papers = counted(sum(f.documents for f in dossier.findings), said["documenten"])
    pattern = said["aantallen" if since else "aantallen_zonder_datum"]
    return str(pattern.format(rijen=rows, documenten=papers, sinds=in_full(since) if since else ""))


# contents


def _contents(flow: Flow, said: Any) -> None:
    flow.heading(said["inhoud"], 0, "inhoud", listed=False)
    with flow.within("TOC"):
        for n, stop in enumerate(flow.stops):
            if n and n % PER_PAGE == 0:
                flow.turn()
            with flow.within("TOCI"), flow.within("Reference"):
                _entry(flow, stop)


def _entry(flow: Flow, stop: Stop) -> None:
    style: Style = replace(BODY, font=BOLD) if stop.level == 0 else BODY
    indent, here = 16.0 * stop.level, stop.part == 1
    number = str(stop.page) if here else texts()["deel"]["bladzijde"].format(deel=stop.part, nummer=stop.page)
    wide = width(number, style.font, style.size)
    line = wrapped(stop.title, style.font, style.size, WIDTH - indent - wide - 24)
    title = line[0].rstrip() + ("…" if len(line) > 1 else "")
    with flow.within("Link" if here else "Span"):
        flow.put(LEFT + indent, flow.y - 12, f"{title} ", style, HERE)
        flow.put(RIGHT - wide, flow.y - 12, number, style, HERE)
        if here:
            flow.link(stop.key, f"{title} {number}", flow.y, flow.y - ENTRY)
    start, end = LEFT + indent + width(title, style.font, style.size) + 8, RIGHT - wide - 8
    flow.volume.line(start, flow.y - 12, max(start, end), GREY, DOTS)
    flow.y -= ENTRY
