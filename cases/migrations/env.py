"""Runs migrations on the connection that `cases.schema` hands over; touches no logging."""

from __future__ import annotations

from alembic import context

from cases.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
