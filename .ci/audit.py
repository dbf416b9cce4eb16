"""Asks pip-audit about every package of a lock file: `python .ci/audit.py requirements/scale.txt`.

Exit 1 where a package has a known weakness. Where the advisory service cannot be reached, or knows none of the packages (a mirror
that answers for it does so), nothing was audited, and that is said; with INZAGE_REQUIRE_AUDIT=1 that fails too. pip-audit itself
then says "no known vulnerabilities" and ends well, which is not the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Audited:
    """What came of it: how many packages were really looked up, which were not, and what was found."""

    looked_up: int
    skipped: tuple[str, ...]
    found: tuple[str, ...]


def read(said: str) -> Audited | None:
    """What pip-audit said in JSON; None where it said nothing of the kind, because it could not ask."""
    try:
        packages: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        return None
    skipped = tuple(p["name"] for p in packages if "skip_reason" in p)
    return Audited(len(packages) - len(skipped), skipped, tuple(_found(packages)))


def _found(packages: Iterable[dict[str, Any]]) -> Iterable[str]:
    for package in packages:
        for weakness in package.get("vulns", ()):
            better = ", ".join(weakness["fix_versions"]) or "none yet"
            yield f"{package['name']} {package['version']}: {weakness['id']}. Mended in: {better}."


def verdict(audited: Audited | None, required: bool) -> tuple[int, list[str]]:
    """The exit code, and what to print."""
    if audited is None or not audited.looked_up:
        return int(required), [
            "audit: NOT DONE. The advisory service could not be reached or knows none of these packages: nothing was audited."
        ]
    lines = [f"audit: {audited.looked_up} packages looked up, {len(audited.found)} weaknesses found."]
    if audited.skipped:
        lines.append(f"audit: NOT looked up: {', '.join(audited.skipped)}.")
    return int(bool(audited.found) or (required and bool(audited.skipped))), [*lines, *audited.found]


def main(lock: str) -> int:
    """Ask, print, and give the exit code."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "-r",
        lock,
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300).stdout
    except subprocess.TimeoutExpired:
        said = ""
    code, lines = verdict(read(said), os.environ.get("INZAGE_REQUIRE_AUDIT") == "1")
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
