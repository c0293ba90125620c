"""The page about the mutants: `python -m policy.mutants.page > PAGE`, from tests/."""

import sys
from collections.abc import Iterable

from policy.mutants import reasons, results
from policy.mutants.results import Result

_INTRODUCTION = """\
# Mutants of the policy rules

How strong are the tests of the rules? A mutant is a rule with one mistake put into it: `<` in place of `<=`, a
property's name spelt otherwise, an argument left out, a condition turned round. It is killed when a test fails under
it, and survives when none does. `make mutants` makes them anew for the modules that have changed since, `{all}`
for all. The mutants are those of [mutmut](https://github.com/boxed/mutmut) for every function and property, and for
the constants and the defaults of options. What a rule only says of itself (its description, its remedy, its page) is
not among them: [the page of the rules](policy-rules.md) is compared with it word by word.

mutmut's own runner would start pytest for each mutant and, because each test runs every rule, all tests of the rules.
Here the tests are collected once, and each mutant is planted in a fork of that process, where those tests run that
concern the rule: those that name it, and those under whose change the mutant says anything else than the rule.
"""
_COMMAND = "PYTHONPATH=tests .venv/bin/python -m policy.mutants all"
_MODULES = """\
## Module by module

| Module | Mutants | Killed | Score |
|---|---|---|---|"""
_SURVIVORS = """\
## Those that survive, and why

| Module | Mutant | Why no test can tell, or need tell |
|---|---|---|"""


def page() -> str:
    """Return the page in Markdown."""
    day, tool, found = results.read()
    rules = [one for name, one in found.items() if name.startswith("rules/")]
    lines = [
        _INTRODUCTION.format(all=_COMMAND),
        f"Last run on {day} with {tool}:",
        "",
        "| What | Mutants | Killed | Score |",
        "|---|---|---|---|",
        _row("everything", _total(found.values())),
        _row(f"the {len(rules)} rules", _total(rules)),
        _row("what they stand on", _total(one for name, one in found.items() if not name.startswith("rules/"))),
        _row("changes of logic alone, leaving those of texts out", _total(found.values(), logic=True)),
        "",
        _MODULES,
        *(_row(f"`{name}`", _total([one])) for name, one in found.items()),
        "",
        _SURVIVORS,
    ]
    for name, one in found.items():
        for survivor in one.survivors:
            cell = survivor.replace("|", "\\|").replace("`", "'")
            reason = reasons.of(name, survivor)
            lines.append(f"| `{name}` | `{cell}` | {reason.says if reason else 'not looked into yet'} |")
    return "\n".join(lines) + "\n"


def score(found: Iterable[Result], *, logic: bool = False) -> float:
    """Return how many mutants in a hundred are killed."""
    made, killed = _total(found, logic=logic)
    return 100 * killed / made if made else 100


def _total(found: Iterable[Result], *, logic: bool = False) -> tuple[int, int]:
    results_ = list(found)
    made = sum(one.mutants_of_logic if logic else one.mutants for one in results_)
    survived = sum(len(one.survivors_of_logic if logic else one.survivors) for one in results_)
    return made, made - survived


def _row(what: str, total: tuple[int, int]) -> str:
    made, killed = total
    return f"| {what} | {made} | {killed} | {100 * killed / made if made else 100:.1f} % |"


if __name__ == "__main__":
    sys.stdout.write(page())
