"""Outputs, chapter 7: the small parts: where lines break, how long is kept, what contradicts, how things are said."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.collection import Kind
from config.person import Address, Fact, Name, Person
from outputs.differences import differences
from outputs.glyphs import BOLD, SANS, runs, unit_width, width, wrapped
from outputs.picture import timeline
from outputs.resave import mended
from outputs.retention import until
from outputs.shown import Mark, day, plain
from outputs.wording import cell, counted, listed, name, term
from tests.outputs import sample

PERSON = Person(
    addresses=(Address("Nieuwe Weg", "1", "1234 AB", "Elders"), Address("Oude Weg", "2", "1234 AC", "Elders", until=date(2020, 1, 1)))
)


@given(st.text(max_size=200), st.floats(min_value=20, max_value=500))
def test_lines_fit_and_lose_no_letter(text: str, room: float) -> None:
    """Whatever is typed: every line is at most as wide as its room, and all that is not white comes back in order."""
    lines = wrapped(text, SANS, 10, room)
    assert all(width(line.rstrip(" "), SANS, 10) <= room + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(deadline=None)  # the first example reads a font
@given(st.text(max_size=60))
def test_every_visible_letter_is_drawn_by_some_font(text: str) -> None:
    """Runs hold as many letters as the text has visible ones; a run never asks a font for what it lacks."""
    drawn = runs(text, SANS)
    assert all(unit_width(run, font) >= 0 for font, run in drawn)
    assert "□" in "".join(run for _, run in runs("\ue123", SANS))


def test_chinese_is_drawn_by_the_fallback() -> None:
    """And the rest of the line is not."""
    assert runs("de 李 x", BOLD) == [(BOLD, "de "), ("InzageFallback", "李"), (BOLD, " x")]


@pytest.mark.parametrize(
    ("latest", "iso", "expected"),
    [
        (date(2024, 2, 29), "P15Y", date(2039, 2, 28)),
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2024, 1, 1), "P42D", date(2024, 2, 12)),
        (date(2024, 1, 1), "P1Y6M", date(2025, 7, 1)),
        (date(2024, 1, 1), "", None),
        (date(2024, 1, 1), "vijf jaar", None),
        (None, "P5Y", None),
        (date(2024, 1, 1), "P9999Y", None),
    ],
)
def test_a_term_is_counted_from_the_latest_date(latest: date | None, iso: str, expected: date | None) -> None:
    """By the calendar; an unknown term or day gives no end."""
    assert until(latest, iso) == expected


def fact(what: str, value: str, where: str) -> Fact:
    return Fact(what, value, where)


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        ("phone", "+31 6 12345678", "06-12345678"),
        ("address", "Nieuwe Weg 1, 1234 AB Elders", "nieuwe weg 1"),
        ("address", "Nieuwe Weg 1, 1234AB", "Nieuwe Weg 1 1234 ab ELDERS"),
        ("name", "J. de Boer", "Johan de Boer"),
        ("name", "José Yılmaz", "jose yilmaz"),
        ("birth_date", "1980-03-09", "09-03-1980"),
        ("birth_date", "19800309", "9-3-1980"),
        ("iban", "NL02 TEST 0999 9999 99", "nl02test0999999999"),
    ],
)
def test_another_spelling_is_no_difference(what: str, one: str, other: str) -> None:
    """A value that says less does not contradict one that says more."""
    assert differences([fact(what, one, "a.x"), fact(what, other, "b.y")], PERSON) == ()


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        ("phone", "06-12345678", "06-12345679"),
        ("address", "Nieuwe Weg 1", "Nieuwe Weg 12"),
        ("name", "J. de Boer", "P. de Boer"),
        ("birth_date", "1980-03-09", "1980-09-03"),
    ],
)
def test_values_that_cannot_both_be_true_are_a_difference(what: str, one: str, other: str) -> None:
    """Shown with the entity that holds each."""
    (found,) = differences([fact(what, one, "a.x"), fact(what, other, "b.y")], PERSON)
    assert (found.what, found.values) == (what, (("a.x", one), ("b.y", other)))


def test_history_is_no_difference() -> None:
    """A system that keeps former addresses does not contradict one that knows the present only."""
    history = [fact("address", "Oude Weg 2", "brp.persoon"), fact("address", "Nieuwe Weg 1", "brp.persoon")]
    assert differences([*history, fact("address", "Nieuwe Weg 1", "wmo.client")], PERSON) == ()


def test_an_address_that_was_left_behind_is_a_difference() -> None:
    """A system that still has the former address as its only one is just what a resident should see."""
    history = [fact("address", "Oude Weg 2", "brp.persoon"), fact("address", "Nieuwe Weg 1", "brp.persoon")]
    (found,) = differences([*history, fact("address", "Oude Weg 2", "wmo.client")], PERSON)
    assert ("wmo.client", "Oude Weg 2") in found.values


def test_one_number_more_is_no_difference() -> None:
    """Two telephone numbers in one system, one of them in another: both may be right."""
    both = [fact("phone", "0612345678", "a.x"), fact("phone", "0201234567", "a.x")]
    assert differences([*both, fact("phone", "0612345678", "b.y")], PERSON) == ()


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, Kind.TEXT, ""),
        ("  ", Kind.TEXT, ""),
        (True, Kind.TEXT, "ja"),
        (date(2024, 2, 9), Kind.DATE, "09-02-2024"),
        (datetime(2024, 2, 9, 14, 5), Kind.DATE, "09-02-2024 14:05"),  # noqa: DTZ001  as sources hold them
        (datetime(2024, 2, 9), Kind.DATE, "09-02-2024"),  # noqa: DTZ001  as above
        (Decimal("1234567.5"), Kind.AMOUNT, "1.234.567,50"),
        (19, Kind.AMOUNT, "19,00"),
        (Decimal("0.125"), Kind.AMOUNT, "0,125"),
        (Decimal("19.50"), Kind.TEXT, "19,50"),
        (3.0, Kind.TEXT, "3"),
        (1234567, Kind.ID, "1234567"),
        (Mark("A1"), Kind.TEXT, "[niet getoond: A1]"),
    ],
)
def test_values_are_said_as_in_the_netherlands(value: Any, kind: Kind, expected: str) -> None:
    """Dates with the day first, amounts with a comma, yes and no."""
    assert cell(value, kind) == expected


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, Decimal("NaN")])
def test_what_is_no_value_is_empty(value: object) -> None:
    """Each library has its own nothing."""
    assert plain(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2024, 2, 9), date(2024, 2, 9)),
        ("2024-02-09T10:00:00", date(2024, 2, 9)),
        ("2024-02", None),
        (date(9999, 12, 31), None),
        (date(2100, 1, 1), None),
        ("onbekend", None),
        (20240209, date(2024, 2, 9)),
    ],
)
def test_a_day_is_one_that_can_be(value: object, expected: date | None) -> None:
    """9999-12-31 means no end, and is not the latest date of a file."""
    assert day(value) == expected


def test_names_are_written_as_on_an_envelope() -> None:
    """The partner's name first where it is used, initials before given names."""
    assert name(Name(given="Johanna", initials="J.M.", prefix="van der", family="Berg")) == "J.M. van der Berg"
    assert name(Name(given="Johanna", prefix="van der", family="Berg", partner_family="Jansen")) == "Johanna Jansen-van der Berg"


def test_counts_terms_and_lists_are_said() -> None:
    """Singular, plural, thousands."""
    assert counted(1, ("document", "documenten")) == "1 document"
    assert counted(1200, ("document", "documenten")) == "1.200 documenten"
    assert (term("P1Y6M"), term("P42D"), term("?")) == ("1 jaar en 6 maanden", "42 dagen", "")
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b en c")


def test_a_picture_needs_dates() -> None:
    """Where nothing is dated, or only the future is, there is no picture."""
    findings = sample.dossier((sample._youth(),)).findings
    assert timeline(findings, 2026, 400) is not None
    assert timeline(findings, 2018, 400) is None


def test_letters_above_the_first_plane_are_mapped_in_utf_16() -> None:
    """ReportLab writes five digits, which readers take for two letters (PDF 1.7, 9.10.3)."""
    cmap = b"1 begincodespacerange\n<00> <01>\nendcodespacerange\n3 beginbfchar\n<00> <0000>\n<01> <0041>\n<02> <1F600>\nendbfchar\nend"
    assert b"2 beginbfchar\n<01> <0041>\n<02> <D83DDE00>\nendbfchar\nend" in mended(cmap)
