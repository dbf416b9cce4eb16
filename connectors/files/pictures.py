"""A picture (PNG, JPEG, TIFF, ...) as text: what Tesseract reads on it, where it is installed; else for a person to look at."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

from connectors.files import recognised
from connectors.files.content import Content, Unreadable

LARGEST_SIDE = 20_000
"""Points; a larger one is no page."""


def read(data: bytes) -> Content:
    """What stands on the picture, a page for each that it holds. Raises Unreadable where nothing could be read of it."""
    pages = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                for number in range(min(getattr(picture, "n_frames", 1), recognised.MOST_PAGES + 1)):
                    if number == recognised.MOST_PAGES or max(picture.size) > LARGEST_SIDE:
                        raise Unreadable("large")
                    picture.seek(number)
                    pages.append(recognised.text_of(picture.convert("L")) if recognised.program() else "")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        raise Unreadable("broken") from None
    if not "".join(pages).strip():
        raise Unreadable("images")
    return Content(tuple(pages), lacks="recognised")
