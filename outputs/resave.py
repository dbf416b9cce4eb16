"""The last hand on each PDF: smaller, with its title in XMP, and dated by the request instead of the clock."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf


def resaved(drawn: bytes, title: str, day: date) -> bytes:
    """The same document with object streams and metadata; equal input gives equal bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        stamp = f"D:{day:%Y%m%d}000000Z"
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:title"] = title
            xmp["dc:language"] = ["nl-NL"]
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, linearize=False)
    return out.getvalue()
