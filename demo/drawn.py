"""What the databases hold about everybody who is not in the story."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

from demo.database import Row, Rows, serials
from demo.notes import Writer
from demo.numbers import iban
from demo.town import CITY, Resident


def loket(writer: Writer) -> Iterator[tuple[str, Row]]:
    """Intakes at the front desk, each with up to three contacts."""
    number = iter(serials())
    for person in writer.some(0.35):
        intake, day = next(number), writer.day()
        yield "Intake", {
            "IntakeId": intake, "Intakenummer": f"SL-{day.year}-{intake % 100_000:05}", "Bsn": person.bsn, "Naam": person.full,
            "Geboortedatum": person.born.isoformat(), "Adres": person.home.line, "Postcode": person.home.postcode, "Woonplaats": CITY,
            "Telefoon": person.phone or None, "Email": person.email or None, "DatumMelding": f"{day} 10:15:00",
            "Kanaal": writer.chance.choice(("balie", "telefoon", "website")), "Verwijzer": writer.professional() if day.day < 12 else None,
            "Hulpvraag": f"Komt voor {writer.question()}. {writer.note(person)}", "Huishouden": None, "Behandelaar": writer.official(),
            "Status": "afgesloten",
        }  # fmt: skip
        for week in range(writer.chance.randrange(4)):
            yield "Contactmoment", {
                "ContactId": next(number), "IntakeId": intake, "Datum": f"{day + timedelta(weeks=week + 1)} 14:00:00", "Soort": "telefoon",
                "GesprokenMet": person.short, "Verslag": writer.note(person), "Medewerker": writer.official(),
            }  # fmt: skip


def wmo(writer: Writer) -> Iterator[tuple[str, Row]]:
    """Clients with an indication, contacts, and the message to the provider."""
    number = iter(serials())
    for person in writer.some(0.3):
        client, day = next(number), writer.day()
        relation, carer = writer.chance.choice(writer.town.kin(person.bsn) or [(None, None)])
        yield "CLIENT", {
            "CLIENT_NR": client, "BSN": person.bsn, "ACHTERNAAM": person.family, "VOORV": person.prefix or None, "VOORN": person.given,
            "ROEPNAAM": person.call, "GESLACHT": "V" if person.gender == "f" else "M", "GEB_DAT": f"{person.born:%Y%m%d}",
            "STRAAT": person.home.street, "HUISNR": person.home.house, "POSTC": person.home.postcode, "PLAATS": CITY.upper(),
            "TEL1": person.phone or None, "EMAIL": person.email or None, "IBAN": iban(person.account), "HUISARTS": writer.professional(),
            "MANTELZ_NAAM": carer.full if carer else None, "MANTELZ_TEL": carer.phone if carer else None, "MANTELZ_REL": relation,
            "AANT": writer.note(person), "MEDEW_ID": writer.chance.choice((7, 9)), "WIJZ_TS": f"{day} 09:00:00.000",
        }  # fmt: skip
        indication = next(number)
        yield "INDICATIE", {
            "IND_ID": indication, "CLIENT_NR": client, "PRODUCT_CD": "01A01", "PRODUCT_OMS": "Hulp bij het huishouden", "DAT_IN": f"{day}",
            "DAT_EIND": f"{day + timedelta(days=730)}", "OMVANG": writer.chance.choice((1.5, 2, 3)), "EENHEID": "uur per week",
            "AANBIEDER": "Thuiszorg De Brug", "BESCHIKKING_NR": f"WMO-{day.year}-{indication % 100_000:05}", "GRONDSLAG": writer.question(),
            "STATUS": "L",
        }  # fmt: skip
        yield "BERICHT", {
            "BER_ID": next(number), "IND_ID": indication, "BER_CD": "WMO301", "BER_DAT": f"{day}", "AFZENDER": f"Gemeente {CITY}",
            "ONTVANGER": "Thuiszorg De Brug", "INHOUD": f"Toewijzing. Contact: {carer.short if carer else person.short}.",
            "RETOURCODE": "0200",
        }  # fmt: skip
        for week in range(writer.chance.randrange(4)):
            yield "CONTACTMOMENT", {
                "CM_ID": next(number), "CLIENT_NR": client, "CM_DAT": f"{day + timedelta(weeks=week + 2)}", "CM_SRT": "huisbezoek",
                "MEDEW_ID": writer.chance.choice((7, 9, 12)), "BETROKKENE": person.short, "VERSLAG": writer.note(person),
            }  # fmt: skip


def uitkering(writer: Writer) -> Iterator[tuple[str, Row]]:
    """Benefits with periods, income and notes."""
    number = iter(serials())
    for place, person in enumerate(writer.some(0.18), 30_000):
        client, day = f"{place:07}", writer.day()
        partners = [other for union, other in writer.town.partners(person.bsn) if union.until is None]
        yield "SZCLIENT", {
            "CLIENTNR": client, "BSN": int(person.bsn), "NAAM": f"{person.family} {person.prefix}".strip().upper(),
            "VOORL": person.initials,
            "GEBDAT": int(f"{person.born:%Y%m%d}"), "BURGST": "H" if partners else "O",
            "LEEFVORM": "gehuwd/samenwonend" if partners else "alleenstaande",
            "IBAN": iban(person.account), "TELEFOON": person.phone or None, "BSNPARTNER": int(partners[0].bsn) if partners else None,
            "NAAMPARTNER": partners[0].full.upper() if partners else None, "KLANTMAN": writer.official(), "MUTUSER": "CONV2019",
        }  # fmt: skip
        yield "SZUITKERING", {
            "UITKNR": f"U{day:%y}{place:06}", "CLIENTNR": client, "REGELING": "Participatiewet algemene bijstand",
            "INGDAT": int(f"{day:%Y%m%d}"),
            "EINDDAT": 0, "NORM": "alleenstaande 21-AOW", "BEDRAG": 1283.36, "REDENBEEIND": None,
        }  # fmt: skip
        yield "SZINKOMEN", {
            "INKNR": next(number), "CLIENTNR": client, "MAAND": f"{day:%Y-%m}", "SOORT": "loon", "WERKGEVER": "Kringloop Voorbeeld",
            "BEDRAG": float(writer.chance.randrange(100, 900)),
        }  # fmt: skip
        for month in range(writer.chance.randrange(1, 4)):
            yield "SZNOTITIE", {
                "NOTNR": next(number), "CLIENTNR": client, "DATUM": int(f"{day + timedelta(days=30 * month):%Y%m%d}"),
                "ONDERWERP": writer.question(),
                "TEKST": writer.note(person), "MEDEWERKER": writer.official(),
            }  # fmt: skip


def jeugd(writer: Writer) -> Iterator[tuple[str, Row]]:
    """Files of children, with their parents as members of the family."""
    number = iter(serials())
    for parent in writer.some(0.3):
        for child in [child for child in writer.town.children(parent.bsn) if child.age() < 18][:1]:
            file, day = f"J-{next(number)}", writer.day(2021)
            yield "Jeugdige", {
                "JeugdigeId": file, "Bsn": child.bsn, "Voornamen": child.given, "Tussenvoegsel": child.prefix or None,
                "Achternaam": child.family,
                "Geboortedatum": child.born.isoformat(), "Geslacht": "V" if child.gender == "f" else "M", "School": "OBS De Regenboog",
                "Leerkracht": None, "Huisarts": writer.professional(), "Gezagssituatie": "gezamenlijk gezag van beide ouders",
                "Jeugdconsulent": writer.official(),
            }  # fmt: skip
            yield from _household(writer, child, file, number)
            yield "Voorziening", {
                "VoorzieningId": next(number), "JeugdigeId": file, "Product": "Ambulante gezinsbegeleiding",
                "Aanbieder": "Jeugdhulp Oostwaard",
                "Behandelaar": writer.professional(), "Startdatum": f"{day}", "Einddatum": None, "Beschikkingsnummer": f"JW-{file[2:]}",
                "Bedrag": writer.chance.randrange(900, 6000),
            }  # fmt: skip
            for month in range(writer.chance.randrange(1, 4)):
                yield "Verslag", {
                    "VerslagId": next(number), "JeugdigeId": file, "Datum": f"{day + timedelta(days=40 * month)}", "Soort": "voortgang",
                    "Auteur": writer.official(), "AuteurOrganisatie": f"Gemeente {CITY}", "GesprokenMet": parent.short,
                    "Tekst": writer.note(child),
                }  # fmt: skip


def _household(writer: Writer, child: Resident, file: str, number: Iterator[int]) -> Rows:
    for parent in writer.town.parents_of(child.bsn):
        yield "Gezinslid", {
            "GezinslidId": next(number), "JeugdigeId": file, "Bsn": parent.bsn, "Naam": parent.full,
            "Geboortedatum": parent.born.isoformat(),
            "Relatie": "moeder" if parent.gender == "f" else "vader", "Adres": parent.home.line, "Telefoon": parent.phone or None,
            "Email": parent.email or None, "HeeftGezag": 1, "Opmerking": None,
        }  # fmt: skip


def schulden(writer: Writer) -> Iterator[tuple[str, Row]]:
    """Debt files with creditors and contacts."""
    number = iter(serials())
    for person in writer.some(0.1):
        day, serial = writer.day(2020), next(number)
        file = f"SHV-{day.year}-{serial % 100_000 + 500:04}"
        partners = [other for union, other in writer.town.partners(person.bsn) if union.until is None]
        yield "dossier", {
            "dossiernummer": file, "bsn": person.bsn, "naam": person.full, "geboortedatum": person.born.isoformat(),
            "partner_bsn": partners[0].bsn if partners else None, "partner_naam": partners[0].full if partners else None,
            "aanmelddatum": f"{day}",
            "fase": writer.chance.choice(("stabilisatie", "schuldregeling", "afgesloten")),
            "totale_schuld": float(writer.chance.randrange(2000, 40_000)),
            "maandinkomen": float(writer.chance.randrange(1100, 2400)), "iban_beheer": iban(person.account),
            "hulpverlener": writer.official(),
            "toelichting": writer.note(person),
        }  # fmt: skip
        for name in ("Woonstede Voorbeeld", "Zorgverzekeraar Voorzorg"):
            yield "schuldeiser", {
                "id": next(number), "dossiernummer": file, "naam": name, "referentie": f"{serial}",
                "bedrag": float(writer.chance.randrange(200, 4000)),
                "akkoord": "ja",
            }  # fmt: skip
        yield (
            "contact",
            {"id": next(number), "dossiernummer": file, "datum": f"{day}", "medewerker": writer.official(), "tekst": writer.note(person)},
        )


def zaken(writer: Writer) -> Iterator[tuple[str, Row]]:
    """Complaints and objections, now and then with a witness."""
    number = iter(serials())
    for person in writer.some(0.15):
        day, serial = writer.day(2020), next(number)
        case = f"Z-{day.year}-{serial:07}"
        yield "ZAAK", {
            "ZAAKNUMMER": case, "ZAAKTYPE": writer.chance.choice(("Bezwaarschrift", "Klacht", "Melding overlast")),
            "OMSCHRIJVING": writer.question(),
            "STARTDATUM": f"{day}", "EINDDATUM": f"{day + timedelta(days=50)}", "RESULTAAT": "afgehandeld",
            "VERTROUWELIJKHEID": "zaakvertrouwelijk",
        }  # fmt: skip
        for role, other in (("indiener", person), *writer.witness(person)):
            yield "ROL", {
                "ROL_ID": next(number), "ZAAKNUMMER": case, "ROLTYPE": role, "BSN": other.bsn, "NAAM": other.full, "ADRES": other.home.line,
                "TELEFOON": other.phone or None, "EMAIL": other.email or None,
            }  # fmt: skip
        yield "NOTITIE", {
            "NOTITIE_ID": next(number), "ZAAKNUMMER": case, "DATUM": f"{day} 09:00:00", "AUTEUR": writer.official(),
            "TEKST": writer.note(person),
            "INTERN": 0,
        }  # fmt: skip


def regie(writer: Writer) -> Iterator[tuple[str, Row]]:
    """Coordinated cases with everybody at the table."""
    number = iter(serials())
    for place, person in enumerate(writer.some(0.04), 100):
        case, day = f"PGA-{place:04}", writer.day(2022)
        yield "Casus", {
            "CasusNr": case, "Titel": f"Gezin {person.surname}", "StartDatum": f"{day}", "Aanleiding": writer.note(person),
            "Doel": "Rust en één plan.",
            "Regisseur": "Marijke Oosterhuis", "Status": "lopend",
        }  # fmt: skip
        table = [("inwoner", person), *writer.town.kin(person.bsn)[:2]]
        for role, other in table:
            yield "Deelnemer", {
                "DeelnemerId": next(number), "CasusNr": case, "Bsn": other.bsn, "Naam": other.full, "Rol": role,
                "Telefoon": other.phone or None,
                "Email": other.email or None,
            }  # fmt: skip
        yield "Afspraak", {
            "AfspraakId": next(number), "CasusNr": case, "Datum": f"{day}", "Onderwerp": "startoverleg", "Tekst": writer.note(person),
            "Actiehouder": writer.official(), "Gereed": 0,
        }  # fmt: skip


DRAWN: Mapping[str, Callable[[Writer], Rows]] = MappingProxyType(
    {"loket": loket, "wmo": wmo, "uitkering": uitkering, "jeugd": jeugd, "schulden": schulden, "zaken": zaken, "regie": regie}
)
"""For each database, what is drawn for it."""
