"""The embedded gemeente Voorbeeldstad: build it in a folder, and run its systems on loopback.

Everybody in it is made up. Burgerservicenummers come from the range that is kept free for tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.errors import SourceUnavailable
from demo.cast import CAST, RESIDENT, Cast, Member

__all__ = ["CAST", "RESIDENT", "SEED", "Cast", "Member", "build", "environment", "running"]

SEED = 2026
"""The seed of the town that `inzage demo` shows."""

_USER = "inzage"
_NOWHERE = "http://127.0.0.1:9"
_KEY = "voorbeeldsleutel-0001"  # opens a server with made-up people on loopback, and nothing else


def build(folder: Path, seed: int = SEED) -> None:
    """Write every source of Voorbeeldstad into `folder`; nothing is done where this version with this seed stands already."""
    from demo.building import build as write  # noqa: PLC0415 (reportlab, openpyxl and docx cost half a second; most commands need none)

    write(folder, seed)


def environment(
    folder: Path, brp_url: str, registers: Mapping[str, str] | None = None, makelaar_url: str = _NOWHERE, suites_url: str = _NOWHERE
) -> dict[str, str]:
    """The variables that config/demo/sources.yaml uses, for the town in `folder` and its servers; registers by name."""
    where = folder.absolute()
    others = registers or dict.fromkeys(("zaakregister", "klantcontact", "logboek"), _NOWHERE)
    databases = {f"VOORBEELDSTAD_{name.upper()}_URL": f"sqlite:///{where / name}.sqlite" for name in _DATABASES}
    return {
        **databases,
        "VOORBEELDSTAD_BRP_URL": brp_url,
        "VOORBEELDSTAD_BRP_KEY": _KEY,
        **{f"VOORBEELDSTAD_{name.upper()}_URL": url for name, url in others.items()},
        "VOORBEELDSTAD_REGISTERS_KEY": _KEY,
        "VOORBEELDSTAD_BELASTINGEN_FILE": str(where / "belastingen.xlsx"),
        "VOORBEELDSTAD_VERGUNNINGEN_FILE": str(where / "parkeervergunningen.csv"),
        "VOORBEELDSTAD_NAHEFFINGEN_FILE": str(where / "naheffingen.csv"),
        "VOORBEELDSTAD_DOCUMENTEN_FOLDER": str(where / "documenten"),
        "VOORBEELDSTAD_BERICHTEN_FOLDER": str(where / "berichten"),
        "VOORBEELDSTAD_SCHULDHULP_FOLDER": str(where / "schuldhulp"),
        "VOORBEELDSTAD_MAKELAAR_URL": makelaar_url,
        "VOORBEELDSTAD_SUITES_URL": suites_url,
        "VOORBEELDSTAD_SOAP_PASSWORD": _KEY,
    }


_DATABASES = ("loket", "wmo", "uitkering", "jeugd", "schulden", "zaken", "regie")


@contextmanager
def running(folder: Path) -> Iterator[dict[str, str]]:
    """The town in `folder` with its servers on free ports of loopback, as `environment` gives them; stopped at the end.

    Raises SourceUnavailable where no town was built in `folder`.
    """
    from demo.brp.server import serving  # noqa: PLC0415 (as above, for FastAPI)
    from demo.registers import serving as registers  # noqa: PLC0415 (as above)
    from demo.soap import brokers  # noqa: PLC0415 (as above)

    register = folder / "brp.json"
    if not register.is_file():
        raise SourceUnavailable("Voorbeeldstad", "it does not stand in this folder", "Build it first: demo.build(folder)")
    with (
        serving(register, _KEY) as url,
        registers(folder, _KEY) as others,
        brokers(register, _USER, _KEY) as (makelaar, suites),
    ):
        yield environment(folder, url, others, makelaar, suites)
