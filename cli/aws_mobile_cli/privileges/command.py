"""`aws-mobile privileges`: compare what the roles of a stack are granted with what they make use of."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aws_mobile_cli.exits import Exit
from aws_mobile_cli.failures import answered
from aws_mobile_cli.project import open_project

from .journeys import deploy, losable, lose
from .ledger import Ledger
from .reasons import OWN, Reasons, read_reasons
from .report import Report, show


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted of a measurement."""

    lose: str | None = None
    """The Region that is lost as well. Defaults to the stack's own where it has another to recover in, else none."""
    reasons: Sequence[Path] = ()
    """Files of reasons, besides the library's own."""
    every: bool = False
    """Whether the grants with a reason are listed, too."""


@answered
def privileges(folder: Path, stack: str, options: Options, *, as_json: bool) -> Exit:
    """Measure, print the result, and find fault with grants that nobody used or explains."""
    reasons = sum((read_reasons(path) for path in options.reasons), read_reasons(OWN) if OWN.is_file() else Reasons())
    report = measure(folder, stack, options.lose, reasons)
    if as_json:
        json.dump(report.document(), sys.stdout)
        sys.stdout.write("\n")
    else:
        show(report, every=options.every)
    return Exit.OK if report.passed else Exit.FOUND


def measure(folder: Path, stack: str, region: str | None, reasons: Reasons) -> Report:
    """Deploy a stack and check it, lose a Region where one can be lost, and return what came out of it."""
    project = open_project(folder, stack)
    ledger, journeys = Ledger(stacks=(stack,)), ["the checks"]
    region = region or losable(project)
    if region is not None:
        # First, since a Region that cannot be lost is refused at once.
        ledger.add(lose(folder, stack, region))
        journeys.append(f"the loss of {region}")
    ledger.add(deploy(project))
    return Report(project.name, stack, tuple(journeys), ledger, reasons)
