"""What betrays an informant without naming them: who they are to the requester, where, when and how they saw or told it.

UAVG 41(1)(i), Wmo 2015 5.3.1(4). What was told stays readable; what is told of the teller goes to a person. So the clause of
which the teller is the subject is taken whole, unless its verb only says that they tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.collection import Party
from config.redacted import Action
from redaction.claims import Claim, beside
from redaction.details import CLOSES
from redaction.informants import wish
from redaction.lexicon import Is, Lexicon
from redaction.tokens import Tokens

_REPORT = r"(?!(?:aan|af|ziek|beter|herstel|ver)meld)\w*melding"
"""A report on somebody; not that one is ill, or comes."""
_INFORMANT = re.compile(
    r"\b(?:melders?|meldster|tipgevers?|tipgeefster|anonieme (?:melding|tip|beller|brief|mail)|klikker|klikbrief|kliklijn|tip ontvangen|"
    rf"anoniem gemeld|{_REPORT} (?:\w+ )?(?:binnengekomen|ontvangen|gekregen|gedaan) (?:\w+ )?(?:van|door|via)|(?:{_REPORT}|signaal|tip) (?:van|via|door) "
    rf"(?:een|de|haar|zijn|iemand)|anoniem (?:te )?(?:blijven|doen|melden|wil)|(?:{_REPORT}|tip) (?:deed|doet|gaf)|(?:tip|{_REPORT}) (?:kwam|komt) (?:binnen|van)|"
    r"getipt|wil(?:de)? niet dat (?:\w+ )?\w+ (?:dit |het |hier)?(?:weet|hoort|achter komt)|(?:volgens|aldus) een (?:\w+ )?(?:buur\w*|collega|oud-collega|kennis|klasgenoot|buurtbewoner|omwonende|flatgenoot|bekende))\b"
)
_TELLER = (
    rf"(?:melder|meldster|tipgever|tipgeefster|anonieme beller|klikker|persoon die (?:de|deze|een) (?:{_REPORT}|tip) (?:deed|doet|gaf))"
)
_END = r"(?=[.;:\n]|,? (?:en|maar) (?:wil|zegt|zei|ziet|zag|meldt|meldde|geeft|gaf|vertelt|vertelde|verklaart|hoort|hoorde|vermoedt|stelt|weet) |,? dat |$)"
_SELF = re.compile(
    rf"\b{_TELLER}\b(?: ?\([^)\n]*\))?[,)]? (?:zelf )?"
    r"(?!(?:zegt|zei|meldt|meldde|geeft|gaf|vertelt|vertelde|verklaart|verklaarde|stelt|stelde|vermoedt|denkt|dacht|vraagt|vroeg|vindt|vond|ziet|zag|hoort|"
    r"hoorde|wil|wilde|weet|wist|noemt|noemde|beweert|maakt|deed|doet|wordt|werd|blijft|bleef|mag|moet|kan|kon|zou|en|of|over|van|te|niet)\b)"
    rf"((?:is|was|betreft) )?([a-z'][^.;:\n]{{2,120}}?){_END}"
)
_PLAIN = re.compile(
    r"(?:(?:niet |wel |nog |bij ons |verder )*(?:bekend|onbekend|anoniem|gebeld|gesproken|teruggebeld|gehoord|benaderd|bedankt|geinformeerd|bereikbaar|bereikt)\b"
    r"|(?:heeft|had) (?:niets |niet |dit |dat |het |meermaals |eerder |al )*(?:gemeld|gezien|gehoord|verteld|verklaard|gezegd|aangegeven|gebeld)\b)"
)
"""What may be said of an informant without telling who they are."""

_TRAITS = re.compile(rf"\b{_TELLER} ?\(([^)\n]{{2,80}})\)")
_HIMSELF = re.compile(r"\b(?:dat|omdat|want|doordat|aangezien) (hij|zij|ze) ([^.;:\n]{3,120}?)(?=[.;:\n]| en dat |$)")
_CLIENT = re.compile(r"\b(?:client|cliente|betrokkene|verzoekster|verzoeker|mevrouw|meneer|mw|haar|hem)\b")
_KNOWS = re.compile(
    rf"\b{_TELLER}\b[^.;\n]{{0,20}}? ((?:haar|hem|client|cliente|mevrouw|mw\.?|meneer|betrokkene|het gezin) [^.;:\n]{{2,60}} te kennen)"
)
_SOURCE = re.compile(
    rf"\b(?:{_REPORT}|signaal|signalen|tip|klacht|telefoontje|mail|brief|klikbrief)(?: (?:is|werd|kwam|komt|binnengekomen|gedaan|ontvangen|afkomstig|anoniem)){{0,3}} "
    r"(?:van|door|via) ((?:een|de|haar|zijn|mijn|iemand(?: die)?) [^.;:,\n]{2,80}?)(?=[.;:,\n]| (?:is|werd|was|over|dat|die|op) |$)"
)
_NEIGHBOUR = (
    r"(?:naaste |directe )?(?:buurvrouw|buurman|buren|buur|overbuur\w*|bovenbuur\w*|onderbuur\w*|buurtbewo\w+|omwonende\w*|flatgenoot|"
    r"kennis|bekende|collega|oud-collega|ex-collega|klasgenoot|klasgenootje|huisbaas|verhuurder|teamgenoot|clubgenoot)"
)
_TOLD = re.compile(
    rf"\b((?:een|de|haar|zijn|hun) {_NEIGHBOUR}\b[^.;:,\n]{{0,60}}?) (?:heeft|had|hebben) (?:[^.;:\n]{{0,30}} )?(?:gemeld|getipt|melding gedaan|een melding gedaan|geklikt|een tip gegeven)\b"
    rf"|\b(?:volgens|aldus) (een (?:\w+ )?{_NEIGHBOUR}\b(?: (?:van|uit|bij|op|in) [a-z' ]{{2,40}}?)?)(?= (?:werkt|woont|heeft|is|zou|gaat|krijgt|was|had|doet|zit)\b|[.,;\n])"
    r"|\biemand ((?:uit|van|bij|op|in|met) [^.;:,\n]{2,50}?)(?= (?:die|heeft|had|belde|meldt|meldde|wil)\b|[.,;\n])"
)
_DAYS = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)"
_HOURS = r"(?:half )?(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)"
_PLACED = re.compile(
    r"\b(?:(?:de |een |haar |zijn |mijn |als )?(?:directe |naaste )?(?:naaste buur|buurvrouw|buurman|buren|overbuurvrouw|"
    r"overbuurman|bovenbuurvrouw|bovenbuurman|onderbuurvrouw|onderbuurman|ex-partner|ex-man|ex-vrouw|ex|zus|zuster|broer|"
    r"schoonzus|zwager|collega|oud-collega|nicht|neef|kennis|huisbaas)\b"
    r"(?: van (?:nummer|nr\.?|huisnummer) ?\d+\w?)?|(?:op|van|met) (?:nummer|nr\.?|huisnummer) ?\d+\w?|(?<=\()(?:nummer|nr\.?|huisnummer) ?\d+\w?(?=\))|(?:woont |wonend |"
    r"wonende )?(?:schuin |recht )?(?:tegenover|naast|boven|onder) (?:haar|hem|client|cliente|betrokkene|verzoekster|"
    r"verzoeker|mevrouw|meneer)\b"
    r"|(?:werkt|werkzaam) (?:ook |samen )?(?:bij|in|met) [a-z' ]{3,30}?(?=[,.;\n])"
    r"|(?:vanuit|vanaf|uit|van) (?:haar|zijn|het|de|mijn)? ?(?:eigen )?(?:raam|balkon|tuin|keuken|keukenraam|woning|slaapkamer|achtertuin|winkel|galerij)\b"
    r"|(?:poststempel|stempel) [a-z' ]{3,30}?(?=[,.;\n]|$)|handgeschreven|(?:\w+ )?(?:accent|tongval)\b|gebroken nederlands|(?:oudere|jonge|zware|hoge|lage) stem)"
)
_WHEN = re.compile(
    rf"(?:\bom |\brond |\btegen )?(?<![\d.:])\d{{1,2}}[.:]\d{{2}}(?: uur)?\b(?![.:/-]\d)|\b(?:om|rond|tegen) {_HOURS}(?: uur)?\b"
    rf"|\b(?:elke |iedere |op )?{_DAYS}(?:ochtend|middag|avond|nacht)?\b|'s (?:nachts|avonds|ochtends|morgens|middags)\b"
)
_GOES_ON = re.compile(r"[.!?\n]\s+(?:zij|ze|hij|deze|melder|meldster|de melder|tipgever|klager)\b")
_LETTER = 2_000
"""So far round the wish to stay unnamed somebody speaks of themselves."""


def details(tok: Tokens, named: Sequence[Claim], sex: str = "") -> Iterator[Claim]:
    """All that tells who an informant is, in the sentences that speak of them: for a person to look at. `sex` is the requester's."""
    low = tok.text.low
    if not any(hint in low for hint in ("meld", "tip", "anonie", "klik", "gehoord van", "volgens een", "aldus een", "signa")):
        return
    found = set[tuple[int, int]]()
    for start, end in dict.fromkeys(_spoken_of(low)):
        found.update(_placed(low, start, end))
        found.update(stretch for stretch in _told_of(tok, start, end, sex) if not _in_office(tok.lexicon, low[slice(*stretch)]))
    for start, end in _joined(sorted(found)):
        for one, other in beside(start, end, named):
            left, right = _trimmed(low, one, other)
            if right - left > 2 and low[left:right] not in _EMPTY:
                yield Claim(
                    left, right, "detail", Party.THIRD, Action.REVIEW, "informant", tok.lexicon.spoken["detail"], "", 0.5, "informant"
                )


_EMPTY = frozenset(
    ["van", "een", "het", "met", "zijn", "haar", "die", "dat", "van een", "van de", "de heer", "mevrouw", "anoniem", "onbekend"]
)


_CHANNELS = re.compile(r"(?:de|een|het) (?:web\w*|site|app|mail|e-mail|telefoon|post|balie|formulier|digitale \w+|voicemail)\b")
"""By what way something was told: of nobody."""


def _in_office(lexicon: Lexicon, told: str) -> bool:
    """Whether who told is a school, the police, a doctor: they told in their work, and are no secret."""
    if _CHANNELS.match(told):
        return True
    words = [word for word in re.findall(r"[a-z-]+", told)[:3] if word != "iemand"]
    relations = [relation.party for word in words if (relation := lexicon.relation(word))]
    if Party.RELATIVE in relations or Party.THIRD in relations:
        return False
    return bool(relations) or any(lexicon.of(word) & Is.ORG_BEFORE or word.endswith(("politie", "thuis")) for word in words[:2])


def _placed(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Relation, place, voice and hour, wherever in the sentence."""
    for pattern in (_PLACED, _WHEN):
        yield from (match.span() for match in pattern.finditer(low, start, end))


def _told_of(tok: Tokens, start: int, end: int, sex: str) -> Iterator[tuple[int, int]]:
    """What the clauses of the sentence say of the informant."""
    low = tok.text.low
    for match in _SELF.finditer(low, start, end):
        acts = match.group(1) or tok.lexicon.of(match.group(2).split(" ", 1)[0]) & (Is.VERB | Is.ACTS)
        if acts and not _PLAIN.match(low, match.start(2)):
            yield match.span(2)
    for pattern in (_TRAITS, _KNOWS, _SOURCE, _TOLD):
        for match in pattern.finditer(low, start, end):
            yield next(match.span(n) for n in range(1, pattern.groups + 1) if match.group(n))
    for match in _HIMSELF.finditer(low, start, end):
        other = {"hij": "f", "zij": "m", "ze": "m"}[match.group(1)]
        if sex == other or _CLIENT.search(match.group(2)):
            yield match.span(2)


def _trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the marks and spaces at its ends."""
    while start < end and low[start] in " ,.()-;:\n":
        start += 1
    while end > start and low[end - 1] in " ,.(-;:\n":
        end -= 1
    return start, end


def _joined(stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches, those that overlap or all but touch as one."""
    current: tuple[int, int] | None = None
    for start, end in stretches:
        if current is not None and start <= current[1] + 1:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _told_until(low: str, at: int) -> int:
    """Where what is told of the informant ends: with the sentence, and with the next ones that begin `Zij`, `Hij`, `Melder`."""
    last = min(len(low), at + 400)
    closed = CLOSES.search(low, at, last)
    while closed and _GOES_ON.match(low, closed.start()):
        closed = CLOSES.search(low, closed.end(), last)
    return closed.start() if closed else last


def _spoken_of(low: str) -> Iterator[tuple[int, int]]:
    """The sentences that speak of an informant; all of a letter in which somebody asks to stay unnamed."""
    if asked := wish(low):
        yield max(0, asked.start() - _LETTER), min(len(low), asked.end() + _LETTER)
        return
    for cue in _cues(low):
        back = max(0, cue.start() - 250)
        yield max((m.end() for m in CLOSES.finditer(low, back, cue.start())), default=back), _told_until(low, cue.end())


def _cues(low: str) -> Iterator[re.Match[str]]:
    yield from _INFORMANT.finditer(low)
    yield from (match for match in _TOLD.finditer(low) if match.group(1))
