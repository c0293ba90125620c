"""Options of a pair that always work, and one change each that never does."""

from typing import Any

from components.dr_pair.building import AWAY, HOME, KEY, STRATEGIES, TOPIC, args_of, changed
from hypothesis import strategies as st

Args = dict[str, Any]

_KEYS = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,8})?", fullmatch=True)
_REPLICATED = ("pilot_light", "warm_standby", "multi_site")
_CREATING = ("backup_restore", "pilot_light")


@st.composite
def pair_args(draw: st.DrawFn, strategy: str | None = None) -> Args:
    """Draw options that always work, by a strategy or any of them."""
    chosen = strategy or draw(st.sampled_from(STRATEGIES))
    args = args_of(chosen)
    full = draw(st.integers(1, 20))
    most = full + draw(st.integers(0, 20))
    for site in ("primary", "recovery"):
        args = changed(args, f"{site}.web_tier.min", full)
        args = changed(args, f"{site}.web_tier.max", most)
        if draw(st.booleans()):
            args = changed(args, f"{site}.web_tier.environment_id", None)
    if chosen == "warm_standby" and draw(st.booleans()):
        least = draw(st.integers(1, 5))
        args = changed(args, "recovery.web_tier.standby_min", least)
        args = changed(args, "recovery.web_tier.standby_max", least + draw(st.integers(0, 3)))
    mode = draw(st.sampled_from(["approval", "automatic", "dry_run", None]))
    args = changed(args, "mode", mode)
    args |= draw(
        st.fixed_dictionaries(
            {},
            optional={
                "guards": _guards(2 if mode == "automatic" else 1),
                "situation": st.fixed_dictionaries(
                    {},
                    optional={"engine": st.sampled_from(["mysql", "mariadb", "postgres"]), "multi_az": st.booleans()},
                ),
                "tables": st.dictionaries(_KEYS, _table(), max_size=3),
                "identity": st.fixed_dictionaries(
                    {"user_pool_id": st.just(f"{HOME}_a1B2c3D4e")},
                    optional={"tier": st.sampled_from(["essentials", "plus"]), "replica": st.booleans()},
                ),
                "takeovers": st.integers(0, 99) | st.just(2.0),
                "alarm_topic_arn": st.just(TOPIC),
                "protect": st.booleans(),
                "tags": st.dictionaries(_KEYS, _KEYS, max_size=2),
            },
        )
    )
    return draw(_with_domain(args, chosen))


def _guards(fewest: int) -> st.SearchStrategy[Args]:
    return st.fixed_dictionaries(
        {},
        optional={
            "datapoints": st.integers(fewest, 60),
            "confirmations": st.integers(1, 10),
            "cooldown_minutes": st.integers(0, 10_080),
            "approval_minutes": st.integers(1, 10_080),
            "lag_seconds": st.integers(0, 86_400),
            "failover_without_fence": st.booleans(),
        },
    )


def _table() -> st.SearchStrategy[str]:
    return st.from_regex(r"[A-Za-z0-9_.-]{3,20}", fullmatch=True).map(
        lambda name: f"arn:aws:dynamodb:{HOME}:123456789012:table/{name}"
    )


@st.composite
def _with_domain(draw: st.DrawFn, args: Args, strategy: str) -> Args:
    kind = draw(st.sampled_from(["alias", "host", "none"]))
    if kind == "none":
        return changed(args, "domain", None)
    if kind == "host":
        for site in ("primary", "recovery"):
            args = changed(args, f"{site}.api_domain_name", None)
            args = changed(args, f"{site}.api_domain_zone_id", None)
            args = changed(args, f"{site}.target_host", f"{site}.example.net")
        if draw(st.booleans()):
            args = changed(args, "traffic.ttl_seconds", draw(st.integers(1, 60)))
    if strategy == "multi_site" and draw(st.booleans()):
        args = changed(args, "traffic.policy", "weighted")
        args = changed(args, "traffic.weights", {"primary": draw(st.integers(1, 255))})
    return args


@st.composite
def broken_args(draw: st.DrawFn) -> tuple[Args, str]:
    """Draw options that would work but for one change, and the path that has to be named."""
    path, value, strategies = draw(st.sampled_from(_MUTATIONS))
    args = draw(pair_args(draw(st.sampled_from(strategies))))
    return changed(args, path, value), path


_ANY = STRATEGIES
_MUTATIONS: list[tuple[str, Any, tuple[str, ...]]] = [
    ("strategy", "cold_standby", _ANY),
    ("strategy", None, _ANY),
    ("mode", "sometimes", _ANY),
    ("guards.datapoints", 0, _ANY),
    ("guards.datapoints", 61, _ANY),
    ("guards.confirmations", 0, _ANY),
    ("guards.cooldown_minutes", -1, _ANY),
    ("guards.approval_minutes", 0, _ANY),
    ("guards.lag_seconds", 86_401, _ANY),
    ("traffic.ttl_seconds", 61, _ANY),
    ("traffic.ttl_seconds", 0, _ANY),
    ("primary.region", None, _ANY),
    ("recovery.region", HOME, _ANY),
    ("recovery.region", "eu", _ANY),
    ("recovery.region", "us-gov-west-1", _ANY),
    ("recovery.region", "mx-central-1", _ANY),
    ("primary.region", "ap-east-2", _ANY),
    ("primary.health_url", "http://example.com/health", _ANY),
    ("recovery.health_url", None, _ANY),
    ("primary.database", None, _ANY),
    ("primary.database.arn", f"arn:aws:rds:{AWAY}:123456789012:db:orders-eu-west-1", _ANY),
    ("primary.database.identifier", "another", _ANY),
    ("primary.database.identifier", "Not-one", _ANY),
    ("primary.database.security_group_ids", [], _ANY),
    ("recovery.database", None, _REPLICATED),
    ("recovery.database.vpc_id", "vpc", _REPLICATED),
    ("recovery.backups_arn", f"arn:aws:rds:{AWAY}:123456789012:auto-backup:ab-1", _REPLICATED),
    ("recovery.kms_key_arn", None, _ANY),
    ("recovery.kms_key_arn", KEY.replace(AWAY, HOME), _ANY),
    ("recovery.backups_arn", None, ("backup_restore",)),
    ("recovery.restore", None, ("backup_restore",)),
    ("recovery.restore.retention_days", 0, ("backup_restore",)),
    ("recovery.restore.engine_version", "4", ("backup_restore",)),
    ("recovery.restore.parameters", {"require_secure_transport": "0"}, ("backup_restore",)),
    ("recovery.instance_security_group_id", None, ("backup_restore",)),
    ("recovery.network", None, (*_CREATING, "multi_site")),
    ("recovery.network.public_subnet_ids", None, _CREATING),
    ("recovery.network.public_subnet_ids", [], _CREATING),
    ("recovery.network.application_route_table_ids", None, (*_CREATING, "multi_site")),
    ("recovery.network.subnet_ids", ["subnet-00000001"], ("backup_restore",)),
    ("recovery.network.cidr", "10.0.128.0/17", ("multi_site",)),
    ("recovery.network.cidr", "10.0.0.300/16", ("multi_site",)),
    ("primary.network", None, ("multi_site",)),
    ("primary.database.port", None, ("multi_site", "backup_restore")),
    ("primary.web_tier.standby_min", 0, _ANY),
    ("primary.web_tier.min", 50, _ANY),
    ("recovery.web_tier.max", 0, _ANY),
    ("recovery.web_tier.standby_min", 1, _CREATING),
    ("recovery.web_tier.standby_min", 0, ("warm_standby", "multi_site")),
    ("recovery.evaluate_target_health", True, _CREATING),
    ("tables", {"sync": f"arn:aws:dynamodb:{AWAY}:123456789012:table/sync"}, _ANY),
    ("identity", {"user_pool_id": f"{AWAY}_a1B2c3D4e"}, _ANY),
    ("alarm_topic_arn", TOPIC.replace(AWAY, HOME), _ANY),
    ("takeovers", 100, _ANY),
]
