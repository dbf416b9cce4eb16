from __future__ import annotations

from pathlib import Path

import pytest

import outputs
from tests.outputs import sample


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the sample dossier, made once; no test may change them."""
    made = tmp_path_factory.mktemp("dossier")
    outputs.write(sample.dossier(), made)
    return made


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a dossier in which nothing was found."""
    made = tmp_path_factory.mktemp("nothing")
    outputs.write(sample.empty(), made)
    return made
