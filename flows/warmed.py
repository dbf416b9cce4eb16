"""What the fork server has ready for every run: imported by it alone, which does nothing else ever after (see `flows.warm`).

That something is done at import is the exception to a rule of the house: a fork server knows no other way to be told.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

import connectors
import flows.deployments  # noqa: F401 - all flows come with it
from config.errors import InzageError
from flows.workplace import configuration
from outputs import at_hand
from redaction.lexicon import lexicon

READY = (lexicon(), *(import_module(f"connectors.{kind}") for kind in sorted(connectors.kinds())))
"""The lists of words, every kind of source; and with the deployments every flow."""

at_hand()
with suppress(InzageError):  # a configuration that was broken meanwhile: the run itself tells what is wrong with it
    configuration()
