"""grounds.yaml and policy.yaml: nothing is withheld without a ground, and no ground is one that the law does not know."""

from __future__ import annotations

import re

import pytest
import yaml

from config.collection import Party
from config.load import load_policy
from config.policy import REASONS
from config.settings import CellRule, Config, PartyRule, Telling
from tests.config.conftest import EMBEDDED, Folder


@pytest.fixture
def own(gemeente: Folder) -> Folder:
    """Nergenshuizen with grounds and policy of its own, to change."""
    for name in ("grounds.yaml", "policy.yaml"):
        gemeente.write(name, (EMBEDDED / name).read_text(encoding="utf-8"))
    return gemeente


@pytest.fixture
def config(own: Folder) -> Config:
    """Its configuration."""
    return own.load()


def test_the_grounds_are_those_of_the_catalogue(config: Config) -> None:
    """Thirteen of law, one that blocks, one for what nobody judged yet."""
    assert list(config.grounds) == ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3", "D1", "E1", "E2", "X0", "N1"]
    assert {code for code, ground in config.grounds.items() if ground.standing != "law"} == {"X0", "N1"}


def test_what_was_not_judged_says_so_to_the_resident(config: Config) -> None:
    """Not having looked is no ground of law; the resident can ask again."""
    assert config.grounds["N1"].sentence == (
        "Wij konden nog niet goed beoordelen of dit over u gaat of over iemand anders. Daarom ziet u het nu niet. "
        "U kunt ons vragen om er alsnog naar te kijken."
    )
    assert (config.grounds["N1"].legal, config.grounds["N1"].decision) == ((), "altijd")


def test_every_sentence_for_the_resident_is_short(config: Config) -> None:
    """At most fifteen words a sentence on average, and no article numbers."""
    for ground in config.grounds.values():
        words = [len(sentence.split()) for sentence in re.split(r"[.!?]", ground.sentence) if sentence.strip()]
        assert sum(words) <= 15 * len(words), ground.code
        assert not re.search(r"\bart(ikel)?\b|lid [0-9]|[0-9]\.[0-9]", ground.sentence), ground.code


def test_every_party_has_a_rule(config: Config) -> None:
    """The relation of a relative and the function of an official stay; a password is never shown."""
    rules = config.policy.parties
    assert set(rules) == set(Party)
    assert rules[Party.SUBJECT] == PartyRule(CellRule.DISCLOSE, CellRule.DISCLOSE, "")
    assert rules[Party.RELATIVE] == PartyRule(CellRule.ROLE, CellRule.ROLE, "A1")
    assert rules[Party.OFFICIAL] == PartyRule(CellRule.ROLE, CellRule.ROLE, "A4")
    assert rules[Party.MIXED].cell is CellRule.TEXT
    assert (rules[Party.TECHNICAL].cell, rules[Party.INTERNAL].cell) == (CellRule.WITHHOLD, CellRule.WITHHOLD)


def test_every_reason_has_a_ground(config: Config) -> None:
    """What nobody looked at falls under N1, numbers under B1, the subject of health under B2."""
    grounds = config.policy.grounds
    assert set(REASONS) <= set(grounds)
    assert {grounds[reason] for reason in ("unclassified", "doubtful_match", "unreadable")} == {"N1"}
    assert {grounds[reason] for reason in ("bsn", "iban", "plate", "id")} == {"B1"}
    others = ("technical", "informant", "secret_address", "official_contact", "child", "health", "police")
    assert [grounds[reason] for reason in others] == ["E1", "A2", "A3", "A4", "D1", "B2", "B3"]


MISTAKES = [
    (
        "policy.yaml",
        "third: {cell: role, text: role, ground: A1}",
        "third: {cell: role, text: role}",
        "party third: ground: ground none is not in",
    ),
    (
        "policy.yaml",
        "thresholds:\n",
        "roles: {buur: {cell: role, text: role, ground: X0}}\nthresholds:\n",
        "role buur: ground: ground X0 may never be used",
    ),
    ("policy.yaml", "health: {relative: review", "health: {relative: toon", "relative toon is not known"),
    ("policy.yaml", "ground: A4}", "ground: X0}", "party official: ground: ground X0 may never be used"),
    ("policy.yaml", "bsn: B1", "bsn: B9", "policy.yaml: grounds: bsn: ground B9 is not in grounds.yaml"),
    ("policy.yaml", "  bsn: B1", "  bsm: B1", "nothing says on which ground bsn is withheld"),
    ("policy.yaml", "relative: {cell: role", "relative: {cell: rol", "party relative: cell rol is not known. Did you mean role?"),
    ("policy.yaml", "relative: {", "relatives: {", "party relatives is not known. Did you mean relative?"),
    ("policy.yaml", "relative: {", "relatives: {", "party relative has no rule"),
    ("policy.yaml", "technical: {cell: withhold", "technical: {cell: disclose", "technical data such as passwords would be shown"),
    ("policy.yaml", "match: 0.9", "match: high", "match is not a number from 0 to 1"),
    ("grounds.yaml", "code: A2", "code: A1", "ground A1: its code stands here twice"),
    ("grounds.yaml", "decision: altijd", "decision: nooit", "ground A1: decision nooit is not known"),
    ("grounds.yaml", "standing: law", "standing: woo", "ground A1: standing woo is not known"),
    ("grounds.yaml", 'title: "Gegevens van iemand anders"', "titel: x", "ground A1: title is missing"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "told"), MISTAKES, ids=[told for *_, told in MISTAKES])
def test_a_mistake_in_the_rules_is_told(own: Folder, name: str, right: str, wrong: str, told: str) -> None:
    """Each on its own line, in its own file."""
    own.replace(name, right, wrong)
    assert any(told in line and line.startswith(name) for line in own.told()), own.told()


def test_a_ground_of_law_names_an_article(own: Folder) -> None:
    """Only what was not judged yet has none."""
    own.replace("grounds.yaml", 'legal: ["AVG 4 onder 1', 'legal: [] # ["AVG 4 onder 1')
    assert any("ground E1: it rests on no article of law" in line for line in own.told())


def test_every_ground_of_the_embedded_gemeente_can_be_read_in_english(config: Config) -> None:
    """Who asked for an answer in English reads why something is missing; what is blocked is never read by anybody."""
    assert [g.code for g in config.grounds.values() if g.standing != "blocked" and "en" not in g.languages] == []
    assert config.grounds["E1"].said_in("en").sentence == "This part is not about you. It falls outside your request."
    assert config.grounds["E1"].said_in("nl") is config.grounds["E1"]


def test_a_ground_whose_sentence_sends_to_the_letter_says_there_where_to_ask(config: Config) -> None:
    """A promise of the dossier that the letter must keep."""
    promised = {g.code for g in config.grounds.values() if "in de brief" in g.sentence.lower()}
    assert promised and promised == {g.code for g in config.grounds.values() if g.ask}


def test_half_a_ground_in_english_is_a_mistake(own: Folder) -> None:
    """A sentence without its title would be read under a Dutch one."""
    own.replace("grounds.yaml", 'title: "Data of somebody else"', 'name: "x"')
    told = own.told()
    assert any("title is missing" in line for line in told) and any("name" in line for line in told)


def test_every_line_of_the_policy_is_explained() -> None:
    """A privacy officer reads in Dutch, next to it, what each choice does."""
    lines = (EMBEDDED / "policy.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("  ") and "#" not in line] == []


def test_the_policy_reads_as_its_yaml_says() -> None:
    """Another reader of YAML sees the same grounds."""
    read = yaml.safe_load((EMBEDDED / "policy.yaml").read_text(encoding="utf-8"))
    assert read["grounds"] == load_policy(EMBEDDED).grounds


def test_a_policy_that_does_not_speak_of_facts_has_a_person_look(own: Folder) -> None:
    """What is told of somebody else is never shown because nobody thought of it."""
    own.write("policy.yaml", re.sub(r"\ntold:\n(?:  \w+: .*\n)+", "\n", (EMBEDDED / "policy.yaml").read_text(encoding="utf-8")))
    told = own.load().policy.told
    assert (set(told), {rule for rules in told.values() for rule in rules.values()}) == (
        {"health", "belief", "police", "money"},
        {Telling.REVIEW},
    )


def test_a_role_is_read_with_its_rule(own: Folder) -> None:
    """The handler by name, where the gemeente wants it."""
    text = (EMBEDDED / "policy.yaml").read_text(encoding="utf-8")
    own.write("policy.yaml", text + "roles:\n  Behandelaar: {cell: disclose, text: disclose}\n")
    assert own.load().policy.roles == {"behandelaar": PartyRule(CellRule.DISCLOSE, CellRule.DISCLOSE, "")}
