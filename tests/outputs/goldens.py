"""The texts that a person approved: every letter, and the dossier as it is read aloud.

A change of a template or of the code shows as a difference in `golden/`. Read it, and accept it with:

    python -m tests.outputs.goldens
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from config.person import Person
from outputs.decision import decision
from outputs.dossier import Dossier
from outputs.house import House, living
from outputs.letters import Post, Refusal, letter_text, refusal_text
from tests.outputs import sample

GOLDEN = Path(__file__).parent / "golden"
WHY = Refusal("U vroeg dit vorige week ook. Sindsdien is er niets veranderd.", ("AVG 12 lid 5",))


def granted() -> Dossier:
    return sample.dossier((sample._youth(),))


def bezwaar_only() -> Dossier:
    return sample.dossier((sample._brp(), sample._payments(4)))


FORMS: Mapping[str, Callable[[], Dossier]] = {
    "part": sample.dossier,
    "granted": granted,
    "nothing": sample.empty,
    "bezwaar": bezwaar_only,
}


def post(language: str = "nl", person: Person = sample.PERSON, **changes: object) -> Post:
    """The letters of the sample's request, with these changes to the request."""
    return Post(sample.config(), replace(sample.request(), **changes), person, language)  # type: ignore[arg-type]


def _extended(language: str) -> Post:
    return post(language, extended_because="uw verzoek gaat over veel systemen", deadline=date(2026, 6, 3))


LETTERS: Mapping[str, Callable[[str], str]] = {
    "ontvangst": lambda to: letter_text(post(to), "ontvangst", asked="Wat weten jullie van mij?", identity_open=True),
    "ontvangst_bekend": lambda to: letter_text(post(to, scope=("wmo",)), "ontvangst", asked="", identity_open=False),
    "verlenging": lambda to: letter_text(_extended(to), "verlenging", sent_already=["dossier.pdf"]),
    "vraag_wie": lambda to: letter_text(post(to), "vraag", about="identity", text="", answer_by=""),
    "vraag_wat": lambda to: letter_text(post(to), "vraag", about="scope", text="Over welk jaar gaat het?", answer_by="20 maart 2026"),
    "besluit_refused": lambda to: refusal_text(post(to), WHY),
}


def texts_of_letters() -> dict[str, str]:
    """Every letter in both languages, by the name of its golden file."""
    found = {}
    for language in ("nl", "en"):
        end = "" if language == "nl" else "_en"
        with living(House(language)):
            found |= {f"{name}{end}.txt": write(language) for name, write in LETTERS.items()}
            found |= {f"besluit_{name}{end}.txt": decision(made()) for name, made in FORMS.items()}
    return found


def read_aloud(pdf: Path) -> str:
    """The structure of a PDF with its texts, as poppler reads it: without numbers of objects and measures of pictures."""
    read = subprocess.run(["pdfinfo", "-struct-text", str(pdf)], capture_output=True, text=True, check=True).stdout
    read = re.sub(r"Object \d+ \d+", "Object", read)
    return re.sub(r"/BBox \[.*?\]", "/BBox", read)


def texts_of_files() -> dict[str, str]:
    """The sample's dossier and documents as they are read aloud, by the name of the golden file."""
    import outputs

    with tempfile.TemporaryDirectory() as folder:
        outputs.write(sample.dossier(sample.collections(notes=9, payments=9)), Path(folder))
        return {f"{name}.txt": read_aloud(Path(folder) / f"{name}.pdf") for name in ("besluit", "dossier", "documenten")}


def accept() -> None:
    """Write all golden files anew."""
    for name, text in (texts_of_letters() | texts_of_files()).items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    accept()
    sys.exit(print("accepted"))
