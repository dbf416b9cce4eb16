"""One way to write N rows, timed in a process of its own: `python -m benchmarks.outputs.ways WAY ROWS`; one JSON line on stdout."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import escape
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from benchmarks.outputs.rows import COLUMNS, dossier, rows
from outputs import Dossier
from outputs.book import book
from outputs.glyphs import BOLD, SANS, glyphs
from outputs.sheets import workbook

Rows = list[tuple[date, str, str, Decimal, str]]


def ours(held: Dossier) -> list[bytes]:
    """`dossier.pdf` as residents get it: tagged, with contents, links and outline, PDF/UA-1 and PDF/A-2a."""
    return list(book(held))


def bare(held: Rows) -> list[bytes]:
    """The limit: the same texts on a canvas of ReportLab, line by line, without tags, contents or links."""
    for font in (SANS, BOLD):
        glyphs(font)
    out = BytesIO()
    canvas, y, left = Canvas(out, pagesize=A4, pageCompression=1), 0.0, (66, 130, 230, 330)
    for day, kind, channel, amount, note in held:
        lines = simpleSplit(f"Aantekening: {note}", SANS, 8.5, 450)
        if y < 68 + 11.5 * (len(lines) + 2):
            if y:
                canvas.showPage()
            y = A4[1] - 76
            canvas.setFont(BOLD, 8.5)
            for x, column in zip(left, COLUMNS, strict=False):
                canvas.drawString(x, y, column.label)
            canvas.setFont(SANS, 8.5)
            y -= 20
        for x, text in zip(left, (f"{day:%d-%m-%Y}", kind, channel, f"{amount:.2f}"), strict=True):
            canvas.drawString(x, y, text)
        for line in lines:
            y -= 11.5
            canvas.drawString(80, y, line)
        y -= 19.5
    canvas.save()
    return [out.getvalue()]


def weasyprint(held: Rows) -> list[bytes]:
    """The same rows as an HTML table through WeasyPrint, as PDF/UA-1."""
    from weasyprint import HTML  # noqa: PLC0415  only this way needs it

    head = "".join(f"<th>{c.label}</th>" for c in COLUMNS)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(v))}</td>" for v in row) + "</tr>" for row in held)
    style = "<style>@page{size:A4;margin:22mm} body{font:8.5pt 'DejaVu Sans'} td,th{vertical-align:top;padding:4pt}</style>"
    page = f"<html lang=nl><head><title>Proef</title>{style}</head><body><h1>Proef</h1><table><tr>{head}</tr>{body}</table></body></html>"
    return [HTML(string=page).write_pdf(pdf_variant="pdf/ua-1") or b""]


def sheets(held: Dossier) -> list[bytes]:
    """`gegevens.xlsx` as residents get it."""
    return [workbook(held)]


def xlsxwriter(held: Rows) -> list[bytes]:
    """The limit: the same cells through XlsxWriter in constant memory, without anything that a resident needs."""
    import xlsxwriter as writer  # noqa: PLC0415  as above

    with TemporaryDirectory() as folder:
        path = f"{folder}/x.xlsx"
        book = writer.Workbook(path, {"constant_memory": True})
        sheet, days = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
        for n, row in enumerate(held, 1):
            sheet.write_number(n, 0, n)
            for i, value in enumerate(row, 1):
                if isinstance(value, str):
                    sheet.write_string(n, i, value)
                elif isinstance(value, Decimal):
                    sheet.write_number(n, i, value)
                else:
                    sheet.write_datetime(n, i, value, days)
        book.close()
        with open(path, "rb") as file:  # noqa: PTH123  measured, not kept
            return [file.read()]


WAYS: dict[str, Callable[[Any], list[bytes]]] = {
    "ours": ours,
    "bare": bare,
    "weasyprint": weasyprint,
    "sheets": sheets,
    "xlsxwriter": xlsxwriter,
}


def main() -> None:
    way, count = sys.argv[1], int(sys.argv[2])
    held = dossier(count) if way in ("ours", "sheets") else list(rows(count))
    start = time.process_time()
    made = WAYS[way](held)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pages = sum(len(pikepdf.open(BytesIO(file)).pages) for file in made if file[:4] == b"%PDF")
    size = sum(map(len, made)) / 1e6
    print(json.dumps({"seconds": seconds, "pages": pages, "files": len(made), "MB": size, "peak": peak}))


if __name__ == "__main__":
    main()
