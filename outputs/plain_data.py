"""The dossier as plain data: what `dossier.json` holds, key by key, with the rows of each collection apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from config.accounting import Account, Tally
from config.collection import Column, Coverage
from config.law import Activity, Basis
from config.person import Name, Person
from config.redacted import Disposition
from outputs.dossier import Disclosure, Dossier, Finding, InventoryEntry
from outputs.explained import actual, recipients
from outputs.shown import Cell, Mark, Shown
from outputs.texts import texts
from outputs.wording import confirmed, current_name

DOCUMENTS = "documenten.pdf"


def skeleton(dossier: Dossier) -> dict[str, Any]:
    """Everything but rows and redactions, in the order of the design: JSON types only."""
    return {
        "request": _request(dossier),
        "subject": _subject(dossier.person),
        "coverage": [_coverage(c) for c in dossier.coverage],
        "activities": [_activity(dossier, finding) for finding in dossier.findings],
        "collections": [],
        "documents": [_document(dossier, entry) for entry in dossier.inventory],
        "redactions": [],
        "disclosures": [_disclosure(d) for d in dossier.disclosures],
        "differences": [{"what": d.what, "values": [{"source": s, "value": v} for s, v in d.values]} for d in dossier.differences],
        "accounting": [_account(account) for account in dossier.accounts],
        "rights": _rights(dossier),
        "made": {"version": dossier.version, "configuration": dossier.fingerprint},
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _request(dossier: Dossier) -> dict[str, Any]:
    request = dossier.request
    return {
        "number": request.number,
        "received": _day(request.received),
        "deadline": _day(request.deadline),
        "scope": list(request.scope),
        "since": _day(request.since),
        "until": _day(request.until),
        "controller": dossier.organisation.name,
    }


def _subject(person: Person) -> dict[str, Any]:
    return {
        "name": current_name(person),
        "names": [_name(name) for name in person.names],
        "gender": person.gender,
        "bsn": person.bsn,
        "birth_date": _day(person.birth_date),
        "addresses": [
            {"street": a.street, "number": a.number, "postcode": a.postcode, "city": a.city, "since": _day(a.since), "until": _day(a.until)}
            for a in person.addresses
        ],
        "emails": list(person.emails),
        "phones": list(person.phones),
        "ibans": list(person.ibans),
        "plates": list(person.plates),
    }


def _name(name: Name) -> dict[str, str]:
    parts = ("given", "call", "initials", "prefix", "family", "partner_prefix", "partner_family")
    return {part: getattr(name, part) for part in parts if getattr(name, part)}


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "source": coverage.source,
        "title": coverage.title,
        "status": str(coverage.status),
        "records": coverage.records,
        "documents": coverage.documents,
        "asked_at": coverage.asked_at.isoformat() if coverage.asked_at else None,
        "since": _day(coverage.since),
        "message": coverage.message,
    }


def _activity(dossier: Dossier, finding: Finding) -> dict[str, Any]:
    activity, real = finding.activity, actual(dossier, finding.activity)
    return {
        "id": activity.id,
        "title": activity.title,
        "purpose": confirmed(activity, "purpose", activity.purpose),
        "legal_basis": [_basis(basis) for basis in activity.legal_basis],
        "special": {category: _basis(basis) for category, basis in activity.special.items()},
        "categories_found": list(finding.categories),
        "recipients": [{"name": d.to, "why": d.why, "when": _day(d.when), "status": "actual"} for d in real]
        + [{"name": r.name, "why": r.why, "when": None, "status": "possible"} for r in activity.recipients],
        "recipients_known": bool(real),
        "recipients_explained": confirmed(activity, "recipients", recipients(activity, real)),
        "sources": list(activity.sources),
        "found_in": list(finding.sources),
        "third_countries": list(activity.third_countries),
        "retention": _retention(activity),
        "retained_until": _day(finding.retained_until),
        "automated_decisions": confirmed(activity, "automated_decisions", activity.automated_decisions),
        "rights": [right["id"] for right in texts()["rechten"]] + ["complain"],
        "remedy": list(activity.remedy),
        "records": finding.records,
        "documents": finding.documents,
        "since": _day(finding.since),
        "to_confirm": list(activity.confirm),
    }


def _retention(activity: Activity) -> dict[str, str]:
    kept = activity.retention
    return {"term": kept.term, "from": kept.counted_from, "law": kept.law, "note": confirmed(activity, "retention", kept.note).strip()}


def _basis(basis: Basis) -> dict[str, Any]:
    return {"avg": basis.avg, "law": basis.law, "article": basis.article, "in_force": _day(basis.in_force)}


def _document(dossier: Dossier, entry: InventoryEntry) -> dict[str, Any]:
    document = entry.document
    withheld = document.disposition is Disposition.WITHHELD
    return {
        "number": entry.number,
        "source": entry.source,
        "entity": entry.entity,
        "activity": entry.activity,
        "title": document.title,
        "date": _day(document.date),
        "file": None if withheld else dossier.files.get(entry.number, DOCUMENTS),
        "pages": len(document.pages),
        "status": document.disposition.name.lower(),
        "redactions": document.redactions,
        "ground": document.ground or None,
        "remark": document.remark,
    }


def redactions(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """What was withheld, place by place."""
    numbers = {(entry.source, entry.entity, entry.document.id): entry.number for entry in dossier.inventory}
    for collection in dossier.collections:
        for r in collection.redactions:
            yield {
                "source": r.source,
                "entity": r.entity,
                "row": r.row,
                "column": r.column,
                "document": numbers[(r.source, r.entity, r.document)] if r.document else None,
                "count": r.count,
                "ground": r.ground,
            }


def _disclosure(given: Disclosure) -> dict[str, Any]:
    return {"when": _day(given.when), "to": given.to, "what": given.what, "why": given.why}


def _account(account: Account) -> dict[str, Any]:
    return {"source": account.source, "entity": account.entity, "cells": _tally(account.cells), "documents": _tally(account.documents)}


def _tally(tally: Tally) -> dict[str, int]:
    return {"collected": tally.collected, "disclosed": tally.disclosed, "redacted": tally.redacted, "withheld": tally.withheld}


def _rights(dossier: Dossier) -> dict[str, Any]:
    organisation = dossier.organisation
    remedies = dict.fromkeys(remedy for finding in dossier.findings for remedy in finding.activity.remedy) or {"bezwaar": None}
    return {
        "rights": [{"id": right["id"], "title": right["titel"], "text": right["tekst"]} for right in texts()["rechten"]],
        "complaint": texts()["klacht"],
        "remedies": [{"kind": remedy, "text": texts()["rechtsmiddelen"][remedy]} for remedy in remedies],
        "contact": {
            "name": organisation.name,
            "postal_address": organisation.postal_address,
            "phone": organisation.phone,
            "email": organisation.email,
            "desk_hours": organisation.desk_hours,
            "department": organisation.department,
            "data_protection_officer": organisation.officer_name,
            "data_protection_officer_email": organisation.officer_email,
            "signed_by": organisation.signed_by,
            "signed_as": organisation.signed_as,
            "objection_body": organisation.objection_body,
            "court": organisation.court,
        },
        "grounds": [
            {"code": w.ground.code, "title": w.ground.title, "text": w.ground.sentence, "places": w.places} for w in dossier.withheld
        ],
    }


def collection_head(dossier: Dossier, view: Shown) -> dict[str, Any]:
    """A collection without its rows: what it is, and all its columns, also those that are withheld whole."""
    collection, hidden = view.collection, dict(view.hidden)
    return {
        "source": collection.source,
        "entity": collection.entity,
        "title": collection.title or dossier.titles.get(f"{collection.source}.{collection.entity}", collection.entity),
        "activity": collection.activity,
        "columns": [_column(column, hidden) for column in collection.columns],
    }


def _column(column: Column, hidden: dict[Column, str]) -> dict[str, Any]:
    ground = hidden.get(column)
    return {
        "name": column.name,
        "label": column.label or column.name,
        "kind": str(column.kind),
        "category": column.category,
        "withheld": None if ground is None else ground or column.withhold,
    }


def row(view: Shown, cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> dict[str, Any]:
    """One row by column name; null where empty or withheld."""
    values = {column.name: scalar(cell) for column, cell in zip(columns, cells, strict=True)}
    return {column.name: values.get(column.name) for column in view.collection.columns}


def scalar(cell: Cell) -> str | int | float | bool | None:
    """A cell as JSON has it: dates in ISO 8601, decimals as numbers where no digit is lost, long integers as text."""
    match cell:
        case None | Mark():
            return None
        case bool() | str() | float():
            return cell
        case int():
            return cell if abs(cell) < 2**53 else str(cell)
        case Decimal():
            return float(cell) if Decimal(repr(float(cell))) == cell else str(cell)
        case datetime() | date():
            return cell.isoformat()
