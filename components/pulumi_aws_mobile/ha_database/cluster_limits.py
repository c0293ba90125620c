"""What a Multi-AZ cluster cannot do, refused before AWS would.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html#multi-az-db-clusters-concepts.Limitations
"""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problem, Problems

from .choices import DatabaseEngine
from .instance_classes import CLUSTER_FAMILIES, is_cluster_class

_UNAVAILABLE = {
    "replicas": "of which the provider makes no read replicas; its two standbys can be read",
    "cross_region_backups": "whose backups RDS does not copy to another Region",
    "blue_green_updates": "which the provider does not update in this way",
}


def check_cluster(values: Mapping[str, Any], engine: DatabaseEngine, instance_class: str, problems: Problems) -> None:
    """Note every option that a Multi-AZ cluster does not have."""
    if engine is DatabaseEngine.MARIADB:
        problems.add(
            "topology",
            "multi_az_cluster",
            "multi_az_instance | single_zone, for mariadb",
            "choose multi_az_instance, or the engine mysql or postgres",
        )
    if not is_cluster_class(instance_class):
        problems.add(
            "instance_class",
            instance_class,
            f"for a Multi-AZ cluster, a class of {', '.join(CLUSTER_FAMILIES)}",
            'choose one, for example "db.m6gd.large"',
        )
    for option, reason in _UNAVAILABLE.items():
        if values.get(option):
            allowed = f"nothing, for a Multi-AZ cluster, {reason}"
            problems.extend([Problem(option, "a value", allowed, "remove it, or choose multi_az_instance")])
    if "audit" in values.get("log_exports", ()):
        problems.add(
            "log_exports",
            "audit",
            "logs without audit, for a Multi-AZ cluster, which has no option groups",
            "remove it",
        )
