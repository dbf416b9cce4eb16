"""The change of the master key of a home, from the new key to the last file: at no moment is there data without the key that opens it.

Where the key stands in `master.key`: the new one is written to `master.key.new` first, then the register changes over in one
transaction, then the files change places. Where it comes from INZAGE_MASTER_KEY: the new one is given as INZAGE_MASTER_KEY_NEW.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from cases import MasterKey, Register
from cases.keys import FILE, VARIABLE, secret_file
from config.errors import VaultError
from flows.workplace import home, register_url

NEW_VARIABLE = f"{VARIABLE}_NEW"
NEW_FILE = f"{FILE}.new"


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many values changed over, the file of the key that was retired ("" where it comes from the environment), and what to do next."""

    values: int
    retired: str
    next: str


def rotate(actor: str) -> Rotated:
    """Bring this home under a new master key, or finish what was broken off.

    Raises VaultError where the register knows neither key, RequestError while somebody works on a request.
    """
    where = home()
    old, new = MasterKey.find(where), _new(where)
    register = Register(register_url(), old)
    if not register.knows(new):
        register.migrate()
    values = register.rotate(new, actor)
    shutil.rmtree(where / "indexes", ignore_errors=True)  # made anew from the files they index, under the new key
    if VARIABLE in os.environ:
        return Rotated(
            values, "", f"Set {VARIABLE} to the new key before anything is started again, and keep the old one with your backups."
        )
    retired = _change_places(where)
    return Rotated(values, retired.name, f"Move {retired.name} to where your backups can be opened, and away from here.")


def _new(where: Path) -> MasterKey:
    if VARIABLE not in os.environ:
        return MasterKey.read(secret_file(where / NEW_FILE, "new master key"))
    if NEW_VARIABLE not in os.environ:
        raise VaultError("new master key", "is not given", f"Set {NEW_VARIABLE} to what `openssl rand -base64 32` prints")
    return MasterKey.read(os.environ[NEW_VARIABLE])


def _change_places(where: Path) -> Path:
    """Let the new key file take the place of the old, which is kept under the next free name."""
    serial = 1
    while (retired := where / f"{FILE}.retired-{serial}").exists() and not retired.samefile(where / FILE):
        serial += 1
    if not retired.exists():
        os.link(where / FILE, retired)
    (where / NEW_FILE).replace(where / FILE)
    return retired
