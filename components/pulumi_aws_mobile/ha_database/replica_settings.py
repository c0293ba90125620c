"""Read replicas and what other Regions need for them: rules that look at several of them at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problem, Problems

from .places import Place, check_zone, resolve_place
from .sources import USER_KEY, Source, check_sources, source_of

MOST_REPLICAS = 15
LONGEST_USER_KEY = 20
_ELSEWHERE_ONLY = ("kms_key_arn", "network", "allowed_security_group_ids", "alarm_topic_arn")
"""What the replicas of another Region share, and those of the database's own Region have from it."""


@dataclass(frozen=True, slots=True)
class ReplicaSettings:
    """One replica."""

    zone: str | None
    instance_class: str
    multi_az: bool
    retention_days: int
    promoted: bool
    source: Source
    copied_to: str | None
    """The Region that has copies of its backups."""


@dataclass(frozen=True, slots=True)
class RecoverySettings:
    """Another Region: its replicas, and what they share."""

    replicas: Mapping[str, ReplicaSettings]
    place: Place | None
    """Where the replicas stand; none without replicas."""
    kms_key_arn: pulumi.Input[str] | None
    allowed_security_group_ids: Mapping[str, pulumi.Input[str]]
    alarm_topic_arn: pulumi.Input[str] | None
    backups_retention_days: int | None
    """How long copies of the automated backups are kept there; none without copies."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the replicas are compared with, and take their defaults from."""

    region: str | None
    instance_class: str
    retention_days: int
    tags: Mapping[str, pulumi.Input[str]]


def resolve_replicas(values: Mapping[str, Any], home: Home, problems: Problems) -> dict[str, ReplicaSettings]:
    """Return the replicas in the database's own Region; note what is wrong with any replica."""
    replicas: Mapping[str, Mapping[str, Any]] = values.get("replicas", {})
    if len(replicas) > MOST_REPLICAS:
        problems.add("replicas", len(replicas), f"at most {MOST_REPLICAS}", "remove some")
    for key, replica in replicas.items():
        _check(f"replicas.{key}", key, replica, source_of(replica, replicas, home.region), home, problems)
    check_sources(replicas, home.region, problems)
    return {key: _replica(r, replicas, home) for key, r in replicas.items() if not _is_elsewhere(r, home)}


def resolve_recovery(values: Mapping[str, Any], home: Home, problems: Problems) -> dict[str, RecoverySettings]:
    """Return the other Regions by name, in the order in which they are first named."""
    replicas: Mapping[str, Mapping[str, Any]] = values.get("replicas", {})
    copies: Mapping[str, Any] = values.get("cross_region_backups", {})
    elsewhere = {key: r for key, r in replicas.items() if _is_elsewhere(r, home)}
    copied = {key: r["copied_to"] for key, r in replicas.items() if "copied_to" in r}
    regions = dict.fromkeys(
        [r["region"] for r in elsewhere.values()]
        + ([copies["region"]] if "region" in copies else [])
        + [region for region in copied.values() if region != home.region]
    )
    named = (
        [f"replicas.{key}.region" for key in elsewhere]
        + (["cross_region_backups.region"] if "region" in copies else [])
        + [f"replicas.{key}.copied_to" for key in copied]
    )
    if named and home.region is None:
        problems.add(
            "region", None, "the database's own Region, which others are compared with", f"give it beside {named[0]}"
        )
    if copies.get("region") is not None and copies.get("region") == home.region:
        problems.add(
            "cross_region_backups.region", home.region, "a Region other than the database's", "name another Region"
        )
    return {
        region: _recovery(
            region,
            {key: r for key, r in elsewhere.items() if r["region"] == region},
            replicas,
            copies if copies.get("region") == region else {},
            home,
            problems,
        )
        for region in regions
    }


def check_user_key(path: str, key: str, problems: Problems) -> None:
    """Note a key that cannot become part of a name."""
    if not re.fullmatch(USER_KEY, key) or len(key) > LONGEST_USER_KEY:
        problems.add(
            path,
            key,
            f"a name of at most {LONGEST_USER_KEY} lowercase letters, digits and single hyphens, a letter first",
            "rename it",
        )


def _check(  # noqa: PLR0913, PLR0917 - a replica is compared with what it follows and with the database
    path: str, key: str, replica: Mapping[str, Any], source: Source, home: Home, problems: Problems
) -> None:
    check_user_key(path, key, problems)
    elsewhere = _is_elsewhere(replica, home)
    if "zone" in replica:
        check_zone(replica["zone"], problems, path=f"{path}.zone", region=replica.get("region", home.region))
        if replica.get("multi_az"):
            problems.add(
                f"{path}.zone",
                replica["zone"],
                "nothing, with multi_az: RDS chooses both zones",
                "remove one of the two",
            )
    if not elsewhere:
        for option in (o for o in _ELSEWHERE_ONLY if o in replica):
            allowed = "nothing, in the database's own Region, where the replica has the database's"
            problems.extend([Problem(f"{path}.{option}", "a value", allowed, "remove it, or name another region")])
    if (elsewhere or source.elsewhere) and replica.get("retention_days") == 0:
        problems.add(
            f"{path}.retention_days",
            0,
            "1 to 35 days, in another Region: only a replica with a backup can be promoted well",
            "remove it, or raise it",
        )
    if "copied_to" in replica:
        _check_copies(f"{path}.copied_to", replica, home, problems)


def _check_copies(path: str, replica: Mapping[str, Any], home: Home, problems: Problems) -> None:
    """Note copies of the backups of a replica that RDS does not make, or that would be lost together with them."""
    if not replica.get("promoted"):
        allowed = "nothing, until the replica is promoted"
        problems.add(path, replica["copied_to"], allowed, "remove it: the data come from the source, and so do backups")
    elif replica["copied_to"] == replica.get("region", home.region):
        problems.add(path, replica["copied_to"], "a Region other than the replica's", "name another Region")
    elif replica.get("retention_days") == 0:
        fix = "raise retention_days, or remove it"
        problems.add(path, replica["copied_to"], "nothing, for a replica without backups", fix)


def _recovery(  # noqa: PLR0913, PLR0917 - a Region is made of all of these
    region: str,
    replicas: Mapping[str, Mapping[str, Any]],
    all_replicas: Mapping[str, Mapping[str, Any]],
    copies: Mapping[str, Any],
    home: Home,
    problems: Problems,
) -> RecoverySettings:
    shared = {option: _shared(option, region, replicas, problems) for option in _ELSEWHERE_ONLY}
    if "kms_key_arn" in copies and shared["kms_key_arn"] is not None:
        allowed = f"nothing, since a replica gives the key for {region}"
        problems.extend([Problem("cross_region_backups.kms_key_arn", "a second key", allowed, "remove one of the two")])
    place = None
    if replicas:
        given = next((key for key, r in replicas.items() if "network" in r), next(iter(replicas)))
        place = resolve_place(
            replicas[given].get("network", {}),
            problems,
            path=f"replicas.{given}.network",
            region=region,
            cluster=False,
            default_cidr=None,
            tags=home.tags,
        )
    return RecoverySettings(
        replicas={key: _replica(r, all_replicas, home) for key, r in replicas.items()},
        place=place,
        kms_key_arn=copies.get("kms_key_arn") if shared["kms_key_arn"] is None else shared["kms_key_arn"],
        allowed_security_group_ids=shared["allowed_security_group_ids"] or {},
        alarm_topic_arn=shared["alarm_topic_arn"],
        backups_retention_days=copies.get("retention_days", home.retention_days) if copies else None,
    )


def _shared(option: str, region: str, replicas: Mapping[str, Mapping[str, Any]], problems: Problems) -> Any:  # noqa: ANN401 - options are of any type
    givers = [key for key, replica in replicas.items() if option in replica]
    for key in givers[1:]:
        allowed = f"nothing, since replicas.{givers[0]}.{option} says it for all replicas in {region}"
        problems.extend([Problem(f"replicas.{key}.{option}", "a second value", allowed, "remove one of the two")])
    return replicas[givers[0]][option] if givers else None


def _replica(replica: Mapping[str, Any], replicas: Mapping[str, Mapping[str, Any]], home: Home) -> ReplicaSettings:
    promoted: bool = replica.get("promoted", False)
    multi_az: bool = replica.get("multi_az", promoted)
    return ReplicaSettings(
        # A standby changes places with its instance at will: a fixed zone would read as drift that replaces.
        zone=None if multi_az else replica.get("zone"),
        instance_class=replica.get("instance_class", home.instance_class),
        multi_az=multi_az,
        retention_days=replica.get("retention_days", home.retention_days),
        promoted=promoted,
        source=source_of(replica, replicas, home.region),
        copied_to=replica.get("copied_to"),
    )


def _is_elsewhere(replica: Mapping[str, Any], home: Home) -> bool:
    return replica.get("region", home.region) != home.region
