"""Writes: what may be shown becomes a letter, a dossier on paper, a workbook, plain data, and one sealed package."""

from outputs.as_json import to_json
from outputs.assembly import assemble
from outputs.dossier import Disclosure, Dossier
from outputs.house import House, house_of
from outputs.leaks import LeakReport, check_leaks, check_sealed
from outputs.passphrases import passphrase
from outputs.sealing import seal
from outputs.writing import write

__all__ = [
    "Disclosure",
    "Dossier",
    "House",
    "LeakReport",
    "assemble",
    "check_leaks",
    "check_sealed",
    "house_of",
    "passphrase",
    "seal",
    "to_json",
    "write",
]
