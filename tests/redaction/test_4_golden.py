"""Cases by example: what is read, and what may be shown. What is known to fail is named, and compared with `==`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import redaction
from config.settings import Policy

GOLDEN = Path(__file__).parent / "golden.txt"


def test_every_case_is_shown_as_it_should_be(subject_json: dict[str, Any], policy: Policy) -> None:
    """The failures are the known ones: one mended must be struck from the list, one broken is seen at once."""
    lines = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    failures, known = {}, set()
    for line in lines:
        read, _, wanted = line.lstrip("!").replace("\\n", "\n").partition(" => ")
        shown = redaction.reader(subject_json, policy).redact(read).text
        if shown != wanted:
            failures[read] = shown
        if line.startswith("!"):
            known.add(read)
    assert {read: shown for read, shown in failures.items() if read not in known} == {}
    assert set(failures) == known
