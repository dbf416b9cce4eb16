"""Text on a picture of a page, as Tesseract reads it where it is installed; what it makes of it holds errors, so a person must look."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import Any

SECONDS, MOST_PAGES, SCALE = 60, 50, 200 / 72
"""Seconds for one page, pages of one file, and 200 dots an inch."""


def program() -> str:
    """Where Tesseract is; "" where it is not installed."""
    return shutil.which("tesseract") or ""


def text_on(page: Any) -> str:
    """What stands on this page of PDFium; "" where nothing could be read of it, or not in time."""
    picture = io.BytesIO()
    page.render(scale=SCALE).to_pil().save(picture, "PNG")
    command = [program(), "stdin", "stdout", "-l", _language(), "--psm", "3"]
    try:
        done = subprocess.run(command, input=picture.getvalue(), capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 - our own words
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace").strip("\n\f ")


def _language() -> str:
    """Dutch where it is installed, else what there is."""
    listed = subprocess.run([program(), "--list-langs"], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own words
    return "nld" if b"nld" in listed.stdout.split() else "eng"
