"""Outputs, chapter 1: `dossier.json` holds everything released, and nothing that is withheld."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import orjson
import pytest

import outputs
from config.accounting import Tally
from config.collection import Kind
from config.errors import ConservationError
from config.redacted import Disposition, RedactedDocument, Redaction
from outputs.as_json import SCHEMA
from outputs.plain_data import scalar
from tests.outputs import sample

KEYS = [
    "request", "subject", "coverage", "activities", "collections", "documents",
    "redactions", "disclosures", "differences", "accounting", "rights", "made",
]  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Any:
    return orjson.loads(outputs.to_json(sample.dossier()))


def of(made: Any, entity: str) -> Any:
    return next(c for c in made["collections"] if c["entity"] == entity)


def test_the_keys_are_those_of_the_design_and_in_its_order(made: Any) -> None:
    """Other tools read this file: its keys are fixed."""
    assert list(made) == KEYS


def test_the_data_fit_the_schema_by_the_plain_validator(made: Any) -> None:
    """The schema is complete: nothing more is allowed than what it names, and an independent validator agrees."""
    schema = orjson.loads(SCHEMA.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(made)
    assert schema["additionalProperties"] is False


def test_data_that_do_not_fit_the_schema_are_refused_without_their_values() -> None:
    """An error of ours stops the run, and says where, but not what."""
    held = sample.dossier()
    odd = replace(held, person=replace(held.person, bsn="geheim-nummer"))
    with pytest.raises(ConservationError) as error:
        outputs.to_json(odd)
    assert "pattern" in str(error.value)
    assert "geheim-nummer" not in str(error.value)


def test_the_same_input_gives_the_same_bytes() -> None:
    """No clock and no chance goes into the dossier."""
    assert outputs.to_json(sample.dossier()) == outputs.to_json(sample.dossier())


def test_a_row_is_an_object_by_column_name_in_the_order_collected(made: Any) -> None:
    """Row numbers in `redactions` count from 0 in this order."""
    rows = of(made, "betaling")["rows"]
    assert len(rows) == 60
    assert rows[0] == {
        "PERIODE": "2018-01",
        "BETAALD_OP": "2018-01-24",
        "BEDRAG": 1052.3,
        "REKENING": "NL02 TEST 0999 9999 99",
        "OMSCHRIJVING": "Uitkering en vakantiegeld, na aftrek van een eerder te veel betaald bedrag",
        "REGELING": "Participatiewet",
    }


def test_a_withheld_cell_is_null_and_stands_in_redactions(made: Any) -> None:
    """Whoever reads null can find out whether the field was empty or withheld, and why."""
    assert of(made, "persoon")["rows"][0]["partner"] is None
    assert {"source": "brp", "entity": "persoon", "row": 0, "column": "partner", "document": None, "count": 1, "ground": "A1"} in made[
        "redactions"
    ]


def test_a_value_left_behind_in_a_withheld_cell_does_not_get_out() -> None:
    """The disposition decides, not what happens to stand in the cell."""
    held = sample._brp()
    held.rows.loc[0, "partner"] = "Anna Geheimstra"
    assert b"Geheimstra" not in outputs.to_json(sample.dossier((held,)))


def test_withheld_columns_are_named_without_their_content(made: Any) -> None:
    """A column that nobody classified, or that is technical, is listed by its label and reason, and empty in every row."""
    client = of(made, "client")
    withheld = {c["name"]: c["withheld"] for c in client["columns"] if c["withheld"]}
    assert withheld == {"TELEFOON": "A4", "WACHTWOORD": "E1", "X_NIEUW": "N1"}
    assert {row[name] for row in client["rows"] for name in withheld} == {None}


def test_activities_are_exactly_those_in_which_something_was_found(made: Any) -> None:
    """Not the register, but what it means for this resident; documents count as much as rows."""
    assert [a["id"] for a in made["activities"]] == ["burgerzaken", "wmo", "uitkering", "jeugdhulp"]
    only_papers = orjson.loads(outputs.to_json(sample.dossier((sample._papers(),))))
    assert [a["id"] for a in only_papers["activities"]] == ["wmo"]


def test_an_activity_of_a_single_column_counts_as_found() -> None:
    """A column may serve another purpose than its table; where it is empty it finds nothing."""
    held = sample._youth()
    columns = (held.columns[0], replace(held.columns[1], activity="parkeren"))
    filled = replace(held, columns=columns)
    assert [f.activity.id for f in sample.dossier((filled,)).findings] == ["jeugdhulp", "parkeren"]
    bare = replace(filled, rows=filled.rows.assign(SOORT=None))
    assert [f.activity.id for f in sample.dossier((bare,)).findings] == ["jeugdhulp"]


def test_each_activity_answers_every_question_of_the_law(made: Any) -> None:
    """AVG 15(1)(a)-(h), and 15(2): purpose, basis, categories, recipients, sources, retention, machines, rights, remedy."""
    wmo = next(a for a in made["activities"] if a["id"] == "wmo")
    assert wmo["purpose"].startswith("U vroeg hulp om thuis")
    assert wmo["legal_basis"] == [{"avg": "6.1.e", "law": "Wmo 2015", "article": "2.3.2; 5.1.1", "in_force": "2015-01-01"}]
    assert wmo["special"]["gezondheid"]["avg"] == "9.2.h"
    assert wmo["categories_found"] == ["financieel", "gezondheid"]
    assert wmo["sources"] == ["u zelf", "uw mantelzorger", "de huisarts"]
    assert wmo["retention"] == {"term": "P15Y", "from": "de laatste wijziging van de gegevens", "law": "Wmo 5.3.4", "note": ""}
    assert wmo["automated_decisions"] == "none"
    assert wmo["third_countries"] == []
    assert wmo["rights"] == ["correct", "erase", "restrict", "object", "complain"]
    assert wmo["remedy"] == ["bezwaar"]


def test_a_category_counts_only_where_something_of_it_is_shown() -> None:
    """ "Categories found" is what was found, not what the register expects: an empty or withheld column names nothing."""
    held = sample._client()
    bare = replace(held, rows=held.rows.assign(DIAGNOSE=None))
    (finding,) = sample.dossier((bare,)).findings
    assert finding.categories == ("financieel",)


def test_the_end_of_retention_follows_from_the_latest_date_in_the_file(made: Any) -> None:
    """The register says how long, the file says from when; where the term is unknown no day is made up."""
    until = {a["id"]: a["retained_until"] for a in made["activities"]}
    assert until == {"burgerzaken": None, "wmo": "2039-09-30", "uitkering": "2032-12-24", "jeugdhulp": "2039-09-01"}


def test_a_date_of_birth_says_nothing_of_how_old_a_record_is(made: Any) -> None:
    """ "Since when" and the end of retention look at dates of records only."""
    assert {a["id"]: a["since"] for a in made["activities"]}["wmo"] == "2021-02-13"


def test_unknown_recipients_are_said_to_be_unknown_and_candidates_to_be_possible(made: Any) -> None:
    """C-154/21: the register only knows who may have received data."""
    wmo = next(a for a in made["activities"] if a["id"] == "wmo")
    assert wmo["recipients_known"] is False
    assert wmo["recipients_explained"].startswith("Dit weten wij niet.")
    assert {r["status"] for r in wmo["recipients"]} == {"possible"}


def test_actual_recipients_come_from_disclosures_alone() -> None:
    """A message or a log names who really got what, when and why."""
    given = outputs.Disclosure(date(2024, 10, 2), "Zorgbedrijf De Eik", "uw indicatie", "om u te helpen", "wmo")
    made = orjson.loads(outputs.to_json(sample.dossier(disclosures=(given,))))
    wmo = next(a for a in made["activities"] if a["id"] == "wmo")
    assert wmo["recipients_known"] is True
    assert [r["name"] for r in wmo["recipients"] if r["status"] == "actual"] == ["Zorgbedrijf De Eik"]
    assert made["disclosures"] == [{"when": "2024-10-02", "to": "Zorgbedrijf De Eik", "what": "uw indicatie", "why": "om u te helpen"}]


def test_what_rests_on_general_knowledge_says_so(made: Any) -> None:
    """A field that the data protection officer must still confirm carries that mark wherever a resident reads it."""
    wmo = next(a for a in made["activities"] if a["id"] == "wmo")
    assert wmo["recipients_explained"].endswith("(nog te bevestigen door de functionaris gegevensbescherming)")
    assert wmo["to_confirm"] == ["recipients"]


def test_documents_are_numbered_and_none_is_missing(made: Any) -> None:
    """Also a document that is withheld whole stands on the inventory, with its ground."""
    assert [(d["number"], d["status"], d["ground"]) for d in made["documents"]] == [
        ("D1", "withheld", "A1"),
        ("D2", "redacted", None),
        ("D3", "disclosed", None),
        ("D4", "withheld", "N1"),
    ]
    assert [d["file"] for d in made["documents"]] == [None, "documenten.pdf", "documenten.pdf", None]


def test_the_account_is_the_one_that_was_checked(made: Any) -> None:
    """What the conservation law counted is what the resident gets to see."""
    client = next(a for a in made["accounting"] if a["entity"] == "client")
    assert Tally(**client["cells"]) == Tally(20, 12, 2, 6)


def test_a_withheld_cell_without_a_ground_stops_the_run() -> None:
    """What nobody can explain to the resident may not be withheld."""
    held = sample._youth()
    state = held.dispositions.copy()
    state.loc[0, "SOORT"] = np.int8(Disposition.WITHHELD)
    with pytest.raises(ConservationError, match=r"jeugd.traject: 1 cells are withheld without a ground"):
        outputs.to_json(sample.dossier((replace(held, dispositions=state),)))


def test_a_document_withheld_without_a_ground_stops_the_run() -> None:
    """The same holds for a whole document."""
    paper = RedactedDocument("d9", "Verslag", "application/pdf", Disposition.WITHHELD)
    held = sample.collection("archief", "brieven", "Brieven", "wmo", (), [], documents=(paper,))
    with pytest.raises(ConservationError, match="a document is withheld without a ground"):
        sample.dossier((held,))


def test_a_ground_that_the_gemeente_does_not_know_stops_the_run() -> None:
    """Every code in a dossier has a sentence in grounds.yaml."""
    held = sample._youth()
    odd = replace(held, redactions=(Redaction("jeugd", "traject", 0, "SOORT", "", 1, "Z9"),))
    with pytest.raises(ConservationError, match=r"Z9: is no ground of grounds.yaml"):
        sample.dossier((odd,))


def test_data_that_belong_to_no_activity_stop_the_run() -> None:
    """A resident could not be told why the gemeente holds them."""
    with pytest.raises(ConservationError, match="belongs to no activity"):
        sample.dossier((replace(sample._youth(), activity="onbekend"),))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Decimal("19.00"), 19.0),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (2**60, str(2**60)),
        (date(1999, 1, 1), "1999-01-01"),
        (True, True),
    ],
)
def test_no_digit_of_a_number_is_lost(cell: Any, expected: object) -> None:
    """What JSON readers would round is written as text."""
    assert scalar(cell) == expected


def test_nothing_found_is_a_dossier_too() -> None:
    """The search itself is then the answer."""
    made = orjson.loads(outputs.to_json(sample.empty()))
    assert (made["activities"], made["collections"], len(made["coverage"])) == ([], [], 7)


def test_a_repr_tells_no_values() -> None:
    """A traceback or a log line shows counts."""
    assert "Ruĳter" not in repr(sample.dossier())


def test_write_makes_the_eight_files_and_a_manifest_that_fits(folder: Path) -> None:
    """`manifest.json` holds the SHA-256 of every other file."""
    names = {path.name for path in folder.iterdir()}
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    assert names == {*(f["name"] for f in manifest["files"]), "manifest.json"}
    assert names == {
        "besluit.pdf", "dossier.pdf", "documenten.pdf", "gegevens.xlsx",
        "dossier.json", "dossier.schema.json", "manifest.json", "LEESMIJ.txt",
    }  # fmt: skip
    for entry in manifest["files"]:
        assert hashlib.sha256((folder / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]


def test_every_file_is_the_same_in_another_process(folder: Path, tmp_path: Path) -> None:
    """Also where sets and hashes fall out otherwise."""
    code = "import sys, pathlib, outputs; from tests.outputs import sample; outputs.write(sample.dossier(), pathlib.Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-W", "error", "-c", code, str(tmp_path)], check=True, env=environment, cwd=Path(__file__).parents[2])
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {p.name: p.read_bytes() for p in tmp_path.iterdir()}


def test_every_file_is_the_same_for_the_same_dossier(folder: Path, tmp_path: Path) -> None:
    """Two runs can be compared by their bytes: PDFs and workbook too."""
    outputs.write(sample.dossier(), tmp_path)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {p.name: p.read_bytes() for p in tmp_path.iterdir()}


def test_a_row_that_may_be_about_somebody_else_is_not_found() -> None:
    """It is withheld and counted, but an activity is not said to hold data about the resident because of it."""
    held = sample._youth()
    state = held.dispositions.copy()
    state.loc[0] = np.int8(Disposition.WITHHELD)
    doubtful = replace(held, dispositions=state, redactions=(Redaction("jeugd", "traject", 0, "", "", 2, "N1"),))
    made = sample.dossier((sample._brp(), doubtful))
    assert [f.activity.id for f in made.findings] == ["burgerzaken"]
    assert orjson.loads(outputs.to_json(made))["collections"][1]["rows"] == [{"START": None, "SOORT": None}]
    assert {w.ground.code: w.places for w in made.withheld} == {"A1": 1, "N1": 2}


def test_since_when_a_source_holds_something_does_not_tell_of_withheld_rows() -> None:
    """The earliest day that is shown; none where all days are withheld."""
    columns = (sample.column("D", "Datum", Kind.DATE), sample.column("N", "Notitie"))
    held = sample.collection("wmo", "contact", "Gesprekken", "wmo", columns, [[date(1999, 1, 1), "a"], [date(2021, 5, 4), "b"]])
    rows, state = held.rows.copy(), held.dispositions.copy()
    rows.iloc[0], state.iloc[0] = None, Disposition.WITHHELD
    gone = replace(held, rows=rows, dispositions=state, redactions=(Redaction("wmo", "contact", 0, "", "", 1, "A1"),))
    told = {c["source"]: c["since"] for c in orjson.loads(outputs.to_json(sample.dossier((gone,))))["coverage"]}
    assert told["wmo"] == "2021-05-04"
    assert {since for source, since in told.items() if source != "wmo"} == {None}
