"""The people of these tests: a requester, those around her, and a reader that knows them all. None of them exists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import redaction
from config.load import load_policy
from config.redacted import Action
from config.settings import Policy
from redaction.reader import TextRedactor

SUBJECT: dict[str, Any] = {
    "subject": {
        "names": [{"given": "Fatima Zohra", "call": "Fatima", "initials": "F.Z.", "prefix": "el", "family": "Amrani"}],
        "gender": "f",
        "bsn": "999944897",
        "birth_date": "1980-03-09",
        "addresses": [{"street": "Kerkstraat", "number": "12 bis", "postcode": "1234 AB", "city": "Utrecht"}],
        "emails": ["fatima.elamrani@postvak.example"],
        "phones": ["06-12345678"],
        "ibans": ["NL91ABNA0417164300"],
        "plates": ["Z-418-KX"],
    },
    "people": [
        {"role": "relative", "relation": "moeder", "gender": "f", "names": [{"given": "Khadija", "prefix": "el", "family": "Amrani"}]},
        {"role": "relative", "relation": "broer", "gender": "m", "names": [{"given": "Youssef", "prefix": "el", "family": "Amrani"}]},
        {
            "role": "relative", "relation": "ex-partner", "gender": "m", "birth_date": "1978-01-02", "bsn": "999931738",
            "names": [{"given": "Mehmet", "family": "Yılmaz"}],
            "addresses": [{"street": "Oude Zeedijk", "number": "88", "postcode": "1239 KL", "city": "Voorbeeldstad", "secret": True}],
        },
        {"role": "official", "relation": "klantmanager", "gender": "f", "names": [{"initials": "S.", "prefix": "van den", "family": "Berg"}]},
        {"role": "professional", "relation": "huisarts", "names": [{"given": "Ewa", "family": "Kowalczyk"}]},
        {"role": "third", "relation": "buur", "gender": "f", "names": [{"given": "Roos", "family": "Bakker"}], "plates": ["Z-310-LR"]},
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The policy of the embedded default."""
    return load_policy(Path(__file__).parents[2] / "config" / "demo")


@pytest.fixture
def reader(policy: Policy) -> TextRedactor:
    """A reader that has read nothing yet."""
    return redaction.reader(SUBJECT, policy)


@pytest.fixture
def subject_json() -> dict[str, Any]:
    """The requester and those around her, as SUBJECT.json has them."""
    return SUBJECT


def withheld(reader: TextRedactor, text: str) -> list[str]:
    """What of `text` is not printed, in order."""
    return [text[s.start : s.end] for s in reader.spans(text) if s.action is not Action.KEEP]
