"""`inzage redact`: one line out for each line in, in order, and one clear sentence for what is wrong."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

import redaction
from config.errors import UsageError
from config.settings import Policy


def test_a_line_comes_back_with_its_spans(subject_json: dict[str, Any], policy: Policy) -> None:
    """Offsets are code points of the input."""
    text = "😀 Mehmet Yılmaz belde."
    (line,) = redaction.stream(subject_json, [orjson.dumps({"id": 7, "text": text})], policy)
    made = json.loads(line)
    assert (made["id"], made["text"]) == (7, "😀 [ex-partner] belde.")
    (span,) = made["spans"]
    assert text[span["start"] : span["end"]] == "Mehmet Yılmaz"
    assert set(span) == {"start", "end", "category", "party", "action", "ground", "label", "confidence", "detector"}


def test_lines_are_answered_one_at_a_time(subject_json: dict[str, Any], policy: Policy) -> None:
    """Nothing is read ahead: the answer to a line is there before the next is asked for."""
    asked = []

    def lines() -> Any:
        for n in range(3):
            asked.append(n)
            yield f'{{"id": {n}, "text": "Jan"}}'

    answers = redaction.stream(subject_json, lines(), policy)
    next(answers)
    assert asked == [0]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"text": "Mehmet"}', '{"id": 1, "text": 5}', b"\xff\xfe"])
def test_a_malformed_line_is_named_by_its_number_and_not_by_its_content(
    subject_json: dict[str, Any], policy: Policy, line: str | bytes
) -> None:
    """The message holds the number of the line, and nothing of it."""
    with pytest.raises(UsageError, match="line 2") as caught:
        list(redaction.stream(subject_json, ['{"id": 1, "text": ""}', line], policy))
    assert "Mehmet" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"colour": "blue"}, "SUBJECT: field `colour` is not known"),
        ({"people": [{"role": "neighbour", "names": []}]}, "people.0.: `role` is missing or unknown"),
        ({"subject": {"names": [{"call": "Joke"}]}}, "subject.names.0.: it has neither `family` nor `given`"),
        ({"subject": {"birth_date": "9 maart"}}, "subject: `birth_date` is no date"),
        ({"subject": {"adresses": []}}, "subject: field `adresses` is not known"),
        ({"subject": []}, "subject: this is no JSON object"),
    ],
)
def test_what_is_not_understood_of_the_subject_is_refused(
    subject_json: dict[str, Any], policy: Policy, change: dict[str, Any], sentence: str
) -> None:
    """A field that is not known is refused by its name: a typing error must not make somebody unknown."""
    told = copy.deepcopy(subject_json) | change
    with pytest.raises(UsageError, match=sentence):
        redaction.reader(told, policy)


def test_the_same_notes_give_the_same_answer_under_any_hash_seed(subject_json: dict[str, Any]) -> None:
    """Labels follow the order of appearance, never that of a hash."""
    code = (
        "import sys, orjson, redaction; from pathlib import Path; from config.load import load_policy\n"
        "subject = orjson.loads(sys.argv[1])\n"
        "notes = [orjson.dumps({'id': n, 'text': t}) for n, t in enumerate(sys.argv[2:])]\n"
        "print('\\n'.join(redaction.stream(subject, notes, load_policy(Path('config/demo')))))"
    )
    notes = [
        "Buurvrouw Zeynep Aydın en dhr. De Wit en Piet Mulder belden.",
        "Mulder belde met mevr. Aydin en Ali Çelik, Ewa en Roos.",
        "Amrani en el amrani",
    ]
    answers = {
        subprocess.run(
            [sys.executable, "-c", code, orjson.dumps(subject_json).decode(), *notes],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(answers) == 1


def test_a_malformed_line_costs_no_other_line_its_answer(subject_json: dict[str, Any], policy: Policy) -> None:
    """All that can be answered is; the sentence at the end names the others."""
    answers = redaction.stream(subject_json, ['{"id": 1, "text": ""}', "{", '{"id": 2, "text": "Jan"}', "[]"], policy)
    assert [json.loads(next(answers))["id"] for _ in range(2)] == [1, 2]
    with pytest.raises(UsageError, match="lines 2, 4"):
        next(answers)


def test_half_an_emoji_and_a_mark_of_byte_order_are_read(subject_json: dict[str, Any], policy: Policy) -> None:
    """Other systems cut texts off inside a character, and begin files with a mark."""
    (line,) = redaction.stream(subject_json, [b'\xef\xbb\xbf{"id": 1, "text": "Mehmet \\ud83d"}'], policy)
    assert json.loads(line)["text"] == "[ex-partner] \ud83d"


def test_a_full_name_is_no_proof_where_only_the_family_name_of_the_subject_is_known(policy: Policy) -> None:
    """`Piet Amrani` may be a brother: withheld, for a person to decide."""
    (line,) = redaction.stream({"subject": {"names": [{"family": "Amrani"}]}}, ['{"id": 1, "text": "Bel Piet Amrani."}'], policy)
    assert [span["action"] for span in json.loads(line)["spans"]] == ["review"]


def test_the_example_in_the_docs_is_a_subject(policy: Policy) -> None:
    """docs/redaction.md shows a `SUBJECT.json`: it is taken as it stands, and her mother is not her."""
    page = (Path(__file__).parents[2] / "docs" / "redaction.md").read_text(encoding="utf-8")
    subject = orjson.loads(page.split("```json\n", 1)[1].split("```", 1)[0])
    (line,) = redaction.stream(subject, [b'{"id": "n1", "text": "Joke van der Berg belde met haar moeder Sara Berg."}'], policy)
    assert orjson.loads(line)["text"] == "Joke van der Berg belde met haar moeder [moeder]."
