"""The steps of one request, from vault to vault: what a flow calls, without knowing that there is a Prefect.

    identify -> ask (one source, one leg) -> gather -> redact -> draft -> release

Each takes the request by its number, and leaves what it made in the vault, so that a run that died goes on from there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import orjson

import connectors
import outputs
import redaction
from config.accounting import Account, accounts
from config.codec import Spool, decode, encode
from config.collection import Answer, Collection, Coverage, Outcome
from config.errors import LeakError, RequestError
from config.order import Leg
from config.person import Subject
from config.redacted import Redacted, ReviewItem, Secret, TextRead
from config.request import Status
from config.settings import Entity, Source
from flows import byhand, carried, clearing, cores, covering, extent, pointed
from flows.shapes import with_shape
from flows.version import VERSION
from flows.workplace import Workplace

Disclosing: TypeAlias = Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
"""By source and entity: a word of a disclosure and the columns that tell it."""

_MADE_FROM = ("answers/", "cleared/", "passages/", "people/", "wordings/")
"""The artefacts that a redaction follows from."""


class ConnectorBroke(Exception):
    """A connector raised, which it never should: its own fault, unlike a database, a vault or an engine that is away."""


MOST = 100
"""The largest `concurrency` that a source can have."""

ANSWERED = frozenset({Outcome.FOUND, Outcome.NONE})
"""Outcomes that need no second asking: the source was searched whole."""


def legs(work: Workplace, number: str) -> tuple[Leg, ...]:
    """Which source is asked for what, in which stage, as far as the request's scope reaches."""
    return extent.legs(work.config, work.register.get(number))


coverage, answer_name = covering.coverage, covering.answer_name


def begin(work: Workplace, number: str, actor: str) -> None:
    """Put the request under way, and the subject as far as it is known in the vault.

    Raises RequestError where it was released, withdrawn or purged.
    """
    work.register.move(number, Status.COLLECTING, actor)
    if not work.vault.exists(number, "subject"):
        work.vault.put(number, "subject", encode(connectors.identify(work.register.bsn(number))))


def ask(work: Workplace, number: str, leg: Leg, most: int = MOST) -> Coverage:
    """Ask one source for the entities of one leg, unless it answered whole before; gives how that went. ConnectorBroke where it broke.

    Waits while `most` questions are put to this source, on any machine, or as many as its `concurrency` where that is less.
    """
    name = answer_name(leg)
    if work.vault.exists(number, name):
        before = decode(work.vault.get(number, name), Answer)
        if before.coverage.status in ANSWERED:
            return before.coverage
    source, subject = with_shape(work.config.source(leg.source)), _subject(work, number)
    with work.register.places.at(source.name, min(most, source.concurrency)) as further:
        answer = _collected(replace(source, options={**source.options, "places": further}), _entities(work, leg), subject)
    answer = byhand.in_time(work, number, answer)
    work.vault.put(number, name, encode(answer))
    return answer.coverage


def _collected(source: Source, entities: tuple[Entity, ...], subject: Subject) -> Answer:
    try:
        return connectors.collect(source, entities, subject, now=datetime.now(UTC))
    except Exception as error:
        raise ConnectorBroke from error


def mark_broken(work: Workplace, number: str, leg: Leg) -> None:
    """Record that the connector of this leg broke: its source was not searched, which is not the same as empty."""
    source = work.config.source(leg.source)
    work.vault.put(number, answer_name(leg), encode(Answer(connectors.broken(source, datetime.now(UTC)))))


def gather(work: Workplace, number: str) -> Subject:
    """Learn from all that came back who the subject is, and who else is in the file."""
    answers = _answers(work, number)
    subject = connectors.learn(connectors.identify(work.register.bsn(number)), answers)
    work.vault.put(number, "subject", encode(subject))
    return subject


def redact(work: Workplace, number: str) -> tuple[Account, ...]:
    """Redact everything collected, under the decisions people took so far; gives the balanced account of it.

    Raises ConservationError where anything got lost.
    """
    before, subject, texts = basis(work, number), subject_of(work, number), Spool[TextRead]()
    collected, left = extent.within(work.register.get(number), connectors.doubts(subject, _collections(work, number)))
    _drop_outdated(work, number, collected)
    decided, held, worded = work.register.decisions(number), pointed.passages(work, number), pointed.wordings(work, number)
    redacted = redaction.redact(collected, subject, work.config.policy, decided, held, texts, worded, cores.readers)
    balanced = accounts(collected, redacted.collections)
    work.vault.put(number, "collected", encode(collected))
    work.vault.put(number, "redacted", encode(redacted))
    work.vault.put(number, "texts", texts.finish())
    work.vault.put(number, "accounts", encode(balanced))
    work.vault.put(number, "discloses", encode(_disclosing(collected)))
    work.vault.put(number, "left", encode(left))
    work.vault.put(number, "basis", before.encode())
    return balanced


def _drop_outdated(work: Workplace, number: str, now: Sequence[Collection]) -> None:
    """Let no decision count for other words than those that a person saw when they decided."""
    decided = {decision.item for decision in work.register.decisions(number)}
    held = pointed.passages(work, number)
    if not (decided or held) or not work.vault.exists(number, "texts"):
        return
    before = decode(work.vault.get(number, "collected"), tuple[Collection, ...])
    read = decode(work.vault.get(number, "texts"), tuple[TextRead, ...])
    if gone := carried.outdated(carried.places(decided, read, before), before, now):
        work.register.judging.outdate(number, gone)
    for passage in carried.moved(held, before, now):
        work.vault.put(number, pointed.passage_name(passage), encode(None))


def basis(work: Workplace, number: str) -> str:
    """SHA-256 over all that a redaction follows from: the answers, what people decided, and whom and what they added by hand."""
    versions = {name: version for name, version in work.register.versions(number).items() if name.startswith(_MADE_FROM)}
    decided = sorted((d.item, d.decision, d.ground) for d in work.register.decisions(number))
    request = work.register.get(number)
    reach = [request.scope, request.since, request.until, request.language]
    return hashlib.sha256(orjson.dumps([versions, decided, work.config.fingerprint, reach], option=orjson.OPT_SORT_KEYS)).hexdigest()


def is_stale(work: Workplace, number: str) -> bool:
    """Whether the last redaction did not know of everything that was answered, decided or added since."""
    return not work.vault.exists(number, "basis") or work.vault.get(number, "basis").decode() != basis(work, number)


def subject_of(work: Workplace, number: str) -> Subject:
    """Who asks and who is known around them, also those whom somebody added by hand."""
    subject = _subject(work, number)
    return replace(subject, people=(*subject.people, *pointed.people(work, number)))


def draft(work: Workplace, number: str, actor: str) -> int:
    """Assemble the dossier, write its files, search them for what was withheld, and lay them ready for people.

    Gives how many withheld values were found; a draft with any cannot be approved.
    """
    with TemporaryDirectory(prefix="inzage-") as folder:
        secrets = _written(work, number, actor, Path(folder))
        told = _searched(Path(folder), secrets, _house(work, number))
        searched = _Searched(hashlib.sha256((Path(folder) / outputs.MANIFEST).read_bytes()).hexdigest(), told)
        for path in sorted(Path(folder).iterdir()):
            work.vault.put(number, f"draft/{path.name}", path.read_bytes())
        clearing.keep(work, number, Path(folder), secrets if told else frozenset())
    work.vault.put(number, "searched", encode(searched))
    work.register.move(number, Status.REVIEW, actor)
    return int(bool(told))


@dataclass(frozen=True, slots=True)
class _Searched:
    """What the search of a draft told ("" where it found nothing), and of which draft: SHA-256 of its manifest."""

    draft: str
    told: str


def _written(work: Workplace, number: str, actor: str, folder: Path) -> frozenset[Secret]:
    """Write the files of the dossier and the report for the desk; gives what may not be found in them, and keeps nothing else."""
    redacted = decode(work.vault.get(number, "redacted"), Redacted)
    covering.tell_account(work, number, redacted, actor)
    dossier, secrets = _dossier(work, number, redacted), clearing.sought(work, number, redacted.secrets)
    del redacted  # the review list of a large request is not small
    outputs.write(dossier, folder, cores.writers)
    _lay_report(work, number, dossier)
    return secrets


def _lay_report(work: Workplace, number: str, dossier: outputs.Dossier) -> None:
    """Keep what the desk should look at beside the draft, of which it is no part."""
    report = outputs.examine(dossier, work.config)
    work.vault.put(number, "internal/report", encode(report))
    work.vault.put(number, "internal/aandachtspunten.pdf", outputs.internal_pdf(dossier, report))


def internal_report(work: Workplace, number: str) -> outputs.InternalReport | None:
    """What the desk should look at in this request; None where there is no draft yet."""
    name = "internal/report"
    return decode(work.vault.get(number, name), outputs.InternalReport) if work.vault.exists(number, name) else None


def _searched(folder: Path, secrets: Set[Secret], house: outputs.House) -> str:
    try:
        outputs.check_leaks(folder, secrets, house, cores.hands(sum(path.stat().st_size for path in folder.iterdir())))
    except LeakError as error:
        return f"{error.thing}: {error.wrong}"
    return ""


def _dossier(work: Workplace, number: str, redacted: Redacted) -> outputs.Dossier:
    subject, request = _subject(work, number), work.register.get(number)
    return outputs.assemble(
        request,
        subject.person,
        redacted,
        coverage(work, number),
        decode(work.vault.get(number, "accounts"), tuple[Account, ...]),
        extent.facts(work.config, request, subject.facts),
        work.config,
        VERSION,
        _disclosures(work, number, redacted),
        request.language,
    )


def _house(work: Workplace, number: str) -> outputs.House:
    return outputs.house_of(work.config, work.register.get(number).language)


def _disclosing(collected: Sequence[Collection]) -> Disclosing:
    """Which columns of which source and entity tell of a disclosure."""
    made: dict[str, dict[str, Mapping[str, tuple[str, ...]]]] = {}
    for held in collected:
        if held.discloses:
            made.setdefault(held.source, {})[held.entity] = held.discloses
    return made


def _disclosures(work: Workplace, number: str, redacted: Redacted) -> tuple[outputs.Disclosure, ...]:
    kept: Disclosing = decode(work.vault.get(number, "discloses"), Disclosing)  # type: ignore[type-abstract]  # a type to read, not to make
    words = {(source, entity): columns for source, entities in kept.items() for entity, columns in entities.items()}
    return outputs.disclosed(redacted.collections, words, work.config, work.register.get(number).language)


def leaks(work: Workplace, number: str) -> str:
    """What the search of the draft for withheld values told: counts by file, "" where it found none or there is no draft."""
    return _search(work, number).told if work.vault.exists(number, "searched") else ""


def _search(work: Workplace, number: str) -> _Searched:
    return decode(work.vault.get(number, "searched"), _Searched)


def draft_hash(work: Workplace, number: str) -> str:
    """SHA-256 of the draft that lies ready, over its manifest: what an approval is bound to.

    Raises RequestError where there is none, or where it holds withheld values or was never searched for them.
    """
    if not work.vault.exists(number, "draft/manifest.json"):
        raise RequestError(number, "no draft lies ready", f"Run it first: inzage request run {number}")
    if is_stale(work, number):
        raise RequestError(number, "something was decided or answered after the draft was made", "Draft it anew")
    if told := leaks(work, number):
        raise RequestError(number, f"the draft cannot be approved: {told}", f"See what they are: inzage review found {number}")
    made = hashlib.sha256(work.vault.get(number, "draft/manifest.json")).hexdigest()
    if _search(work, number).draft != made:
        raise RequestError(number, "the draft was not searched to its end", f"Run it again: inzage request run {number}")
    return made


def release(work: Workplace, number: str, actor: str) -> None:
    """Seal the approved draft, open the package again, see that it holds that draft and nothing else, search it, and keep it in the vault.

    Raises RequestError unless two different people approved this very draft; LeakError where a file of it, or of the package, is
    another than they saw, or where a withheld value is found.
    """
    check_approved(work, number)
    secrets = clearing.sought(work, number, decode(work.vault.get(number, "redacted"), Redacted).secrets)
    passphrase = outputs.passphrase()
    with TemporaryDirectory(prefix="inzage-") as place:
        folder, package = Path(place) / "draft", Path(place) / f"{number}.zip"
        folder.mkdir()
        for name in _draft_files(work, number):
            (folder / name).write_bytes(work.vault.get(number, f"draft/{name}"))
        outputs.check_unchanged(folder)
        outputs.seal(folder, package, passphrase)
        outputs.check_same(package, passphrase, folder)
        outputs.check_sealed(package, passphrase, secrets, _house(work, number), cores.hands(package.stat().st_size))
        work.vault.put(number, "package.zip", package.read_bytes())
    work.vault.put(number, "passphrase", passphrase.encode())
    work.register.move(number, Status.RELEASED, actor)


def _draft_files(work: Workplace, number: str) -> tuple[str, ...]:
    """The files of the draft that lies ready, by its manifest: an earlier one may have had more parts."""
    manifest = orjson.loads(work.vault.get(number, "draft/manifest.json"))
    return (*(str(file["name"]) for file in manifest["files"]), "manifest.json")


def check_approved(work: Workplace, number: str) -> None:
    """Raise RequestError unless two different people approved the very draft that lies ready."""
    request, draft_now = work.register.get(number), draft_hash(work, number)
    approved = {approval.by for approval in work.register.approvals(number) if approval.draft == draft_now}
    if request.status is not Status.APPROVED or len(approved) < 2:
        raise RequestError(
            number,
            f"{len(approved)} of two people approved this draft",
            f"Let two different people read it and approve it: inzage review approve {number} --as NAME",
        )


def _entities(work: Workplace, leg: Leg) -> tuple[Entity, ...]:
    entities = {entity.name: entity for entity in work.config.source(leg.source).entities}
    return tuple(entities[name] for name in leg.entities)


def _subject(work: Workplace, number: str) -> Subject:
    return decode(work.vault.get(number, "subject"), Subject)


def _answers(work: Workplace, number: str) -> tuple[Answer, ...]:
    present = [answer_name(leg) for leg in legs(work, number) if work.vault.exists(number, answer_name(leg))]
    return tuple(decode(work.vault.get(number, name), Answer) for name in present)


def _collections(work: Workplace, number: str) -> tuple[Collection, ...]:
    return tuple(collection for answer in _answers(work, number) for collection in answer.collections)


def accounted(work: Workplace, number: str) -> tuple[Account, ...]:
    """The account of the last redaction; () where there was none yet."""
    return decode(work.vault.get(number, "accounts"), tuple[Account, ...]) if work.vault.exists(number, "accounts") else ()


def reviewable(work: Workplace, number: str) -> tuple[ReviewItem, ...]:
    """What a person must still decide, the most doubtful first."""
    if not work.vault.exists(number, "redacted"):
        return ()
    decided = {decision.item for decision in work.register.decisions(number)}
    items = decode(work.vault.get(number, "redacted"), Redacted).review
    return tuple(sorted((item for item in items if item.id not in decided), key=lambda item: (-item.doubt, item.id)))
