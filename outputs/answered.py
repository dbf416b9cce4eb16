"""What each source answered, told truly: without what is of somebody else, or of nobody knows whom yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.collection import Coverage, Outcome
from config.redacted import Disposition, RedactedCollection
from config.settings import Ground
from outputs.house import house
from outputs.shown import doubted, doubted_papers, shown
from outputs.texts import texts


@dataclass(slots=True)
class _Apart:
    """How many rows and documents of a source do not count, and of how many nobody knows yet whether they do."""

    rows: int = 0
    papers: int = 0
    unjudged: int = 0

    @property
    def others(self) -> int:
        """Of how many somebody judged that they are not about the resident."""
        return self.rows + self.papers - self.unjudged


def answered(coverage: Coverage, collections: Sequence[RedactedCollection], grounds: Mapping[str, Ground]) -> Coverage:
    """The coverage of one source with what is about the resident, and a sentence on the rest.

    Since when is the earliest day that is shown: that of a withheld row or document would tell of it. Where nothing is left of what a
    whole search found, it found nothing.
    """
    held = [collection for collection in collections if collection.source == coverage.source]
    apart = _apart(held, {code for code, ground in grounds.items() if ground.standing == "unjudged"})
    records, papers = max(coverage.records - apart.rows, 0), max(coverage.documents - apart.papers, 0)
    nothing = coverage.status is Outcome.FOUND and not records and not papers
    return replace(
        coverage,
        status=Outcome.NONE if nothing else coverage.status,
        records=records,
        documents=papers,
        since=min(_days(held), default=None),
        message=" ".join((*_message(coverage), *_rest(apart))),
    )


def _apart(held: Sequence[RedactedCollection], unjudged: set[str]) -> _Apart:
    apart = _Apart()
    for collection in held:
        rows, papers = doubted(collection), doubted_papers(collection)
        apart.rows += int(rows.sum())
        apart.papers += len(papers)
        open_rows = {r.row for r in collection.redactions if r.row is not None and not r.column and r.ground in unjudged}
        apart.unjudged += len(open_rows) + sum(document.ground in unjudged for document in papers)
    return apart


def _days(held: Sequence[RedactedCollection]) -> Iterator[date]:
    for collection in held:
        papers = (document.date for document in collection.documents if document.disposition is not Disposition.WITHHELD)
        yield from (day for day in (*shown(collection).days, *papers) if day)


def _message(coverage: Coverage) -> Iterator[str]:
    """What the source said, which is Dutch: in another language a sentence of ours, and behind it what only the source can say."""
    if house().language == "nl":
        yield from filter(None, [coverage.message])
        return
    yield str(texts()["uitkomst_zinnen"][coverage.status])
    if coverage.message and coverage.status not in (Outcome.FOUND, Outcome.NONE):
        yield str(texts()["in_het_nederlands"]).format(tekst=coverage.message)


def _rest(apart: _Apart) -> Iterator[str]:
    for number, words in ((apart.unjudged, texts()["nog_onzeker"]), (apart.others, texts()["niet_over_u"])):
        if number:
            yield str(words[number > 1]).format(aantal=number)
