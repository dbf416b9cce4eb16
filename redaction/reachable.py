"""How somebody is reached: telephone numbers, e-mail addresses, handles and user names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redaction.runs import matches, runs

_DATE = re.compile(r"\(?\d{1,2}([-./ ])\d{1,2}\1(?:19|20)\d{2}(?!\d)|\(?\d{1,2}([-./])\d{1,2}\2\d{2}(?![\d./-])")
_SERVICE = re.compile(r"0(?:800|900|906|909|88999)")
_APART = r"[ ()./\n-]{0,3}"
_PHONE = re.compile(
    r"(?<![\w+])(?<!\b\d[-./])(?<!\b\d\d[-./])"  # not within a date
    r"(?!\(?\d{1,2}([-./ ])\d{1,2}\1(?:19|20)\d{2}(?!\d)|\(?\d{1,2}([-./])\d{1,2}\2\d{2}(?![\d./-])|\d\d[.:]\d\d(?![\d.]| ?\d{6})"
    r"|0[89]0[069][ -]?\d{4}(?!\d))"  # a date, a time, a service number
    rf"(?:\(?0{_APART}[1-9](?:{_APART}\d){{8}}"
    rf"|(?:\+|00){_APART}3{_APART}1(?:{_APART}0)*{_APART}[1-9](?:{_APART}\d){{8}}"
    rf"|(?:\+|00(?=[1-9 (]))(?!{_APART}31)(?:{_APART}\d){{9,15}})(?!\d)"
)
"""As many figures as a number has and no more: what follows it, a date, a time or another number, is not part of it."""
_SHORT = re.compile(
    r"(?<![\w-])(?:tel|telefoon|telefoonnr|telefoonnummer|mobiel|mob|gsm|bellen op|bereikbaar op|"
    r"nummer)\b\.?:? {0,2}(\d(?:[ .-]?\d){5,8})(?!\d)"
)
_AT = re.compile("@")
_AT_SPELLED = re.compile(r"@| ?[(\[](?:at|apenstaartje)[)\]] ?")
_LOCAL = re.compile(r"[a-z0-9._%+'-]+$")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_HANDLE = re.compile(r"[a-z0-9_][a-z0-9_.]{1,40}[a-z0-9_]")
CUES = frozenset(
    re.findall(
        r"\w+",
        "gebruikersnaam gebruikersnamen gebruiker username user login inlognaam inlog loginnaam account accountnaam profielnaam profiel "
        "nickname instagram insta facebook fb snapchat snap tiktok twitter telegram skype linkedin gamertag playstation psn",
    )
)
"""Words before the name somebody goes by."""
_CUED = re.compile(
    rf"\b(?:{'|'.join(sorted(CUES))})\b(?:[- ]?(?:naam|account|profiel|id|handle))?(?: ?(?:is|was|heet|"
    r"luidt|onder|van|:|=|\()){0,2} ?[\"']?(@?[a-z0-9][a-z0-9_.-]{2,40}[a-z0-9_])"
)
_FIGURES = re.compile(r"(?<=[a-z._-])\d{1,4}(?![\w@-])")
_LETTERS = re.compile(r"(?<![\w.@-])[a-z][a-z._-]*$")
_SITE = re.compile(r"(?:www\.)?[a-z0-9-]+\.(?:com|nl|net|org|me)\b")
_PROFILE = re.compile(
    r"(?:linkedin\.com/(?:in|pub)|facebook\.com|instagram\.com|twitter\.com|x\.com|tiktok\.com|t\.me)/@?([a-z0-9_.%-]{3,60})"
)


def phones(low: str, figures: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[int, int, str]]:
    """Start, end, and the last nine digits of each number of a person; free and paid service numbers are nobody's."""
    for match in matches(_PHONE, low, list(_dialled(low, runs(low) if figures is None else figures))):
        shape = match.group()
        if not _DATE.match(shape) and (national := _national(shape)):
            open_bracket = shape.startswith("(") and ")" not in shape
            yield match.start() + open_bracket, match.end(), national[-9:]
    for match in _SHORT.finditer(low) if any(cue in low for cue in _SHORT_CUES) else ():
        digits = re.sub(r"\D", "", match.group(1))
        if not digits.startswith("0") and 6 <= len(digits) <= 9:
            yield match.start(1), match.end(1), digits[-9:]


_SHORT_CUES = ("tel", "mob", "gsm", "bel", "bereik", "nummer")


def _dialled(low: str, figures: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where a telephone number may begin: at a plus (also between brackets), at a nought, at a bracket before one."""
    for start, _ in figures:
        before = low[max(0, start - 2) : start]
        if "+" in before:
            yield start - len(before) + before.rindex("+")
        if low[start] == "0":
            if before[-1:] == "(":
                yield start - 1
            yield start


def _national(shape: str) -> str:
    """The digits as dialled here, "" where it is no such number: `+31 (0)6 1234 5678` is 0612345678.

    >>> _national("+31 (0)6-12 34 56 78")
    '0612345678'
    """
    digits = re.sub(r"\D", "", shape)
    foreign = shape.startswith("+") or digits.startswith("00")
    if not foreign:
        return digits if len(digits) == 10 and digits[1] != "0" and not _SERVICE.match(digits) else ""
    digits = digits.removeprefix("00") if not shape.startswith("+") else digits
    if digits.startswith("31"):
        inland = "0" + digits[2:].lstrip("0")
        return inland if len(inland) == 10 and not _SERVICE.match(inland) else ""
    return digits if 9 <= len(digits) <= 15 else ""


def emails(low: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and the address, found from its @; also where it is written as `(at)`."""
    spelled = "at)" in low or "at]" in low or "apenstaart" in low
    for at in (_AT_SPELLED if spelled else _AT).finditer(low):
        local = _LOCAL.search(low, max(0, at.start() - 64), at.start())
        domain = _DOMAIN.match(low, at.end(), min(len(low), at.end() + 120))
        if local and domain:
            start = local.start() + len(local.group()) - len(local.group().lstrip(".'-"))
            if start < at.start():
                yield start, domain.end(), f"{low[start : at.start()]}@{domain.group()}"


def numbered(low: str, figures: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[int, int, str]]:
    """Start, end and the letters of words with figures behind them, as names to log in with often are: `jdevries01`."""
    behind = [start for start, end in (runs(low) if figures is None else figures) if end - start < 5 and start]
    for match in matches(_FIGURES, low, behind):
        letters = _LETTERS.search(low, max(0, match.start() - 40), match.start())
        if letters:
            yield letters.start(), match.end(), letters.group().rstrip("._-")


def handles(low: str, cued: bool = True) -> Iterator[tuple[int, int, str]]:
    """Start, end and the name somebody goes by on a system or a network: after an @, in the address of a profile, or after its cue.

    What follows a cue may be a plain word (`account geblokkeerd`): the caller looks it up. `cued`: whether any word of CUES is there.
    """
    for at in re.finditer(r"(?<![\w.@/-])@(?=[a-z0-9_])", low):
        match = _HANDLE.match(low, at.end())
        if match:
            yield at.start(), match.end(), match.group()
    for match in _PROFILE.finditer(low) if "/" in low else ():
        name = match.group(1).rstrip(".-")
        yield match.start(1), match.start(1) + len(name), name
    for match in _CUED.finditer(low) if cued else ():
        name = match.group(1)
        if not _SITE.match(low, match.start(1)):
            yield match.start(1), match.end(1), name.lstrip("@")
