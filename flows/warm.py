"""Runs of the worker start as a copy of a process that has imported everything, instead of as a Python that begins with nothing.

A fork server (multiprocessing) imports `flows.warmed` once and stays as it is; each run is a child of it, a process and a session of
its own as before: it can be killed, and what it read is gone with it. What the copy cannot give, it does not pretend to: a run for
which somebody set a command or an environment of its own in Prefect starts as Prefect starts it.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import runpy
import sys
import tempfile
import warnings
from abc import ABC
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.forkserver import ensure_running
from uuid import UUID

import anyio
from anyio.abc import TaskStatus
from prefect.client.schemas.objects import FlowRun
from prefect.flows import load_flow_from_flow_run
from prefect.runner._control_channel import ControlChannel
from prefect.runner._flow_run_executor import FlowRunExecutorContext
from prefect.runner._process_manager import ProcessHandle, create_isolated_termination_scope
from prefect.settings import get_current_settings
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker, ProcessWorkerResult

_FORK = multiprocessing.get_context("forkserver")
_OF_THE_RUN = ("PREFECT__", "PREFECT_FLOWS_HEARTBEAT")
"""What Prefect tells a run by its environment, and reads when the run begins."""


def warm_up() -> None:
    """Start the fork server with the environment as it is now; it gets ready while this process goes on."""
    _FORK.set_forkserver_preload(["flows.warmed"])
    ensure_running()


class WarmWorker(ProcessWorker, ABC):  # ABC: Prefect then leaves its own as the one that `process` stands for elsewhere
    """Prefect's worker for processes, but for how a process comes to be."""

    async def run(
        self, flow_run: FlowRun, configuration: ProcessJobConfiguration, task_status: TaskStatus[int] | None = None
    ) -> ProcessWorkerResult:
        """Carry one run out; tells its process where it began, and gives how that ended."""
        if configuration._command_configured or configuration.working_dir or not as_we_are(configuration.env):
            return await super().run(flow_run, configuration, task_status)
        with tempfile.TemporaryDirectory(prefix="inzage-run-") as folder:
            async with FlowRunExecutorContext() as context:
                starter = Copy(configuration.env, folder, context.control_channel)
                executor = context.create_executor(flow_run, starter, resolve_flow=load_flow_from_flow_run, propose_submitting=False)
                done = await executor.submit(_Started(task_status or anyio.TASK_STATUS_IGNORED))
        if done is None or done.status_code is None:
            raise RuntimeError("the process of the run did not start")
        return ProcessWorkerResult(status_code=done.status_code, identifier=str(done.handle.pid))


def as_we_are(environment: Mapping[str, str | None]) -> bool:
    """Whether a run wants no other environment than this process has, but for what Prefect itself tells each run."""
    set_here = get_current_settings().to_environment_variables(exclude_unset=True)  # Prefect spells "false" as "False"
    wanted = {name: value for name, value in environment.items() if not name.startswith(_OF_THE_RUN)}
    return all(value in {os.environ.get(name), set_here.get(name)} for name, value in wanted.items())


class _Started(TaskStatus[ProcessHandle]):
    """Tells the worker the number of a process where Prefect tells of the process."""

    def __init__(self, told: TaskStatus[int]) -> None:
        self._told = told

    def started(self, value: ProcessHandle | None = None) -> None:
        self._told.started(value.pid or 0 if value else 0)


class Copy:
    """Starts one run as a child of the fork server."""

    def __init__(self, environment: Mapping[str, str | None], folder: str, control: ControlChannel) -> None:
        self._environment, self._folder, self._control = environment, folder, control

    async def start(self, flow_run: FlowRun, task_status: TaskStatus[ProcessHandle] = anyio.TASK_STATUS_IGNORED) -> None:
        """Start it, tell of it, and wait for its end."""
        process = _FORK.Process(target=carry_out, args=(str(flow_run.id), {**self._told(), **self._channel(flow_run.id)}, self._folder))
        await anyio.to_thread.run_sync(process.start)
        assert process.pid is not None  # noqa: S101 - it was started
        task_status.started(ProcessHandle(process, create_isolated_termination_scope(process.pid)))  # type: ignore[arg-type]  # a process is one however it began
        await anyio.to_thread.run_sync(process.join)

    def _told(self) -> dict[str, str]:
        return {name: value for name, value in self._environment.items() if name.startswith(_OF_THE_RUN) and value is not None}

    def _channel(self, run: UUID) -> dict[str, str]:
        """Over which Prefect asks a run to stop; without it, a run is stopped by a signal."""
        with suppress(RuntimeError):
            port, token = self._control.register(run)
            return {"PREFECT__CONTROL_PORT": str(port), "PREFECT__CONTROL_TOKEN": token}
        return {}


def carry_out(run: str, told: Mapping[str, str], folder: str) -> None:
    """What the copy does: all of `python -m prefect.engine`, in a session of its own, and the end that a forked process leaves out."""
    os.setsid()
    os.environ.update(told, PREFECT__FLOW_RUN_ID=run, PREFECT__ENABLE_CANCELLATION_AND_CRASHED_HOOKS="false")
    os.chdir(folder)
    sys.argv = ["prefect.engine", run]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a part of Prefect may have imported it before
            runpy.run_module("prefect.engine", run_name="__main__")
    finally:
        atexit._run_exitfuncs()  # what Prefect has still to tell its server
