"""Data and costs stay in the Regions that were agreed on."""

from collections.abc import Iterator, Sequence

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import PLACED
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN, Node, Unknown


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    regions = options.texts("regions")
    if not regions:
        return
    yield from _allowed(resource.place, "region", regions)

    def replica(one: Node) -> Iterator[Answer]:
        name = "regionName" if one.has("regionName") else "region"
        yield from _allowed(one.text(name), one.path(name), regions)

    yield from expect.each(resource, "replicas", replica)


def _allowed(region: str | Unknown | None, path: str, regions: Sequence[str]) -> Iterator[Answer]:
    # A provider whose Region nobody told is known by its URN only.
    if region is UNKNOWN or not region or "::" in region:
        yield Undecided(path)
    elif region not in regions:
        yield Problem(path, region, " or ".join(regions), "move it, or add the Region to the option regions")


RULE = Rule(
    id="guard-region",
    pack=Pack.COST,
    description="What keeps or costs something is in one of the Regions that the configuration names.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=PLACED,
    frameworks=(),
    remediation="Create the resource in a Region of the option regions, or extend the option.",
    url="https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html",
    options=(Option("regions", (), "The Regions that may be used. Defaults to any."),),
    check=_check,
)
