"""Which engine version runs and how changes reach it: defaults, and what RDS would refuse or silently bill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .choices import DatabaseEngine
from .engines import ENGINES, major_of


@dataclass(frozen=True, slots=True)
class VersionSettings:
    """The engine version as it is asked for."""

    version: str
    family: str
    lifecycle_support: str | None
    """What RDS does at the end of standard support; none for engines without the choice."""


def resolve_version(
    engine: DatabaseEngine,
    version: str | None,
    problems: Problems,
    *,
    extended_support: bool,
    auto_minor_version_upgrade: bool,
) -> VersionSettings:
    """Return the version to ask for; note unknown, pinned and unsupported ones."""
    facts = ENGINES[engine]
    version = version or facts.default_version
    major = major_of(facts, version)
    if extended_support and not facts.extended_support:
        problems.add("extended_support", got=True, allowed=f"false, for {engine.value}", fix="remove it; RDS has none")
    if major is None:
        known = " | ".join(m.version for m in facts.majors)
        problems.add("engine_version", version, f"a major version of {engine.value}: {known}", "choose one of these")
        return VersionSettings(version, "", None)
    if version != major.version and auto_minor_version_upgrade:
        problems.add(
            "engine_version",
            version,
            f"the major version alone, {major.version}, while minor upgrades are automatic",
            f'write "{major.version}", or set auto_minor_version_upgrade to false',
        )
    if major.standard_support_ended is not None and not extended_support:
        problems.add(
            "engine_version",
            version,
            f"a major version in standard support; that of {engine.value} {major.version} ended on "
            f"{major.standard_support_ended} and RDS refuses to create it",
            f'choose "{facts.default_version}", or set extended_support to true, which is billed per vCPU and hour',
        )
    return VersionSettings(
        version, major.family, _lifecycle(extended_support=extended_support) if facts.extended_support else None
    )


def _lifecycle(*, extended_support: bool) -> str:
    return "open-source-rds-extended-support" + ("" if extended_support else "-disabled")


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """How changes reach the database."""

    auto_minor_version_upgrade: bool
    allow_major_version_upgrade: bool
    apply_immediately: bool
    blue_green: bool


def resolve_updates(values: Mapping[str, Any], problems: Problems) -> UpdateSettings:
    """Return how changes are made; note a major upgrade that would get stuck."""
    updates = UpdateSettings(
        auto_minor_version_upgrade=values.get("auto_minor_version_upgrade", True),
        allow_major_version_upgrade=values.get("allow_major_version_upgrade", False),
        apply_immediately=values.get("apply_immediately", False),
        blue_green=values.get("blue_green_updates", False),
    )
    if updates.allow_major_version_upgrade and not updates.apply_immediately:
        problems.add(
            "allow_major_version_upgrade",
            got=True,
            allowed="true only with apply_immediately: an upgrade that waits for its window keeps the old parameter "
            "group in use, which can then not be deleted",
            fix="set apply_immediately to true for that update",
        )
    if updates.allow_major_version_upgrade and values.get("replicas"):
        problems.add(
            "allow_major_version_upgrade",
            got=True,
            allowed="false, with replicas: RDS upgrades each of them by itself, before its source or not at all",
            fix="remove the replicas for the upgrade, and add them again afterwards",
        )
    return updates
