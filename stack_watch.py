"""Joins what watches and heals a stack to what is watched: servers, databases and functions of both Regions."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.dr_pair import DRPair
from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.mobile_backend.watching import watched
from pulumi_aws_mobile.recovery_site import RecoverySite
from stack_recovery import RECOVERY, Recovery, key_of
from stack_wiring import writer_for

HEALER = "healing"
PAIR = "pair"


def join_healing(options: Mapping[str, Any], database: HAdatabase, backend: MobileBackend, *, own_topic: bool) -> Any:  # noqa: ANN401 - the component's args, put together from a checked file
    """Return the arguments of what heals the primary Region's servers and its first database."""
    assert backend.web_tier is not None  # noqa: S101 - what has no servers is not healed
    servers = {
        "application_name": backend.web_tier.application_name,
        "environment_name": backend.web_tier.live_environment_name,
    }
    return {
        **options,
        "page_topic_arn": database.alarm_topic_arn,
        **({"key_arns": [database.alarm_topic_kms_key_arn]} if own_topic else {}),
        "environments": {"live": servers},
        "databases": {"primary": {"identifier": database.identifier, "arn": database.arn}},
    }


def join_observability(  # noqa: PLR0913, PLR0917 - what is watched
    options: Mapping[str, Any],
    home: str,
    database: HAdatabase,
    backend: MobileBackend,
    recovery: Recovery | None,
    there: tuple[RecoverySite, DRPair] | None,
) -> Any:  # noqa: ANN401 - as above
    """Return the arguments of what shows both Regions and tells when users notice something."""
    here = {"databases": {"primary": database.identifier}, "healer": HEALER}
    regions: dict[str, dict[str, Any]] = {home: {**watched(backend, database.alarm_topic_arn), **here}}
    if there is not None and recovery is not None:
        site, pair = there
        functions = {"recovery": pair.function_name, "prober": pair.prober_function_name}
        side = watched(site, pair.topic_arn)
        regions[recovery.region] = {**side, "pair": PAIR, "functions": {**side["functions"], **functions}}
        key = key_of(writer_for(recovery, RECOVERY))
        if recovery.stance.replicated and key.partition("-")[0] == RECOVERY:
            identifiers = database.replica_identifiers
            regions[recovery.region]["databases"] = {"recovery": identifiers.apply(lambda known: known[key])}
    return {**options, "regions": regions}
