"""Outputs, chapter 10: to whom data really went, until when they are kept, and what the desk should look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest

import outputs
from config.codec import decode, encode
from config.collection import Kind
from config.law import Basis, Retention
from config.redacted import RedactedCollection
from outputs import Lead, Point, examine, internal_pdf, totals
from outputs.dossier import Disclosure
from outputs.explained import answers
from tests.outputs import sample
from tests.outputs.validators import page_faults


def sent(*rows: tuple[Any, ...], withheld: dict[tuple[int, str], str] | None = None) -> RedactedCollection:
    """Messages that went out, as a source tells them: with the fields of a disclosure."""
    columns = (
        sample.column("when", "Op", Kind.DATE),
        sample.column("to", "Aan"),
        sample.column("what", "Wat"),
        sample.column("why", "Waarom"),
    )
    return sample.collection("wmo", "verstuurd", "Verstuurde berichten", "wmo", columns, [list(row) for row in rows], withheld)


ZORG = ("2024-02-01", "Thuiszorg De Linde", "toewijzing", "hulp bij het huishouden")


def recipients(dossier: outputs.Dossier) -> str:
    (finding,) = (f for f in dossier.findings if f.activity.id == "wmo")
    return answers(dossier, finding)["recipients"]


def config_with(**changes: Any) -> Any:
    """The sample's configuration with these changes to the activity `wmo`."""
    held = sample.config()
    return replace(held, activities=tuple(replace(a, **changes) if a.id == "wmo" else a for a in held.activities))


# recipients


def test_rows_with_the_fields_of_a_disclosure_are_disclosures() -> None:
    """Whoever told them: a message, a log, a delivery (C-154/21)."""
    made = sample.dossier((sample._client(), sent(ZORG, ("2024-05-01", "CAK", "eigen bijdrage", "berekenen"))))
    assert made.disclosures == (
        Disclosure(date(2024, 5, 1), "CAK", "eigen bijdrage", "berekenen", "wmo"),
        Disclosure(date(2024, 2, 1), "Thuiszorg De Linde", "toewijzing", "hulp bij het huishouden", "wmo"),
    )
    told = orjson.loads(outputs.to_json(made))
    first = {"when": "2024-05-01", "to": "CAK", "what": "eigen bijdrage", "why": "berekenen"}
    assert told["disclosures"][0] == first
    assert told["activities"][0]["recipients_known"] is True


def test_actual_recipients_come_first_with_day_what_and_why() -> None:
    """And what is only possible is said to be only that."""
    said = recipients(sample.dossier((sample._client(), sent(ZORG))))
    assert said.splitlines()[:2] == [
        "Wij gaven gegevens aan:",
        "• Thuiszorg De Linde, 1 februari 2024, toewijzing (hulp bij het huishouden)",
    ]
    assert "Volgens ons register kan het gaan om:" in said
    assert "Dit weten wij niet" not in said


def test_many_messages_to_one_recipient_are_told_in_one_line() -> None:
    """How often, from when, until when; each stands on its own in dossier.json."""
    made = sample.dossier((sample._client(), sent(*((f"2024-{m:02}-01", *ZORG[1:]) for m in range(1, 11)))))
    assert "• Thuiszorg De Linde, 10 keer, van 1 januari 2024 tot en met 1 oktober 2024, toewijzing" in recipients(made)
    assert len(made.disclosures) == 10


def test_unknown_stays_unknown() -> None:
    """Where no message and no log tells, nobody is made up."""
    assert "Dit weten wij niet." in recipients(sample.dossier((sample._client(),)))


def test_a_recipient_that_is_withheld_is_not_told() -> None:
    """The mark stands in place of the name."""
    made = sample.dossier((sample._client(), sent(ZORG, withheld={(0, "to"): "A1"})))
    assert [d.to for d in made.disclosures] == ["[niet getoond: A1]"]


# retention


def test_an_end_that_is_past_is_not_told_as_if_it_were_to_come() -> None:
    """The resident reads that we are looking into it, the desk that it must."""
    made = sample.dossier(config=config_with(retention=Retention("P1Y", "de laatste wijziging")))
    (finding,) = (f for f in made.findings if f.activity.id == "wmo")
    assert "De termijn liep af op 30 september 2025." in answers(made, finding)["retention"]


# the internal report


def leads(config: Any, *held: RedactedCollection) -> list[Point]:
    made = sample.dossier(held or None, config=config)
    return [p for p in examine(made, config).points if p.activity == "wmo" and p.lead not in (Lead.NOT_JUDGED,)]


def test_nothing_is_said_where_all_is_well() -> None:
    """Terms that run, laws in force, exceptions named, recipients known."""
    assert leads(sample.config(), sample._client()) == []


def test_rows_past_their_term_are_counted() -> None:
    """Row by row, by their own date."""
    config = config_with(retention=Retention("P3Y", "de laatste wijziging"))
    assert leads(config, sample._client()) == [Point(Lead.KEPT_TOO_LONG, "wmo", 1, "P3Y")]


def test_rows_from_before_the_law_are_counted() -> None:
    """A basis that was not in force on the day."""
    config = config_with(legal_basis=(Basis("6.1.e", "Wmo 2015", "5.1.1", date(2023, 1, 1)),))
    assert leads(config, sample._client()) == [Point(Lead.NOT_IN_FORCE, "wmo", 1, "Wmo 2015")]


def test_an_activity_without_a_basis_is_told() -> None:
    """Also one that rests on a bill."""
    assert Point(Lead.NO_BASIS, "wmo", 2) in leads(config_with(legal_basis=()), sample._client())
    assert Point(Lead.NO_BASIS, "wmo", 2) in leads(config_with(status="bill"), sample._client())


def test_special_data_without_their_exception_are_told() -> None:
    """Health that was really found, where the register names no exception for it."""
    assert leads(config_with(special={}), sample._client()) == [Point(Lead.NO_EXCEPTION, "wmo", 2, "gezondheid")]


def test_a_recipient_that_the_register_does_not_know_is_told() -> None:
    """With how often; the one that it knows is not, however it is written."""
    found = leads(sample.config(), sample._client(), sent(ZORG, ("2024-03-01", "het CAK", "bijdrage", "innen")))
    assert found == [Point(Lead.UNKNOWN_RECIPIENT, "wmo", 1, "Thuiszorg De Linde")]


def test_a_missing_term_and_what_nobody_judged_are_told() -> None:
    """The resident reads "dit weten wij niet"; somebody should find out."""
    found = examine(sample.dossier(), sample.config()).points
    assert Point(Lead.NO_TERM, "burgerzaken", 2) in found
    assert any(p.lead is Lead.NOT_JUDGED and p.about == "N1" for p in found)


def test_it_is_kept_in_the_vault_as_it_is() -> None:
    """The codec gives it back."""
    report = examine(sample.dossier(), sample.config())
    assert decode(encode(report), outputs.InternalReport) == report


def test_totals_name_no_recipient_and_no_request() -> None:
    """Per lead and activity, over all requests."""
    report = examine(sample.dossier((sample._client(), sent(ZORG))), sample.config())
    made = totals([report, report])
    assert made["unknown_recipient"] == {"wmo": 2}
    assert "Linde" not in str(made)
    assert "INZ" not in str(made)


@pytest.mark.parametrize("held", [None, ()])
def test_the_report_on_paper_is_read_aloud_too(held: tuple[RedactedCollection, ...] | None) -> None:
    """Colleagues read with a screen reader as well."""
    made = sample.dossier(held)
    assert page_faults(internal_pdf(made, examine(made, sample.config()))) == []


def test_nothing_of_it_is_in_the_package(folder: Any) -> None:
    """It is for the desk."""
    assert not [path for path in folder.iterdir() if "aandacht" in path.name]
