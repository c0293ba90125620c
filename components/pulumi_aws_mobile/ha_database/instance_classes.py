"""What can be told from the name of an instance class."""

import re
from collections.abc import Mapping

from .choices import DatabaseEngine
from .engines import ENGINES

INSTANCE_CLASS = r"db\.[a-z][a-z0-9]*\.(micro|small|medium|large|[0-9]*xlarge)"
CLUSTER_FAMILIES = ("c6gd", "m5d", "m6gd", "m6id", "m6idn", "m8gd", "r5d", "r6gd", "r6id", "r6idn", "r8gd", "x2iedn")
"""The families with local disks that Multi-AZ clusters run on.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html"""

_SIZES: Mapping[str, float] = {"micro": 0.125, "small": 0.25, "medium": 0.5, "large": 1.0, "xlarge": 2.0}
# GiB of a class of size large, by the letter of its family.
_MEMORY_OF_LARGE: Mapping[str, int] = {"t": 8, "c": 4, "m": 8, "r": 16, "x": 32}


def is_cluster_class(instance_class: str) -> bool:
    """Tell whether a Multi-AZ cluster can run on the class; single-zone sizes below large exist only for c6gd."""
    _, family, size = instance_class.split(".")[:3]
    return family in CLUSTER_FAMILIES and (
        size not in {"micro", "small", "medium"} or (family, size) == ("c6gd", "medium")
    )


def has_insights(instance_class: str, engine: DatabaseEngine) -> bool:
    """Tell whether the class has Performance Insights, which Database Insights stands on.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
    """
    return engine is DatabaseEngine.POSTGRES or instance_class.rsplit(".", 1)[-1] not in {"micro", "small"}


def memory_gib(instance_class: str) -> float | None:
    """Return the memory of the class in GiB; none where its name does not tell."""
    match = re.fullmatch(r"db\.([tcmrx])\d[a-z0-9]*\.(\d*)(micro|small|medium|large|xlarge)", instance_class)
    if match is None or instance_class.startswith(("db.x2iedn", "db.t2")):
        return None
    letter, count, size = match.groups()
    return _MEMORY_OF_LARGE[letter] * _SIZES[size] * int(count or 1)


def most_connections(instance_class: str, engine: DatabaseEngine) -> int | None:
    """Return about how many connections RDS's default allows on the class; none where its memory is not known."""
    memory = memory_gib(instance_class)
    if memory is None:
        return None
    facts = ENGINES[engine]
    # The formula counts what the operating system and RDS's own processes leave over, about nine tenths.
    return min(int(memory * 0.9 * 2**30 / facts.bytes_per_connection), facts.most_connections)
