"""The package of Voorbeeldstad as a person approved it: letter, dossier and documents as they are read aloud, and the sheets of the workbook.

A change anywhere in the house that a resident would see shows as a difference in `golden/`. Read it, and accept it with:

    python -m tests.demo.goldens

The request came in on a fixed day; the day on which the sources are asked stands as TODAY.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl

from tests.outputs.goldens import read_aloud

GOLDEN = Path(__file__).parent / "golden"
PDFS = ("besluit", "dossier", "documenten")

JOB = """
import sys
from datetime import date
from pathlib import Path
import demo
from flows import uploads, workplace as place
from flows.running import handle
with place.systems():
    work = place.workplace()
    number = work.register.new(demo.RESIDENT.bsn, date(2026, 11, 30), identity_checked_by="balie", actor="balie").number
    uploads.hand_over(work, number, "papier", None, "archivaris")
    handle(number)
    for name in work.vault.names(number):
        if name.startswith("draft/"):
            (Path(sys.argv[1]) / name.removeprefix("draft/")).write_bytes(work.vault.get(number, name))
"""
"""From request to draft, in a process of its own: a home is chosen once."""


def texts_of_town() -> Mapping[str, str]:
    """What a person reads of the package, by the name of its golden file."""
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as out:
        environment = {**os.environ, "INZAGE_HOME": home}
        environment.pop("INZAGE_CONFIG", None)
        subprocess.run([sys.executable, "-c", JOB, out], env=environment, check=True, capture_output=True)
        read = {f"{name}.txt": read_aloud(Path(out) / f"{name}.pdf") for name in PDFS}
        return {name: _without_today(text) for name, text in {**read, "gegevens.txt": _sheets(Path(out) / "gegevens.xlsx")}.items()}


def _sheets(path: Path) -> str:
    """Each sheet with its size and its head."""
    lines = []
    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        lines.append(f"{sheet.title}: {len(rows)} rows\n" + "".join(f"  {cell}\n" for cell in rows[0] if cell is not None))
    return "".join(lines)


def _without_today(text: str) -> str:
    from outputs.wording import in_full

    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    return text.replace(in_full(today), "TODAY").replace(f"{today:%d-%m-%Y}", "TODAY")


def accept() -> None:
    """Write all golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    for name, text in texts_of_town().items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    accept()
    sys.exit(print("accepted"))
