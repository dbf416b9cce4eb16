"""What is recognised by its form: numbers that check themselves, phones, e-mail, plates, addresses, dates of birth, references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from config.collection import Party
from config.folding import squeeze
from config.redacted import Action
from redaction.addresses import Place, addresses
from redaction.claims import Claim
from redaction.days import dates, same
from redaction.folded import Folded
from redaction.lexicon import Is, lexicon
from redaction.listings import births, is_listed
from redaction.numbers import bsns, ibans
from redaction.people import People, words_of
from redaction.reachable import CUES as LOGINS
from redaction.reachable import emails, handles, numbered, phones
from redaction.references import CUES, references
from redaction.runs import runs
from redaction.tokens import Tokens
from redaction.values import Values
from redaction.vehicles import plates

_HOMES = (
    "verbod",
    "parkeer",
    "buren",
    "buurvr",
    "buurman",
    "woon",
    "wone",
    "adres",
    "verhui",
    "verbl",
    "logeer",
    "ingeschreven",
    "slaap",
    "slap",
    "sliep",
    "overnacht",
)
_OFFICES = re.compile(
    r"\b(?:stadhuis|gemeentehuis|stadskantoor|kantoor|hoofdkantoor|locatie|vestiging|stichting|ziekenhuis|loket|wijkteam|buurthuis|wijkcentrum|spreekuur|bezoekadres|"
    r"inloop|politiebureau|rechtbank|apotheek|huisartsenpraktijk|zorgcentrum)\b(?:[^.\n](?!woon|verblij))*$"
)
"""Words that make an address that of an organisation, where nobody's home is spoken of in between."""


def _login_like(tok: Tokens, letters: str) -> bool:
    """`bartoszewiczk87`, `kzein01`: a family name with a letter before or behind it, which together are no word."""
    if len(letters) < 5 or tok.lexicon.of(letters):
        return False
    if len(letters) > 7:
        return True
    table = tok.lexicon.table
    return any(
        len(part) > 3 and table.get(part, 0) & (Is.FAMILY | Is.GIVEN) and not table[part] & Is.WORD for part in (letters[1:], letters[:-1])
    )


_BY = re.compile(r"\b(?:door|gebruiker|user|account|login|inlog|ingelogd als|mutatie|paraaf)[ :]{1,2}$")


def _logged_in(tok: Tokens, start: int, end: int, letters: str) -> bool:
    """`geraadpleegd door ibos02`, `vriend elfje04`: figures behind letters, who does something or is somebody's friend."""
    low, at = tok.text.low, bisect_left(tok.starts, start)
    if len(letters) < 3 or not 2 <= sum(c.isdigit() for c in low[start:end]) <= 4:
        return False
    if _BY.search(low, max(0, start - 20), start):
        return not tok.lexicon.of(letters) & (Is.WORD | Is.NOT_PERSON)
    relation = tok.lexicon.relation(tok.words[at - 1]) if at else None
    return relation is not None and relation.party in (Party.RELATIVE, Party.THIRD) and low[tok.ends[at - 1] : start] == " "


def _made_of_name(tok: Tokens, at: int) -> bool:
    """`belkaddouri`, `cazemieri`, alone between plain words: a family name with one to three letters around it, which act or are acted for."""
    word = tok.words[at]
    if len(word) < 7 or len(word) > 24 or not at or tok.gaps[at] not in (" ", ": ", "; "):
        return False
    acts = at + 1 < len(tok.words) and bool(tok.flags[at + 1] & Is.ACTS) and tok.gaps[at + 1] == " "
    if not acts and tok.words[at - 1] not in ("onder", "door", "als", "van", "met", "gebruiker"):
        return False
    table = tok.lexicon.table
    parts = (word[1:], word[:-1], word[2:], word[3:], word[4:] if len(word) > 9 else "")
    return any(len(part) > 4 and table.get(part, 0) & (Is.FAMILY | Is.PROPER) and not table[part] & Is.WORD for part in parts)


@dataclass(frozen=True, slots=True)
class Form:
    """The finders of form, for one file."""

    people: People
    values: Values
    streets: frozenset[str]

    def claims(self, tok: Tokens) -> Iterator[Claim]:
        """Everything recognised by its form in `tok`, whosever it is."""
        low = tok.text.low
        figures = runs(low)
        if "@" in low or ("at)" in low) or ("at]" in low) or "apenstaart" in low:
            yield from self._emails(tok)
        yield from self._handles(tok)
        yield from self._users(tok, figures)
        if figures:
            yield from self._numbers(tok, figures)
            yield from self._births(tok.text)
        if figures or any(cue in low for cue in _HOMES):
            yield from self._places(tok)

    def _numbers(self, tok: Tokens, figures: Sequence[tuple[int, int]]) -> Iterator[Claim]:
        low = tok.text.low
        for start, end, digits, sure in bsns(low, figures):
            yield self._claim(start, end, "bsn", "bsn", self.values.bsns.get(digits, frozenset()), 1.0 if sure else 0.5)
        for start, end, compact, sure in ibans(low, figures):
            yield self._claim(start, end, "iban", "rekeningnummer", self.values.ibans.get(compact, frozenset()), 1.0 if sure else 0.55)
        for start, end, national in phones(low, figures):
            yield self._claim(start, end, "phone", "telefoonnummer", self.values.phones.get(national, frozenset()), 0.95)
        for start, end, plate in plates(low):
            yield self._claim(start, end, "plate", "kenteken", self.values.plates.get(plate, frozenset()), 0.95)
        for start, end, number, cue in references(low) if not CUES.isdisjoint(tok.words) else ():
            owners = frozenset({0}) if squeeze(number) in self.values.own_ids else frozenset()
            yield self._claim(start, end, "id", "nummer", owners, 0.9, detector=f"reference {cue}")

    def _emails(self, tok: Tokens) -> Iterator[Claim]:
        generic = tok.lexicon.words["generic_mailboxes"]
        for start, end, address in emails(tok.text.low):
            local = address.partition("@")[0]
            owners = self.values.emails.get(address, frozenset())
            if (
                not owners
                and (local in generic or local.partition(".")[0] in generic or local.partition("-")[0] in generic)
                and not self._names_somebody(local)
            ):
                continue
            yield self._claim(start, end, "email", "e-mailadres", owners or self._by_name(local), 0.97)

    def _names_somebody(self, local: str) -> bool:
        return any(word in self.people.by_word for word in words_of(local))

    def _by_name(self, local: str) -> frozenset[int]:
        """Who an unknown address seems to be of: the subject where given and family name both stand in it, and nobody shares them."""
        words = set(words_of(local))
        known = self.people.known
        fitting = frozenset(
            n
            for n, s in enumerate(known)
            if words & s.family and (words & s.given or (n and {w for w in words if len(w) == 1} & s.initials))
        )
        return fitting - {0} if len(fitting) > 1 else fitting

    def _handles(self, tok: Tokens) -> Iterator[Claim]:
        low, cued = tok.text.low, not LOGINS.isdisjoint(tok.words)
        if "@" in low or cued or ".com/" in low or "t.me/" in low:
            for start, end, name in handles(low, cued):
                if name.isalpha() and tok.text.low[start - 1 : start] not in ("@", "/") and lexicon().of(name) & ~(Is.GIVEN | Is.FAMILY):
                    continue
                yield self._claim(
                    start, end, "id", "gebruikersnaam", self.values.users.get(squeeze(name), frozenset()), 0.85, detector="handle"
                )

    def _users(self, tok: Tokens, figures: Sequence[tuple[int, int]]) -> Iterator[Claim]:
        """Names to log in with, of those who are known: written alone, or with figures behind them."""
        users = self.values.users
        for at, word in enumerate(tok.words) if not users.keys().isdisjoint(tok.words) else ():
            if word in users:
                yield self._claim(tok.starts[at], tok.ends[at], "id", "gebruikersnaam", users[word], 0.9, detector="user")
        for start, end, name in numbered(tok.text.low, figures):
            owners = users.get(squeeze(name), frozenset())
            if owners or _login_like(tok, squeeze(name)) or _logged_in(tok, start, end, squeeze(name)):
                yield self._claim(start, end, "id", "gebruikersnaam", owners, 0.9, detector="user")
        if tok.capitals:
            for at, flag in enumerate(tok.flags):
                if not flag and not tok.caps[at] and tok.words[at] not in users and _made_of_name(tok, at):
                    yield self._claim(tok.starts[at], tok.ends[at], "id", "gebruikersnaam", frozenset(), 0.6, detector="user")

    def _places(self, tok: Tokens) -> Iterator[Claim]:
        for place in addresses(tok, self.streets):
            owners, secret = self.values.home(place.street, place.number, place.postcode)
            if not owners and _OFFICES.search(tok.text.low, max(0, place.start - 50), place.start):
                yield Claim(place.start, place.end, "address", Party.ORGANISATION, Action.KEEP, "", "", "", 0.8, "office")
                continue
            yield self._place(place, owners, secret)

    def _place(self, place: Place, owners: frozenset[int], secret: bool) -> Claim:
        confidence = 0.95 if place.sure else 0.75
        claim = self._claim(place.start, place.end, "address", "adres", owners, confidence)
        if claim.action is Action.REDACT and secret:
            return Claim(
                claim.start,
                claim.end,
                "address",
                claim.party,
                claim.action,
                "secret_address",
                claim.base,
                claim.person,
                1.0,
                claim.detector,
            )
        return claim

    def _births(self, text: Folded) -> Iterator[Claim]:
        under, low = births(text), text.low
        for start, end, parts, told, whole in dates(low):
            cued = told or is_listed(under, start)
            owners = frozenset(n for day, n in self.values.births if same(parts, day)) if whole or cued else frozenset()
            if owners and not (whole or cued):
                continue
            if 0 in owners and (cued or whole):
                yield self._claim(start, end, "birth_date", "geboortedatum", frozenset({0}), 0.95)
            elif owners or (cued and (whole or parts[2] is None)):
                yield self._claim(start, end, "birth_date", "geboortedatum", owners, 0.95 if cued or whole else 0.6)

    def _claim(
        self, start: int, end: int, category: str, base: str, owners: frozenset[int], confidence: float, detector: str = ""
    ) -> Claim:
        """To keep where it is the subject's own, else to withhold under the party of whom it is of."""
        detector = detector or category
        if 0 in owners:
            return Claim(start, end, category, Party.SUBJECT, Action.KEEP, "", "", "subject", confidence, detector)
        owner = self.people.known[min(owners)] if owners else None
        party = owner.party if owner else Party.THIRD
        reason = "official_contact" if party is Party.OFFICIAL and category in ("phone", "email", "id") else category
        if owner and owner.informant:
            reason = "informant"
        return Claim(start, end, category, party, Action.REDACT, reason, base, "", confidence, detector)
