"""Whatever stands in a file: it is read or it is told, and nothing falls over."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConfigError
from config.load import load, problems
from tests.config.conftest import ACTIVITIES, EMBEDDED, KINDS, ORGANISATION, SOURCES

FILES = {
    "organisation.yaml": ORGANISATION,
    "sources.yaml": SOURCES,
    "activities.yaml": ACTIVITIES,
    "grounds.yaml": (EMBEDDED / "grounds.yaml").read_text(encoding="utf-8"),
    "policy.yaml": (EMBEDDED / "policy.yaml").read_text(encoding="utf-8"),
}
ODD = [
    "",
    "x",
    "3",
    "[]",
    "{}",
    "[{}]",
    "[[x]]",
    "{x: {y: z}}",
    "null",
    "true",
    "${X}",
    "!x y",
    "*a",
    "&a {b: *a}",
    "'",
    "- ",
    "key.x",
    "subject.bsn",
    ":",
    "\t",
]


@st.composite
def changed(draw: st.DrawFn, text: str) -> str:
    """A file in which some values are something else, some lines are gone, and some stand elsewhere."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        name, colon, _ = lines[at].partition(":")
        match draw(st.sampled_from(["value", "drop", "indent", "noise", "cut"])):
            case "value":
                lines[at] = f"{name}{colon} {draw(st.sampled_from(ODD))}"
            case "drop":
                lines[at] = ""
            case "indent":
                lines[at] = " " * draw(st.integers(0, 9)) + lines[at].strip()
            case "noise":
                lines[at] += draw(st.text(max_size=5))
            case _:
                lines[at] = lines[at][: draw(st.integers(0, 40))]
    return "\n".join(lines)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_file_is_read_or_told(name: str, data: st.DataObject) -> None:
    """Problems name a file and a line of it, and `load` agrees with them."""
    text = data.draw(changed(FILES[name]))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for other, content in {**FILES, name: text}.items():
            (folder / other).write_bytes(content.encode("utf-8", "surrogatepass"))
        found = problems(folder, {"WMO_URL": "sqlite:///wmo"}, KINDS)
        mistakes = [problem for problem in found if problem.level == "error"]
        assert all(0 <= problem.line <= text.count("\n") + 2 or problem.file != name for problem in found)
        try:
            load(folder, {"WMO_URL": "sqlite:///wmo"}, KINDS)
        except ConfigError:
            assert mistakes
        else:
            assert not mistakes
