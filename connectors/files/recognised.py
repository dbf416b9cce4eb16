"""Text on a picture of a page, as Tesseract reads it where it is installed; what it makes of it holds errors, so a person must look."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from typing import Any

SECONDS, MOST_PAGES, SCALE = 60, 50, 200 / 72
"""Seconds for one page, pages of one file, and 200 dots an inch."""


def program() -> str:
    """Where Tesseract is; "" where it is not installed."""
    return shutil.which("tesseract") or ""


def text_on(page: Any) -> str:
    """What stands on this page of PDFium; "" where nothing could be read of it, or not in time."""
    return text_of(page.render(scale=SCALE).to_pil())


def text_of(image: Any) -> str:
    """The same for an image of Pillow, whichever way up it lies."""
    picture = io.BytesIO()
    image.save(picture, "PNG")
    languages = _languages()
    psm = "1" if "osd" in languages else "3"
    command = [program(), "stdin", "stdout", "-l", "nld" if "nld" in languages else "eng", "--psm", psm]
    try:
        done = subprocess.run(command, input=picture.getvalue(), capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 - our own words
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace").strip("\n\f ")


@cache
def _languages() -> frozenset[str]:
    """The languages that are installed, and `osd`, by which a page is turned the right way up."""
    listed = subprocess.run([program(), "--list-langs"], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own words
    return frozenset(listed.stdout.decode("ascii", errors="replace").split())
