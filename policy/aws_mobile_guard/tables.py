"""The page about every rule, made of what the rules say of themselves.

python -m aws_mobile_guard.tables > docs/policy-rules.md
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from aws_mobile_guard import nist
from aws_mobile_guard.rule import BaseRule, Pack, Rule, StackRule
from aws_mobile_guard.rules import RULES

_INTRODUCTION = """\
# Policy rules

This page is made of the rules themselves by `make policy-docs`. [Policies](policies.md) tells how to run and configure
them.

A rule is mandatory, advisory, or mandatory by tier. ◆ marks the rules about the whole stack: they look at several
resources, and the engine asks them after all of them. The last column names the same demand elsewhere: `FSBP` is AWS
Security Hub's standard "Foundational Security Best Practices" (without that word, a Security Hub control outside it),
`AwsSolutions` is cdk-nag, `CKV` is Checkov, `AWS-` is Trivy. A rule's name leads to the page that explains why.
"""

_NIST = """\
Which rules serve which demand of the standard: those that ask for the same as a control of Security Hub whose page
names the demand. They help to meet it; none of them meets it alone. `nist-800-53.json` makes these rules mandatory."""

_TITLES = {
    Pack.SECURITY: ("Security", "Who can reach, read or take over what."),
    Pack.RESILIENCE: ("Resilience", "What is still there after a failure or a deletion, and who hears of it."),
    Pack.COST: ("Cost and hygiene", "What is paid for nothing, and what makes a stack hard to look after."),
}


def page(rules: Sequence[Rule | StackRule] = RULES) -> str:
    """Return the page in Markdown."""
    return "\n".join(
        [
            _INTRODUCTION,
            *_counts(rules),
            *(line for pack in Pack for line in _pack(pack, rules)),
            *_nist(rules),
            *_options(rules),
        ]
    )


def _counts(rules: Sequence[Rule | StackRule]) -> Iterator[str]:
    head = ("Pack", "Rules", "About the whole stack", "Mandatory", "By tier", "Advisory")
    rows = []
    for pack in Pack:
        own = [rule for rule in rules if rule.pack is pack]
        levels = [rule.level.value for rule in own]
        stacks = sum(isinstance(rule, StackRule) for rule in own)
        rows.append(
            (pack.value, len(own), stacks, *(levels.count(level) for level in ("mandatory", "by_tier", "advisory")))
        )
    yield from _table(head, [*rows, ("all", *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True)))])


def _pack(pack: Pack, rules: Iterable[Rule | StackRule]) -> Iterator[str]:
    title, about = _TITLES[pack]
    yield from (f"## {title}", "", about, "")
    head = ("Rule", "Demand", "What to do", "Level", "Severity", "Elsewhere")
    yield from _table(head, [_row(rule) for rule in rules if rule.pack is pack])


def _row(rule: BaseRule) -> tuple[str, ...]:
    name = f"[`{rule.id}`]({rule.url}){' ◆' if isinstance(rule, StackRule) else ''}"
    level = rule.level.value.replace("_", " ")
    return name, rule.description, rule.remediation, level, rule.severity.value, ", ".join(rule.frameworks) or "none"


def _nist(rules: Iterable[BaseRule]) -> Iterator[str]:
    yield from ("## NIST SP 800-53, revision 5", "", _NIST, "")
    rows = [
        (demand, len(serving), ", ".join(f"`{rule.id}`" for rule in serving))
        for demand, serving in nist.rules_by_demand(rules).items()
    ]
    yield from _table(("Demand", "Rules", "Which"), rows)


def _options(rules: Iterable[BaseRule]) -> Iterator[str]:
    yield from ("## Options", "")
    rows = [
        (f"`{rule.id}`", f"`{one.name}`", f"`{json.dumps(one.default)}`", one.description)
        for rule in rules
        for one in rule.options
    ]
    yield from _table(("Rule", "Option", "Default", "Meaning"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
