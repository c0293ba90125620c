"""Configurations of whole stacks: those that always build, and those with one thing wrong."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Config = dict[str, Any]
"""What stands under `config` in a stack file, without the project's namespace; `region` is `aws:region`."""

REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2")


@st.composite
def networks(draw: st.DrawFn, region: str, cidr: str) -> Config:
    """Draw a network in a Region, with or without its zones named."""
    network: Config = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "cidr": st.just(cidr),
                "nat": st.sampled_from(["per_zone", "single", "none"]),
                "interface_endpoints": st.lists(st.sampled_from(["logs", "secretsmanager"]), max_size=2),
                "flow_logs": st.fixed_dictionaries({"retention_days": st.sampled_from([30, 365])}),
            },
        )
    )
    letters = draw(st.none() | st.lists(st.sampled_from("abc"), min_size=2, max_size=3, unique=True))
    return network if letters is None else {**network, "zones": [f"{region}{letter}" for letter in letters]}


DATABASES: st.SearchStrategy[Config] = st.fixed_dictionaries(
    {},
    optional={
        "engine": st.sampled_from(["mysql", "postgres", "mariadb"]),
        "topology": st.sampled_from(["multi_az_instance", "single_zone"]),
        "storage_gib": st.integers(100, 200) | st.integers(100, 200).map(float),
        "backups": st.fixed_dictionaries({"retention_days": st.integers(1, 35)}),
        "replicas": st.dictionaries(st.sampled_from(["reports", "search"]), st.just({}), max_size=2),
        "credentials": st.just("own"),
        "protect": st.booleans(),
        "deletion_protection": st.booleans(),
        "final_snapshot": st.booleans(),
    },
)

WEB_TIERS: st.SearchStrategy[Config] = st.fixed_dictionaries(
    {"source": st.just("app")},
    optional={
        "health": st.just({"path": "/health"}),
        "instances": st.fixed_dictionaries({"min": st.integers(1, 3), "max": st.integers(3, 9)}),
        "deployment": st.fixed_dictionaries(
            {"policy": st.sampled_from(["AllAtOnce", "Rolling", "RollingWithAdditionalBatch", "Immutable"])}
        ),
        "environment": st.dictionaries(st.sampled_from(["GREETING", "COLOUR"]), st.text("abc", min_size=1, max_size=5)),
    },
)

CORE: Config = {"contributions": {"core": {"file": "app/openapi.yaml", "target": "core_api"}}}


FEATURES: st.SearchStrategy[Config] = st.fixed_dictionaries(
    {},
    optional={
        "data_sync": st.just({}),
        "push": st.fixed_dictionaries(
            {},
            optional={
                "topics": st.dictionaries(st.sampled_from(["news", "offers"]), st.just({}), max_size=2),
                "sms": st.fixed_dictionaries({"monthly_spend_limit": st.integers(1, 100)}),
                "amplify": st.booleans(),
                "protect": st.booleans(),
            },
        ),
        "analytics": st.fixed_dictionaries(
            {},
            optional={
                "ingest": st.sampled_from(["kinesis", "firehose"]),
                "retention_days": st.integers(60, 400),
                "protect": st.booleans(),
            },
        ),
    },
)


@st.composite
def backends(draw: st.DrawFn) -> Config:
    """Draw a backend, with or without a core API."""
    if not draw(st.booleans()):
        return {}
    guests = draw(st.booleans())
    throttle = draw(st.fixed_dictionaries({"requests_per_second": st.integers(1, 1000)}))
    return {
        "identity": {"federation": {"guests": guests}},
        "api": {**CORE, "throttle": throttle},
        "token_exchange": {"keys": ["first", "next"], "signs_with": draw(st.sampled_from(["first", "next"]))},
        "web_tier": draw(WEB_TIERS),
        **draw(FEATURES),
    }


ARCHIVES: st.SearchStrategy[Config] = st.fixed_dictionaries(
    {},
    optional={
        "retrieval": st.sampled_from(["milliseconds", "minutes", "hours", "half_day"]),
        "archive_after_days": st.integers(60, 400),
        "protect": st.booleans(),
    },
)


@st.composite
def recoveries(draw: st.DrawFn, strategy: str, region: str) -> Config:
    """Draw the other options of a recovery object: as it was made, or as it is after one takeover or more."""
    options: dict[str, st.SearchStrategy[Any]] = {
        "mode": st.sampled_from(["approval", "automatic", "dry_run"]),
        "guards": st.fixed_dictionaries({"cooldown_minutes": st.integers(0, 600)}),
        "protect": st.booleans(),
        "successor": st.booleans(),
    }
    if strategy in {"pilot_light", "warm_standby"}:
        options["network"] = networks(region, "10.9.0.0/16").map(lambda network: {**network, "nat": "single"})
    if strategy == "backup_restore":
        return draw(st.fixed_dictionaries({}, optional=options))
    found = draw(st.fixed_dictionaries({"takeovers": st.integers(0, 4)}, optional=options))
    return found if found["takeovers"] else {**found, "successor": True}


@st.composite
def stacks(draw: st.DrawFn) -> Config:
    """Draw a stack that builds: any parts of it left out, in any Region, with any recovery strategy."""
    primary, second = draw(st.lists(st.sampled_from(REGIONS), min_size=2, max_size=2, unique=True))
    stack: Config = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "backend": backends(),
                "network": networks(primary, "172.16.0.0/16"),
                "database": DATABASES,
                "archive": ARCHIVES,
                "policies": st.sampled_from(["development", "production"]),
                "tags": st.dictionaries(st.sampled_from(["team", "cost"]), st.text("abc", max_size=5)),
            },
        )
    )
    if "web_tier" in stack.get("backend", {}) and stack.get("network", {}).get("nat") == "none":
        del stack["network"]["nat"]
    strategy = draw(st.sampled_from([None, "backup_restore", "pilot_light", "warm_standby", "multi_site"]))
    if strategy is not None:
        stack["recovery"] = {"strategy": strategy, "region": second, **draw(recoveries(strategy, second))}
    if strategy == "multi_site" and stack.get("network", {}).get("nat") == "none":
        del stack["network"]["nat"]
    return {"region": primary, **stack}


def _set(path: str, value: object) -> Callable[[Config], Config]:
    """Return what puts `value` at `path`, making the objects on the way."""

    def broken(stack: Config) -> Config:
        *steps, last = path.split(".")
        changed = json.loads(json.dumps(stack))
        place = changed
        for step in steps:
            place = place.setdefault(step, {})
        place[last] = value
        return changed

    return broken


BREAKS: dict[str, Callable[[Config], Config]] = {
    "aws-mobile:backend.api.core_api": _set(
        "backend", {"api": {**CORE, "core_api": {"url": "https://core.example.com"}}, "web_tier": {"source": "app"}}
    ),
    "aws-mobile:backend.api.core_api.url": _set("backend", {"api": {**CORE, "core_api": {"url": "core.example.com"}}}),
    "aws-mobile:backend.api.contributions.core.target": _set("backend", {"api": CORE}),
    "aws-mobile:backend.api.contributions.core.file": _set(
        "backend.api", {"contributions": {"core": {"file": "nowhere.yaml"}}}
    ),
    "aws-mobile:backend.api.contributions.token_exchange": _set(
        "backend.api", {"contributions": {"token_exchange": {"file": "app/openapi.yaml"}}}
    ),
    "aws-mobile:backend.token_exchange.user_pool_id": _set("backend.token_exchange", {"user_pool_id": "eu-west-1_x"}),
    "aws-mobile:backend.push.sync_topic_arn": _set(
        "backend.push", {"sync_topic_arn": "arn:aws:sns:eu-west-1:123456789012:changes"}
    ),
    "aws-mobile:backend.push.senders[0]": _set("backend.push", {"senders": ["nobody"]}),
    "aws-mobile:backend.push.sms.monthly_spend_limit": _set("backend.push", {"sms": {"monthly_spend_limit": 0}}),
    "aws-mobile:backend.analytics.signed_in_role_name": _set("backend.analytics", {"signed_in_role_name": "users"}),
    "aws-mobile:backend.analytics.late_days": _set("backend.analytics", {"late_days": 31}),
    "aws-mobile:backend.web_tier.source": _set("backend.web_tier", {"instances": {"min": 2}}),
    "aws-mobile:backend.web_tier.network": _set(
        "backend.web_tier", {"source": "app", "network": {"cidr": "10.0.0.0/16"}}
    ),
    "aws-mobile:backend.web_tier.environment.RDS_HOSTNAME": _set(
        "backend.web_tier", {"source": "app", "environment": {"RDS_HOSTNAME": "elsewhere"}}
    ),
    "aws-mobile:backend.web_tier.environment.TOKEN_AUDIENCE": _set(
        "backend.web_tier", {"source": "app", "environment": {"TOKEN_AUDIENCE": "{}"}}
    ),
    "aws:region": _set("region", "Ireland"),
    "aws-mobile:netwerk": _set("netwerk", {"nat": "none"}),
    "aws-mobile:network": _set("network", "10.0.0.0/16"),
    "aws-mobile:network.region": _set("network.region", "eu-west-1"),
    "aws-mobile:network.cidr": _set("network.cidr", "8.8.0.0/16"),
    "aws-mobile:network.zones": _set("network.zones", []),
    "aws-mobile:network.zones[1]": _set("network.zones", ["eu-west-1a", "moon-1"]),
    "aws-mobile:network.nat": _set("network.nat", "many"),
    "aws-mobile:database.network": _set("database.network", {"vpc_id": "vpc-1"}),
    "aws-mobile:database.engine": _set("database.engine", "oracle"),
    "aws-mobile:database.backups.retention_days": _set("database.backups.retention_days", 36),
    "aws-mobile:database.storage_gib": _set("database.storage_gib", "big"),
    "aws-mobile:database.replicas.recovery": lambda stack: _set("database.replicas.recovery", {})(
        _set("recovery", {"strategy": "pilot_light", "region": "sa-east-1"})(stack)
    ),
    "aws-mobile:database.multi_azz": _set("database.multi_azz", True),  # noqa: FBT003 - the value that is set
    "aws-mobile:archive.retrieval": _set("archive.retrieval", "soon"),
    "aws-mobile:archive.archive_after_days": _set("archive.archive_after_days", -1),
    "aws-mobile:recovery.strategy": _set("recovery.strategy", "hope"),
    "aws-mobile:recovery.region": lambda stack: _set(
        "recovery", {"strategy": "backup_restore", "region": stack["region"]}
    )(stack),
    "aws-mobile:recovery.instance_class": _set(
        "recovery", {"strategy": "backup_restore", "region": "sa-east-1", "instance_class": "db.m7g.large"}
    ),
    "aws-mobile:recovery.takeovers": _set(
        "recovery", {"strategy": "pilot_light", "region": "sa-east-1", "takeovers": -1}
    ),
    "aws-mobile:recovery.successor": _set(
        "recovery", {"strategy": "pilot_light", "region": "sa-east-1", "successor": False}
    ),
    "aws-mobile:recovery.traffic": _set(
        "recovery", {"strategy": "pilot_light", "region": "sa-east-1", "traffic": {"policy": "latency"}}
    ),
    "aws-mobile:recovery.network.cidr": lambda stack: _set("network.cidr", "10.1.0.0/16")(
        _set("recovery", {"strategy": "pilot_light", "region": "sa-east-1"})(stack)
    ),
    "aws-mobile:policies": _set("policies", "lax"),
    "aws-mobile:tags.team": _set("tags.team", 7),
}
"""Ways of breaking any stack, by the path that the problem is reported at."""


def as_pulumi_hands_it_over(stack: Config) -> dict[str, str]:
    """Return the configuration as a program receives it."""
    values = {"aws:region" if key == "region" else f"aws-mobile:{key}": value for key, value in stack.items()}
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
