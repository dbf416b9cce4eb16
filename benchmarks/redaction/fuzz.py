"""A fuzz target for `atheris`: the offset map, the patterns and the whole reader under any bytes.

pip install atheris==3.0.0                                  (not part of the product, nor of the tests)
python -m benchmarks.redaction.fuzz -max_total_time=600
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SUBJECT = {"subject": {"names": [{"given": "Fatima", "family": "Amrani"}], "bsn": "999944897"}, "people": []}


def target() -> Callable[[bytes], None]:
    """What is called with the bytes; imported here, so that atheris can follow the code of the room while it is loaded."""
    import redaction
    from config.load import EMBEDDED, load_policy
    from redaction.folded import folded
    from redaction.lexicon import lexicon

    reader, read = redaction.reader(SUBJECT, load_policy(EMBEDDED)), folded
    lexicon()

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        if data[:1] == b"\xed":  # half an emoji, cut off by another system
            text = text.replace("\ufffd", "\ud83d")
        check_map(read(text))
        check_spans(text, reader.redact(text))

    return check


def check_map(read: Any) -> None:
    """The way back from each character is in order, and none leads outside the text."""
    places = [read.back(at, at + 1) for at in range(len(read.plain))]
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert all(0 <= start < end <= len(read.text) for start, end in places)


def check_spans(text: str, made: Any) -> None:
    """Spans are in order and apart, and what is withheld is not printed in its place."""
    last, rebuilt = 0, ""
    for span in made.spans:
        assert last <= span.start < span.end <= len(text)
        rebuilt += text[last : span.start] + (text[span.start : span.end] if span.action == "keep" else span.label)
        last = span.end
    assert rebuilt + text[last:] == made.text


def main() -> None:
    """Fuzz until stopped."""
    import atheris  # type: ignore[import-not-found, unused-ignore]

    sys.path.insert(0, str(Path(__file__).parents[2]))
    with atheris.instrument_imports(include=["redaction"]):
        check = target()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
