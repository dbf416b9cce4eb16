"""A request as a whole: whose label is whose, what is learnt, and on what ground something stays away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import redaction
from config.collection import Collection, Column, Match, Party
from config.load import EMBEDDED, load_policy
from config.person import KnownPerson, Name, Person, Role, Subject
from config.redacted import Action, Redacted, Wording
from config.settings import Policy

POLICY = load_policy(EMBEDDED)
ASKER = Person((Name("Fatima", prefix="el", family="Amrani"),), "f", "999944897")
GIVEN = ("Kees", "Marijke", "Yusuf", "Aleksandra", "Xiao", "Shanti", "Winston", "Tesfay")
FAMILY = ("Terpstra", "Kowalczyk", "Hrynchuk", "Ramdin", "Öztürk", "Wiersma", "Blankespoor", "Hofstra")
SPELLINGS = ("{given} {prefix} {family}", "{initial}. {prefix} {family}", "{family}, {initial}. {prefix}", "{given} {prefix} {capitals}")


def _written(one: Name, form: str) -> str:
    whole = form.format(given=one.given, prefix=one.prefix, family=one.family, initial=one.given[0], capitals=one.family.upper())
    return " ".join(whole.replace(" ,", ",").split())


def _made(notes: Sequence[str], people: Sequence[KnownPerson], wordings: Sequence[Wording] = ()) -> Redacted:
    """A request of which each source holds one note."""
    held = [
        Collection(f"bron{n}", "notitie", "N", "wmo", (Column("T", "T"),), pd.DataFrame({"T": [note]}, dtype=object), (Match(1.0, "BSN"),))
        for n, note in enumerate(notes)
    ]
    return redaction.redact(held, Subject(ASKER, people=tuple(people)), POLICY, wordings=wordings)


def _shown(made: Redacted) -> list[str]:
    return [str(collection.rows.iloc[0, 0]) for collection in made.collections]


names = st.builds(Name, st.sampled_from(GIVEN), prefix=st.sampled_from(["", "van der", "aan de", "el"]), family=st.sampled_from(FAMILY))


@settings(deadline=None)  # the first example reads the lists
@given(names, st.lists(st.sampled_from(SPELLINGS), min_size=2, max_size=5))
def test_one_person_has_one_label_however_and_wherever_they_are_written(one: Name, forms: list[str]) -> None:
    """`Wiel, M. aan de` in one source and `M. aan de Wiel` in another."""
    made = _made([f"Gesproken met {_written(one, form)}." for form in forms], [KnownPerson(Person((one,)), Role.THIRD, "buur")])
    assert {text.removesuffix(".") for text in _shown(made)} == {"Gesproken met [buur]"}


@settings(deadline=None)  # the first example reads the lists
@given(st.lists(names, min_size=2, max_size=4, unique_by=(lambda n: n.given[0], lambda n: n.family)), st.sampled_from(SPELLINGS))
def test_two_people_never_share_a_label(several: list[Name], form: str) -> None:
    """Also of one role; numbers follow the order of appearance."""
    made = _made(
        [f"Gesproken met {_written(one, form)}." for one in several], [KnownPerson(Person((one,)), Role.THIRD, "buur") for one in several]
    )
    numbers = ["[buur]", *(f"[buur {n}]" for n in range(2, 9))]
    assert _shown(made) == [f"Gesproken met {label}." for label in numbers[: len(several)]]


def test_a_number_in_one_request_tells_nothing_of_another() -> None:
    """The same two people, met in another order in another request, have each other's labels: nothing can be laid side by side."""
    kees, anna = (
        KnownPerson(Person((Name(given, family=family),)), Role.THIRD, "buur")
        for given, family in (("Kees", "Terpstra"), ("Anna", "Hofstra"))
    )
    first, second = (
        _shown(_made([f"{a} belde.", f"{b} belde."], [kees, anna]))
        for a, b in (("Kees Terpstra", "Anna Hofstra"), ("Anna Hofstra", "Kees Terpstra"))
    )
    assert first == second == ["[buur] belde.", "[buur 2] belde."]


def test_what_was_decided_in_one_request_is_unknown_in_the_next() -> None:
    """A wording is handed in with the request that it was decided for; nothing of it stays behind in the room."""
    notes = ["Overleg gehad met Zonneveld over de tuin."]
    (span,) = [s for s in redaction.text_redactor(Subject(ASKER), POLICY).spans(notes[0]) if s.action is not Action.KEEP]
    learnt = Wording("zonneveld", span.category, span.party, "show", "", "anna")
    assert _shown(_made(notes, [], [learnt])) == notes
    assert _shown(_made(notes, [])) != notes


def test_each_withheld_stretch_has_one_ground_that_may_be_used(policy: Policy) -> None:
    """Of the catalogue, and never X0; what is kept has none."""
    listed = yaml.safe_load((EMBEDDED / "grounds.yaml").read_text(encoding="utf-8"))["grounds"]
    usable = {ground["code"] for ground in listed if ground["standing"] != "blocked"}
    assert usable == {ground["code"] for ground in listed} - {"X0"}
    note = (
        "Melder J. Pietersen (06-98765432) is de zwager van mevrouw. Broer Kees heeft schizofrenie en een strafblad, BSN 999931738, rekening "
        "NL18 RABO 0123 4598 76, kenteken Z-310-LR, mail k@mail.example, Lindelaan 5, 3512 JK Utrecht, geb. 14-01-2013. Klantmanager S. Bos is zwanger."
    )
    spans = redaction.text_redactor(Subject(ASKER), policy).spans(note)
    assert {s.ground for s in spans if s.action is not Action.KEEP} <= usable
    assert {s.ground for s in spans if s.action is Action.KEEP} <= {""}
    assert {"A1", "A2", "A4", "B1", "B2"} <= {s.ground for s in spans}


@pytest.mark.parametrize("party", [Party.RELATIVE, Party.THIRD, Party.OFFICIAL, Party.PROFESSIONAL])
def test_every_party_of_people_has_a_ground(policy: Policy, party: Party) -> None:
    """So that nothing of anybody is withheld without one."""
    assert policy.parties[party].ground not in ("", "X0")
