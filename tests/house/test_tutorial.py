"""The tutorial is followed as it stands, by somebody who has nothing yet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_tutorial_ends_with_a_sealed_package(tmp_path: Path) -> None:
    """Every command of docs/tutorial.md, in its order, in an empty folder: none fails, and a package lies there."""
    script = "set -eu\n" + "".join(COMMANDS.findall(PAGE.read_text(encoding="utf-8")))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("INZAGE_", "PREFECT_"))}
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env={**ours, "PATH": path}, capture_output=True, text=True, check=False)
    assert (done.returncode, [p.name for p in (tmp_path / "uit").glob("*")]) == (0, ["INZ-2026-000001.zip"]), done.stderr[-800:]
    assert "whole and in order" in done.stdout
