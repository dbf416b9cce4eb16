"""organisation.yaml: the gemeente itself, as its letters need it."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.fields import Fields
from config.problems import Notes
from config.settings import HouseStyle, Organisation
from config.terms import term
from config.yamlfile import Node

_ASKED = {
    "name": "Gemeente Voorbeeldstad",
    "department": "Team Privacy",
    "visiting_address": "Raadhuisplein 1, 1234 AB Voorbeeldstad",
    "postal_address": "Postbus 1, 1230 AA Voorbeeldstad",
    "phone": "14 000",
    "email": "privacy@voorbeeldstad.example",
    "website": "https://www.voorbeeldstad.example",
    "officer_name": "de functionaris gegevensbescherming",
    "officer_email": "fg@voorbeeldstad.example",
    "signed_by": "A. Voorbeeld",
    "signed_as": "teamleider Privacy",
    "objection_body": "het college van burgemeester en wethouders van Voorbeeldstad",
    "court": "rechtbank Voorbeeldstad",
}
"""What every letter needs, with an example of each."""


def read_organisation(root: Node, notes: Notes, folder: Path = Path()) -> Organisation:
    """The gemeente; mistakes go to `notes`. Files that it names are looked for in `folder`."""
    fields = Fields(root, "organisation.yaml", notes)
    needed = {key: fields.required(key, f'"{example}"') for key, example in _ASKED.items()}
    organisation = Organisation(
        **needed,
        locale=fields.text("locale", "nl_NL"),
        timezone=_zone(fields),
        dossier_retention=_term(fields),
        desk_hours=fields.text("desk_hours"),
        style=_style(fields, folder),
    )
    fields.finish()
    return organisation


_FILES = {"logo": (".png", ".jpg", ".jpeg"), "font": (".ttf",), "font_bold": (".ttf",)}
"""What `style:` may name, with the kinds of file that can be drawn."""

READABLE = 4.5
"""The least contrast of text with white (WCAG 2.2, 1.4.3)."""


def _style(fields: Fields, folder: Path) -> HouseStyle:
    inner = fields.within("style")
    files = {key: _file(inner, key, folder / inner.text(key), endings) for key, endings in _FILES.items() if inner.node(key)}
    colour = _colour(inner)
    inner.finish()
    return HouseStyle(colour=colour, **files)


def _file(fields: Fields, key: str, path: Path, endings: tuple[str, ...]) -> Path | None:
    if path.suffix.lower() in endings and path.is_file():
        return path
    fields.mistake(key, f"{key} is no file {' or '.join(endings)} in this folder", f"Put it beside organisation.yaml, or leave {key} out")
    return None


def _colour(fields: Fields) -> str:
    written = fields.text("colour", HouseStyle().colour)
    if not re.fullmatch("#[0-9A-Fa-f]{6}", written):
        fields.mistake("colour", "colour is not written as #rrggbb", 'Write it as `colour: "#154273"`')
    elif contrast(written) < READABLE:
        fields.mistake("colour", f"colour {written} cannot be read on white", "Take a darker one: contrast must be 4.5 to 1")
    else:
        return written
    return HouseStyle().colour


def contrast(colour: str) -> float:
    """How much a colour stands out from white (WCAG 2.2, relative luminance), from 1 to 21.

    >>> round(contrast("#000000"), 1)
    21.0
    """
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _zone(fields: Fields) -> str:
    name = fields.text("timezone", "Europe/Amsterdam")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fields.mistake("timezone", f"timezone {name} is not known", "Write it as `timezone: Europe/Amsterdam`")
        return "Europe/Amsterdam"
    return name


def _term(fields: Fields) -> str:
    written = fields.text("dossier_retention", "P5Y")
    if term(written) is None:
        fields.mistake("dossier_retention", "dossier_retention is not a length of time of ISO 8601", "Write it as `dossier_retention: P5Y`")
    return written
