"""Voorbeeldstad in a folder: every database, export, document and register, the same for the same seed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

from demo.berichten import fill as fill_berichten
from demo.brp.persons import register
from demo.database import SYSTEMS
from demo.database import write as write_database
from demo.drawn import DRAWN
from demo.exports import fines, permits, taxes
from demo.families import populated
from demo.notes import Writer
from demo.registers import REGISTERS
from demo.registers import write as write_registers
from demo.schuldhulp import fill as fill_schuldhulp
from demo.shelf import fill
from demo.story import told
from demo.town import Town

VERSION = 2
"""Raised when the town changes, so that folders built before are built anew."""

STAMP = "gebouwd.json"


def town(seed: int) -> Town:
    """The people of Voorbeeldstad for a seed."""
    return populated(told(), Random(seed))


def build(folder: Path, seed: int) -> None:
    """Write the town into `folder`, unless this version of it with this seed stands there already."""
    stamp = folder / STAMP
    wanted = json.dumps({"version": VERSION, "seed": seed})
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    _write(folder, town(seed), seed)
    stamp.write_text(wanted, encoding="utf-8")


def _write(folder: Path, people: Town, seed: int) -> None:
    """Each part draws from a chance of its own, so that a change in one leaves the others as they were."""
    for name in SYSTEMS:
        write_database(folder / f"{name}.sqlite", name, people, DRAWN[name](Writer(people, Random(f"{seed} {name}"))))
    taxes(folder / "belastingen.xlsx", Writer(people, Random(f"{seed} belastingen")))
    permits(folder / "parkeervergunningen.csv", Writer(people, Random(f"{seed} vergunningen")))
    fines(folder / "naheffingen.csv", Writer(people, Random(f"{seed} naheffingen")))
    fill_berichten(folder / "berichten")
    fill_schuldhulp(folder / "schuldhulp", people)
    fill(folder / "documenten", Writer(people, Random(f"{seed} documenten")))
    write_registers(folder, people, seed)
    (folder / "brp.json").write_text(json.dumps(register(people), ensure_ascii=False), encoding="utf-8")


def _clear(folder: Path) -> None:
    """Remove what an earlier build left, and nothing else."""
    for name in ("documenten", "berichten", "schuldhulp"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (
        STAMP,
        "brp.json",
        "belastingen.xlsx",
        "parkeervergunningen.csv",
        "naheffingen.csv",
        *(f"{name}.sqlite" for name in SYSTEMS),
        *(f"{name}.json" for name in REGISTERS),
    ):
        (folder / name).unlink(missing_ok=True)
