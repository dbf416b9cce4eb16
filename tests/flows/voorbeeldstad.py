"""The whole draft of Voorbeeldstad as a person reads it: what stands on paper, under which headings, and which sheets there are.

A change of the code, of a template or of the town shows as a difference in `golden/`. Read it, and accept it with:

    python -m tests.flows.voorbeeldstad
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2

GOLDEN = Path(__file__).parent / "golden"
RECEIVED = date(2026, 11, 20)
DRAFT = "draft"


def draft(folder: Path) -> None:
    """Run the request of the town's resident, received on a fixed day, and write the files of its draft into `folder`."""
    from demo import RESIDENT
    from flows import uploads
    from flows import workplace as place
    from flows.engine import prepare
    from flows.running import handle

    os.environ |= {"INZAGE_CONFIG": str(place.EMBEDDED), "INZAGE_HOME": str(folder / "home")}
    prepare(place.home(), quiet=True)
    with place.systems():
        work = place.workplace()
        number = work.register.new(RESIDENT.bsn, RECEIVED, identity_checked_by="balie", actor="balie").number
        uploads.hand_over(work, number, "papier", None, "archivaris")
        handle(number)
        for name in (found for found in work.vault.names(number) if found.startswith(f"{DRAFT}/")):
            (folder / Path(name).name).write_bytes(work.vault.get(number, name))


def texts(folder: Path) -> dict[str, str]:
    """What a person reads of a draft, by the name of its golden file; the day of the run, ages and ports are left out."""
    papers = {f"{path.stem}.txt": "\n".join(_paper(path)) for path in sorted(folder.glob("*.pdf"))}
    return {name: _timeless(text) + "\n" for name, text in {**papers, "gegevens.txt": "\n".join(_sheets(folder / "gegevens.xlsx"))}.items()}


def _paper(path: Path) -> Iterator[str]:
    """The headings with their level, then every line of text; the head and the foot of each page are the same all through."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        yield from (f"{'#' * (level + 1)} {title}" for level, title in _headings(outline.root))
    yield "=" * 20
    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield from (line.rstrip() for line in page.get_textpage().get_text_bounded().splitlines()[2:])
    document.close()


def _headings(items: list[pikepdf.OutlineItem], level: int = 0) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _headings(item.children, level + 1)


def _sheets(path: Path) -> Iterator[str]:
    """Each sheet with its size, its heads, and the first row below them."""
    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        yield f"# {sheet.title}: {sheet.max_row} rows of {sheet.max_column} columns"
        for row in sheet.iter_rows(max_row=5, values_only=True):
            yield " | ".join("" if cell is None else str(cell) for cell in row).rstrip(" |")


def _timeless(text: str) -> str:
    months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
    for day in (datetime.now(UTC).date() - timedelta(days=n) for n in (0, 1)):
        text = text.replace(f"{day:%d-%m-%Y}", "TODAY").replace(f"{day.day} {months[day.month - 1]} {day.year}", "TODAY")
        text = text.replace(f"{day.isoformat()}", "TODAY")
    text = re.sub(r"TODAY \d\d:\d\d:\d\d\.\d+", "TODAY", re.sub(r"(Leeftijd:? )\d+", r"\1AGE", text))
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)


def made(folder: Path) -> dict[str, str]:
    """The texts of a draft that a process of its own makes in `folder`."""
    subprocess.run([sys.executable, "-m", "tests.flows.voorbeeldstad", str(folder)], check=True)
    return texts(folder)


def accept() -> None:
    """Write all golden files anew."""
    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.mkdir(exist_ok=True)
        for name, text in made(Path(folder)).items():
            (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(draft(Path(sys.argv[1])) if len(sys.argv) > 1 else accept())
