"""The page that shows what each rule is proven to object to: `python -m policy.kill_matrix > PAGE`, from tests/."""

import sys
from collections import defaultdict

from policy.breaks import Break
from policy.test_rules import BREAKS

from aws_mobile_guard.rule import StackRule
from aws_mobile_guard.rules import RULES

_INTRODUCTION = """\
# Kill matrix of the policy rules

This page is made of the tests by `make policy-docs`. Each line is a change to a stack that keeps every rule in
production, and the tests hold that it makes exactly its own rule object, in the words and about the resource that are
expected; where a change cannot help breaking another rule too, that one is named. The same changes are made to a stack
as it is in a first preview, when what other resources answer is unknown: there a rule may be undecided, and never says
what is not so later. ◆ marks the rules about the whole stack.
"""


def page() -> str:
    """Return the page in Markdown."""
    by_rule: dict[str, list[Break]] = defaultdict(list)
    for one in BREAKS:
        by_rule[one.rule].append(one)
    lines = [
        _INTRODUCTION,
        f"{len(BREAKS)} changes kill {len(by_rule)} of {len(RULES)} rules.",
        "",
        "| Rule | Change | Resource | Also |",
        "|---|---|---|---|",
    ]
    for rule in RULES:
        name = f"`{rule.id}`{' ◆' if isinstance(rule, StackRule) else ''}"
        for index, one in enumerate(by_rule[rule.id]):
            cells = (
                name if index == 0 else "",
                one.what,
                f"`{one.about}`",
                ", ".join(f"`{also}`" for also in one.also),
            )
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |".replace("  ", " "))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
