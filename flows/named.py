"""What a run that is about no single request is called in the Prefect UI: its flow, and the moment for which it was planned."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from prefect.runtime import flow_run

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def by_moment() -> str:
    """`nightly-sweep 2026-12-01 06:00`, by the clock in Amsterdam."""
    planned = flow_run.scheduled_start_time or datetime.now(UTC)
    return f"{flow_run.flow_name} {planned.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
