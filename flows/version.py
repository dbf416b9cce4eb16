"""The version of Inzage that stands in every dossier it makes."""

from __future__ import annotations

VERSION = "0.1.0"
