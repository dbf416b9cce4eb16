"""What a document is called for a resident: a name of a file tells programs how to open it, and may have lost a name of a person."""

from __future__ import annotations

import re

from config.redacted import RedactedDocument
from outputs.texts import texts

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}(?=$|\s\()")  # "brief.pdf", and "brief.pdf (versie 2)"
_COVERED = re.compile(r"\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def title_of(document: RedactedDocument) -> str:
    """The title in words: without the ending of a file, and with a word for what it is where nothing readable is left."""
    said = texts()["titels"]
    bare = " ".join(_ENDING.sub("", document.title.replace("_", " ")).split())
    left = " ".join(_COVERED.sub(" ", bare).split()).strip(" .,-–")
    if left.casefold() in ("", "document"):
        return str(said["weg"])
    if _WORD.search(left):
        return bare
    return str(said["nummer" if bare == left else "nummer_weg"]).format(nummer=left)
