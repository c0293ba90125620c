"""The policy pack's entry point: assembly only, for `PolicyPack` serves until the engine ends it."""

import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
# The engine puts this folder itself on the path; as a package it is found through its parent, installed or not.
sys.path[:] = [str(_FOLDER.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != _FOLDER)]

from pulumi_policy import PolicyPack  # noqa: E402 - the path comes first

from aws_mobile_guard.pack import NAME, policies  # noqa: E402 - the path comes first

PolicyPack(name=NAME, policies=policies())
