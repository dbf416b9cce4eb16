"""The house in figures: small enough to read, open enough to follow."""

from __future__ import annotations

from benchmarks.house import figures, picture


def test_a_function_is_read_at_a_glance() -> None:
    """Half the functions have at most eight lines, nineteen in twenty at most thirty, and none more than sixty."""
    found = figures.function_lengths()
    assert (found.median <= 8, found.most <= 30, found.longest <= 60) == (True, True, True), found


def test_a_module_is_read_in_one_sitting() -> None:
    """Half the modules have at most 120 lines, and none more than 400."""
    found = figures.module_lengths()
    assert (found.median <= 120, found.longest <= 400) == (True, True), found


def test_no_two_modules_wait_for_each_other() -> None:
    """The imports of all rooms together have no circle."""
    picture.check_no_cycle()


def test_an_exception_to_lint_or_types_gives_its_reason() -> None:
    """Whoever reads `noqa` or `type: ignore` reads why on the same line."""
    assert figures.unexplained() == []


def test_tests_replace_next_to_nothing_of_the_product() -> None:
    """Fewer than five in a hundred tests put something else in the place of a part of ours."""
    assert figures.mocks_in_a_hundred_tests() < 5


def test_the_picture_of_the_rooms_is_what_the_imports_say() -> None:
    """docs/architecture.md shows who imports whom today; `python -m benchmarks.house --picture` draws it anew."""
    assert picture.drawn() in picture.PAGE.read_text(encoding="utf-8")
