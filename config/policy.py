"""grounds.yaml and policy.yaml: why something may be withheld, and what is done with the data of each party."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from config.collection import Party
from config.fields import Fields
from config.problems import Notes, one_of
from config.request import DUTCH, LANGUAGES
from config.settings import CellRule, Ground, PartyRule, Policy, Sentences, Telling
from config.yamlfile import Node

LOOKS = ("altijd", "steekproef", "controle_achteraf")
"""How a person looks at what is withheld on a ground, before anything leaves."""

STANDINGS = ("law", "unjudged", "blocked")

REASONS = (
    "technical", "internal", "unclassified", "doubtful_match", "unreadable",
    "person", "bsn", "iban", "plate", "id", "phone", "email", "address", "birth_date", "name", "date",
    "health", "police", "child", "informant", "secret_address", "official_contact",
)  # fmt: skip
"""Categories and reasons for which policy.yaml must name a ground: nothing may be withheld without one."""


TOLD = ("health", "belief", "police", "money")
"""Sorts of facts that are told of somebody; where policy.yaml does not speak of one, a person looks."""

_TOLD_OF = (Party.RELATIVE, Party.THIRD, Party.OFFICIAL, Party.PROFESSIONAL)


def read_grounds(root: Node, notes: Notes) -> Mapping[str, Ground]:
    """The grounds by code, in the order of the file; mistakes go to `notes`."""
    top = Fields(root, "grounds.yaml", notes)
    found: dict[str, Ground] = {}
    for number, node in enumerate(top.listed("grounds"), 1):
        fields = Fields(node, f"ground {number}", notes)
        ground = _ground(fields, number)
        if ground.code in found:
            fields.mistake("code", "its code stands here twice", "Give one another code")
        found[ground.code] = ground
    if top.whole and not found:
        top.mistake("grounds", "it names no ground", "List the grounds under `grounds:`")
    top.finish()
    return found


def _ground(fields: Fields, number: int) -> Ground:
    code = fields.required("code", "A1")
    fields.thing = f"ground {code or number}"
    standing = _word(fields, "standing", STANDINGS, "law")
    ground = Ground(
        code=code,
        title=fields.required("title"),
        legal=fields.texts("legal"),
        sentence=fields.text("sentence") if standing == "blocked" else fields.required("sentence"),
        decision=_word(fields, "decision", LOOKS, "altijd"),
        action=fields.text("action"),
        temporary=fields.text("temporary"),
        standing=standing,
        ask=fields.text("ask"),
        languages={language: _sentences(fields.within(language)) for language in LANGUAGES if language != DUTCH and fields.node(language)},
    )
    if fields.whole and standing == "law" and not ground.legal:
        fields.mistake("legal", "it rests on no article of law", "Name the articles under `legal:`")
    fields.finish()
    return ground


def _sentences(fields: Fields) -> Sentences:
    read = Sentences(fields.required("title"), fields.required("sentence"), fields.text("ask"))
    fields.finish()
    return read


def read_policy(root: Node, grounds: Mapping[str, Ground], notes: Notes) -> Policy:
    """The policy, complete: a rule for every party and a ground for every reason; mistakes go to `notes`."""
    top = Fields(root, "policy.yaml", notes)
    thresholds, by_hand, looking = top.within("thresholds"), top.within("by_hand"), top.within("review")
    policy = Policy(
        parties=_parties(top, grounds),
        grounds=_reasons(top, grounds),
        match=thresholds.fraction("match", 0.9),
        confidence=thresholds.fraction("confidence", 0.6),
        wait_days=by_hand.number("wait_days", 14, 1, 60),
        remind_days=by_hand.number("remind_days", 5, 1, 60),
        blind=looking.flag("blind", True),
        told=_told(top),
        roles=_roles(top, grounds),
    )
    thresholds.finish()
    by_hand.finish()
    looking.finish()
    top.finish()
    return policy


def _parties(top: Fields, grounds: Mapping[str, Ground]) -> Mapping[Party, PartyRule]:
    rules: dict[Party, PartyRule] = {}
    for name, fields in top.each("parties"):
        fields.thing = f"party {name}"
        if name not in set(Party):
            fields.notes.mistake(fields.line, f"party {name} is not known", one_of(Party, name))
            continue
        rules[Party(name)] = _rule(fields, Party(name), grounds)
    for party in Party:
        if top.whole and party not in rules:
            top.mistake("parties", f"party {party} has no rule", f"Add `{party}: {{cell: withhold, text: withhold, ground: ...}}`")
    return rules


def _rule(fields: Fields, party: Party, grounds: Mapping[str, Ground]) -> PartyRule:
    rule = PartyRule(
        fields.choice("cell", CellRule, CellRule.WITHHOLD), fields.choice("text", CellRule, CellRule.WITHHOLD), fields.text("ground")
    )
    for key in ("cell", "text"):
        if fields.whole and fields.node(key) is None:
            fields.mistake(key, f"{key} is missing", one_of(CellRule))
    shown = {rule.cell, rule.text} <= {CellRule.DISCLOSE, CellRule.TEXT}
    if not shown or rule.ground:
        _check_ground(fields, "ground", rule.ground, grounds)
    if party is Party.TECHNICAL and rule.cell is CellRule.DISCLOSE:
        fields.mistake("cell", "technical data such as passwords would be shown", "Write `cell: withhold`")
    fields.finish()
    return rule


def _reasons(top: Fields, grounds: Mapping[str, Ground]) -> Mapping[str, str]:
    inner = top.within("grounds")
    reasons = {name: inner.text(name) for name in inner.names()}
    for name, code in reasons.items():
        _check_ground(inner, name, code, grounds)
    for name in REASONS:
        if top.whole and name not in reasons:
            top.mistake("grounds", f"nothing says on which ground {name} is withheld", f"Add `{name}: A1`, or another code of grounds.yaml")
    if "health" in reasons:
        reasons.setdefault("belief", reasons["health"])
    return reasons


def _told(top: Fields) -> Mapping[str, Mapping[Party, Telling]]:
    """What is done with a fact of each sort, by the party of whom it is told."""
    outer = top.within("told")
    told: dict[str, Mapping[Party, Telling]] = {}
    for sort in TOLD:
        inner = outer.within(sort)
        told[sort] = {party: inner.choice(str(party), Telling, Telling.REVIEW) for party in _TOLD_OF}
        inner.finish()
    outer.finish()
    return told


def _roles(top: Fields, grounds: Mapping[str, Ground]) -> Mapping[str, PartyRule]:
    """Rules for a function or relation; the ground is that of the party where none is given."""
    found: dict[str, PartyRule] = {}
    for name, fields in top.each("roles"):
        fields.thing = f"role {name}"
        rule = PartyRule(
            fields.choice("cell", CellRule, CellRule.WITHHOLD), fields.choice("text", CellRule, CellRule.WITHHOLD), fields.text("ground")
        )
        if rule.ground:
            _check_ground(fields, "ground", rule.ground, grounds)
        fields.finish()
        found[name.lower()] = rule
    return found


def _check_ground(fields: Fields, key: str, code: str, grounds: Mapping[str, Ground]) -> None:
    usable = [ground.code for ground in grounds.values() if ground.standing != "blocked"]
    if grounds and code not in usable:
        blocked = " may never be used" if code in grounds else " is not in grounds.yaml"
        fields.mistake(key, f"{key}: ground {code or 'none'}{blocked}", one_of(usable, code))


def _word(fields: Fields, key: str, known: Collection[str], default: str) -> str:
    word = fields.text(key, default)
    if word not in known:
        fields.mistake(key, f"{key} {word} is not known", one_of(known, word))
    return word
