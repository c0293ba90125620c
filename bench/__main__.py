"""`python -m bench`: measure previews against their peers and keep the results in RESULTS.md."""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import calls, contests, data_sync, events, judging, machine, measure, peers, report, templates
from .errors import BenchError

_PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class _Rounds:
    cdk: int
    raw: int
    regions: int
    calls: int
    sync: int
    events: Sequence[int]
    judging: int


_FULL = _Rounds(cdk=7, raw=15, regions=5, calls=500, sync=100, events=events.COUNTS, judging=15)
_QUICK = _Rounds(cdk=2, raw=4, regions=2, calls=50, sync=5, events=events.COUNTS[:2], judging=3)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what `argv` asks for; return 0 when all could be measured, whether goals are met or not."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--stack", default="prod", help="the stack whose preview is measured; prod if not given")
    parser.add_argument("--quick", action="store_true", help="fewer rounds; the kept results stay as they are")
    options = parser.parse_args(argv)
    try:
        _bench(options.stack, _QUICK if options.quick else _FULL, keep=not options.quick)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


def _bench(stack: str, rounds: _Rounds, *, keep: bool) -> None:
    say = _say if sys.stderr.isatty() else _say_plainly
    busy = machine.load()
    say("installing the AWS CDK into the cache, if it is not there")
    installed = peers.install()
    made = peers.cache() / "programs"
    say("writing the programs that are compared")
    _generate(stack, made)
    # Node looks for packages beside the program.
    (made / "app.js").replace(installed.javascript / "app.js")
    expectations = [
        templates.Expectation(**one) for one in json.loads((made / "expectations.json").read_text(encoding="utf-8"))
    ]
    cdk = contests.against_cdk(_PROJECT, stack, made, installed)
    for assembly in contests.assemblies(made):
        shutil.rmtree(assembly, ignore_errors=True)
    for contender in cdk[1:]:
        say(f"checking that it makes the same: {contender.name}")
        measure.run_once(contender)
    for assembly in contests.assemblies(made):
        templates.check(expectations, assembly)
    measured = report.Measured(
        cdk=measure.interleave(cdk, rounds.cdk, say),
        raw=measure.interleave(contests.against_raw(_PROJECT, stack, made), rounds.raw, say),
        regions=measure.interleave(contests.regions(_PROJECT, made), rounds.regions, say),
        again=measure.interleave(contests.regions_again(_PROJECT, made), rounds.regions, say),
        calls=_calls(rounds.calls, say),
        sync=_sync(rounds.sync, say),
        events=_events(rounds.events, say),
        judged=_judged(stack, rounds.judging, say),
    )
    head = [
        *machine.facts(installed),
        ("Load of the machine before and after", f"{busy} and {machine.load()}"),
        ("Rounds", f"{rounds.cdk} against the CDK, {rounds.raw} against raw resources, {rounds.regions} of growth"),
    ]
    found = report.tables(measured, expectations)
    report.show(found, head)
    if keep:
        machine.results_file().write_text(report.markdown(found, head), encoding="utf-8")


def _calls(rounds: int, say: Callable[[str], None]) -> calls.Calls:
    say(f"calling the core API of {calls.STACK}")
    return calls.make_calls(_PROJECT, rounds)


def _sync(rounds: int, say: Callable[[str], None]) -> data_sync.SyncCosts:
    say("pushing and pulling datasets")
    return data_sync.measure_sync(_PROJECT, rounds)


def _events(counts: Sequence[int], say: Callable[[str], None]) -> Sequence[events.Flow]:
    say(f"preparing and counting {counts[-1]} events")
    return events.run_events(counts)


def _judged(stack: str, rounds: int, say: Callable[[str], None]) -> Sequence[judging.Judged]:
    say(f"judging {stack} and copies of it by every policy rule")
    return judging.judge_apart(_PROJECT, stack, rounds)


def _generate(stack: str, made: Path) -> None:
    """Write the programs, in a process of its own: what measures must stay small."""
    command = [
        sys.executable,
        "-m",
        "bench.generate",
        "--project",
        str(_PROJECT),
        "--stack",
        stack,
        "--into",
        str(made),
    ]
    answer = subprocess.run(command, cwd=_PROJECT, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BenchError(answer.stderr.strip())


def _say(what: str) -> None:
    """Write over the line before."""
    print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)


def _say_plainly(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
