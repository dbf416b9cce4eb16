"""Large requests: what the vault keeps line by line is read back by every step."""

from __future__ import annotations

import subprocess
import sys

import orjson


def test_a_request_of_thousands_of_rows_and_withheld_values_goes_the_whole_way() -> None:
    """Past two thousand rows and secrets the vault packs them in lines; the steps up to the release take that as well."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.job", "4000"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-600:]
    assert orjson.loads(done.stdout.splitlines()[-1])["rows"] == 4000
