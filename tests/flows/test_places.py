"""`concurrency` of a source is one bound over all: processes, machines, and the questions that one of them asks at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

from cases import MasterKey, Register
from tests.connectors import cases
from tests.flows.conftest import ROOT

ALLOWED = 3
ASKS = f"""
import sys
from dataclasses import replace
from pathlib import Path
from cases import MasterKey, Register
from tests.connectors import cases
from tests.connectors.made import collect
tables = ("rollen", "statussen", "zaaknotities", "documenten")
source = cases.register_source(sys.argv[1], cases.CASE, *map(cases.hanging, tables), concurrency={ALLOWED}, name="reg")
source = replace(source, entities=tuple(replace(entity, source="reg") for entity in source.entities))
register = Register(sys.argv[2], MasterKey.find(Path(sys.argv[3])))
with register.places.at("reg", {ALLOWED}) as further:
    print(collect(replace(source, options={{**source.options, "places": further}})).coverage.records)
register.close()
"""


def test_processes_that_each_ask_several_questions_at_once_are_together_not_more_than_concurrency(tmp_path: Path) -> None:
    """Three processes, each of which may ask three at once: never more than three, and each finds all there is."""
    busy, most = 0, 0

    async def watched(request: Any, answer: Any) -> Any:
        nonlocal busy, most
        busy, most = busy + 1, max(most, busy + 1)
        await asyncio.sleep(0.02)
        made = await answer(request)
        busy -= 1
        return made

    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    register = Register(url, MasterKey.find(tmp_path))
    register.migrate()
    register.close()
    told = [{**cases.CASES[0], "zaak": f"ZAAK-{number}"} for number in range(6)]
    with cases.register(cases.stored(told), watched) as address:
        command = [sys.executable, "-c", ASKS, address, url, str(tmp_path)]
        asking = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        found = {process.communicate(timeout=200)[0] for process in asking}
    assert len(found) == 1 and int(found.pop()) > 6
    assert most == ALLOWED
