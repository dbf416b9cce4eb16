"""YAML files: plain data only, with lines, bounded, and told in plain words where they cannot be read."""

from __future__ import annotations

import pytest

from config.problems import Notes
from config.yamlfile import DEEPEST, MOST_BYTES, parse, plain
from tests.config.conftest import Folder


def read(text: str | bytes, **environment: str) -> tuple[object, list[str]]:
    """The plain data of a file, and what is told about it."""
    notes = Notes("x.yaml")
    node = parse(text.encode() if isinstance(text, str) else text, environment, notes)
    return plain(node), [str(problem) for problem in notes.found]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a: NO", {"a": "NO"}),
        ("a: 5.10", {"a": 5.1}),
        ("a: '5.10'", {"a": "5.10"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 007", {"a": "007"}),
        ("a: 2015-01-01", {"a": "2015-01-01"}),
        ("a: true", {"a": True}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: ''", {"a": ""}),
        ("- 1\n- x", [1, "x"]),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
        ("a: &x {b: 1, d: 2}\nc: {<<: *x, b: 3}", {"a": {"b": 1, "d": 2}, "c": {"b": 3, "d": 2}}),
        ("\ufeffa: 1", {"a": 1}),
    ],
)
def test_a_value_is_what_it_looks_like_to_a_person(text: str, meant: object) -> None:
    """Only whole numbers, decimals, true and false are more than text; dates and times stay as written."""
    assert read(text) == (meant, [])


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a: 1\n\tb: 2\n", 2, "a tab stands where only spaces may. Indent with spaces"),
        ("a: 1\nb: 'open\n", 3, "a quote is opened and never closed"),
        ("a: b: c\n", 1, "a colon stands where none can"),
        ("a: [1, 2\nb: 3\n", 2, "a bracket is not closed, or a comma is missing"),
        ("a:\n  - 1\n b: 2\n", 3, "the indentation differs from the lines above"),
        ("a: 1\nb\nc: 2\n", 3, "a name lacks its colon"),
        ("a: *x\n", 1, "an alias (*name) has no anchor (&name) above it"),
        ("a: @x\n", 1, "a character stands where YAML gives it a meaning of its own"),
        ("a: 1\n---\nb: 2\n", 2, "the file holds more than one document"),
        ("a: \x01\n", 1, "a control character stands in the file"),
        ("", 1, "the file is empty"),
        ("# only this\n", 1, "the file is empty"),
        (b"a: 1\nb: \xe9\xe9n\n", 2, "the file is not UTF-8 text. Save it as UTF-8"),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(text: str | bytes, line: int, told: str) -> None:
    """With the line, and without a word of the parser's."""
    data, (sentence,) = read(text)
    assert data is None
    assert sentence.startswith(f"x.yaml:{line}: {told}")


def test_a_name_that_stands_twice_is_a_mistake() -> None:
    """YAML lets the last one win, in silence."""
    _, (line,) = read("a: 1\nb: 2\na: 3\n")
    assert line == "x.yaml:3: a stands here twice (first on line 1). Keep one of the two."


@pytest.mark.parametrize("text", ["a: !!python/object/apply:os.system [ls]", "a: !secret x", "a: !!set {x}", "a: !!binary eA=="])
def test_a_tag_is_never_obeyed(text: str) -> None:
    """Nothing is constructed; the value beside it is only noted."""
    _, (line,) = read(text)
    assert "a tag (!) stands before a value. Remove it" in line


def test_a_bomb_of_aliases_is_refused() -> None:
    """A few lines that unfold to billions of values."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    data, (line,) = read(bomb)
    assert data is None
    assert "aliases make the file endless or very large" in line


@pytest.mark.parametrize("text", ["a: &x [*x]", "&x {a: *x}"])
def test_an_alias_of_itself_is_refused(text: str) -> None:
    """It would be endless."""
    assert read(text)[0] is None


@pytest.mark.parametrize("text", ["[" * 5000, "a: " + "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2)])
def test_deep_nesting_is_refused_before_anything_recursive_looks(text: str) -> None:
    """However deep, it is told and nothing falls over."""
    data, (line,) = read(text)
    assert data is None
    assert "nested too deeply" in line


def test_a_file_that_is_too_large_is_refused() -> None:
    """Before it is parsed."""
    assert read("a: " + "x" * MOST_BYTES)[0] is None


def test_the_environment_fills_in_anywhere_in_a_text() -> None:
    """Several times, and in lists and names of files."""
    assert read("a: ${X}/db-${Y}\nb: ['${X}']\n", X="één", Y="2") == ({"a": "één/db-2", "b": ["één"]}, [])


def test_a_filled_in_value_is_never_yaml() -> None:
    """A secret may hold colons, brackets and `${`, and stays one text."""
    assert read("a: ${X}", X="}: [${Y} {")[0] == {"a": "}: [${Y} {"}


@pytest.mark.parametrize(("environment", "wrong"), [({}, "is not set"), ({"X": ""}, "is empty")])
def test_a_variable_that_is_missing_is_told_by_name_and_line(environment: dict[str, str], wrong: str) -> None:
    """The line is that of the value."""
    _, (line,) = read("a: 1\nb: ${X}\n", **environment)
    assert line == f"x.yaml:2: the environment variable X {wrong}. Set X before starting, or remove ${{X}}."


@pytest.mark.parametrize("text", ["a: ${}", "a: ${a b}", "a: ${1}"])
def test_a_name_no_variable_can_have_is_a_mistake(text: str) -> None:
    """What was meant is shown."""
    assert "does not hold the name of an environment variable" in read(text)[1][0]


@pytest.mark.parametrize("place", ["name: wmo", "kind: sql", "title: Wmo-administratie", "activity: hulp"])
def test_no_message_tells_what_the_environment_holds(gemeente: Folder, place: str) -> None:
    """Wherever a secret is put by mistake, it is shown as it stands in the file."""
    gemeente.environment["SECRET"] = "kanariegeel geheim"
    name = place.partition(":")[0]
    gemeente.replace("sources.yaml", place, f"{name}: ${{SECRET}}\n    unknown: ${{SECRET}}\n    timeout: ${{SECRET}}")
    told = "\n".join(gemeente.told(""))
    assert "kanariegeel" not in told
    assert told.count("sources.yaml:") >= 2
