"""Figures for Prometheus, in its text format: counts and durations. Labels are states, outcomes and names of sources, nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from config.errors import InzageError
from flows.ready import ready
from flows.standing import Standing, standing
from flows.told import STEPS
from flows.version import VERSION
from flows.workplace import workplace

KIND = "text/plain; version=0.0.4; charset=utf-8"


class Figures(Collector):
    """Made at each look, from the register; where that is away, what can be told without it."""

    def collect(self) -> Iterator[Metric]:
        """Every family of figures."""
        yield InfoMetricFamily("inzage", "Which version this is.", {"version": VERSION})
        parts = GaugeMetricFamily("inzage_ready", "Whether a part of Inzage works (1) or not (0).", labels=["part"])
        for part, wrong in ready().items():
            parts.add_metric([part], float(not wrong))
        yield parts
        try:
            work = workplace()
            now, room = standing(work), work.vault.room()
        except InzageError:  # told above, as a part that does not work
            return
        if room is not None:
            yield GaugeMetricFamily("inzage_vault_free_bytes", "Bytes free on the disk of the vault.", value=room)
        yield from _requests(now)
        yield from _sources(now)
        yield _runs(now)


def _requests(now: Standing) -> Iterator[Metric]:
    states = GaugeMetricFamily("inzage_requests", "Requests, by state.", labels=["state"])
    for state, count in now.by_status.items():
        states.add_metric([state], count)
    yield states
    yield GaugeMetricFamily("inzage_requests_waiting", "Requests that nobody began to handle: the queue.", value=now.waiting)
    yield GaugeMetricFamily("inzage_requests_left", "Requests under way on which nobody alive works.", value=now.left)
    yield GaugeMetricFamily("inzage_requests_stuck", "Of these, those that wait for a person after several tries.", value=now.stuck)
    yield GaugeMetricFamily("inzage_deadlines_near", "Open requests due within a week.", value=now.near)
    yield GaugeMetricFamily("inzage_deadlines_late", "Open requests past their month.", value=now.late)


def _sources(now: Standing) -> Iterator[Metric]:
    answers = CounterMetricFamily(
        "inzage_source_answers", "Answers of a source at a draft or a check, by outcome.", labels=["source", "outcome"]
    )
    failing = GaugeMetricFamily("inzage_source_failures_in_a_row", "How often in a row a source failed up to now.", labels=["source"])
    for source in now.sources:
        failing.add_metric([source.name], source.in_a_row)
        for outcome, count in sorted(source.outcomes.items()):
            answers.add_metric([source.name, outcome], count)
    yield answers
    yield failing


def _runs(now: Standing) -> Metric:
    buckets, total = list[tuple[str, float]](), 0
    for bound, count in zip((*map(str, STEPS), "+Inf"), now.runs, strict=True):
        total += count
        buckets.append((bound, total))
    return HistogramMetricFamily("inzage_run_seconds", "How long runs worked on a request.", buckets=buckets, sum_value=now.seconds)


def text() -> bytes:
    """All of it as Prometheus reads it."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures())
    return generate_latest(registry)
