"""What is recognised by its form: numbers that check themselves are found in every way of writing, and other numbers are not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.days import dates, same
from redaction.folded import folded
from redaction.lexicon import lexicon
from redaction.numbers import bsns, ibans, is_bsn, is_iban
from redaction.reachable import emails, handles, phones
from redaction.tokens import tokens
from redaction.vehicles import SIDECODES, plates

VALID_BSN = st.sampled_from([bsn for n in range(99_999) if is_bsn(bsn := f"9999{n:05}")])
SEPARATORS = st.sampled_from(["", " ", ".", "-"])


def _iban(country: str, bank: str) -> str:
    digits = "".join(str(int(c, 36)) for c in f"{bank}{country}00".lower())
    return f"{country}{98 - int(digits) % 97:02}{bank}"


@given(VALID_BSN, SEPARATORS)
def test_a_bsn_is_found_in_every_grouping(bsn: str, mark: str) -> None:
    """Dotted, spaced or dashed in threes, or in one piece."""
    written = mark.join((bsn[:3], bsn[3:6], bsn[6:]))
    assert [(w, sure) for _, _, w, sure in bsns(f"nummer {written}, akkoord")] == [(bsn, True)]


FOLLOWING = st.sampled_from(["12 keer", "3 maart", "2024", "1987-05-01", "01-05-1987", "06-71234901", "999900006", "0573-551209", "14 B"])
APART = st.sampled_from([" ", "\n", " / ", ", ", " - ", "\t"])


@given(VALID_BSN, FOLLOWING, APART)
def test_a_bsn_is_found_whatever_number_stands_behind_it_or_before_it(bsn: str, other: str, apart: str) -> None:
    """In lists the date of birth, the telephone or the next BSN follows with nothing but a space between."""
    for text in (f"{bsn}{apart}{other}", f"{other}{apart}{bsn}"):
        assert bsn in [w for *_, w, _ in bsns(text)]


@given(st.integers(61_000_0000, 68_999_9999), FOLLOWING, APART)
def test_a_phone_is_found_whatever_number_stands_behind_it_or_before_it(number: int, other: str, apart: str) -> None:
    """The same for a telephone number: `01-05-1987 06-71234901` and `06-71234901 06-71234902` hold one and two."""
    national = str(number)
    for written in (f"0{national}", f"06-{national[1:]}", f"+31 {national}", f"0031(0){national}"):
        for text in (f"{written}{apart}{other}", f"{other}{apart}{written}"):
            assert national in [digits for *_, digits in phones(text)], text


@given(VALID_BSN, st.integers(0, 8), st.integers(1, 9))
def test_a_bsn_with_a_typing_error_is_found_next_to_its_word_and_not_elsewhere(bsn: str, at: int, more: int) -> None:
    """A failed checksum does not throw it away: next to the word BSN it goes to a person."""
    wrong = bsn[:at] + str((int(bsn[at]) + more) % 10) + bsn[at + 1 :]
    if not is_bsn(wrong):
        assert [sure for *_, sure in bsns(f"bsn: {wrong}.")] == [False]
        assert list(bsns(f"bedrag {wrong}.")) == []


@given(st.integers(0, 10**10 - 1), st.sampled_from([" ", ""]), st.booleans())
def test_an_iban_is_found_in_small_letters_and_in_fours(account: int, mark: str, small: bool) -> None:
    """Grouped or not, in either case; one changed figure and it is only something like it."""
    iban = _iban("NL", f"ABNA{account:010}")
    written = mark.join(iban[i : i + 4] for i in range(0, 18, 4))
    text = folded(f"rek. {written.lower() if small else written} op naam")
    assert [(w, sure) for _, _, w, sure in ibans(text.low)] == [(iban.lower(), True)]
    assert is_iban(iban.lower())


@pytest.mark.parametrize(
    "iban",
    [
        "DE89370400440532013000",
        "BE68 5390 0754 7034",
        "TR330006100519786457841326",
        "PL61109010140000071219812874",
        "MT84MALT011000012345MTLCAST001S",
    ],
)
def test_ibans_of_other_countries_are_found(iban: str) -> None:
    """Each with the length of its country."""
    assert [sure for *_, sure in ibans(f"naar {iban.lower()} overgemaakt")] == [True]


@pytest.mark.parametrize(
    "written",
    [
        "0612345678",
        "06-12345678",
        "06 1234 5678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+31612345678",
        "+31 6 1234 5678",
        "+31 (0)6-12345678",
        "0031 6 12345678",
        "(06) 12345678",
        "06-12 34 56 78",
    ],
)
def test_a_mobile_number_is_found_in_every_way_of_writing(written: str) -> None:
    """And is the same number in each."""
    assert [n for *_, n in phones(f"bel {written}, graag")] == ["612345678"]


@pytest.mark.parametrize(
    "written", ["12-03-2024 10:30", "01-02-2024", "€ 1.245,50", "0800-1234", "0900 8844", "2024-00123456", "1234567890", "14 030", "112"]
)
def test_dates_amounts_and_service_numbers_are_no_phones(written: str) -> None:
    """A number of a person has ten figures, and is free of the prefixes of services."""
    assert list(phones(f"op {written} ")) == []


@pytest.mark.parametrize("code", SIDECODES)
def test_every_sidecode_is_a_plate(code: str) -> None:
    """With dashes anywhere; without them next to the word kenteken."""
    plate = code.replace("L", "k").replace("9", "4")
    assert [p for *_, p in plates(f"auto {plate} geparkeerd")] == [plate.replace("-", "")]
    assert [p for *_, p in plates(f"kenteken {plate.replace('-', '')} op naam")] == [plate.replace("-", "")]


@pytest.mark.parametrize("text", ["1234 ab utrecht", "zaak 2024-12-ab", "06-12-34-56-78", "op 12-03-2024"])
def test_postcodes_and_dates_are_no_plates(text: str) -> None:
    """A plate stands by itself."""
    assert list(plates(text)) == []


@given(st.dates(date(1920, 1, 1), date(2026, 1, 1)))
def test_a_day_is_the_same_in_every_way_of_writing(day: date) -> None:
    """In figures with any mark, with the month in words, year first."""
    months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
    for written in (
        f"{day:%d-%m-%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {months[day.month - 1]} {day.year}",
    ):
        found = [parts for _, _, parts, _, _ in dates(f"geb. {written}, te x")]
        assert len(found) == 1 and same(found[0], day) and not same(found[0], day + timedelta(days=1))


def test_e_mail_is_found_and_so_are_handles() -> None:
    """The whole address; a handle behind its @, or behind the word for it."""
    assert [a for *_, a in emails("mail jan.de-wit+x@post.example.nl, of")] == ["jan.de-wit+x@post.example.nl"]
    assert [h for *_, h in handles("via @tomasz_z85 of insta: nadia.th_93, mail a@b.nl")] == ["tomasz_z85", "nadia.th_93"]


def test_whether_capitals_tell_anything_is_seen_from_the_text() -> None:
    """In a note all in small letters, or all in capitals, they do not."""
    words = lexicon()
    assert tokens(folded("Jan belde gisteren over zijn aanvraag voor hulp bij de was."), words).capitals
    assert not tokens(folded("jan belde gisteren over zijn aanvraag voor hulp bij de was."), words).capitals
    assert not tokens(folded("JAN BELDE GISTEREN OVER ZIJN AANVRAAG VOOR HULP."), words).capitals
