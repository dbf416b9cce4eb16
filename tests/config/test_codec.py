"""What the vault keeps comes back exactly as it was, from bytes that are the same every time and run nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import orjson
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from config import codec
from config.accounting import Account, Tally
from config.codec import Spool, decode, decode_field, encode
from config.collection import Answer, Collection, Column, Coverage, Document, Kind, Match, Outcome, Party
from config.errors import VaultError
from config.lines import packed
from config.person import Address, Fact, KnownPerson, Name, Person, Role, Subject
from config.redacted import (
    Action,
    Decision,
    Disposition,
    Redacted,
    RedactedCollection,
    RedactedDocument,
    RedactedText,
    Redaction,
    ReviewItem,
    Secret,
    Span,
)  # fmt: skip

ROOT = Path(__file__).parent.parent.parent

# -- what a source may hold ------------------------------------------------------------------------------------------

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=-3, minutes=-30)), ZoneInfo("Europe/Amsterdam")])
TEXTS = st.text() | st.text(st.characters(categories=["Cs", "Lu"]), max_size=4)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-(2**70), 2**70), st.floats(), st.decimals(), TEXTS, st.binary(),
    st.dates(), st.datetimes(timezones=ZONES, allow_imaginary=True), st.times(), st.timedeltas(), st.uuids(),
)  # fmt: skip


def same(one: Any, other: Any) -> bool:
    """Equal in type and value, where not-a-number is itself and an enumeration is its member."""
    if type(one) is not type(other):
        return False
    if isinstance(one, pd.DataFrame):
        assert_frame_equal(one.map(repr), other.map(repr))
        return list(one.columns) == list(other.columns) and list(one.dtypes) == list(other.dtypes)
    if is_dataclass(one):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Enum | frozenset | dict):
        return bool(one == other)
    return repr(one) == repr(other)


def frame(draw: st.DrawFn, names: list[str], cells: st.SearchStrategy[Any]) -> pd.DataFrame:
    """Rows of plain values, dtype object."""
    count = draw(st.integers(0, 4))
    columns = {name: pd.Series(draw(st.lists(cells, min_size=count, max_size=count)), dtype=object) for name in names}
    return pd.DataFrame(columns, index=pd.RangeIndex(count), columns=names)


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    """Collections of any plain values."""
    names = draw(st.lists(st.text("ABC_ é.", min_size=1, max_size=6), unique=True, max_size=4))
    rows = frame(draw, names, CELLS)
    columns = tuple(Column(name, draw(TEXTS), draw(st.sampled_from(Kind)), draw(st.sampled_from(Party))) for name in names)
    document = Document(
        "d1", draw(TEXTS), "f", "text/plain", Match(0.5, "TEXT"), tuple(draw(st.lists(TEXTS))), date=draw(st.none() | st.dates())
    )
    return Collection(
        "s", "e", "t", "a", columns, rows, tuple(Match(1.0, "BSN") for _ in range(len(rows))), draw(st.sampled_from([(), (document,)]))
    )


@given(st.lists(collections(), max_size=2), st.none() | st.datetimes(timezones=ZONES))
def test_an_answer_comes_back_as_it_was(found: list[Collection], asked: datetime | None) -> None:
    """Every cell with its type: 1 is not 1.0 or True, a gap stays a gap, a date is no text."""
    answer = Answer(Coverage("s", "t", Outcome.PARTIAL, 3, 1, asked, date(2001, 2, 3), "zin", ("alarm",)), tuple(found))
    assert same(decode(encode(answer), Answer), answer)


@given(collections())
def test_the_same_value_gives_the_same_bytes(collection: Collection) -> None:
    """Also after a round trip."""
    assert encode(decode(encode(collection), Collection)) == encode(collection)


PEOPLE = st.builds(
    Person,
    names=st.lists(st.builds(Name, given=TEXTS, family=TEXTS), max_size=2).map(tuple),
    birth_date=st.none() | st.dates(),
    addresses=st.lists(st.builds(Address, city=TEXTS, secret=st.booleans(), since=st.none() | st.dates()), max_size=2).map(tuple),
    emails=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(PEOPLE, st.dictionaries(TEXTS, st.lists(TEXTS, max_size=2).map(tuple), max_size=3), st.lists(PEOPLE, max_size=2))
def test_a_subject_comes_back_with_everybody_around(person: Person, keys: dict[str, tuple[str, ...]], others: list[Person]) -> None:
    """Keys in their order, people with their role."""
    known = tuple(KnownPerson(other, Role.RELATIVE, "moeder", "wmo.client") for other in others)
    subject = Subject(person, keys, known, (Fact("address", "x", "brp.persoon"),), {"wmo.client": {"4711": 0.8}}, ("brp.a_nummer",))
    back = decode(encode(subject), Subject)
    assert same(back, subject)
    assert list(back.keys) == list(keys)


@given(st.data())
def test_what_was_redacted_comes_back_with_its_secrets(data: st.DataObject) -> None:
    """Dispositions keep their small type, secrets are a set again."""
    rows = frame(data.draw, ["A", "B"], CELLS)
    dispositions = pd.DataFrame(data.draw(st.integers(0, 2)), index=rows.index, columns=rows.columns, dtype=np.int8)
    document = RedactedDocument("d", "t", "text/plain", Disposition.WITHHELD, ground="N1")
    collection = RedactedCollection(
        "s",
        "e",
        "t",
        "a",
        (Column("A", "a"), Column("B", "b")),
        rows,
        dispositions,
        (document,),
        (Redaction("s", "e", 0, "A", "", 1, "B1"),),
    )
    secrets = frozenset(Secret(value, "name") for value in data.draw(st.lists(TEXTS, max_size=4)))
    item = ReviewItem("i", "s", "e", 0, "A", "", None, 1, 2, "N1", "zin", "why", 0.5)
    redacted = Redacted((collection,), (item,), secrets, {"[moeder]": 2})
    back = decode(encode(redacted), Redacted)
    assert same(back, redacted)
    assert set(back.collections[0].dispositions.dtypes) <= {np.dtype("int8")}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ((Decision("i", "show", "", "a"), Decision("j", "withhold", "A1", "b")), tuple[Decision, ...]),
        ((Account("s", "e", Tally(3, 1, 1, 1), Tally(0, 0, 0, 0)),), tuple[Account, ...]),
        ((), tuple[Account, ...]),
        (RedactedText("a", (Span(0, 1, "bsn", Party.THIRD, Action.REDACT, "B1", "[BSN]", 0.9, "elfproef"),)), RedactedText),
        ("tekst", str),
        (date(2026, 11, 25), date),
    ],
)
def test_every_word_of_the_house_can_be_kept(value: object, kind: Any) -> None:
    """Alone or several in a tuple."""
    assert same(decode(encode(value), kind), value)


AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EXACT = [
    0.1, -0.0, float("nan"), float("inf"), 5e-324, 2**53, 2**53 + 1, -(10**30), True, 1, 1.0, None, "", "\ud800", "\x00", "null", "{}",
    Decimal("1.10"), Decimal("-0"), Decimal("NaN"), Decimal("1E+5"), timedelta(-1, 2, 3), b"\x00\xff", UUID(int=7),
    datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=1), datetime(1, 1, 1, tzinfo=UTC), datetime(2026, 1, 1).replace(fold=1),  # noqa: DTZ001 - sources give naive times
    date(9999, 12, 31), time(1, 2, 3, 4, tzinfo=UTC), time(1, fold=1),
]  # fmt: skip


@pytest.mark.parametrize("cell", EXACT, ids=repr)
def test_an_odd_cell_comes_back_exactly(cell: object) -> None:
    """In a column by itself, and among ordinary ones."""
    for cells in ([cell], ["a", cell, None, 3, 2.5]):
        collection = Collection(
            "s", "e", "t", "a", (Column("A", "a"),), pd.DataFrame({"A": pd.Series(cells, dtype=object)}), (Match(1.0, "BSN"),) * len(cells)
        )
        back = decode(encode(collection), Collection)
        assert [repr(value) for value in back.rows["A"]] == [repr(value) for value in cells]
        assert back.rows["A"].dtype == object


@pytest.mark.parametrize(
    "cell", [np.int64(1), np.float64(1), np.bool_(True), pd.Timestamp("2020-01-01"), pd.NaT, pd.NA, {"a": 1}, [1], object()], ids=type
)
def test_a_cell_that_would_change_is_refused_by_column_and_type(cell: object) -> None:
    """Connectors give plain values; what is not plain would come back as something else."""
    rows = pd.DataFrame({"A": pd.Series([None, None], dtype=object)})
    rows.at[0, "A"] = cell
    collection = Collection("s", "e", "t", "a", (Column("A", "a"),), rows, (Match(1.0, "BSN"),) * 2)
    with pytest.raises(VaultError, match=f"column A: holds a value of type {type(cell).__name__}"):
        encode(collection)


@pytest.mark.parametrize(
    "rows", [pd.DataFrame({"A": ["x"]}, index=[3], dtype=object), pd.DataFrame([["x", "y"]], columns=["A", "A"], dtype=object)]
)
def test_a_table_of_another_shape_is_refused(rows: pd.DataFrame) -> None:
    """Rows are numbered from 0, and a column has a name of its own."""
    columns = tuple(Column(str(name), "a") for name in rows.columns)
    with pytest.raises(VaultError):
        encode(Collection("s", "e", "t", "a", columns, rows, (Match(1.0, "BSN"),)))


BROKEN = [
    b"", b"{}", b"[]", b"null", b'{"form":2,"value":[]}', b'{"form":1}', b'{"form":1,"value":{"source":1}}', b'{"form":1,"value":[]}',
    b"\x80\x04\x95", b'{"form":1,"value":{"coverage":{"source":"s","title":"t","status":"gone"},"collections":[]}}',
    b'{"form":1,"value":{"coverage":{"source":{"date":"x"},"title":"t","status":"none"},"collections":[]}}',
]  # fmt: skip


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_bytes_that_are_something_else_are_refused_without_a_value(data: bytes) -> None:
    """One error of the house, and nothing of the content in it or behind it."""
    with pytest.raises(VaultError) as caught:
        decode(data, Answer)
    assert caught.value.__cause__ is None
    assert "does not hold what was asked for" in str(caught.value) or "another form" in str(caught.value)


def test_an_artefact_of_another_type_is_refused() -> None:
    """A subject is no answer."""
    with pytest.raises(VaultError):
        decode(encode(Subject(Person(bsn="999990019"))), Answer)


def test_a_field_that_came_later_takes_its_default() -> None:
    """What an earlier version wrote can be read; what a later one wrote cannot."""
    written = orjson.loads(encode(Address(city="Voorbeeldstad")))
    del written["value"]["until"]
    assert decode(orjson.dumps(written), Address) == Address(city="Voorbeeldstad")
    written["value"]["floor"] = 3
    with pytest.raises(VaultError):
        decode(orjson.dumps(written), Address)


def test_sets_are_sorted_whatever_the_hash_seed() -> None:
    """Two processes with two seeds write the same bytes."""
    code = (
        "import sys; from config.codec import encode; from config.redacted import Redacted, Secret; "
        "sys.stdout.buffer.write(encode(Redacted((), (), frozenset(Secret(str(n), 'name') for n in range(50)))))"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert written[0] == written[1]
    assert len(decode(written[0], Redacted).secrets) == 50


# -- what is long stands in lines of its own -------------------------------------------------------------------------


@contextmanager
def short_lines(items: int = 2) -> Iterator[None]:
    """Lines of so few items that everything is long."""
    before, codec.LONG = codec.LONG, items
    try:
        yield
    finally:
        codec.LONG = before


@settings(suppress_health_check=[HealthCheck.too_slow])  # whole tables are drawn, which a busy machine does slowly
@given(st.lists(collections(), max_size=4), PEOPLE, st.dictionaries(TEXTS, st.lists(TEXTS).map(tuple), max_size=5))
def test_what_is_long_comes_back_as_it_was(found: list[Collection], person: Person, keys: dict[str, tuple[str, ...]]) -> None:
    """Long tables, and long lists in long lists: in lines as in one piece."""
    answer = Answer(Coverage("s", "t", Outcome.FOUND, alarms=("a", "b")), tuple(found))
    subject = Subject(person, keys, tuple(KnownPerson(person, Role.RELATIVE, "moeder", "a.b") for _ in range(3)))
    secrets = Redacted((), secrets=frozenset(Secret(value, "name") for value in keys))
    with short_lines():
        for value in (answer, subject, secrets):
            kept = encode(value)
            assert same(decode(kept, type(value)), value)
            assert encode(decode(kept, type(value))) == kept
        assert decode_field(encode(answer), Answer, "coverage") == answer.coverage


@given(st.lists(PEOPLE, max_size=7))
def test_a_spool_gives_what_the_whole_tuple_gives(people: list[Person]) -> None:
    """Item by item, so that a long one is never held whole."""
    with short_lines():
        spool = Spool[Person]()
        for person in people:
            spool.append(person)
        assert spool.finish() == encode(tuple(people))


def test_a_long_artefact_that_was_cut_or_added_to_is_refused() -> None:
    """At every byte."""
    with short_lines():
        kept = encode(tuple(Address(city=f"plaats {n}") for n in range(9)))
    for data in (*(kept[:end] for end in range(len(kept))), kept + b"x", kept + kept):
        with pytest.raises(VaultError, match="does not hold what was asked for"):
            decode(data, tuple[Address, ...])


def test_lines_that_the_head_does_not_ask_for_are_refused() -> None:
    """And those that it asks for and that are not there."""
    for lines in ([b'{"form":2,"value":[]}', b"[]"], [b'{"form":2,"value":{"lines":true}}'], [b'{"form":2,"value":{"lines":true}}', b"[]"]):
        with pytest.raises(VaultError, match="does not hold what was asked for"):
            decode(packed(lines), tuple[Address, ...])


def test_a_long_table_is_read_with_little_more_than_itself() -> None:
    """The answer of a source is never held as text and as a table at once."""
    names = ("A", "B", "C", "D")
    rows = pd.DataFrame({name: [f"{name} {n} en nog wat tekst" for n in range(20_000)] for name in names}, dtype=object)
    collection = Collection("s", "e", "t", "a", tuple(Column(name, name) for name in names), rows, (Match(1.0, "BSN"),) * len(rows))
    kept = encode(collection)
    tracemalloc.start()
    try:
        held = decode(kept, Collection)
        now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(held.rows) == 20_000
    assert most < 1.3 * now


def test_a_field_that_is_long_itself_is_read_from_among_the_lines_of_the_others() -> None:
    """A large request has thousands of secrets: one of its fields is read as well as a short one."""
    secrets = frozenset(Secret(f"waarde {n}", "text") for n in range(5000))
    written = encode(Redacted((), (), secrets, {}))
    assert decode_field(written, Redacted, "secrets") == secrets
    assert decode_field(written, Redacted, "review") == ()
