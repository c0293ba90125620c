"""Ends processes whose parent is gone: the script of a process beside the sandbox, which outlives one that is killed.

It is told of process groups on its standard input (`+pid` when one starts, `-pid` when it has ended) and of a folder,
its argument; when the input ends it kills what is left and removes the folder.
"""

import os
import shutil
import signal
import sys
from contextlib import suppress


def main() -> None:
    """Follow what is told until the other side is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        (groups.add if line.startswith("+") else groups.discard)(int(line[1:]))
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
