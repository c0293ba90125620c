"""How commands are run and their figures put in relation; no test looks at how long anything took."""

import sys
from pathlib import Path

import pytest

from bench.errors import BenchError
from bench.measure import Contender, Run, interleave, median, ratio, run_once, wall

ROOT = Path(__file__).parents[2]


def test_ratios_are_taken_within_each_round() -> None:
    # The machine was ten times slower in the second round.
    results = {"one": [_run(1), _run(10), _run(3)], "other": [_run(2), _run(20), _run(4)]}
    assert ratio(results, "one", "other", wall) == 0.5
    assert median(results["one"], wall) == 3


def test_contenders_take_turns_and_the_first_round_does_not_count(tmp_path: Path) -> None:
    said: list[str] = []
    results = interleave([_python("a", tmp_path), _python("b", tmp_path)], 2, said.append)
    assert [line.split(": ")[:2] for line in said] == [
        ["round 0 of 2", "a"],
        ["round 0 of 2", "b"],
        ["round 1 of 2", "a"],
        ["round 1 of 2", "b"],
        ["round 2 of 2", "a"],
        ["round 2 of 2", "b"],
    ]
    assert {name: len(runs) for name, runs in results.items()} == {"a": 2, "b": 2}


def test_the_peak_is_the_one_of_the_command() -> None:
    # In a small process of its own: the kernel counts the size of the parent, and this one is large.
    measuring = """
import sys
from pathlib import Path
from bench.measure import Contender, run_once
for code in ("pass", "x = bytearray(200 * 2**20)"):
    print(run_once(Contender("it", [sys.executable, "-c", code], Path())).peak_mib)
"""
    contender = Contender("it", [sys.executable, "-c", measuring], ROOT)
    small, large = map(float, run_once(contender).output.split())
    assert large - small > 190


def test_standard_output_is_kept_and_variables_are_passed(tmp_path: Path) -> None:
    code = "import os; print(os.environ['BENCH'], os.getcwd())"
    contender = Contender("it", [sys.executable, "-c", code], tmp_path, {"BENCH": "x"})
    assert run_once(contender).output == f"x {tmp_path}\n"


def test_bytecode_is_kept_even_if_this_process_keeps_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert run_once(_python("it", tmp_path, "import sys; print(sys.dont_write_bytecode)")).output == "False\n"


def test_a_failing_command_is_shown_with_what_it_said(tmp_path: Path) -> None:
    code = "import sys; sys.exit('no such thing')"
    with pytest.raises(BenchError) as caught:
        run_once(_python("it", tmp_path, code))
    assert str(caught.value) == f"it: exit code 1: {sys.executable} -c {code}\nno such thing\n"


def test_an_accepted_exit_code_is_no_failure(tmp_path: Path) -> None:
    contender = Contender("it", [sys.executable, "-c", "raise SystemExit(1)"], tmp_path, accepted=frozenset({0, 1}))
    assert run_once(contender).output == ""


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError) as caught:
        run_once(Contender("it", ["/nowhere/node", "app.js"], tmp_path))
    assert str(caught.value) == "it: /nowhere/node is not there"


def _run(seconds: float) -> Run:
    return Run(seconds, seconds, 1, "")


def _python(name: str, folder: Path, code: str = "pass") -> Contender:
    return Contender(name, [sys.executable, "-c", code], folder)
