"""Runs commands and measures them as the operating system saw them: wall time, processor time, peak memory."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .errors import BenchError

_SHOWN_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Contender:
    """One command of a comparison."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables besides those of this process."""
    accepted: frozenset[int] = frozenset({0})
    """The exit codes with which the command has done its work."""


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run of a command."""

    wall_seconds: float
    cpu_seconds: float
    """Of the process and its children, on all cores together."""
    peak_mib: float
    """The largest resident size of the process or of any one of its children, whichever was larger."""
    output: str = field(repr=False)


Results = Mapping[str, Sequence[Run]]
"""The runs of each contender, by its name; runs at the same place were made one after the other."""


def interleave(contenders: Sequence[Contender], rounds: int, report: Callable[[str], None]) -> Results:
    """Run each contender once per round, in turn, after a round that warms the caches and does not count.

    Load that comes and goes on the machine then falls on all of them, and ratios within a round are fair.
    """
    results: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for round_ in range(rounds + 1):
        for contender in contenders:
            run = run_once(contender)
            report(f"round {round_} of {rounds}: {contender.name}: {run.wall_seconds:.2f} s, {run.peak_mib:.0f} MiB")
            if round_:
                results[contender.name].append(run)
    return results


def run_once(contender: Contender) -> Run:
    """Run the command to its end; raise `BenchError` with what it said if it fails.

    The kernel counts the size of the parent at the start among a child's peak: whoever calls this must stay small.
    """
    environment = {**os.environ, **contender.environment}
    # Python keeps what it compiled unless told otherwise; each run would then compile everything anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        try:
            process = subprocess.Popen(contender.command, cwd=contender.folder, env=environment, stdout=out, stderr=err)
        except FileNotFoundError as error:
            message = f"{contender.name}: {contender.command[0]} is not there"
            raise BenchError(message) from error
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in contender.accepted:
            raise BenchError(_failure(contender, process.returncode, _read(err)))
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, _read(out))


def median(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    """Return the median of one figure."""
    return statistics.median(figure(run) for run in runs)


def ratio(results: Results, one: str, other: str, figure: Callable[[Run], float]) -> float:
    """Return the median of the ratios of a figure of `one` to that of `other`, taken within each round."""
    pairs = zip(results[one], results[other], strict=True)
    return statistics.median(figure(mine) / figure(theirs) for mine, theirs in pairs)


def wall(run: Run) -> float:
    """Return the wall time in seconds."""
    return run.wall_seconds


def cpu(run: Run) -> float:
    """Return the processor time in seconds."""
    return run.cpu_seconds


def peak(run: Run) -> float:
    """Return the peak memory in MiB."""
    return run.peak_mib


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _failure(contender: Contender, code: int, said: str) -> str:
    return f"{contender.name}: exit code {code}: {' '.join(contender.command)}\n{said[-_SHOWN_CHARACTERS:]}"
