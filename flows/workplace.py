"""Where the work is done: the configuration, the register and the vault that belong to one INZAGE_HOME."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import connectors
import demo
from cases import MasterKey, Register, Vault
from config.errors import RequestError
from config.load import EMBEDDED, load
from config.request import Status
from config.settings import Config
from flows.folder import config_folder

__all__ = [
    "EMBEDDED", "Workplace", "check_kept", "config_folder", "configuration", "embedded", "environment", "home", "systems", "workplace",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Workplace:
    """The one configuration, register and vault that a command or a flow works with."""

    config: Config
    register: Register
    vault: Vault


def home() -> Path:
    """INZAGE_HOME, `.inzage/` where it is not set; made on first use, for the owner only."""
    folder = Path(os.environ.get("INZAGE_HOME", ".inzage")).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def embedded() -> bool:
    """Whether the work is for Voorbeeldstad, whose systems we start ourselves."""
    return config_folder() == EMBEDDED.absolute()


def environment() -> dict[str, str]:
    """What `${NAME}` in the YAML stands for; the systems of Voorbeeldstad have their places even while none of them runs."""
    if not embedded():
        return dict(os.environ)
    return {**demo.environment(home() / "voorbeeldstad", "http://127.0.0.1:9"), **os.environ}


_OF_A_RUN = "PREFECT__"
"""What Prefect tells each run by its environment, and no configuration asks for."""


def configuration() -> Config:
    """The configuration alone, for commands that touch no request; ConfigError tells every mistake in it."""
    folder = config_folder()
    known = {name: value for name, value in environment().items() if not name.startswith(_OF_A_RUN)}
    return _configured(folder, tuple(_stamp(path) for path in sorted(folder.glob("*.yaml"))), tuple(sorted(known.items())))


@lru_cache(maxsize=4)
def _configured(folder: Path, _files: tuple[tuple[str, int, int], ...], known: tuple[tuple[str, str], ...]) -> Config:
    """Read once for each state of the files and the environment, since every task of a flow asks for it."""
    return load(folder, dict(known), connectors.kinds())


def _stamp(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return path.name, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _register(url: str, where: Path) -> Register:
    register = Register(url, MasterKey.find(where))
    register.migrate()
    return register


def register_url() -> str:
    """INZAGE_DATABASE_URL; a file in INZAGE_HOME where it is not set."""
    return os.environ.get("INZAGE_DATABASE_URL", f"sqlite:///{home() / 'register.sqlite'}")


def vault_url() -> str:
    """INZAGE_VAULT_URL; a folder in INZAGE_HOME where it is not set."""
    return os.environ.get("INZAGE_VAULT_URL", f"file://{home() / 'vault'}")


def workplace() -> Workplace:
    """The workplace that the environment describes."""
    where = home()
    register = _register(register_url(), where)
    return Workplace(configuration(), register, Vault(vault_url(), register))


def check_kept(work: Workplace, number: str) -> None:
    """Raise RequestError where there is no such request, or where nothing of it is left but the audit trail."""
    if work.register.get(number).status is Status.PURGED:
        raise RequestError(number, "was purged", "Nothing is left of it but the audit trail")


@contextmanager
def systems() -> Iterator[None]:
    """The source systems, running: those of Voorbeeldstad are built and started, those of a gemeente are there already."""
    if not embedded() or "VOORBEELDSTAD_BRP_URL" in os.environ:
        yield
        return
    folder = home() / "voorbeeldstad"
    demo.build(folder)
    with demo.running(folder) as environment:
        os.environ.update(environment)
        try:
            yield
        finally:
            for name in environment:
                os.environ.pop(name, None)
