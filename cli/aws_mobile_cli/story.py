"""A run told as one story: system by system, with the checks that ran."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.testing import Recording

from .checks import Check, System

_COMPONENT = "aws-mobile:index:"
_SIGNS: Mapping[System, tuple[str, ...]] = {
    System.CLIENTS: (f"{_COMPONENT}MobileBackend",),
    System.USER_POOLS: ("aws:cognito/userPool:UserPool",),
    System.IDENTITY_POOLS: ("aws:cognito/identityPool:IdentityPool",),
    System.DATA_SYNC: (f"{_COMPONENT}DataSync",),
    System.API_GATEWAY: ("aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api"),
    System.WEB_SERVERS: ("aws:elasticbeanstalk/environment:Environment",),
    System.DATABASES: ("aws:rds/instance:Instance", "aws:rds/cluster:Cluster"),
    System.RECOVERY: (f"{_COMPONENT}DRPair",),
    System.ARCHIVES: (f"{_COMPONENT}ArchiveBucket",),
    System.PUSH: (f"{_COMPONENT}PushNotifications",),
    System.ANALYTICS: (f"{_COMPONENT}Analytics",),
    System.HEALING: ("aws:cloudwatch/metricAlarm:MetricAlarm",),
    System.ENVIRONMENTS: ("",),
}
"""The types that show that a system is there."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is told of one system."""

    system: System
    checks: Sequence[Check]
    """At least one."""
    seconds: float

    @property
    def failed(self) -> list[Check]:
        """The checks that failed."""
        return [check for check in self.checks if not check.passed]

    @property
    def claims(self) -> list[str]:
        """What was checked, each claim once however many resources it is about, failed ones first."""
        return list(dict.fromkeys(check.claim for check in sorted(self.checks, key=lambda each: each.passed)))

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "number": self.system.number,
            "name": self.system.value,
            "passed": not self.failed,
            "checks": len(self.checks),
            "seconds": round(self.seconds, 3),
        }


def chapters(timed: Iterable[tuple[Check, float]]) -> list[Chapter]:
    """Return the story of checks and what each of them took, the systems in their order."""
    found: dict[System, list[tuple[Check, float]]] = {system: [] for system in System}
    for check, seconds in timed:
        found[check.system].append((check, seconds))
    return [
        Chapter(system, [check for check, _ in these], sum(seconds for _, seconds in these))
        for system, these in found.items()
        if these
    ]


def untold(recording: Recording, told: Iterable[Chapter]) -> tuple[list[System], list[System]]:
    """Return the systems that stand but that no check looked at, and those that do not stand."""
    types = {resource.type for resource in recording}
    left = [system for system in System if system not in {chapter.system for chapter in told}]
    there = [system for system in left if types & set(_SIGNS[system])]
    return there, [system for system in left if system not in there]
