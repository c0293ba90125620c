"""Who may call which route, as statements for the roles of an identity pool. Pure, but for outputs among the values.

Where a wildcard of a route that a caller may call reaches one that they may not, a statement denies exactly that one.
What everyone signed in may do is given to each group's role as well, so their denials except the groups that may call.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.statements import StatementArgs

from .reach import Router, covers, pattern
from .routes import ANYONE, GUESTS, SIGNED_IN, Route

ACTION = "execute-api:Invoke"
LONGEST_POLICIES = 10_240
"""The characters that all inline policies of a role may have together.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""

_LONGEST_ARN = "arn:aws-us-gov:execute-api:ap-southeast-1:123456789012:abcdefghij"
_ROLE_LENGTH = 128
"""What the ARN of a group's role takes, roughly: none is longer than 115 characters."""
_STATEMENT_LENGTH = 100
"""What a statement takes besides its resources and roles."""
_TRAILING_SLASH = ("",)


@dataclass(frozen=True, slots=True)
class Denial:
    """Routes that are denied, and the groups for whose members they are not."""

    resources: tuple[str, ...]
    except_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """What one kind of caller is allowed and denied: methods and paths as IAM names them, `GET/notes/*`."""

    allowed: tuple[str, ...]
    denied: tuple[Denial, ...] = ()


def grants(routes: Sequence[Route], stage_name: str, problems: Problems) -> dict[str, Grant]:
    """Return the grants by caller; note routes that IAM cannot tell apart, and grants that are too long."""
    signed = [route for route in routes if not route.public]
    router = Router(route.path for route in routes)
    found = {
        who: _grant(who, signed, router, problems)
        for who in sorted({caller for route in signed for caller in route.callers})
    }
    _check_lengths(found, stage_name, problems)
    return found


def statements(
    grant: Grant, stage_arn: pulumi.Input[str], group_role_arns: Mapping[str, pulumi.Input[str]]
) -> list[StatementArgs]:
    """Return a grant for the stage whose `execute-api` ARN is given."""
    stage = pulumi.Output.from_input(stage_arn)

    def resources(listed: Iterable[str]) -> list[pulumi.Input[str]]:
        return [pulumi.Output.concat(stage, "/", each) for each in listed]

    result: list[StatementArgs] = [{"actions": [ACTION], "resources": resources(grant.allowed)}]
    for denial in grant.denied:
        denied: StatementArgs = {"effect": "Deny", "actions": [ACTION], "resources": resources(denial.resources)}
        if denial.except_groups:
            roles = [group_role_arns[group] for group in denial.except_groups]
            denied["conditions"] = {"ArnNotEquals": {"aws:PrincipalArn": roles}}
        result.append(denied)
    return result


def _grant(who: str, routes: Sequence[Route], router: Router, problems: Problems) -> Grant:
    """Return what a caller is allowed and, where that reaches too far, denied."""
    own = [route for route in routes if who in route.callers]
    others = [route for route in routes if not _may_call(who, route)]
    allowed = _widest(own)
    denied: dict[tuple[str, ...], list[str]] = {}
    for route in others:
        resources = _reached(route, allowed, router)
        if not resources:
            continue
        kept = [each for each in routes if _keeps(who, route, each)]
        _check_denial(route, resources, kept, router, problems)
        groups = tuple(caller for caller in route.callers if caller not in (SIGNED_IN, GUESTS, ANYONE))
        denied.setdefault(groups if who == SIGNED_IN else (), []).extend(resources)
    return Grant(
        tuple(f"{method}{path}" for method, paths in allowed.items() for path in paths),
        tuple(Denial(tuple(sorted(resources)), groups) for groups, resources in sorted(denied.items())),
    )


def _may_call(who: str, route: Route) -> bool:
    """Tell whether a caller may call a route; members of groups are signed in."""
    return who in route.callers or (who != GUESTS and SIGNED_IN in route.callers)


def _keeps(who: str, denied: Route, route: Route) -> bool:
    """Tell whether a denial for `who` must not hit a route: one for all who are signed in stands in groups' roles."""
    if _may_call(who, route):
        return True
    return who == SIGNED_IN and bool(set(route.callers) - {GUESTS} - set(denied.callers))


def _widest(routes: Iterable[Route]) -> dict[str, list[str]]:
    """Return the patterns of routes by method, without those that another one covers."""
    listed: dict[str, set[str]] = {}
    for route in routes:
        listed.setdefault(route.method, set()).add(pattern(route.path))
    return {
        method: sorted(path for path in paths if not any(wide != path and covers(wide, path) for wide in paths))
        for method, paths in sorted(listed.items())
    }


def _reached(route: Route, allowed: Mapping[str, Sequence[str]], router: Router) -> list[str]:
    """Return the resources of a route that the allowed patterns match, with and without a slash at the end."""
    paths = allowed.get(route.method, ())
    own = pattern(route.path)
    resources = []
    if any(router.reaches(path, route.path) for path in paths):
        resources.append(f"{route.method}{own}")
    if own != "/" and any(router.reaches(path, route.path, ending=_TRAILING_SLASH) for path in paths):
        resources.append(f"{route.method}{own}/")
    return resources


def _check_denial(
    route: Route, resources: Iterable[str], kept: Iterable[Route], router: Router, problems: Problems
) -> None:
    """Note a denial that would also hit a route which must be kept."""
    if problems.touches(route.where):
        return
    own = pattern(route.path)
    if f"{route.method}{own}" not in resources:
        return
    for other in kept:
        if other.method == route.method and router.reaches(own, other.path):
            allowed = f"a path that IAM can tell from {other.method} {other.path}, which others may call"
            fix = f"rename one of the paths: the wildcard of {route.method} {own} crosses slashes"
            problems.add(route.where, f"{route.method} {route.path}", allowed, fix)
            return


def _check_lengths(found: Mapping[str, Grant], stage_name: str, problems: Problems) -> None:
    """Note grants that do not fit into a role; a group's role has those of everyone signed in as well."""
    around = len(f'"{_LONGEST_ARN}/{stage_name}/",')
    everyone = _length(found[SIGNED_IN], around) if SIGNED_IN in found else 0
    for who, grant in found.items():
        length = _length(grant, around) + (everyone if who not in (SIGNED_IN, GUESTS) else 0)
        if length > LONGEST_POLICIES:
            allowed = f"at most {LONGEST_POLICIES} in all inline policies of a role"
            fix = "join routes below a greedy parameter, as in /notes/{rest+}, or split the API"
            problems.add("contributions", f"about {length} characters of permissions for {who}", allowed, fix)


def _length(grant: Grant, around: int) -> int:
    """Return about how long the policy of a grant is; each resource stands in it with so many characters around it."""
    resources = [*grant.allowed, *(each for denial in grant.denied for each in denial.resources)]
    roles = sum(len(denial.except_groups) for denial in grant.denied)
    return (
        sum(len(each) + around for each in resources)
        + roles * _ROLE_LENGTH
        + _STATEMENT_LENGTH * (1 + len(grant.denied))
    )
