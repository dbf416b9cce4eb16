"""The pages that say how something is done are followed as they stand, in a clone, by somebody who has nothing yet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_every_command_of_the_page_works(page: Path, tmp_path: Path) -> None:
    """In their order, in one shell, beside the folders of a clone that the page speaks of: none fails."""
    for room in ("config", "outputs/templates", "docs/operations"):
        shutil.copytree(ROOT / room, tmp_path / room)
    script = "set -eu\n" + "".join(COMMANDS.findall(page.read_text(encoding="utf-8")))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("INZAGE_", "PREFECT_"))}
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env={**ours, "PATH": path}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout[-800:], done.stderr[-800:])
