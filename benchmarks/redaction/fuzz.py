"""A fuzz target for `atheris`: the offset map and the finders under any bytes.

pip install atheris==3.1.0                                  (not part of the product, nor of the tests)
python -m benchmarks.redaction.fuzz -max_total_time=60
"""

from __future__ import annotations

import sys
from pathlib import Path

import redaction
from config.load import load_policy
from config.redacted import Action
from redaction.folded import folded

READER = redaction.reader(
    {"subject": {"names": [{"given": "Fatima", "family": "Amrani"}], "bsn": "999944897"}, "people": []},
    load_policy(Path(__file__).parents[2] / "config" / "demo"),
)


def check(data: bytes) -> None:
    """Whatever the text: the way back is in order, spans are in order and apart, and what is withheld is not printed in its place."""
    text = data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace")
    read = folded(text)
    places = [read.back(at, at + 1)[0] for at in range(len(read.plain))]
    assert places == sorted(places)
    made = READER.redact(text)
    last, rebuilt = 0, ""
    for span in made.spans:
        assert last <= span.start < span.end <= len(text)
        rebuilt += text[last : span.start] + (text[span.start : span.end] if span.action is Action.KEEP else span.label)
        last = span.end
    assert rebuilt + text[last:] == made.text


def main() -> None:
    """Fuzz until stopped."""
    import atheris  # type: ignore[import-not-found, unused-ignore]

    atheris.instrument_all()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
