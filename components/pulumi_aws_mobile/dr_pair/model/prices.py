"""List prices, to compare strategies with each other; they are rough, and no offer.

On demand, Linux, us-east-1, USD, rounded, from published summaries of 2026 of AWS's lists; look them up before money
depends on them: https://aws.amazon.com/rds/pricing/, https://aws.amazon.com/ec2/pricing/on-demand/,
https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/elasticloadbalancing/pricing/,
https://aws.amazon.com/route53/pricing/. Other Regions, reserved capacity and traffic differ; the shares between the
strategies hardly do.
"""

import re

HOURS = 730
"""In a month."""
NAT_GATEWAY_HOUR = 0.045
LOAD_BALANCER_HOUR = 0.0225
STORAGE_GIB_MONTH = 0.115
"""gp3, in one zone."""
BACKUP_GIB_MONTH = 0.095
TRANSFER_GIB = 0.02
"""From one Region to another."""
KEY_MONTH = 1.0
HEALTH_CHECK_MONTH = 0.5
"""Of an alarm, of other checks, or of an endpoint in AWS."""
HEALTH_CHECK_OPTION_MONTH = 1.0
"""For HTTPS, and again for asking every 10 seconds."""
ALARM_MONTH = 0.1
METRIC_MONTH = 0.3
CHANGED_PER_DAY = 0.05
"""How much of the data changes in a day: an assumption."""

DATABASE_HOUR = {
    "t3": 0.136,
    "t4g": 0.129,
    "m5": 0.171,
    "m6g": 0.152,
    "m6i": 0.171,
    "m7g": 0.168,
    "m7i": 0.181,
    "m8g": 0.168,
    "r5": 0.240,
    "r6g": 0.215,
    "r6i": 0.240,
    "r7g": 0.239,
    "r7i": 0.254,
    "r8g": 0.239,
}
"""Of a `large` in one zone with MySQL or MariaDB, by family."""
POSTGRES_FACTOR = 1.04
SERVER_HOUR = {
    "t3": 0.0832,
    "t3a": 0.0752,
    "t4g": 0.0672,
    "m5": 0.0960,
    "m6g": 0.0770,
    "m6i": 0.0960,
    "m7g": 0.0816,
    "m7i": 0.1008,
    "m8g": 0.0898,
    "c6g": 0.0680,
    "c6i": 0.0850,
    "c7g": 0.0725,
    "c7i": 0.0893,
    "c8g": 0.0798,
    "r6g": 0.1008,
    "r7g": 0.1071,
}
"""Of a `large`, by family."""
OTHER_FAMILY = "m7g"
"""What stands for a family that is not listed."""
SMALL_SIZES = {"nano": 1 / 16, "micro": 1 / 8, "small": 1 / 4, "medium": 1 / 2, "large": 1}
"""What a size costs, counted in `large`; each `xlarge` counts two."""
METAL = 32
"""What `metal` counts, which has as much as a 16xlarge in most families."""
ENGINES = ("mysql", "mariadb", "postgres")

_DATABASE = re.compile(r"db\.([a-z0-9-]+)\.([a-z0-9-]+)")
_SERVER = re.compile(r"([a-z0-9-]+)\.([a-z0-9-]+)")
_XLARGE = re.compile(r"(?:metal-)?(\d*)xl(?:arge)?")


def database_hour(instance_class: str, engine: str) -> float:
    """Return what a database instance costs in an hour, without a standby."""
    if engine not in ENGINES:
        message = f'engine: got "{engine}"; allowed: {" | ".join(ENGINES)}'
        raise ValueError(message)
    found = _DATABASE.fullmatch(instance_class)
    size = found and _larges(found[2])
    if found is None or size is None:
        message = f'instance_class: got "{instance_class}"; allowed: db.FAMILY.SIZE, for example db.m7g.large'
        raise ValueError(message)
    hour = DATABASE_HOUR.get(found[1], DATABASE_HOUR[OTHER_FAMILY]) * size
    return hour * POSTGRES_FACTOR if engine == "postgres" else hour


def server_hour(instance_type: str) -> float:
    """Return what a server costs in an hour."""
    found = _SERVER.fullmatch(instance_type)
    size = found and _larges(found[2])
    if found is None or size is None:
        message = f'server_type: got "{instance_type}"; allowed: FAMILY.SIZE, for example t4g.small'
        raise ValueError(message)
    return SERVER_HOUR.get(found[1], SERVER_HOUR[OTHER_FAMILY]) * size


def _larges(size: str) -> float | None:
    """Return what a size counts in `large`."""
    if size == "metal":
        return METAL
    found = _XLARGE.fullmatch(size)
    return 2 * int(found[1] or 1) if found else SMALL_SIZES.get(size)
