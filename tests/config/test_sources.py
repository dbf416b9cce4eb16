"""sources.yaml: what a source, an entity and a column may say, and what is meant when they say nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.collection import Column, Kind, Party
from config.errors import ConfigError
from config.settings import Entity, Source
from tests.config.conftest import Folder


def test_a_source_says_how_it_is_read(gemeente: Folder) -> None:
    """Name, kind, connection with its secret filled in, and the activity its entities are held for."""
    (wmo,) = gemeente.load().sources
    assert (wmo.name, wmo.title, wmo.kind, wmo.connection, wmo.activity) == ("wmo", "Wmo-administratie", "sql", "sqlite:///wmo", "hulp")


def test_an_entity_says_what_it_matches_and_provides(gemeente: Folder) -> None:
    """Its table is its name unless it says otherwise; a mapping is one way to match."""
    client, contact = gemeente.load().sources[0].entities
    assert (client.table, client.match, client.provides) == ("client", ({"BSN": "subject.bsn"},), {"CLIENT_NR": "key.client"})
    assert (contact.table, contact.match, contact.activity) == ("contactmoment", ({"CLIENT_NR": "key.client"},), "hulp")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{BSN: subject.bsn}", ({"BSN": "subject.bsn"},)),
        ("{NAAM: subject.name, GEB: subject.birth_date}", ({"NAAM": "subject.name", "GEB": "subject.birth_date"},)),
        ("[{BSN: subject.bsn}, {NAAM: subject.name}]", ({"BSN": "subject.bsn"}, {"NAAM": "subject.name"})),
    ],
)
def test_match_is_all_together_in_a_mapping_and_in_order_in_a_list(gemeente: Folder, text: str, meant: tuple[dict[str, str], ...]) -> None:
    """Several keys mean all together; a list means tried in order."""
    gemeente.replace("sources.yaml", "match: {BSN: subject.bsn}", f"match: {text}")
    assert gemeente.load().sources[0].entities[0].match == meant


def test_a_column_has_a_label_a_kind_a_party_and_a_category(gemeente: Folder) -> None:
    """What is not said is made from its name and kind; what is withheld is technical."""
    columns = gemeente.load().sources[0].entities[0].columns
    assert columns["BSN"] == Column("BSN", "Bsn", Kind.BSN, Party.SUBJECT, "BSN")
    assert columns["AANTEKENING"] == Column("AANTEKENING", "Aantekening", Kind.TEXT, Party.MIXED, "gezondheid")
    assert columns["WACHTWOORD"] == Column("WACHTWOORD", "Wachtwoord", Kind.TEXT, Party.TECHNICAL, withhold="technical")


def test_a_column_of_somebody_else_has_no_category_of_its_own(gemeente: Folder) -> None:
    """Categories tell the resident what is held about the resident."""
    assert gemeente.load().sources[0].entities[1].columns["MOEDER"].category == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [("30s", timedelta(seconds=30)), ("2m", timedelta(minutes=2)), ("45", timedelta(seconds=45)), ("500ms", timedelta(seconds=0.5))],
)  # fmt: skip
def test_a_timeout_is_seconds_or_says_its_unit(gemeente: Folder, text: str, meant: timedelta) -> None:
    """A bare number is seconds."""
    gemeente.replace("sources.yaml", "kind: sql", f"kind: sql\n    timeout: {text}")
    assert gemeente.load().sources[0].timeout == meant


def test_what_is_not_said_has_a_default(gemeente: Folder) -> None:
    """Thirty seconds, three retries, two requests at once, no minimum."""
    source = gemeente.load().sources[0]
    assert (source.timeout, source.retries, source.concurrency, source.entities[0].minimum_rows) == (timedelta(seconds=30), 3, 2, 0)


def test_what_only_the_kind_understands_is_passed_on(gemeente: Folder) -> None:
    """`auth`, `format` and all under `options`, at the source; `format` and `options` at the entity."""
    gemeente.environment["TOKEN"] = "0123"
    gemeente.replace(
        "sources.yaml",
        "kind: sql",
        "kind: sql\n    auth: {bearer: '${TOKEN}'}\n    format: {header: 3, decimal: ','}\n    options: {schema: dbo}",
    )
    gemeente.replace(
        "sources.yaml",
        "table: contactmoment",
        "table: contactmoment\n        format: {header: 1, strict: true}\n        options: {a: [1, x]}",
    )
    source = gemeente.load().sources[0]
    assert source.options == {"auth": {"bearer": "0123"}, "format": {"header": 3, "decimal": ","}, "schema": "dbo"}
    assert source.entities[1].options == {"format": {"header": 1, "strict": True}, "a": [1, "x"]}


def test_a_secret_of_digits_stays_text(gemeente: Folder) -> None:
    """A password that looks like a number is no number, quoted or not."""
    gemeente.environment["TOKEN"] = "0123"
    gemeente.replace("sources.yaml", "kind: sql", 'kind: sql\n    auth: {password: "${TOKEN}"}')
    gemeente.replace("sources.yaml", "table: contactmoment", "table: contactmoment\n        options:\n          pin: ${TOKEN}")
    source = gemeente.load().sources[0]
    assert source.options["auth"] == {"password": "0123"}
    assert source.entities[1].options == {"pin": "0123"}


@pytest.mark.parametrize("name", ["NO", "ON", "Y", "2024", "null", "1.10", "datum op", "naam.voornamen"])
def test_a_column_may_have_any_name(gemeente: Folder, name: str) -> None:
    """YAML 1.1 reads NO as false and 2024 as a number; here a name is a name."""
    gemeente.replace("sources.yaml", "WACHTWOORD: {withhold", f"{name}: {{withhold")
    assert name in gemeente.load().sources[0].entities[0].columns


def test_the_repr_of_a_source_is_its_name(gemeente: Folder) -> None:
    """Connections hold secrets, and end in no log."""
    assert repr(gemeente.load().sources[0]) == "<Source wmo>"


MISTAKES = [
    ("kind: sql", "kind: sqll", "source wmo: kind sqll is not known. Did you mean sql? Write one of: brp, documents, sql, tables."),
    ("kind: sql", "kind: zgw", "source wmo: this version cannot read kind zgw yet. It can read: brp, documents, sql, tables."),
    ("kind: sql", "kin: sql", "source wmo: kin is not known here. Did you mean kind?"),
    ("kind: sql", "timeout: soon\n    kind: sql", "source wmo: timeout is not a time above zero and up to an hour"),
    ("kind: sql", "retries: -1\n    kind: sql", "source wmo: retries is not a whole number from 0 to 20"),
    ("kind: sql", "concurrency: 0\n    kind: sql", "source wmo: concurrency is not a whole number from 1 to 100"),
    ("name: wmo", "name: w m o", "source w m o: w m o cannot be the name of a source"),
    ("name: wmo", "name: subject", "source subject: subject cannot be the name of a source"),
    ("connection: ${WMO_URL}", "owner: x", "source wmo: connection is missing. Add `connection: ${WMO_URL}`."),
    ("table: contactmoment", "tabel: contactmoment", "entity wmo.contact: tabel is not known here. Did you mean table?"),
    ("match: {CLIENT_NR: key.client}", "minimum_rows: 1", "entity wmo.contact: it has no match, so nothing of it can be found"),
    ("match: {CLIENT_NR: key.client}", "match: BSN", "entity wmo.contact: match should name columns and keys"),
    ("match: {CLIENT_NR: key.client}", "match: {CLIENT_NR: }", "entity wmo.contact: match on CLIENT_NR names no key"),
    (
        "key.client}\n        columns",
        "client}\n        columns",
        "entity wmo.client: provides: CLIENT_NR should provide a key of this source",
    ),
    ("kind: bsn", "kind: bsm", "entity wmo.client: column BSN: kind bsm is not known. Did you mean bsn?"),
    ("party: mixed", "party: mix", "entity wmo.client: column AANTEKENING: party mix is not known."),
    (
        ", party: mixed",
        "",
        "entity wmo.client: column AANTEKENING: it says neither whose data it holds nor that it is withheld. Add `party:`",
    ),
    (
        "withhold: technical",
        "withhold: secret",
        "entity wmo.client: column WACHTWOORD: withhold secret is not known. Write one of: internal, technical.",
    ),
    (
        "category: gezondheid",
        "categorie: gezondheid",
        "entity wmo.client: column AANTEKENING: categorie is not known here. Did you mean category?",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES, ids=[told.split(".")[0][:60] for _, _, told in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(gemeente: Folder, right: str, wrong: str, told: str) -> None:
    """One mistake gives one sentence that names it, on the line where it stands."""
    gemeente.replace("sources.yaml", right, wrong)
    found = [problem for problem in gemeente.problems("error") if f"{problem.what}. {problem.remedy}".startswith(told.rstrip("."))]
    assert len(found) == 1, gemeente.told()


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("kind: sql", "kind: sqll", 4),
        ("party: mixed", "party: mix", 14),
        ("WACHTWOORD: {withhold: technical}", "WACHTWOORD: {}", 15),
        ("match: {CLIENT_NR: key.client}", "match: {CLIENT_NR: key.klant}", 18),
        ("match: {CLIENT_NR: key.client}", "minimum_rows: 1", 16),
        ("name: wmo", "title: wmo", 2),
    ],
)
def test_the_line_is_that_of_the_mistake_or_of_what_lacks_something(gemeente: Folder, right: str, wrong: str, line: int) -> None:
    """Lines count from 1, as editors do."""
    gemeente.replace("sources.yaml", right, wrong)
    assert gemeente.problems("error")[0].line == line


def test_a_pseudo_column_of_files_is_checked(gemeente: Folder) -> None:
    """A file has a name, a text and a date; matching on anything else would find nothing, in silence."""
    gemeente.replace("sources.yaml", "kind: sql", "kind: documents").replace(
        "sources.yaml", "match: {BSN: subject.bsn}", "match: {FILENAAM: subject.bsn}"
    )
    assert any("match names FILENAAM, which a file does not have. Did you mean FILENAME?" in line for line in gemeente.told())


def test_a_key_column_that_is_not_classified_is_a_warning(gemeente: Folder) -> None:
    """It can be matched on, but is withheld from the dossier, which is seldom meant."""
    gemeente.replace("sources.yaml", "          BSN: {kind: bsn, party: subject}\n", "")
    assert ["BSN is matched on" in line for line in gemeente.told("warning")] == [True]
    gemeente.load()


def test_a_password_in_the_file_is_a_warning_without_the_password(gemeente: Folder) -> None:
    """Secrets come from the environment."""
    gemeente.replace("sources.yaml", "connection: ${WMO_URL}", "connection: postgresql://inzage:hunter22@db/wmo")
    (line,) = gemeente.told("warning")
    assert "a password stands in the file" in line
    assert "hunter22" not in line


def test_two_sources_cannot_share_a_name(gemeente: Folder) -> None:
    """Names are used in keys and file names, so case makes no difference."""
    text = (gemeente.path / "sources.yaml").read_text(encoding="utf-8")
    gemeente.write("sources.yaml", text + text.removeprefix("sources:\n").replace("name: wmo", "name: WMO"))
    assert any("source WMO stands here twice (first on line 2)" in line for line in gemeente.told())


@pytest.mark.parametrize("text", ["sources:", "sources: []", "sources: {}", "other: 1"])
def test_a_file_without_sources_is_a_mistake(gemeente: Folder, text: str) -> None:
    """A gemeente without systems has nothing to answer from."""
    with pytest.raises(ConfigError):
        gemeente.write("sources.yaml", text).load()


def test_the_types_are_those_of_the_house(gemeente: Folder) -> None:
    """What is read is `Source` and `Entity`, nothing of YAML."""
    source = gemeente.load().sources[0]
    assert (type(source), type(source.entities[0])) == (Source, Entity)
