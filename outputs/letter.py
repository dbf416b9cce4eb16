"""How every letter is set: the head of the house, the addressee, the references, and the text of its template."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader

from config.person import Person
from config.request import Request
from config.settings import Organisation
from outputs.blocks import draw
from outputs.decision import decision
from outputs.dossier import Dossier
from outputs.flow import Flow
from outputs.glyphs import BOLD
from outputs.house import house
from outputs.ink import BLUE, BODY, GREY, LEFT, SMALL
from outputs.texts import texts
from outputs.wording import address_lines, current_address, current_name, in_full

LOGO = (220.0, 44.0)
"""The most that a logo takes, in points: width and height."""


def letter(dossier: Dossier) -> bytes:
    """`besluit.pdf`."""
    title = texts()["brief"]["titel"].format(nummer=dossier.request.number)
    return typeset(title, decision(dossier), dossier.request, dossier.person, dossier.organisation)


def typeset(title: str, text: str, request: Request, person: Person, organisation: Organisation) -> bytes:
    """A letter to `person` with this text, in the markup of `outputs.blocks`."""
    flow = Flow(title, organisation.name, f"{organisation.name} · {organisation.department}", request.received)
    _head(flow, organisation)
    _addressee(flow, person)
    _references(flow, request, organisation)
    flow.heading(title, 0, "brief", listed=False)
    draw(flow, text, replace(BODY, leading=14))
    (made,) = flow.finish()
    return made


def _head(flow: Flow, organisation: Organisation) -> None:
    """The logo of the house, or its name where it has none."""
    if house().logo is None:
        flow.put(LEFT, flow.y - 18, organisation.name, replace(BODY, size=17, font=BOLD, colour=BLUE))
    else:
        image = _logo()
        scale = min(LOGO[0] / image.width, LOGO[1] / image.height)
        wide, high = image.width * scale, image.height * scale
        told = texts()["brief"]["logo"].format(organisatie=organisation.name)
        flow.volume.image(_packed(image), (LEFT, flow.y - high, wide, high), told)
    flow.y -= 62


def _logo() -> Image.Image:
    """The logo on white, without transparency and in RGB, as PDF/A and every printer can bear."""
    with Image.open(house().logo or "") as held:
        layered = held.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def _packed(image: Image.Image) -> ImageReader:
    out = BytesIO()
    image.save(out, "PNG")
    return ImageReader(BytesIO(out.getvalue()))


def _addressee(flow: Flow, person: Person) -> None:
    address = current_address(person)
    for line in (current_name(person), *(address_lines(address) if address else ())):
        if line:
            flow.text(line, replace(BODY, after=0))
    flow.space(22)


def _references(flow: Flow, request: Request, organisation: Organisation) -> None:
    said = texts()["brief"]
    pairs = (
        (said["nummer"], request.number),
        (said["ontvangen"], in_full(request.received)),
        (said["datum"], said["verzonden"]),
        (said["contact"], f"{organisation.phone}, {organisation.email}"),
    )
    with flow.within("L"):
        for label, value in pairs:
            with flow.within("LI"):
                flow.put(LEFT, flow.y - SMALL.size, label, replace(SMALL, colour=GREY), "Lbl")
                flow.text(value, replace(SMALL, after=1, colour=BODY.colour), indent=120, tag="LBody")
    flow.space(14)
