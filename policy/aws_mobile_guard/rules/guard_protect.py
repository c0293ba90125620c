"""Pulumi itself refuses to delete what holds data."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import KMS_KEY, STATEFUL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    # A key that only signs, or only makes codes, opens nothing that was kept; another one takes its place.
    if resource.type == KMS_KEY and resource.text("keyUsage") in {"SIGN_VERIFY", "GENERATE_VERIFY_MAC"}:
        return
    if not resource.protect:
        yield Problem(
            "protect", resource.protect, "true", "set the resource option protect; turn it off to delete on purpose"
        )


RULE = Rule(
    id="guard-protect",
    pack=Pack.RESILIENCE,
    description="What holds data, or the keys to it, is protected against deletion.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=STATEFUL,
    frameworks=(),
    remediation="Set the resource option protect. Before a wanted deletion, deploy once with protect off.",
    url="https://www.pulumi.com/docs/iac/concepts/options/protect/",
    check=_check,
)
