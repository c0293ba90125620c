"""Updates many stacks of one project at once, through Pulumi's Automation API: `deploy.py STACK STACK …`.

Each stack has its own state and its own lock, so that they do not wait for one another; how many run at once is a
matter of memory, as each has an engine, plugins and a program of its own. One that fails does not stop the others. The
exit code is 1 if any failed.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pulumi import automation

_RAISED = re.compile(r"[A-Za-z_.]+(Error|Exception): ")
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one stack."""

    stack: str
    changes: dict[str, int]
    seconds: float
    error: str = ""

    def __str__(self) -> str:
        """Say it on one line."""
        counts = ", ".join(f"{count} {step}" for step, count in sorted(self.changes.items())) or "nothing to do"
        return f"{self.stack:<20} {'FAILED' if self.error else 'ok':<7} {self.seconds:6.1f} s  {self.error or counts}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Update the stacks, print a line for each as it is done, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stacks", nargs="+", metavar="STACK")
    parser.add_argument("--project", type=Path, default=Path(), metavar="DIR", help="this folder if not given")
    parser.add_argument("--at-once", type=int, default=4, metavar="N", help="4 if not given")
    parser.add_argument("--preview", action="store_true", help="only say what would change")
    options = parser.parse_args(arguments)
    if len(set(options.stacks)) != len(options.stacks) or options.at_once < 1:
        parser.error("name each stack once, and let one or more run at a time")
    outcomes = update(options.project, options.stacks, options.at_once, preview=options.preview, tell=_say)
    failed = [outcome.stack for outcome in outcomes if outcome.error]
    _say(f"{len(outcomes) - len(failed)} of {len(outcomes)} stacks done" + (f"; failed: {failed}" if failed else ""))
    return 1 if failed else 0


def update(
    project: Path, stacks: Sequence[str], at_once: int, *, preview: bool, tell: Callable[[str], None]
) -> list[Outcome]:
    """Return what became of each stack, in the order in which they were named."""

    def run(name: str) -> Outcome:
        outcome = _update(project, name, preview=preview)
        tell(str(outcome))
        return outcome

    with ThreadPoolExecutor(at_once, thread_name_prefix="stack") as pool:
        return list(pool.map(run, stacks))


def _update(project: Path, name: str, *, preview: bool) -> Outcome:
    started = time.monotonic()
    changes: dict[str, int] = {}
    error = ""
    try:
        # The CLI remembers the stack that was selected last in one file for the whole project.
        with _ONE_AT_A_TIME:
            stack = automation.select_stack(name, work_dir=str(project))
        counted = stack.preview().change_summary if preview else stack.up().summary.resource_changes or {}
        changes = {str(getattr(step, "value", step)): count for step, count in counted.items() if step != "same"}
    except automation.ConcurrentUpdateError:
        error = "somebody else is at it: the stack is locked"
    except automation.CommandError as refused:
        error = _reason(str(refused))
    return Outcome(name, changes, time.monotonic() - started, error)


def _reason(printed: str) -> str:
    """Return the line that tells why: what the program raised or, if it raised nothing, Pulumi's own error."""
    lines = [line.strip() for line in printed.splitlines()]
    raised = (line for line in lines if _RAISED.match(line))
    told = (line[line.index("error:") :] for line in lines if "error:" in line)
    return next(raised, "") or next(told, "") or " ".join(lines)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
