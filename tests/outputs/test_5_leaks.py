"""Outputs, chapter 5: the leak check finds a withheld value in every layer of every file, and never tells it."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pikepdf
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

import outputs
from config.collection import Kind
from config.errors import LeakError
from config.hands import ALONE
from config.redacted import Disposition, RedactedDocument, Secret
from flows import cores
from outputs.fixed import fixed
from outputs.needles import needles, words
from tests.outputs import sample

NAME = "Geheimstra"


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample's files, to plant a value in."""
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@contextmanager
def pdf(folder: Path, name: str = "dossier.pdf") -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / name, allow_overwriting_input=True) as held:
        yield held
        held.save(folder / name)


@contextmanager
def book(folder: Path) -> Iterator[Any]:
    held = openpyxl.load_workbook(folder / "gegevens.xlsx")
    yield held
    held.save(folder / "gegevens.xlsx")


def in_metadata(folder: Path) -> None:
    with pdf(folder) as held:
        held.docinfo["/Subject"] = f"dossier van {NAME}"


def in_xmp(folder: Path) -> None:
    with pdf(folder) as held, held.open_metadata() as xmp:
        xmp["dc:description"] = NAME


def in_outline(folder: Path) -> None:
    with pdf(folder) as held, held.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Brief van {NAME}", 0))


def in_link(folder: Path) -> None:
    with pdf(folder) as held:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://x.example/{NAME}")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        held.pages[0]["/Annots"] = pikepdf.Array([held.make_indirect(link)])


def in_annotation(folder: Path) -> None:
    with pdf(folder) as held:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=NAME)
        held.pages[1]["/Annots"] = pikepdf.Array([held.make_indirect(note)])


def in_alternative_text(folder: Path) -> None:
    with pdf(folder) as held:
        figure = next(o for o in held.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure")
        figure["/Alt"] = f"Foto van {NAME}"


def in_actual_text(folder: Path) -> None:
    with pdf(folder) as held:
        cell = next(o for o in held.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TD")
        cell["/ActualText"] = NAME


def in_attachment(folder: Path) -> None:
    with pdf(folder) as held:
        held.attachments["bijlage.txt"] = f"Aan {NAME}".encode()


def in_cell(folder: Path) -> None:
    with book(folder) as held:
        held["Bijstand en uitkering"]["B2"] = f"aan {NAME.upper()}"


def in_comment(folder: Path) -> None:
    with book(folder) as held:
        held["Bijstand en uitkering"]["B2"].comment = Comment(f"zie {NAME}", "x")


def in_author(folder: Path) -> None:
    with book(folder) as held:
        held.properties.creator = f"A. {NAME}"


def in_sheet_name(folder: Path) -> None:
    with book(folder) as held:
        held["Bijstand en uitkering"].title = f"Van {NAME}"


def in_defined_name(folder: Path) -> None:
    with book(folder) as held:
        held.defined_names[NAME] = DefinedName(NAME, attr_text="'Bijstand en uitkering'!$A$1")


def in_head_of_the_sheet(folder: Path) -> None:
    with book(folder) as held:
        held["Bijstand en uitkering"].oddHeader.left.text = NAME


def in_json_value(folder: Path) -> None:
    _json(folder, lambda held: held["collections"][1]["rows"][0].update(x=f"bij {NAME}"))


def in_json_column_like_a_code(folder: Path) -> None:
    """Among rows, `id` and `source` are columns, whatever they are in the rest of the file."""
    _row(folder, b'{"id":"zaak van %s",' % NAME.encode())


def in_json_row(folder: Path) -> None:
    _row(folder, b'{"x":"een \\"aanhaling\\": \\u0047eheimstra",')


def in_json_column(folder: Path) -> None:
    _row(folder, b'{"%s":1,' % NAME.encode())


def _row(folder: Path, start: bytes) -> None:
    whole = (folder / "dossier.json").read_bytes()
    (folder / "dossier.json").write_bytes(re.sub(rb'(?m)^\{"(?!source)', lambda _: start + b'"', whole, count=1))


def in_json_code_of_a_row(folder: Path) -> None:
    _json(folder, lambda held: held["collections"][1]["rows"][0].update(status=f"bij {NAME}"))


def in_pieces_of_a_cell(folder: Path) -> None:
    """Each letter with looks of its own, as a person may write it."""
    sheet = "<is><r><t>Geh</t></r><r><rPr><b/></rPr><t>eimstra</t></r></is>"
    _sheet(folder, lambda text: re.sub(r"<is>.*?</is>", sheet, text, count=1))


def in_attribute_of_a_sheet(folder: Path) -> None:
    _sheet(folder, lambda text: text.replace("<sheetViews>", f'<sheetPr codeName="{NAME}"/><sheetViews>', 1))


def _sheet(folder: Path, change: Callable[[str], str]) -> None:
    path, parts = folder / "gegevens.xlsx", {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet3.xml"
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


def in_json_key(folder: Path) -> None:
    _json(folder, lambda held: held["collections"][1]["rows"][0].update({NAME: 1}))


def in_message(folder: Path) -> None:
    _json(folder, lambda held: held["coverage"][0].update(message=f"{NAME} gaf geen antwoord"))


def _json(folder: Path, change: Callable[[Any], None]) -> None:
    held = orjson.loads((folder / "dossier.json").read_bytes())
    change(held)
    (folder / "dossier.json").write_bytes(orjson.dumps(held))


def in_read_me(folder: Path) -> None:
    with (folder / "LEESMIJ.txt").open("a") as file:
        file.write(f"Groet, {NAME}\n")


def in_file_name(folder: Path) -> None:
    (folder / "LEESMIJ.txt").rename(folder / f"lees {NAME}.txt")


PLANTS: dict[Callable[[Path], None], str] = {
    in_metadata: "dossier.pdf metadata",
    in_xmp: "dossier.pdf xmp",
    in_outline: "dossier.pdf outline",
    in_link: "dossier.pdf links",
    in_annotation: "dossier.pdf links",
    in_attachment: "dossier.pdf attachments",
    in_alternative_text: "dossier.pdf structure",
    in_actual_text: "dossier.pdf structure",
    in_cell: "gegevens.xlsx xl/",
    in_comment: "gegevens.xlsx xl/comments",
    in_author: "gegevens.xlsx docProps/core.xml",
    in_sheet_name: "gegevens.xlsx xl/workbook.xml",
    in_defined_name: "gegevens.xlsx xl/workbook.xml",
    in_head_of_the_sheet: "gegevens.xlsx xl/worksheets",
    in_json_value: "dossier.json values",
    in_json_key: "dossier.json values",
    in_json_code_of_a_row: "dossier.json values",
    in_json_row: "dossier.json rows",
    in_json_column: "dossier.json rows",
    in_json_column_like_a_code: "dossier.json rows",
    in_pieces_of_a_cell: "gegevens.xlsx xl/worksheets/sheet3.xml",
    in_attribute_of_a_sheet: "gegevens.xlsx xl/worksheets/sheet3.xml",
    in_message: "dossier.json values",
    in_read_me: "LEESMIJ.txt text",
    in_file_name: "name",
}


def test_the_sample_holds_no_withheld_value(folder: Path) -> None:
    """The report says how many values were searched for, and in what."""
    report = outputs.check_leaks(folder, sample.SECRETS)
    assert (report.searched, report.too_short, report.fixed) == (len(sample.SECRETS), 0, 0)
    assert {place.split()[0] for place in report.layers} == {path.name for path in folder.iterdir()}
    assert report.layers["dossier.pdf text"] > 10_000


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_value_is_found_in_every_layer(copy: Path, plant: Callable[[Path], None]) -> None:
    """Also where no reader looks: and the error says where and how often, never what."""
    plant(copy)
    with pytest.raises(LeakError) as error:
        outputs.check_leaks(copy, sample.SECRETS)
    assert PLANTS[plant] in str(error.value)
    assert NAME.lower() not in str(error.value).lower().replace(f"lees {NAME}.txt".lower(), "")


def leaked(value: str, secret: Secret, kind: Kind = Kind.TEXT, count: int = 1) -> bool:
    """Whether a dossier that shows `value` in a field is stopped for `secret`."""
    columns = (sample.column("D", "Datum", Kind.DATE), sample.column("N", "Notitie", kind))
    held = sample.collection("wmo", "contact", "Gesprekken", "wmo", columns, [[date(2021, 1, 1), value]] * count)
    text = outputs.to_json(sample.dossier((held,)))
    wanted = needles([secret], fixed().single)
    rows = orjson.loads(text)["collections"][0]["rows"]
    return any(wanted.hits(fixed().without(words(row["N"]))) for row in rows)


@pytest.mark.parametrize(
    ("shown", "secret"),
    [
        ("gesproken met geheimstra.", Secret("Geheimstra", "name_part")),
        ("gesproken met GÉHEIMSTRA, thuis", Secret("Geheimstra", "name_part")),
        ("Van\u00adVeen belde", Secret("VanVeen", "name_part")),
        ("mevrouw De\u00a0 Wit–Jansen", Secret("de Wit-Jansen", "name")),
        ("Łukasz Øster", Secret("Lukasz Oster", "name")),
        ("李明 was er", Secret("李明", "name")),
        ("bij 王李明家", Secret("李明", "name")),
        ("bsn 9999.90.032", Secret("999990032", "bsn")),
        ("BSN999990032", Secret("999990032", "bsn")),
        ("nummer 12345678 klopt", Secret("012345678", "bsn")),
        ("NL91ABNA0417164300", Secret("NL91 ABNA 0417 1643 00", "iban")),
        ("bel 06 - 876 543 21", Secret("0687654321", "phone")),
        ("bel +31 6 87654321", Secret("06-87654321", "phone")),
        ("bel 06-87654321", Secret("+31687654321", "phone")),
        ("woont verborgenlaan 77a", Secret("Verborgenlaan 77", "address")),
        ("woont Verborgenlaan 77", Secret("Verborgenlaan 77, 1234 AB Elders", "address")),
        ("mail: Anna.G@Post.Example", Secret("anna.g@post.example", "email")),
        ("auto AB-12-CD", Secret("AB12CD", "plate")),
        ("geboren 17-08-2011", Secret("2011-08-17", "date")),
        ("geboren op 17 augustus 2011", Secret("2011-08-17", "date")),
        ("geboren 17-8-2011", Secret("17-08-2011", "date")),
        ("geboren 17 aug. 2011", Secret("2011-08-17", "date")),
        ("20110817", Secret("2011-08-17", "date")),
    ],
)
def test_a_value_is_found_however_it_is_written(shown: str, secret: Secret) -> None:
    """Without case, accents, separators; numbers and dates in their usual spellings."""
    assert leaked(shown, secret)


@pytest.mark.parametrize(
    ("shown", "secret"),
    [
        ("een bosrijke omgeving", Secret("Bos", "name_part")),
        ("Kerkstraat 12", Secret("Kerkstraat 1", "address")),
        ("nummer 19999900321", Secret("999990032", "bsn")),
        ("op 1-17-08-20111", Secret("2011-08-17", "date")),
        ("de heer De Vries", Secret("de Wit", "name")),
    ],
)
def test_what_only_looks_alike_is_no_leak(shown: str, secret: Secret) -> None:
    """A word within a word, or a number within a number, is another value."""
    assert not leaked(shown, secret)


def test_a_date_is_found_in_a_workbook_where_it_is_a_number(copy: Path) -> None:
    """45,000 and its like are days; a reader sees the day."""
    with book(copy) as held:
        sheet = held["Bijstand en uitkering"]
        sheet["B2"] = date(2011, 8, 17)
        sheet["B2"].number_format = "dd-mm-yyyy"
    with pytest.raises(LeakError, match=r"gegevens\.xlsx xl/worksheets"):
        outputs.check_leaks(copy, sample.SECRETS)


@pytest.mark.parametrize("name", ["dossier.pdf", "documenten.pdf"])
def test_a_value_that_is_broken_over_lines_or_pages_is_found(tmp_path: Path, name: str) -> None:
    """A name of two words at the end of a line, a long one broken within the word, and a name across a page break."""
    filler = "woord " * 11
    text = "\n".join(f"{filler[: 40 + i % 25]} Anna Geheimstra" for i in range(130)) + "\n" + "x" * 70 + "Langenaamvanjewelste" * 1
    secrets = [Secret("Anna Geheimstra", "name")]
    if name == "documenten.pdf":
        paper = RedactedDocument("d1", "Brief", "text/plain", Disposition.DISCLOSED, (text,))
        held = sample.collection("archief", "brieven", "Brieven", "wmo", (), [], documents=(paper,))
    else:
        held = sample.collection("wmo", "contact", "Gesprekken", "wmo", (sample.column("N", "Notitie"),), [[text]])
    outputs.write(sample.dossier((held,)), tmp_path)
    for other in tmp_path.iterdir():
        if other.name not in (name, "LEESMIJ.txt"):
            other.unlink()
    with pytest.raises(LeakError) as error:
        outputs.check_leaks(tmp_path, secrets)
    assert int(str(error.value).split(f"{name} text: ")[1].split(")")[0].split(",")[0]) >= 130


def test_a_long_word_that_is_broken_is_found_whole(tmp_path: Path) -> None:
    """A card has narrow columns: a long name may be cut within the word, and is still found."""
    name = "Wolfeschlegelsteinhausenbergerdorff" * 3
    columns = (sample.column("N", "Notitie"),)
    outputs.write(sample.dossier((sample.collection("wmo", "contact", "Gesprekken", "wmo", columns, [[name]]),)), tmp_path)
    (tmp_path / "dossier.json").unlink()
    (tmp_path / "gegevens.xlsx").unlink()
    with pytest.raises(LeakError, match=r"dossier\.pdf text"):
        outputs.check_leaks(tmp_path, [Secret(name, "name_part")])


def test_our_own_texts_are_no_leak(folder: Path) -> None:
    """A third person may be called like the officer who signs, or like a word of the letter."""
    ours = [
        Secret("Oldenhof", "name_part"),
        Secret("Terpstra", "name_part"),
        Secret("gemeente Waterbeek", "name"),
        Secret("Postbus 12", "address"),
        Secret("huisarts", "text"),
        Secret("mantelzorger", "text"),
        Secret("0599 123 456", "phone"),
        Secret("rechtbank Noord-Nederland", "name"),
    ]
    assert outputs.check_leaks(folder, ours).searched == len(ours)


@pytest.mark.parametrize("secret", [Secret("000042", "id"), Secret("Manifest", "name_part"), Secret("Json", "name_part")])
def test_our_number_and_the_names_of_our_files_are_no_leak(folder: Path, tmp_path: Path, secret: Secret) -> None:
    """A client number of somebody else may be the figures of this request; a surname may be a word in the name of a file."""
    package = outputs.seal(folder, tmp_path / "INZ-2026-000042.zip", "vijf gewone woorden voor nu")

    assert outputs.check_leaks(folder, [secret], sample.dossier().house)
    assert outputs.check_sealed(package, "vijf gewone woorden voor nu", [secret], sample.dossier().house)


@pytest.mark.parametrize("secret", [Secret("000042", "id"), Secret("Manifest", "name_part")])
def test_the_same_figures_and_words_anywhere_else_are_a_leak(copy: Path, secret: Secret) -> None:
    with pdf(copy) as held:
        held.docinfo["/Subject"] = f"van {secret.value}"

    with pytest.raises(LeakError):
        outputs.check_leaks(copy, [secret])


def test_the_town_in_a_column_that_nobody_classified_is_no_leak(folder: Path) -> None:
    """It stands in every letter: a birth place that is withheld would keep each release of a small town from leaving."""
    house = outputs.house_of(sample.config())
    town = house.says[0].split()[-1]

    assert outputs.check_leaks(folder, [Secret(town, "text")], house).fixed == 1


def test_the_same_name_outside_our_own_texts_is_a_leak(copy: Path) -> None:
    """What is taken out is the fixed sentence where it stands whole, not the name."""
    with book(copy) as held:
        held["Bijstand en uitkering"]["B2"] = "gebeld door Terpstra"
    with pytest.raises(LeakError, match=r"gegevens\.xlsx"):
        outputs.check_leaks(copy, [Secret("Terpstra", "name_part")])


def test_what_a_source_called_a_recipient_or_a_column_is_data(tmp_path: Path) -> None:
    """A name from a message, or the head of a file that has none, may be a person's."""
    given = outputs.Disclosure(date(2024, 1, 1), "Anna Geheimstra", "een brief", "", "wmo")
    outputs.write(sample.dossier(disclosures=(given,)), tmp_path / "a")
    column = sample.column("Anna Geheimstra", withhold="unclassified")
    held = sample.collection("jeugd", "traject", "Hulp", "jeugdhulp", (sample.column("D"), column), [["x", None]])
    outputs.write(sample.dossier((held,)), tmp_path / "b")
    for folder in ("a", "b"):
        with pytest.raises(LeakError):
            outputs.check_leaks(tmp_path / folder, sample.SECRETS)


def test_what_cannot_be_searched_is_counted() -> None:
    """A single letter is in every text, a word that stands alone in our texts cannot be told from data: the report says so."""
    ours = fixed().single
    found = needles([Secret("J", "name_part"), Secret("Naam", "name_part"), Secret("Geheimstra", "name_part")], ours)
    assert (found.secrets, found.too_short, found.fixed) == (3, 1, 1)


def test_a_file_that_nobody_can_search_stops_the_run(copy: Path) -> None:
    """What cannot be checked may not leave."""
    (copy / "foto.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(LeakError, match="cannot be searched"):
        outputs.check_leaks(copy, sample.SECRETS)


def test_a_part_of_the_workbook_that_nobody_can_search_stops_the_run(copy: Path) -> None:
    """A picture in a sheet, for one."""
    with zipfile.ZipFile(copy / "gegevens.xlsx", "a") as archive:
        archive.writestr("xl/media/image1.png", b"x")
    with pytest.raises(LeakError, match="cannot be searched"):
        outputs.check_leaks(copy, sample.SECRETS)


def test_a_value_left_in_a_withheld_cell_is_not_in_any_file(tmp_path: Path) -> None:
    """Each writer takes its cells from one place, which masks them."""
    held = sample._brp()
    held.rows.loc[0, "partner"] = "Anna Geheimstra"
    outputs.write(sample.dossier((held,)), tmp_path)
    assert outputs.check_leaks(tmp_path, sample.SECRETS).searched == len(sample.SECRETS)


@pytest.mark.parametrize("plant", [in_metadata, in_cell, in_json_value, in_read_me], ids=lambda plant: plant.__name__)
def test_a_sealed_package_is_opened_and_searched_again(copy: Path, tmp_path: Path, plant: Callable[[Path], None]) -> None:
    """What was handed over is what is checked, not what it was made from."""
    plant(copy)
    package = outputs.seal(copy, tmp_path / "p.zip", "een-twee-drie-vier-vijf")
    with pytest.raises(LeakError) as error:
        outputs.check_sealed(package, "een-twee-drie-vier-vijf", sample.SECRETS)
    assert PLANTS[plant].split()[0] in str(error.value)


def test_a_clean_sealed_package_passes(folder: Path, tmp_path: Path) -> None:
    """All files are opened with the passphrase."""
    package = outputs.seal(folder, tmp_path / "p.zip", "een-twee-drie-vier-vijf")
    report = outputs.check_sealed(package, "een-twee-drie-vier-vijf", sample.SECRETS)
    assert {path.name for path in folder.iterdir()} <= {place.split()[0] for place in report.layers}


def test_a_package_that_does_not_open_is_refused(folder: Path, tmp_path: Path) -> None:
    """A resident could not open it either."""
    package = outputs.seal(folder, tmp_path / "p.zip", "een-twee-drie-vier-vijf")
    with pytest.raises(LeakError, match="does not open"):
        outputs.check_sealed(package, "een-twee-drie-vier-zes", sample.SECRETS)


@pytest.mark.parametrize("name", ["dossier.pdf", "gegevens.xlsx"])
def test_a_package_with_an_unsealed_file_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    """Each file must be sealed on its own."""
    package = outputs.seal(folder, tmp_path / "p.zip", "een-twee-drie-vier-vijf")
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(tmp_path / "q.zip", "w") as new:
        for member in old.namelist():
            new.writestr(member, (folder / name).read_bytes() if member == name else old.read(member))
    with pytest.raises(LeakError, match="unsealed"):
        outputs.check_sealed(tmp_path / "q.zip", "een-twee-drie-vier-vijf", sample.SECRETS)


def test_reports_tell_no_values() -> None:
    """Also the search itself does not show what it looks for."""
    assert "Geheimstra" not in repr(needles([Secret("Geheimstra", "name_part")], ())) + repr(
        replace(Secret("Geheimstra", "name"), kind="x")
    )


def test_two_processes_find_what_one_finds(copy: Path, tmp_path: Path) -> None:
    """Each reads its share of the files, of the draft as of the sealed package; together they tell the same, also of a value that is found."""
    package = outputs.seal(copy, tmp_path / "p.zip", "een-twee-drie-vier-vijf")
    in_metadata(copy)
    two = cores.hands(cores.LARGE)
    assert cores.hands(cores.LARGE - 1) == ALONE
    alone, shared = (outputs.check_sealed(package, "een-twee-drie-vier-vijf", sample.SECRETS, hands=who) for who in (ALONE, two))
    assert (alone.searched, dict(alone.layers)) == (shared.searched, dict(shared.layers))
    secret = [Secret(NAME, "name_part")]
    for who in (ALONE, two):
        with pytest.raises(LeakError, match=r"\(dossier.pdf metadata: 1, dossier.pdf structure: 1\)"):
            outputs.check_leaks(copy, secret, hands=who)
        with pytest.raises(LeakError, match="does not open with this passphrase"):
            outputs.check_sealed(package, "een-twee-drie-vier-zes", secret, hands=who)
