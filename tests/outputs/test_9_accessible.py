"""Outputs, chapter 9: every PDF can be read aloud (PDF/UA-1) and kept (PDF/A-2a), part by part, and a fault would be seen."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

import outputs
from config.redacted import Disposition, RedactedDocument
from outputs.book import book
from outputs.flow import Flow
from outputs.papers import papers
from tests.outputs import sample
from tests.outputs.goldens import GOLDEN, texts_of_files
from tests.outputs.validators import page_faults, verapdf

KINDS = ("besluit.pdf", "dossier.pdf", "documenten.pdf")


def many_documents(count: int) -> tuple[RedactedDocument, ...]:
    page = sample.NOTE * 40
    return tuple(
        RedactedDocument(f"d{i}", f"Brief {i}", "application/pdf", Disposition.DISCLOSED, (page, page), date(2023, 5, 1))
        for i in range(count)
    )


@pytest.fixture(scope="module")
def parts() -> tuple[bytes, ...]:
    """A dossier in parts of at most eight pages."""
    return book(sample.dossier((sample._contact(150), sample._payments(60), sample._brp(), sample._client())), limit=8)


@pytest.fixture(scope="module")
def papers_in_parts() -> tuple[bytes, ...]:
    """Documents in parts of at most twelve pages."""
    held = sample.collection("archief", "brieven", "Brieven", "wmo", (), [], documents=many_documents(12))
    return papers(sample.dossier((held,)), limit=12).files


@pytest.fixture(scope="module")
def approved() -> dict[str, str]:
    """The sample's files as they are read aloud now."""
    return texts_of_files()


def structure(content: bytes, tmp_path: Path) -> str:
    """The structure with its texts, as poppler reads it."""
    path = tmp_path / "read-back.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", KINDS)
def test_every_file_is_pdf_ua_1_and_pdf_a_2a(folder: Path, name: str) -> None:
    """The one that the resident gets, before it is locked, is the one that the archive keeps."""
    assert page_faults((folder / name).read_bytes()) == []


@pytest.mark.parametrize("name", KINDS)
def test_so_is_a_dossier_that_holds_nothing(nothing: Path, name: str) -> None:
    """Nothing found is read aloud too."""
    assert page_faults((nothing / name).read_bytes()) == []


def test_so_is_each_part_of_a_dossier_that_is_too_long_for_one_file(parts: tuple[bytes, ...], papers_in_parts: tuple[bytes, ...]) -> None:
    """A table that goes on in the next file has its head there; headings begin at the first level again."""
    assert len(parts) > 2 and len(papers_in_parts) > 2
    assert [page_faults(part) for part in (*parts, *papers_in_parts)] == [[]] * (len(parts) + len(papers_in_parts))


@pytest.mark.slow
def test_vera_pdf_passes_all_of_them(
    folder: Path, nothing: Path, parts: tuple[bytes, ...], papers_in_parts: tuple[bytes, ...], tmp_path: Path
) -> None:
    """The reference engine: no rule of either standard is broken, in any kind of file."""
    held = {f"{where}-{name}": (path / name).read_bytes() for where, path in (("sample", folder), ("empty", nothing)) for name in KINDS}
    held |= {f"part{n}.pdf": part for n, part in enumerate((*parts, *papers_in_parts))}
    for name, content in held.items():
        (tmp_path / name).write_bytes(content)
    told = verapdf(sorted(tmp_path.glob("*.pdf")))
    assert told == {name: {"ua1": "pass", "2a": "pass"} for name in held}


# faults


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Dictionary]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == "/StructElem" and o.get("/S") == f"/{kind}"]


def no_alternative_text(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0]["/Alt"]


def no_scope(pdf: pikepdf.Pdf) -> None:
    for head in elements(pdf, "TH"):
        del head["/A"]


def heading_jump(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H5


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def not_marked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/MarkInfo"]


def title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences["/DisplayDocTitle"] = False


def link_without_words(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for note in page.get("/Annots", ()):
            del note["/Contents"]


def untagged_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"BT /F1+0 9 Tf 1 0 0 1 100 100 Tm (los) Tj ET")


def wrong_child_of_a_list(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "LI")[0].S = Name.TD


def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


FAULTS = (
    no_alternative_text, no_scope, heading_jump, no_language, not_marked,
    title_not_shown, link_without_words, untagged_text, wrong_child_of_a_list, no_metadata,
)  # fmt: skip


def planted(content: bytes, fault: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        fault(pdf)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_that_is_planted_is_found(folder: Path, fault: Callable[[pikepdf.Pdf], None]) -> None:
    """A validator that finds nothing wrong anywhere proves nothing."""
    assert page_faults(planted((folder / "dossier.pdf").read_bytes(), fault)) != []


@pytest.mark.slow
def test_vera_pdf_finds_all_planted_faults(folder: Path, tmp_path: Path) -> None:
    """Ten of ten."""
    for fault in FAULTS:
        (tmp_path / f"{fault.__name__}.pdf").write_bytes(planted((folder / "dossier.pdf").read_bytes(), fault))
    told = verapdf(sorted(tmp_path.glob("*.pdf")))
    assert [name for name, verdicts in told.items() if set(verdicts.values()) == {"pass"}] == []
    assert len(told) == len(FAULTS)


# reading order


def test_it_is_read_in_the_order_in_which_it_is_seen(folder: Path, tmp_path: Path) -> None:
    """Contents are drawn last but read second; a label comes before its value, a head before its rows."""
    read = structure((folder / "dossier.pdf").read_bytes(), tmp_path)
    order = [
        '"Dit staat er over u"',
        '"Inhoud"',
        '"Waarvoor wij uw gegevens gebruiken"',
        '"Waarom mag dat?"',
        '"Uw gegevens"',
        '"De telling"',
    ]
    places = [read.index(text) for text in order]
    assert places == sorted(places)
    assert re.search(r'Lbl.*\n\s+"Burgerservicenummer"\n\s+LBody.*\n\s+P .*\n\s+"999990019"', read)


def test_words_at_the_end_of_a_line_are_not_glued_to_the_next(folder: Path, tmp_path: Path) -> None:
    """A paragraph of several lines is read as one text."""
    read = structure((folder / "dossier.pdf").read_bytes(), tmp_path)
    assert "Andere organisaties gebruiken die gegevens ook." in read
    assert "traplopen moeilijk gaat; [dochter] helpt twee keer per week met de boodschappen." in read


def test_running_heads_and_page_numbers_are_not_read(folder: Path, tmp_path: Path) -> None:
    """They would stand in the middle of a sentence on every page."""
    read = structure((folder / "dossier.pdf").read_bytes(), tmp_path)
    assert "bladzijde 2" not in read
    assert read.count("gemeente Waterbeek · verzoek") == 0


def test_the_picture_is_told_in_words(folder: Path) -> None:
    """What the circles show, a screen reader says."""
    with pikepdf.open(folder / "dossier.pdf") as pdf:
        told = [str(figure["/Alt"]) for figure in elements(pdf, "Figure")]
    assert any("Jeugdhulp door het wijkteam: 1 in 2019." in text for text in told)


def test_a_next_part_says_where_it_goes_on(parts: tuple[bytes, ...], tmp_path: Path) -> None:
    """With the headings that were open, and the head of the table."""
    read = structure(parts[1], tmp_path)
    head = read[: read.index("TD")]
    for text in ("Deel 2", "Uw gegevens (vervolg)", "Gesprekken en bezoeken (vervolg)", '"Soort contact"'):
        assert text in head


def test_no_row_is_lost_between_the_parts(parts: tuple[bytes, ...], tmp_path: Path) -> None:
    """All 150 conversations are there, each once."""
    read = "".join(structure(part, tmp_path) for part in parts)
    talks = read[read.index('"Gemeld door"') :]
    assert talks.count("Aantekening: ") >= 150


def test_the_contents_name_the_part(parts: tuple[bytes, ...], tmp_path: Path) -> None:
    """A link leads only within its own file."""
    assert re.search(r'"deel \d, blz\. \d+"', structure(parts[0], tmp_path))


def test_a_document_is_found_by_its_part(papers_in_parts: tuple[bytes, ...], tmp_path: Path) -> None:
    """The list in front says in which part and on which page each document stands."""
    read = structure(papers_in_parts[0], tmp_path)
    assert re.search(r'"blz\. 2 ?"', read)
    assert re.search(r'"deel 2, blz\. \d ?"', read)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(["heading", "text", "bullet", "lines"]), min_size=1, max_size=30), st.integers(1, 4))
def test_whatever_is_drawn_in_whatever_parts_stays_whole(steps: list[str], limit: int) -> None:
    """Any sequence of headings, texts and lists, over any borders of pages and files."""
    flow = Flow("Proef", "gemeente", "proef", sample.RECEIVED, limit=limit)
    flow.heading("Begin", 0, "begin")
    for n, step in enumerate(steps):
        match step:
            case "heading":
                flow.heading(f"Kop {n}", 1, f"k{n}")
            case "text":
                flow.text(sample.NOTE * 20)
            case "bullet":
                with flow.within("L"):
                    flow.bullet(sample.NOTE * 4)
            case _:
                flow.lines(f"Regel\n• {sample.NOTE}\n• punt")
    for part in flow.finish():
        assert page_faults(part) == []


# golden


@pytest.mark.parametrize("name", ["besluit.txt", "dossier.txt", "documenten.txt"])
def test_what_is_read_aloud_is_what_was_approved(name: str, approved: dict[str, str]) -> None:
    """Text and structure of the sample's files; `python -m tests.outputs.goldens` accepts a change that a person read."""
    assert approved[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_a_whole_package_in_english_is_read_aloud_kept_and_searched(tmp_path: Path) -> None:
    """Every kind of file, with English words around the data, and no value that is withheld."""
    made = sample.dossier(language="en")
    outputs.write(made, tmp_path)
    for name in KINDS:
        assert page_faults((tmp_path / name).read_bytes()) == []
        with pikepdf.open(tmp_path / name) as pdf:
            assert str(pdf.Root.Lang) == "en-GB"
    assert "What we hold about you" in structure((tmp_path / "dossier.pdf").read_bytes(), tmp_path)
    assert outputs.check_leaks(tmp_path, sample.SECRETS, made.house).searched == len(sample.SECRETS)


def test_an_english_dossier_tells_screen_readers_where_dutch_begins(tmp_path: Path) -> None:
    """What sources and colleagues wrote is spoken in Dutch; a dossier in Dutch needs no such mark."""
    for language, marked in (("en", {"nl-NL"}), ("nl", set())):
        outputs.write(sample.dossier(language=language), tmp_path)
        for name in ("dossier.pdf", "documenten.pdf"):
            with pikepdf.open(tmp_path / name) as pdf:
                spoken = [(str(e.S), str(e.Lang)) for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "/S" in e and "/Lang" in e]
            assert {lang for kind, lang in spoken if kind == "/Div"} == marked, (language, name)
