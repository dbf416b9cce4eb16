"""The parts of the report: what is measured at which sizes, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from benchmarks.report import CannotRun, Report, Slope, output, slope, told

Part: TypeAlias = Callable[[Report, bool], Any]
"""Measures, tells, and gives what the JSON keeps; the second says whether quickly. Raises CannotRun."""

SIZES = (1_000, 10_000, 100_000)
STEPS = ("collect", "redact", "to dossier.json", "draft", "release")
GROWS = {
    "rows": ((1_000, 3_000, 10_000, 30_000), (300, 1_000, 3_000)),
    "documents": ((50, 100, 200, 400), (10, 20, 40)),
    "sources": ((5, 10, 20, 40), (4, 8, 16)),
}
"""What grows, by how much, and by how much quickly."""

WAYS = {
    "steps alone": ("inline", 60, 10),
    "batch flow (the sweep)": ("batch flow", 200, 10),
    "two workers, a process for each request": ("two workers", 60, 6),
    "the same, tasks on a running Dask cluster": ("running Dask cluster", 40, 4),
    "the command line, one after another": ("one process a request", 6, 2),
}
"""How requests are started, how the measurement calls it, and how many of them, and how many quickly."""


def beside(report: Report, quick: bool) -> list[dict[str, Any]]:
    """One request over the same tables of PostgreSQL: Inzage with everything on, and Fides without any of it."""
    made, rows = [told("benchmarks.beside", str(size)) for size in SIZES[: 1 if quick else 3]], list[tuple[object, ...]]()
    for one in made:
        ours, theirs = one["inzage"], one["fides"]
        rows.append((one["rows"], "Inzage", *(float(ours[step]) for step in STEPS), "", round(ours["peak MB"])))
        if theirs:
            ratios = theirs["cpu"] / ours["to dossier.json"], theirs["cpu"] / _whole(ours)
            compared = f"Inzage to dossier.json is {ratios[0]:.2f} x as fast, with everything {ratios[1]:.2f} x"
            rows.append((one["rows"], "Fides", "", "", float(theirs["cpu"]), "", "", compared, round(theirs["peak"])))
    report.table(("rows", "CPU s, warm", *STEPS, "against Fides", "peak MB"), rows)
    if not all(one["fides"] for one in made):
        report.say("Fides could not be installed here: Inzage alone was measured.")
    return made


def _whole(ours: dict[str, float]) -> float:
    return sum(ours[step] for step in ("collect", "redact", "draft", "release"))


def growth(report: Report, quick: bool) -> dict[str, Any]:
    """The slope of time and memory over rows, documents and number of sources."""
    kept, rows = dict[str, Any](), list[tuple[object, ...]]()
    for what, sizes in GROWS.items():
        points = [told("benchmarks.growth", what, str(size)) for size in sizes[quick]]
        time, memory = (_slope(points, quantity) for quantity in ("CPU s", "peak MB"))
        ends = (f"{points[0]['CPU s']:.2f} to {points[-1]['CPU s']:.2f}", f"{points[0]['peak MB']:.0f} to {points[-1]['peak MB']:.0f}")
        rows.append((what, f"{sizes[quick][0]:,} to {sizes[quick][-1]:,}", ends[0], str(time), ends[1], str(memory)))
        kept[what] = {"points": points, "time": time.__dict__, "memory": memory.__dict__}
    report.table(("what grows", "from, to", "CPU s", "exponent of time", "peak MB", "exponent of memory"), rows)
    report.say(
        "1.00 is linear. The straight line is fitted through all points on log-log paper; what a request costs in any case bends it down."
    )
    return kept


def _slope(points: list[dict[str, float]], quantity: str) -> Slope:
    return slope({point["count"]: point[quantity] for point in points})


def fanout(report: Report, quick: bool) -> list[dict[str, float]]:
    """Twelve sources that answer in some seconds each."""
    made = [{"slowest": float(pause), **told("benchmarks.fanout", pause)} for pause in ("1", "3")[: 1 if quick else 2]]
    rows = [(one["slowest"], one["seconds"], f"{100 * (one['seconds'] / one['slowest'] - 1):.1f} %") for one in made]
    report.table(("12 sources, each answers in, s", "all answered after, s", "over the slowest"), rows)
    return made


def throughput(report: Report, quick: bool) -> list[dict[str, Any]]:
    """Real small requests a minute, who spent the CPU on them, and what Prefect adds to each."""
    made = list[dict[str, Any]]()
    for name, (way, *sizes) in WAYS.items():
        try:
            made.append({"named": name, **told("benchmarks.throughput", way, str(sizes[quick]))})
        except CannotRun as why:
            report.say(f"**{name}: could not run here.** {why}")
    if not made or made[0]["way"] != "inline":
        raise CannotRun("without the steps alone there is nothing to measure the rest against")
    alone, rows = made[0]["flow CPU"] / made[0]["requests"], list[tuple[object, ...]]()
    for one in made:
        count, spent = one["requests"], one["flow CPU"] + one["server CPU"]
        each = one["flow CPU"] / count, one["server CPU"] / count
        rows.append((one["named"], count, 60 * count / one["wall"], *each, spent / count - alone, 60 * 2 * count / spent))
    head = ("way", "requests", "a minute, on the clock", "CPU s in flow and worker, each", "in Prefect's server", "above the steps alone")
    report.table((*head, "a minute on two free cores, by CPU"), rows)
    spent = {name.removeprefix("CPU s, "): seconds for name, seconds in made[0].items() if name.startswith("CPU s, ")}
    report.say("Where the time of a request goes, steps alone, CPU s each:")
    report.table(tuple(spent), [tuple(map(float, spent.values()))])
    return made


def flood(report: Report, quick: bool) -> dict[str, Any]:
    """Many requests registered at once, one of them poisonous."""
    measured = told("benchmarks.flood", "20" if quick else "1000")
    report.table(("what", "measured"), list(measured.items()))
    return measured


def faults(report: Report, quick: bool) -> dict[str, str]:
    """Each step by each thing that can go wrong under it."""
    return _printed(report, "benchmarks.faults", *(["redact:run killed"] if quick else []))


def redacted(report: Report, quick: bool) -> dict[str, str]:
    """How well and how fast notes are redacted, beside the peers that can be installed."""
    return _printed(report, "benchmarks.redaction", *(["--count", "60", "--times", "1"] if quick else ["--peers"]))


def written(report: Report, quick: bool) -> dict[str, str]:
    """Pages and rows per CPU-second of paper and workbook, beside what draws nothing but them."""
    return _printed(report, "benchmarks.outputs", *(["--quick"] if quick else []))


def read(report: Report, quick: bool) -> dict[str, str]:
    """One source at a time."""
    return _printed(report, "benchmarks.connectors", *(["5000"] if quick else []))


def _printed(report: Report, module: str, *arguments: str) -> dict[str, str]:
    text = output(module, *arguments).strip()
    if not text:
        raise CannotRun(f"{module} said nothing")
    report.say(text if "\n|" in text else f"```\n{text}\n```")
    return {"report": text}


PARTS: dict[str, tuple[str, Part]] = {
    "throughput": ("Requests a minute", throughput),
    "fanout": ("Fan-out over slow sources", fanout),
    "growth": ("Growth", growth),
    "beside": ("Beside Fides 2.78.2", beside),
    "outputs": ("Paper and workbook", written),
    "connectors": ("Sources", read),
    "redaction": ("Redaction", redacted),
    "flood": ("Many at once", flood),
    "faults": ("The fault matrix", faults),
}
"""By the name on the command line, with its title; the long ones last."""
