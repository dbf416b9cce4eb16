"""Reads one text and says what of it may be shown: the steps of redaction, in order, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from config.collection import Party
from config.person import Person, Subject
from config.redacted import Action, RedactedText, Span
from config.settings import CellRule, Policy, Telling
from redaction.betrays import details
from redaction.claims import Claim, outermost, settled
from redaction.details import births_after, own_references
from redaction.doubt import doubted
from redaction.facts import facts
from redaction.folded import Folded, folded
from redaction.kept import Kept
from redaction.labels import Labels
from redaction.lexicon import Is, lexicon
from redaction.names import Found, names
from redaction.patterns import Form
from redaction.people import PREFIXES, People, Somebody, beside, joined, of_request, words_of
from redaction.reading import Reading, taken_by
from redaction.spread import again
from redaction.tokens import Tokens, tokens
from redaction.values import addresses_of, values


@dataclass(slots=True)
class TextRedactor:
    """The reader of one request: knows everybody in its file, and prints the same label for one person in every text."""

    policy: Policy
    people: People
    form: Form
    labels: Labels
    learnt: dict[str, Somebody] = field(default_factory=dict)
    meant: dict[tuple[str, Party], Somebody | None] = field(default_factory=dict)  # whom a cell means, as long as nobody new is known
    kept: Kept = field(default_factory=Kept)
    cleared: set[str] = field(default_factory=set)  # words that also stand for streets and organisations in this file

    def redact(self, text: str) -> RedactedText:
        """`text` as it may be shown, with every span found; offsets are code points of `text`."""
        return self.render(text, self.spans(text))

    def spans(self, text: str) -> tuple[Span, ...]:
        """The spans of `text`, in order and without overlap."""
        kept = self.kept.claims(text, self.people.known)
        if kept is not None:
            self.cleared |= self.kept.cleared.get(text, frozenset())
            return tuple(self._spans(kept))
        read = folded(text)
        return tuple(self._spans(_placed(read, self._claims(tokens(read, lexicon()), self.cleared))))

    def _claims(self, tok: Tokens, cleared: set[str]) -> tuple[Claim, ...]:
        """What is claimed of the text: by form, by name, by what betrays an informant; settled."""
        formed = outermost(self.form.claims(tok))
        reading = Reading(tok, self.people, taken_by(tok, formed), cleared)
        return self._settled(reading, formed, self.named(reading))

    def _settled(self, reading: Reading, formed: tuple[Claim, ...], named: list[Claim]) -> tuple[Claim, ...]:
        tok, low, sex = reading.tok, reading.tok.text.low, self.people.known[0].sex
        formed = tuple(own_references((*formed, *births_after(named, low, formed)), named, low, sex))
        every = (*formed, *named, *doubted(reading, named), *details(tok, named, sex), *facts(tok, named, sex))
        return settled(self._under_policy(claim) for claim in every)

    def named(self, reading: Reading) -> list[Claim]:
        """All names; where somebody new is firmly found, the text is read again with them known."""
        found = list(names(reading))
        newcomers = _newcomers(found)
        if newcomers and (repeated := _repeated(reading.tok, newcomers)):
            with beside(self.people, newcomers) as everybody:
                found = again(replace(reading, people=everybody), found, newcomers, repeated)
        return [one.claim for one in found]

    def learn(self, text: str) -> None:
        """Remember who is firmly found in `text`, to know them in all other texts of this request; and what was claimed of it."""
        if self.kept.holds(text, len(self.people.known)):
            return
        newcomers, claims, cleared = self.first_read(text)
        if newcomers:
            self.meet(newcomers)  # it is read again with them known
        else:
            self.kept.keep(text, len(self.people.known), claims, cleared)

    def first_read(self, text: str) -> tuple[tuple[Somebody, ...], tuple[Claim, ...], set[str]]:
        """Who is newly and firmly found in `text`; where nobody is, what is claimed of it, and the words that this reading cleared."""
        read, cleared = folded(text), set[str]()
        tok = tokens(read, lexicon())
        formed = outermost(self.form.claims(tok))
        reading = Reading(tok, self.people, taken_by(tok, formed), cleared)
        found = list(names(reading))
        if newcomers := _newcomers(found):
            return newcomers, (), cleared
        return (), tuple(_placed(read, self._settled(reading, formed, [one.claim for one in found]))), cleared

    def meet(self, newcomers: Iterable[Somebody]) -> None:
        """Know these people from here on; nobody is taken in twice."""
        fresh = {somebody.key: somebody for somebody in newcomers if somebody.key not in self.learnt}
        if fresh:
            self.learnt |= fresh
            self.people = joined(self.people, list(fresh.values()))
            self.meant.clear()

    def known_as(self, name: str, party: Party) -> Somebody | None:
        """The one known person of this party whom a cell with `name` means; None where it is nobody known, or may be several."""
        if (name, party) not in self.meant:
            self.meant[name, party] = self._meant(name, party)
        return self.meant[name, party]

    def part_of(self, whole: str, part: str, party: Party) -> Somebody | None:
        """The one known person whom `whole` means, where `part` of it is theirs: beside a mother's name stands a father's too."""
        somebody = self.known_as(whole, party)
        return somebody if somebody is not None and (_initials_of(part, somebody) or _all_of(words_of(part), somebody)) else None

    def is_known(self, name: str) -> bool:
        """Whether a cell with `name` can mean anybody known, the subject too: then it makes nobody new known."""
        words = frozenset(words_of(name))
        return any(words & s.family and _named(words, s) for s in self._sharing(words))

    def _sharing(self, words: Iterable[str]) -> list[Somebody]:
        """Everybody who bears one of these words, in the order in which they became known."""
        numbers = {number for word in words for number in self.people.by_word.get(word, ())}
        return [self.people.known[number] for number in sorted(numbers)]

    def _meant(self, name: str, party: Party) -> Somebody | None:
        words = frozenset(words_of(name))
        everybody = [s for s in self._sharing(words) if s is not self.people.known[0] and _named(words, s)]
        fitting = [s for s in everybody if s.party is party] or [
            s for s in everybody if words & s.family and words & (s.given | s.initials | s.also)
        ]
        fullest = max((len(words & s.words) for s in fitting), default=0)
        best = [s for s in fitting if len(words & s.words) == fullest]
        return best[0] if len(best) == 1 else None

    def from_cell(self, name: str, party: Party) -> Somebody:
        """Somebody of whom nothing is known but what a cell says."""
        words = tuple(word for word in words_of(name) if word not in _TITLES)
        solid = [
            word
            for word in words
            if word not in PREFIXES and len(word) > 1 and not lexicon().of(word) & (Is.FUNCTION | Is.VERB | Is.TITLE | Is.RELATION)
        ]
        first_is_given = len(solid) > 1 and words[0] == solid[0] and "," not in name
        given, family = (
            (frozenset(solid[:1]), frozenset(solid[1:]))
            if first_is_given
            else (frozenset[str](), frozenset(solid[:1] if "," in name else solid))
        )
        initials = frozenset(word[0] for word in words if len(word) <= 2 and word not in PREFIXES) | frozenset(word[0] for word in given)
        key = f"cell {party} {' '.join(words)}"
        return Somebody(key, self.base_of(party), party, "", given, family, initials, ())

    def base_of(self, party: Party) -> str:
        """The word for somebody of this party of whom nothing else is known."""
        return lexicon().spoken.get(str(party), lexicon().spoken["name"])

    def _under_policy(self, claim: Claim) -> Claim:
        """The claim as the policy has it: whether to show the party at all, and what a person must look at."""
        if claim.action is Action.KEEP:
            return claim
        if claim.detector == "told":
            return _telling(claim, self.policy.told.get(claim.category, {}).get(claim.party, Telling.REVIEW))
        party = Party.THIRD if claim.party is Party.MIXED else claim.party
        rule = self.policy.roles.get(claim.base, self.policy.parties[party]).text
        if rule is CellRule.DISCLOSE and claim.category == "name" and claim.reason != "informant":
            return claim._replace(action=Action.KEEP, reason="", base="", person="")
        if rule is CellRule.WITHHOLD and claim.category == "name":
            claim = claim._replace(base=lexicon().spoken["withheld"], person="")
        return claim._replace(action=Action.REVIEW) if claim.confidence < self.policy.confidence else claim

    def _spans(self, claims: Iterable[Claim]) -> Iterator[Span]:
        for claim in claims:
            keep = claim.action is Action.KEEP
            label = "" if keep else self.labels.of(claim.person, claim.base)
            ground = "" if keep else self._ground(claim)
            detector = claim.detector.partition(" ")[0]
            yield Span(
                claim.start, claim.end, claim.category, claim.party, claim.action, ground, label, round(claim.confidence, 2), detector
            )

    def _ground(self, claim: Claim) -> str:
        """The ground of the category; that of the party for a name of somebody whose party has one of its own."""
        grounds = self.policy.grounds
        if claim.reason == "name" and claim.party in (Party.OFFICIAL, Party.PROFESSIONAL, Party.RELATIVE, Party.THIRD):
            role = self.policy.roles.get(claim.base)
            return (role.ground if role else "") or self.policy.parties[claim.party].ground or grounds["person"]
        return grounds.get(claim.reason) or grounds["person"]

    @staticmethod
    def render(text: str, spans: Iterable[Span]) -> RedactedText:
        """`text` with the label in the place of each span that is withheld."""
        parts, at, listed = [], 0, tuple(spans)
        for span in listed:
            if span.action is not Action.KEEP:
                parts += [text[at : span.start], span.label]
                at = span.end
        return RedactedText("".join((*parts, text[at:])), listed)


def _placed(read: Folded, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims in code points of the text as it was."""
    last = 0
    for claim in claims:
        start, end = read.back(claim.start, claim.end)
        start = max(start, last)
        if start < end:
            last = end
            yield claim if read.origin is None else claim._replace(start=start, end=end)


def _telling(claim: Claim, rule: Telling) -> Claim:
    """A fact told of somebody else, as the policy has it."""
    match rule:
        case Telling.DISCLOSE:
            return claim._replace(action=Action.KEEP, reason="", base="")
        case Telling.REVIEW:
            return claim._replace(action=Action.REVIEW)
        case Telling.WITHHOLD:
            return claim


def text_redactor(subject: Subject, policy: Policy) -> TextRedactor:
    """The reader for one request."""
    words = lexicon()
    everybody = of_request(subject, words.spoken)
    form = Form(everybody, values(subject, everybody), _streets((subject.person, *(known.person for known in subject.people))))
    return TextRedactor(policy, replace(everybody, by_word=dict(everybody.by_word)), form, Labels(words.spoken["unsure"]))


def _streets(everybody: Iterable[Person]) -> frozenset[str]:
    table = lexicon().table
    return frozenset(
        word for person in everybody for word in addresses_of(person) if not table.get(word, 0) & Is.COMMON or word in ("rond",)
    )


def _named(words: frozenset[str], somebody: Somebody) -> bool:
    """Whether a cell with these words can mean this person: nothing in it is of somebody else."""
    if not words & (somebody.family | somebody.given):
        return False
    letters = somebody.initials | {word[0] for word in somebody.given | somebody.also}
    others = {word for word in words if word not in somebody.words and word not in PREFIXES and word not in _TITLES}
    if words & somebody.given or not somebody.given:
        return all(word[0] in letters or not letters for word in others)
    return all(len(word) <= 3 and word[0] in letters for word in others)


_TITLES = frozenset(["mevr", "mevrouw", "mw", "dhr", "heer", "meneer", "dr", "drs", "mr", "ir", "ing"])


def _all_of(words: Sequence[str], somebody: Somebody) -> bool:
    """Whether each word is one of this person's, a prefix, or a letter."""
    return all(word in somebody.words or word in PREFIXES or len(word) == 1 for word in words)


def _initials_of(written: str, somebody: Somebody) -> bool:
    """Whether these are letters without dots, of which the first may stand before this person's name: `WC`, as messages have them."""
    return written.isupper() and written.isalpha() and len(written) <= 3 and words_of(written)[0][0] in somebody.initials


def _newcomers(found: Iterable[Found]) -> tuple[Somebody, ...]:
    """Those newly and firmly found, one for each key; the fullest name of somebody takes in the parts of it found alone."""
    by_key: dict[str, Somebody] = {}
    for one in found:
        if one.newcomer is not None:
            by_key.setdefault(one.newcomer.key, one.newcomer)
    fuller = sorted(by_key.values(), key=lambda s: -len(s.words))
    kept: list[Somebody] = []
    bearers: dict[str, list[int]] = {}
    for somebody in fuller:
        words = somebody.words
        near = bearers.get(min(words), ()) if words else range(len(kept))
        above = [n for n in near if words < kept[n].words and not (somebody.sex and kept[n].sex and somebody.sex != kept[n].sex)]
        if not above:
            for word in words:
                bearers.setdefault(word, []).append(len(kept))
            kept.append(somebody)
        elif len(above) == 1:
            main = kept[above[0]]
            base = somebody.base if main.base == lexicon().spoken["name"] else main.base
            party = somebody.party if main.base == lexicon().spoken["name"] else main.party
            kept[above[0]] = replace(
                main, base=base, party=party, sex=main.sex or somebody.sex, informant=main.informant or somebody.informant
            )
    order = {key: place for place, key in enumerate(by_key)}
    return tuple(sorted(kept, key=lambda s: order[s.key]))


def _repeated(tok: Tokens, newcomers: Iterable[Somebody]) -> set[str]:
    """The words of newcomers that stand in the text more than once, so that reading it again may find more."""
    wanted = {word for somebody in newcomers for word in somebody.words}
    seen: set[str] = set()
    repeated: set[str] = set()
    for word in tok.words:
        name = word if word in wanted else word[:-1] if word[-1:] == "s" and word[:-1] in wanted else ""
        if name:
            (repeated if name in seen else seen).add(name)
    return repeated
