"""The exit codes of `aws-mobile`, for scripts."""

from enum import IntEnum


class Exit(IntEnum):
    """What the command's exit code says."""

    OK = 0
    """Everything is as it should be."""
    FOUND = 1
    """It ran, and a mandatory policy or a check of the deployed system failed."""
    USAGE = 2
    """The command line, the stack file or a component's arguments are wrong; nothing was registered."""
    FAILED = 3
    """The program or the sandbox's AWS failed part of the way."""
    INTERRUPTED = 130
    """Stopped by the user."""


class UsageError(Exception):
    """The command cannot start: the message says what is missing and what to do."""
