"""`python -m bench.generate --project DIR --stack NAME --into DIR`: write the programs that are compared.

From what the project's program registers: the same resources without components, and as a CDK app in JavaScript and in
Python. Fails if the one without components does not register the same, input for input.
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from aws_mobile_cli.project import open_project

from .blueprint import trace
from .cdk_app import App, Count
from .cdk_model import build
from .cdk_programs import write_javascript, write_python
from .cdk_rules import Counterpart, Folded
from .errors import BenchError
from .growth import write_growth
from .raw_program import write_raw
from .sameness import differences
from .templates import Expectation

_SHOWN = 20


def main() -> int:
    """Write everything, and `expectations.json` about what must stand in the CDK's templates."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    try:
        generate(options.project, options.stack, options.into)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def generate(folder: Path, stack: str, into: Path) -> None:
    """Write the programs into `into`."""
    into.mkdir(parents=True, exist_ok=True)
    project = open_project(folder, stack)
    blueprint = trace(project)
    write_raw(blueprint, into / "raw")
    found = differences(project, open_project(into / "raw", stack))
    if found:
        shown = "\n  ".join(found[:_SHOWN])
        message = f"the program without components registers something else, in {len(found)} places:\n  {shown}"
        raise BenchError(message)
    app = build(blueprint)
    write_javascript(app, into / "app.js")
    write_python(app, into / "app.py")
    write_growth(into / "growth")
    expectations = [dataclasses.asdict(one) for one in _expectations(app)]
    (into / "expectations.json").write_text(json.dumps(expectations, indent=1), encoding="utf-8")


def _expectations(app: App) -> list[Expectation]:
    return [_expectation(type_, count) for type_, count in app.counts.items()]


def _expectation(type_: str, count: Count) -> Expectation:
    rule = count.rule
    if isinstance(rule, Counterpart):
        companion = rule.companion.type if rule.companion else None
        return Expectation(type_, count.resources, rule.type, "resource", companion)
    if isinstance(rule, Folded):
        return Expectation(type_, count.resources, rule.path, "property")
    return Expectation(type_, count.resources, rule.why, "expression")


if __name__ == "__main__":
    sys.exit(main())
