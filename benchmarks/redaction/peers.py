"""Run by the Python of the peers' own environment, never by ours: `python peers.py deduce|presidio` reads a list of texts as JSON on
stdin, and writes {"spans": [[[start, end], ...], ...], "seconds": CPU seconds without start-up, "note": what is missing of it}."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Reader = Callable[[str], list[tuple[int, int]]]


def deduce() -> tuple[Reader, str]:
    """deduce with its own lists, as its readme runs it."""
    from deduce import Deduce  # type: ignore[import-not-found, unused-ignore]

    model = Deduce()
    return lambda text: [(int(a.start_char), int(a.end_char)) for a in model.deidentify(text).annotations], ""


def presidio() -> tuple[Reader, str]:
    """Presidio with the Dutch model of spaCy where it is installed; else with its patterns alone."""
    import spacy  # type: ignore[import-not-found, unused-ignore]
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # type: ignore[import-not-found, unused-ignore]
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # type: ignore[import-not-found, unused-ignore]

    model, note = None, ""
    for name in ("nl_core_news_lg", "nl_core_news_sm"):
        if model is None and spacy.util.is_package(name):
            model = spacy.load(name)
    if model is None:
        model, note = spacy.blank("nl"), "no Dutch model of spaCy on this machine: patterns only, no names"
    engine = SpacyNlpEngine(models=[{"lang_code": "nl", "model_name": "given"}])
    engine.nlp = {"nl": model}
    registry = RecognizerRegistry(supported_languages=["nl"])
    registry.load_predefined_recognizers(languages=["nl"], nlp_engine=engine)
    analyzer = AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["nl"])
    return lambda text: [(r.start, r.end) for r in analyzer.analyze(text=text, language="nl")], note


def main() -> None:
    """Read, redact, write."""
    reader, note = {"deduce": deduce, "presidio": presidio}[sys.argv[1]]()
    texts = json.load(sys.stdin)
    begun = time.process_time()
    spans: list[Any] = [reader(text) for text in texts]
    json.dump({"spans": spans, "seconds": time.process_time() - begun, "note": note}, sys.stdout)


if __name__ == "__main__":
    main()
