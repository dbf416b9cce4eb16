"""The shape of the database: made by Alembic in silence, exactly what the code uses, whoever comes first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from cases import MasterKey, Register
from cases.engine import connect
from cases.schema import HEAD, MIGRATIONS
from cases.tables import METADATA
from config.errors import RequestError
from tests.cases.conftest import BSN, RECEIVED


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(url: str, register: Register) -> None:
    """Nothing differs between the two: columns, types, indexes, keys."""
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    """There is one newest; a database that is at it starts without loading Alembic."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(settings).get_heads() == [HEAD]


def test_migrating_again_changes_nothing(register: Register, number: str) -> None:
    """Every start does it."""
    before = register.audit.verify()
    register.migrate()
    assert register.audit.verify() == before
    assert register.get(number).number == number


def test_the_way_down_leaves_an_empty_database_and_the_way_up_works_again(url: str, register: Register) -> None:
    """For who tries a version and goes back."""
    engine = connect(url)
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    engine.dispose()
    register.migrate()
    assert register.new(BSN, RECEIVED, actor="balie").number == "INZ-2026-000001"


def test_a_database_of_a_newer_version_is_left_alone(url: str, register: Register) -> None:
    """One sentence, and nothing is changed."""
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = 'from-the-future'"))
    engine.dispose()
    with pytest.raises(RequestError, match="does not know"):
        register.migrate()


def test_a_database_that_was_never_migrated_is_told(url: str, keys: MasterKey) -> None:
    """No table, no traceback."""
    register = Register(url, keys)
    with pytest.raises(RequestError, match="migrated"):
        register.all()
    register.close()


def test_migrating_is_silent_and_needs_no_folder_of_its_own(tmp_path: Path) -> None:
    """No line on either stream, no logging set up, from any folder; the second start does not load Alembic at all."""
    code = (
        "import logging, sys; from pathlib import Path; from cases import MasterKey, Register; before = list(logging.root.handlers)\n"
        "register = Register('sqlite:///r.sqlite', MasterKey.find(Path('.'))); register.migrate()\n"
        "assert (logging.root.handlers, logging.root.level) == (before, logging.WARNING)\n"
        "print('alembic' in sys.modules)"
    )
    root = str(MIGRATIONS.parent.parent)
    for printed in ("True\n", "False\n"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", f"import sys; sys.path.insert(0, {root!r})\n{code}"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.stdout, done.stderr) == (printed, "")
    assert (tmp_path / "r.sqlite").stat().st_mode & 0o777 == 0o600
