"""`python -m bench.judging --stack NAME`: how long the policy rules take over a stack's preview, and over copies of it.

All in one process, after the program has run: what the rules add to a preview. Prints JSON.
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from aws_mobile_guard.resources import ResourceInput
from aws_mobile_guard.run import evaluate

from .errors import BenchError

COPIES = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Judged:
    """How long all rules took over so many copies of a stack."""

    copies: int
    resources: int
    findings: int
    seconds: float
    """A median."""


def growth(judged: Sequence[Judged]) -> float:
    """Return by how many times a resource of the most copies takes longer than one of the fewest."""
    first, last = judged[0], judged[-1]
    return (last.seconds / last.resources) / (first.seconds / first.resources)


def judge_apart(project: Path, stack: str, rounds: int) -> list[Judged]:
    """Judge a stack in a process of its own: what measures must stay small."""
    command = [sys.executable, "-m", "bench.judging", "--project", str(project), "--stack", stack]
    command += ["--rounds", str(rounds)]
    answer = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BenchError(answer.stderr.strip())
    return [Judged(**one) for one in json.loads(answer.stdout)]


def judge(resources: Sequence[ResourceInput], rounds: int, copies: Sequence[int] = COPIES) -> list[Judged]:
    """Judge so many copies of resources, in turn, `rounds` times after one that does not count."""
    stacks = {count: [one for number in range(count) for one in copied(resources, number)] for count in copies}
    took: dict[int, list[float]] = {count: [] for count in copies}
    found: dict[int, int] = {}
    for round_ in range(rounds + 1):
        for count, stack in stacks.items():
            gc.collect()
            start = time.perf_counter()
            found[count] = len(evaluate(stack))
            if round_:
                took[count].append(time.perf_counter() - start)
    return [Judged(count, len(stack), found[count], statistics.median(took[count])) for count, stack in stacks.items()]


def copied(resources: Sequence[ResourceInput], number: int) -> list[ResourceInput]:
    """Return a copy of resources that belongs to another stack: what refers to a resource refers to its copy."""

    def moved(urn: str) -> str:
        return urn.replace("urn:pulumi:", f"urn:pulumi:copy-{number}-", 1)

    return [
        replace(
            one,
            urn=moved(one.urn),
            property_dependencies={
                name: [moved(urn) for urn in urns] for name, urns in one.property_dependencies.items()
            },
        )
        for one in resources
    ]


def main() -> None:
    """Print what was measured."""
    from aws_mobile_cli.policies import inputs_of  # noqa: PLC0415 - it takes Pulumi along
    from aws_mobile_cli.project import open_project  # noqa: PLC0415 - as above
    from pulumi_aws_sandbox.in_process import PreviewMocks  # noqa: PLC0415 - as above

    parser = argparse.ArgumentParser(prog="python -m bench.judging")
    parser.add_argument("--project", type=Path, default=Path())
    parser.add_argument("--stack", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    options = parser.parse_args()
    project = open_project(options.project, options.stack)
    recording = project.run(PreviewMocks(project.region), preview=True)
    judged = judge(list(inputs_of(recording, project.region)), options.rounds)
    json.dump([asdict(one) for one in judged], sys.stdout)


if __name__ == "__main__":
    main()
