"""How one gemeente looks and speaks: its colour, its letters, its logo, the language, and the folder with templates of its own.

What is written is written in one house at a time; it is held in a context variable, so that two packages that are made at
once do not take each other's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from pathlib import Path

from config.request import LANGUAGES
from config.settings import Config

TEMPLATES = "templates"
"""The folder inside a folder of configuration that holds templates and texts of the gemeente's own."""


@dataclass(frozen=True, slots=True)
class House:
    """`folder` is the gemeente's own folder of templates, None where it has none; `fonts` maps our fonts to files that replace them."""

    language: str = "nl"
    folder: Path | None = None
    colour: str = "#154273"
    logo: Path | None = None
    fonts: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()  # what organisation.yaml says of the gemeente: its name, its addresses, who signs

    @property
    def tag(self) -> str:
        """The language as PDF and XMP name it."""
        return LANGUAGES[self.language]


_CURRENT: ContextVar[House] = ContextVar("house", default=House())  # noqa: B039  frozen: nobody can change it


def house() -> House:
    """The house in which is written now; Inzage's own where nobody opened one."""
    return _CURRENT.get()


@contextmanager
def living(in_house: House) -> Iterator[House]:
    """Write in this house until the end of the block."""
    token = _CURRENT.set(in_house)
    try:
        yield in_house
    finally:
        _CURRENT.reset(token)


def house_of(config: Config, language: str = "nl") -> House:
    """The house of a configuration: `style:` of organisation.yaml, and the folder `templates` beside it where there is one.

    Raises ValueError for a language without texts.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no texts in language {language}; there are: {', '.join(LANGUAGES)}")
    style, folder = config.organisation.style, config.folder / TEMPLATES
    files = {"InzageSans": style.font, "InzageSans-Bold": style.font_bold}
    fonts = {name: f"{file.stem}:{file}" for name, file in files.items() if file}
    says = tuple(value for f in fields(config.organisation) if isinstance(value := getattr(config.organisation, f.name), str))
    return House(language, folder if folder.is_dir() else None, style.colour, style.logo, fonts, says)
