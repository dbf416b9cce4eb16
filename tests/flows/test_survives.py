"""What dies comes back: a request goes on from what is in the vault, without a person, to the dossier of an undisturbed run.

Two cells of the fault matrix; `python -m benchmarks.faults` fills all of it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.flows.faults import Site, disturbed, site
from tests.flows.plant import POSTGRES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.service,
    pytest.mark.skipif(not POSTGRES or os.geteuid() != 0, reason="starts a PostgreSQL of its own, which takes root and Debian's package"),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    """One site for the cells; in a folder that the owner of PostgreSQL may enter."""
    folder = Path(mkdtemp(prefix="inzage-site-"))
    folder.chmod(0o755)
    with site(folder) as made:
        yield made
    shutil.rmtree(folder)


@pytest.mark.parametrize(("step", "fault"), [("draft", "run killed"), ("redact", "database killed")])
def test_a_disturbed_request_comes_to_review_by_itself_with_the_same_dossier(step: str, fault: str, running: Site) -> None:
    """Killed under it once, the step is done again; sources that answered are not asked again."""
    disturbed(running, step, fault)
