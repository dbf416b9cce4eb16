"""What is installed is pinned, hashed, and named without an index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["product.txt", "develop.txt"])
def test_the_lock_is_hashed_and_names_no_index(name: str) -> None:
    """Every requirement is pinned with at least one hash; no address stands in the lock."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", text.replace("\\\n", " ")) if entry.strip() and not entry.startswith("#")]
    assert [e.split()[0] for e in entries if "==" not in e.split()[0] or "--hash=sha256:" not in e] == []
    assert re.findall(r"https?://|--index|--find-links|file:", text) == []


def test_no_configuration_names_an_index() -> None:
    """Neither the lock's inputs, nor the project, nor the make targets say where packages come from."""
    files = [ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / ".ci" / "run", *(ROOT / "requirements").glob("*.in")]
    host = re.compile(r"(?<!emit-)index-url|(?<!emit-)find-links|pypi\.org|pythonhosted")
    assert [f.name for f in files if host.search(f.read_text(encoding="utf-8"))] == []
