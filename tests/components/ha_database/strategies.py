"""Options for databases: any that must build, and any that must be refused at one place."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Args = dict[str, Any]

REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2")
VERSIONS = {
    "mysql": ("8.4",),
    "postgres": ("14", "15", "16", "17", "18"),
    "mariadb": ("10.11", "11.4", "11.8", "12.3"),
}
LOGS = {
    "mysql": ("error", "general", "slowquery", "audit", "iam-db-auth-error"),
    "postgres": ("postgresql", "upgrade", "iam-db-auth-error"),
    "mariadb": ("error", "general", "slowquery", "audit", "iam-db-auth-error"),
}
CLASSES = ("db.t4g.micro", "db.t4g.medium", "db.m7g.large", "db.r7g.2xlarge", "db.x2iedn.xlarge")
CLUSTER_CLASSES = ("db.c6gd.medium", "db.m6gd.large", "db.r6gd.xlarge")

user_keys = st.from_regex(r"[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
security_groups = st.dictionaries(user_keys, st.from_regex(r"sg-[0-9a-f]{8}", fullmatch=True), max_size=3)
subnets = st.lists(st.from_regex(r"subnet-[0-9a-f]{8}", fullmatch=True), min_size=3, max_size=4, unique=True)
rooms = st.fixed_dictionaries({"vpc_id": st.from_regex(r"vpc-[0-9a-f]{8}", fullmatch=True), "subnet_ids": subnets})


def keys_of(region: str) -> st.SearchStrategy[str]:
    """Give ARNs of keys in a Region."""
    return st.from_regex(rf"arn:aws:kms:{region}:\d{{12}}:key/[a-f0-9]{{8}}", fullmatch=True).filter(str.isascii)


def networks(region: str, cidr: str) -> st.SearchStrategy[Args]:
    """Give subnets that exist, or a new network over two or three zones (three only for a cluster: see there)."""
    zones = st.sampled_from([[f"{region}{letter}" for letter in letters] for letters in ("abc", "acd", "bca")])
    return rooms | st.fixed_dictionaries({"cidr": st.just(cidr)}, optional={"zones": zones})


def monitoring(instance_class: str, engine: str) -> st.SearchStrategy[Args]:
    """Give measurements that the class has."""
    small = engine != "postgres" and instance_class.endswith(("micro", "small"))
    insights = st.sampled_from(["off"] if small else ["standard", "off"])
    return st.fixed_dictionaries(
        {},
        optional={
            "interval_seconds": st.sampled_from([0, 1, 5, 10, 15, 30, 60]),
            "insights": insights,
            "insights_retention_days": st.sampled_from([7, 31, 465, 731]),
        },
    ) | st.just({} if small else {"insights": "advanced"})


alarms = st.fixed_dictionaries(
    {},
    optional={
        "enabled": st.booleans(),
        "cpu_percent": st.integers(1, 100),
        "free_storage_percent": st.integers(1, 90),
        "connections": st.integers(1, 100_000),
        "replica_lag_seconds": st.integers(1, 86_400),
    },
)
restores = st.sampled_from(
    [
        {"snapshot_identifier": "last-good"},
        {"source_identifier": "old"},
        {"source_identifier": "old", "restore_time": "2026-11-22T09:30:00Z"},
    ]
)


@st.composite
def replicas(draw: st.DrawFn, home: str) -> Args:
    """Give replicas here and there; the first one elsewhere gives what those of its Region share."""
    found: Args = {}
    placed: set[str] = set()
    for key in draw(st.lists(user_keys, max_size=4, unique=True)):
        region = draw(st.sampled_from(REGIONS))
        elsewhere = region != home
        replica: Args = draw(
            st.fixed_dictionaries(
                {"region": st.just(region)} if elsewhere else {},
                optional={
                    "instance_class": st.sampled_from(CLASSES),
                    "multi_az": st.booleans(),
                    "retention_days": st.integers(1 if elsewhere else 0, 35),
                    "promoted": st.booleans(),
                },
            )
        )
        if not replica.get("multi_az") and draw(st.booleans()):
            replica["zone"] = f"{region}a"
        if elsewhere and region not in placed:
            replica["network"] = draw(networks(region, f"10.{REGIONS.index(region) + 1}.0.0/16"))
            replica |= draw(
                st.fixed_dictionaries(
                    {}, optional={"kms_key_arn": keys_of(region), "allowed_security_group_ids": security_groups}
                )
            )
            placed.add(region)
        owners = [other for other, each in found.items() if each.get("promoted") and each.get("retention_days", 1)]
        if owners and draw(st.booleans()):
            replica["source"] = draw(st.sampled_from(owners))
            replica["retention_days"] = draw(st.integers(1, 35))
        found[key] = replica
    return found


def _storage(cluster: bool) -> st.SearchStrategy[Args]:
    provisioned = st.fixed_dictionaries(
        {
            "storage_type": st.sampled_from(["io1", "io2"]),
            "storage_gib": st.integers(200, 5000),
            "iops": st.integers(2500, 10_000),
        }
    )
    plain = st.fixed_dictionaries({}, optional={"storage_gib": st.integers(20, 65_536)})
    striped = {"storage_gib": st.integers(400, 5000), "iops": st.integers(12_000, 64_000)}
    if not cluster:
        striped["throughput_mibps"] = st.integers(500, 4000)
    return plain | provisioned | st.fixed_dictionaries(striped)


@st.composite
def database_args(draw: st.DrawFn) -> Args:
    """Give options that a database must be built from."""
    region = draw(st.sampled_from(REGIONS))
    engine = draw(st.sampled_from(sorted(VERSIONS)))
    topologies = ["multi_az_instance", "single_zone"] + (["multi_az_cluster"] if engine != "mariadb" else [])
    topology = draw(st.sampled_from(topologies))
    cluster = topology == "multi_az_cluster"
    instance_class = draw(st.sampled_from(CLUSTER_CLASSES if cluster else CLASSES))
    logs = [log for log in LOGS[engine] if not (cluster and log == "audit")]
    optional: dict[str, st.SearchStrategy[Any]] = {
        "engine_version": st.sampled_from(VERSIONS[engine]),
        "port": st.integers(1150, 65_535),
        "network": networks(region, "10.0.0.0/16"),
        "allowed_security_group_ids": security_groups,
        "backups": st.fixed_dictionaries(
            {}, optional={"retention_days": st.integers(1, 35), "keep_after_delete": st.booleans()}
        ),
        "kms_key_arn": keys_of(region),
        "log_exports": st.lists(st.sampled_from(logs), unique=True),
        "log_retention_days": st.sampled_from([1, 30, 365]),
        "monitoring": monitoring(instance_class, engine),
        "alarms": alarms,
        "parameters": st.dictionaries(st.sampled_from(["max_connections", "time_zone"]), st.just("100")),
        "tags": st.dictionaries(st.sampled_from(["team", "environment"]), st.text(max_size=5)),
        "credentials": st.just("own"),
        **{flag: st.booleans() for flag in FLAGS},
    }
    if not cluster:
        optional |= {
            "replicas": replicas(region),
            "cross_region_backups": st.sampled_from([{"region": other} for other in REGIONS if other != region]),
        }
    args: Args = {"region": region, "engine": engine, "topology": topology, "instance_class": instance_class}
    args |= draw(st.fixed_dictionaries({}, optional=optional))
    args |= draw(_storage(cluster))
    names = {"database_name": st.just("shop"), "username": st.just("shopkeeper")}
    return args | draw(st.fixed_dictionaries({}, optional=names) | restores.map(lambda restore: {"restore": restore}))


FLAGS = (
    "iam_authentication",
    "auto_minor_version_upgrade",
    "apply_immediately",
    "deletion_protection",
    "protect",
    "final_snapshot",
)

Break = tuple[str, Callable[[Args], Args]]
BREAKS: list[Break] = [
    ("engine", lambda args: {**args, "engine": "oracle"}),
    ("engine_version", lambda args: {**args, "engine_version": "1"}),
    ("topology", lambda args: {**args, "topology": "serverless"}),
    ("zone", lambda args: {**args, "topology": "multi_az_instance", "zone": "eu-west-1a"}),
    ("instance_class", lambda args: {**args, "instance_class": "large"}),
    ("storage_gib", lambda args: {**args, "storage_gib": 19}),
    ("max_storage_gib", lambda args: {**args, "storage_gib": 500, "max_storage_gib": 501}),
    ("iops", lambda args: {**args, "storage_type": "gp3", "storage_gib": 100, "iops": 5000}),
    ("throughput_mibps", lambda args: {**args, "storage_type": "gp3", "storage_gib": 100, "throughput_mibps": 600}),
    ("database_name", lambda args: {**args, "database_name": "1st"}),
    ("username", lambda args: {**args, "username": "root"}),
    ("port", lambda args: {**args, "port": 80}),
    ("credentials", lambda args: {**args, "credentials": "managed", "replicas": {"a": {}}}),
    ("network.subnet_ids", lambda args: {**args, "network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1"]}}),
    ("network.cidr", lambda args: {**args, "network": {"cidr": "8.8.0.0/16"}}),
    ("allowed_security_group_ids.web", lambda args: {**args, "allowed_security_group_ids": {"web": "10.0.0.0/8"}}),
    ("backups.retention_days", lambda args: {**args, "backups": {"retention_days": 0}}),
    ("maintenance_window", lambda args: {**args, "maintenance_window": "mon:03:00-mon:04:00"}),
    ("cross_region_backups.region", lambda args: {**args, "cross_region_backups": {"region": args["region"]}}),
    ("restore", lambda args: {**args, "restore": {"snapshot_identifier": "a", "source_identifier": "b"}}),
    ("kms_key_arn", lambda args: {**args, "kms_key_arn": "arn:aws:kms:sa-east-1:123456789012:key/k"}),
    ("replicas.a.zone", lambda args: {**args, "replicas": {"a": {"zone": "sa-east-1a"}}}),
    ("replicas.a.network", lambda args: {**args, "replicas": {"a": {"region": "sa-east-1"}}}),
    ("parameters.rds.force_ssl", lambda args: {**args, "engine": "postgres", "parameters": {"rds.force_ssl": "0"}}),
    ("log_exports[0]", lambda args: {**args, "log_exports": ["debug"]}),
    ("log_retention_days", lambda args: {**args, "log_retention_days": 2}),
    ("monitoring.interval_seconds", lambda args: {**args, "monitoring": {"interval_seconds": 2}}),
    ("alarms.cpu_percent", lambda args: {**args, "alarms": {"cpu_percent": 101}}),
    ("ca_certificate", lambda args: {**args, "ca_certificate": "rds-ca-2015"}),
    ("surprise", lambda args: {**args, "surprise": 1}),
]
"""What each spoils in options that were right, and where the complaint must be."""
