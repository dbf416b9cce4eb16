"""Writes: what may be shown becomes letters, a dossier on paper, a workbook, plain data, and one sealed package."""

from outputs.as_json import to_json
from outputs.assembly import assemble
from outputs.disclosed import disclosed
from outputs.dossier import Disclosure, Dossier
from outputs.found import Found, found_in
from outputs.hand import at_hand
from outputs.house import House, house_of
from outputs.internal import InternalReport, Lead, Point, examine, internal_pdf, totals
from outputs.leaks import LeakReport, check_leaks, check_sealed
from outputs.letters import Post, Refusal, Subject, acknowledgement, extension, question, refusal
from outputs.passphrases import passphrase
from outputs.rectification import Correction, Rectification, read_rectification
from outputs.same import check_same, check_unchanged
from outputs.sealing import seal
from outputs.wording import current_address, current_name
from outputs.writing import MANIFEST, write

__all__ = [
    "MANIFEST",
    "Correction",
    "Disclosure",
    "Dossier",
    "Found",
    "House",
    "InternalReport",
    "Lead",
    "LeakReport",
    "Point",
    "Post",
    "Rectification",
    "Refusal",
    "Subject",
    "acknowledgement",
    "assemble",
    "at_hand",
    "check_leaks",
    "check_same",
    "check_sealed",
    "check_unchanged",
    "current_address",
    "current_name",
    "disclosed",
    "examine",
    "extension",
    "found_in",
    "house_of",
    "internal_pdf",
    "passphrase",
    "question",
    "read_rectification",
    "refusal",
    "seal",
    "to_json",
    "totals",
    "write",
]
