"""Runs migrations on the connection that `cases.schema` hands over; touches no logging."""

from __future__ import annotations

from alembic import context

import cases.desk_tables  # noqa: F401 - its tables are of the same metadata
from cases.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
