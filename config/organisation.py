"""organisation.yaml: the gemeente itself, as its letters need it."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.fields import Fields
from config.problems import Notes
from config.settings import Organisation
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


def read_organisation(root: Node, notes: Notes) -> Organisation:
    """The gemeente; mistakes go to `notes`."""
    fields = Fields(root, "organisation.yaml", notes)
    needed = {key: fields.required(key, f'"{example}"') for key, example in _ASKED.items()}
    organisation = Organisation(
        **needed,
        locale=fields.text("locale", "nl_NL"),
        timezone=_zone(fields),
        dossier_retention=_term(fields),
        desk_hours=fields.text("desk_hours"),
    )
    fields.finish()
    return organisation


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
