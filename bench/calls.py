"""What calls through the sandbox's API Gateway cost, next to the same calls without it."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import BenchError

PROCESS = "the app's own process"
BALANCER = "its load balancer"
GATEWAY = "API Gateway, signed"
TOKEN = "API Gateway, signed: POST /token"  # noqa: S105 - what a row is called

STACK = "local"


@dataclass(frozen=True, slots=True)
class Calls:
    """How long each call took; calls at the same place were made one after the other."""

    seconds: Mapping[str, Sequence[float]]
    """By what was called; empty if nothing could be."""
    missing: str = ""
    """Why nothing could be called, and how that can be helped."""

    def percentile(self, called: str, percent: int) -> float:
        """Return how many seconds so many percent of the calls did not take longer than."""
        return statistics.quantiles(self.seconds[called], n=100, method="inclusive")[percent - 1]

    def more(self, called: str, than: str) -> float:
        """Return the median of how many seconds more a call took than the other of its round."""
        pairs = zip(self.seconds[called], self.seconds[than], strict=True)
        return statistics.median(one - other for one, other in pairs)

    def ratio(self, called: str, than: str) -> float:
        """Return the median of the ratios of a call to the other of its round."""
        pairs = zip(self.seconds[called], self.seconds[than], strict=True)
        return statistics.median(one / other for one, other in pairs)


def make_calls(project: Path, rounds: int) -> Calls:
    """Deploy the project to a sandbox in a process of its own, and call everything there so often."""
    asked = ["--project", str(project), "--stack", STACK, "--rounds", str(rounds)]
    command = [sys.executable, "-m", "bench.gateway", *asked]
    answer = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BenchError(answer.stderr.strip())
    return Calls(**json.loads(answer.stdout))
