"""The page about the corpus, out of its runs.

PYTHONPATH=tests python -m policy.corpus_page    writes it anew
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from policy.corpus_runs import (
    ACCEPTED,
    ELSEWHERE,
    NAMES,
    deployed,
    in_sandbox,
    labels,
    module,
    preview,
    resource_count,
)

PAGE = Path(__file__).parents[2] / "docs" / "policies-corpus.md"

_HEAD = """\
# Policies on other people's programs

The rules judge {programs} programs written against plain `pulumi_aws`, without the components of this library, in
`tests/policy/corpus`: {good} that a reviewer lets pass and {bad} with faults. They are written the ways teams write
them: policies by `json.dumps`, `Output.json_dumps`, `get_policy_document` and as text; settings inside a bucket and
as resources of their own, of the older and the newer types; explicit providers and the property `region`; loops,
components, transformations, aliases, secrets, resources that were looked up.

Beside each program stands what a reviewer demands before it may be deployed: `EXPECTED`, pairs of resource and rule.
The labels follow the rules' own sentences and the pages of AWS that the rules cite, with three conventions:

- what AWS does by default for a new resource counts as missing where a rule asks the program to say it, because only
  what the program says is put back after a change by hand;
- a fault is labelled once, at the most particular rule: everything on everything is a matter for `iam-no-admin`
  alone;
- nothing is labelled that cannot be told from the program, such as the key of a snapshot that it restores.

The configuration is `production.json`. Each program is judged twice: as `pulumi preview` shows it the first time,
with ids and ARNs unknown, and deployed, into the sandbox where that has all its types. Whatever stops a deployment
and is not labelled is a false alarm. `make test` fails when a label is lost, or when there is a false alarm that is
not in the list below.

What this does not prove: labels and rules come from one house, so the figures are an upper bound for programs that
nobody here has seen. Advisory findings are counted, not judged.
"""


def page() -> str:
    """Return the page."""
    good = [name for name in NAMES if not labels(name)]
    head = _HEAD.format(programs=len(NAMES), good=len(good), bad=len(NAMES) - len(good))
    parts = [head, *_totals(), *_false_alarms(), *_programs(), *_rules()]
    return "\n".join(parts) + "\n"


def _totals() -> Iterator[str]:
    yield "## In all\n"
    yield "| | In a preview | Deployed |"
    yield "|---|---|---|"
    count = sum(len(labels(name)) for name in NAMES)
    states = [{name: state(name) for name in NAMES} for state in (preview, deployed)]
    found = [sum(len(labels(name) & answers[name].found) for name in NAMES) for answers in states]
    later = [sum(len(labels(name) & answers[name].undecided) for name in NAMES) for answers in states]
    wrong = [sum(len(answers[name].found - labels(name)) for name in NAMES) for answers in states]
    more = [sum(len(answers[name].undecided - labels(name)) for name in NAMES) for answers in states]
    all_found = [sum(len(answers[name].found) for name in NAMES) for answers in states]
    rows = {
        "Labels": [str(count)] * 2,
        "found": [_share(number, count) for number in found],
        "undecided, so checked in the update": [_share(number, count) for number in later],
        "lost": [_share(count - one - other, count) for one, other in zip(found, later, strict=True)],
        "False alarms, of what stops": [_share(one, whole) for one, whole in zip(wrong, all_found, strict=True)],
        "Undecided where nothing is wrong": [str(number) for number in more],
    }
    for title, cells in rows.items():
        yield f"| {title} | {' | '.join(cells)} |"
    yield ""


def _false_alarms() -> Iterator[str]:
    yield "## False alarms\n"
    if not ACCEPTED:
        yield "None.\n"
        return
    yield "| Program | Resource | Rule | Why it is taken |"
    yield "|---|---|---|---|"
    for (name, resource, rule), reason in sorted(ACCEPTED.items()):
        yield f"| `{name}` | `{resource}` | `{rule}` | {reason} |"
    yield ""


def _programs() -> Iterator[str]:
    yield "## Program by program\n"
    titles = ("Program", "What it is", "Resources", "Labels", "Found in a preview", "Deployed", "False alarms")
    yield f"| {' | '.join(titles)} | Advisory | Where |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name in NAMES:
        wanted, first, last = labels(name), preview(name), deployed(name)
        what = " ".join((module(name).__doc__ or "").split("\n\n")[0].split())
        waiting = len(wanted & first.undecided)
        early = f"{len(wanted & first.found)}" + (f" and {waiting} undecided" if waiting else "")
        wrong = len((first.found | last.found) - wanted)
        where = "the sandbox" if in_sandbox(name) and name not in ELSEWHERE else "plain answers"
        cells = [resource_count(name), len(wanted), early, len(wanted & last.found), wrong, last.advisory, where]
        yield f"| `{name}` | {what} | {' | '.join(map(str, cells))} |"
    yield ""
    yield "Plain answers stand in for AWS where the sandbox has not every type, and here:\n"
    yield from (f"- `{name}`: {reason}" for name, reason in sorted(ELSEWHERE.items()))
    yield ""


def _rules() -> Iterator[str]:
    yield "## Rule by rule\n"
    yield "Rules without a label here are judged by their own tables of cases only.\n"
    yield "| Rule | Labels | Found in a preview | Undecided | Found deployed | False alarms |"
    yield "|---|---|---|---|---|---|"
    wanted, early, waiting, last, wrong = (Counter[str]() for _ in range(5))
    for name in NAMES:
        wanted.update(rule for _, rule in labels(name))
        early.update(rule for _, rule in labels(name) & preview(name).found)
        waiting.update(rule for _, rule in labels(name) & preview(name).undecided)
        last.update(rule for _, rule in labels(name) & deployed(name).found)
        wrong.update(rule for _, rule in (preview(name).found | deployed(name).found) - labels(name))
    for rule in sorted(wanted | wrong):
        cells = [wanted[rule], early[rule], waiting[rule], last[rule], wrong[rule]]
        yield f"| `{rule}` | {' | '.join(map(str, cells))} |"


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.1f} %)" if whole else "0"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
