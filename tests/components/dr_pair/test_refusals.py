"""What a pair refuses, in whole sentences."""

import json
from typing import Any

import pytest
from components.dr_pair.building import AWAY, BACKUPS, HOME, KEY, TOPIC, Args, args_of, changed, problems_of

from pulumi_aws_mobile.dr_pair.settings import LONGEST_NAME, resolve
from pulumi_aws_mobile.errors import ArgsError


def refused(strategy: str, path: str, value: Any) -> list[str]:  # noqa: ANN401 - wrong options of any type
    """Return the lines that one change to good options leads to."""
    return problems_of(changed(args_of(strategy), path, value))


def needing(**need: float) -> Args:
    args = {**args_of("pilot_light"), "need": need}
    del args["strategy"]
    return args


def test_the_same_region_twice() -> None:
    args = args_of("pilot_light")
    args["recovery"] = {**args["primary"], "kms_key_arn": KEY.replace(AWAY, HOME)}
    assert problems_of(args) == [
        (
            'recovery.region: got "eu-west-1"; allowed: a Region other than eu-west-1, which is lost as a whole; '
            "name another Region"
        )
    ]


def test_regions_that_nothing_is_copied_between() -> None:
    assert refused("pilot_light", "recovery.region", "cn-north-1")[0] == (
        'recovery.region: got "cn-north-1"; allowed: a Region of eu-west-1\'s partition, aws; '
        "name another Region: AWS copies nothing between partitions"
    )


def test_a_region_without_elastic_beanstalk() -> None:
    assert refused("pilot_light", "recovery.region", "mx-central-1")[0] == (
        'recovery.region: got "mx-central-1"; allowed: a Region that has Elastic Beanstalk; '
        "name another Region, or go without Elastic Beanstalk there"
    )


def test_a_region_without_replicas_of_user_pools() -> None:
    args = {**args_of("pilot_light"), "identity": {"user_pool_id": f"{HOME}_a1B2c3D4e", "replica": True}}
    assert problems_of(changed(args, "recovery.region", "eu-south-1"))[0] == (
        'recovery.region: got "eu-south-1"; allowed: a Region that has replicas of Amazon Cognito user pools; '
        "name another Region, or go without replicas of Amazon Cognito user pools there"
    )


def test_a_region_without_a_service_that_is_not_used() -> None:
    args = changed(changed(args_of("warm_standby"), "primary.web_tier", None), "recovery.web_tier", None)
    moved: Any = json.loads(json.dumps(args).replace(AWAY, "mx-central-1"))
    assert resolve("pair", moved).recovery.region == "mx-central-1"


def test_a_replica_without_its_regions_key() -> None:
    assert refused("pilot_light", "recovery.kms_key_arn", None) == [
        "recovery.kms_key_arn: got nothing; allowed: a KMS key in eu-central-1; give it; pilot_light needs it"
    ]


def test_a_key_of_another_region() -> None:
    key = KEY.replace(AWAY, HOME)
    assert refused("pilot_light", "recovery.kms_key_arn", key) == [
        (
            f'recovery.kms_key_arn: got "{key}"; allowed: one in eu-central-1; '
            "give the one of that Region; this one is lost with its own"
        )
    ]


def test_a_replicating_strategy_without_a_replica() -> None:
    assert refused("multi_site", "recovery.database", None) == [
        "recovery.database: got nothing; allowed: a replica in the recovery Region; give it; multi_site needs it"
    ]


def test_backup_restore_with_a_replica() -> None:
    replica = args_of("pilot_light")["recovery"]["database"]
    assert refused("backup_restore", "recovery.database", replica) == [
        (
            "recovery.database: got a value; allowed: nothing, with backup_restore: the database is restored from "
            "recovery.backups_arn; give it with takeovers once a failover did that; "
            "remove it, or choose another strategy"
        )
    ]


def test_backup_restore_without_backups() -> None:
    assert refused("backup_restore", "recovery.backups_arn", None) == [
        "recovery.backups_arn: got nothing; allowed: the copied automated backups; give it; backup_restore needs it"
    ]


def test_backups_that_are_of_no_use() -> None:
    assert refused("warm_standby", "recovery.backups_arn", BACKUPS) == [
        (
            "recovery.backups_arn: got a value; allowed: nothing, with warm_standby: a replica takes over; "
            "remove it, or choose another strategy"
        )
    ]


def test_a_restored_database_without_backups_of_its_own() -> None:
    assert refused("backup_restore", "recovery.restore.retention_days", 0) == [
        "recovery.restore.retention_days: got 0; allowed: 1 to 35 days; choose an allowed value"
    ]


def test_a_restored_database_of_an_unknown_version() -> None:
    assert refused("backup_restore", "recovery.restore.engine_version", "9.9") == [
        'recovery.restore.engine_version: got "9.9"; allowed: 8.4 | 8.0 | 5.7; name the primary\'s version of mysql'
    ]


def test_a_restored_database_without_tls() -> None:
    parameters = {"require_secure_transport": "0"}
    assert refused("backup_restore", "recovery.restore.parameters", parameters) == [
        (
            'recovery.restore.parameters.require_secure_transport: got "0"; allowed: 1: every '
            "connection uses TLS; remove it"
        )
    ]


def test_an_answer_that_is_kept_too_long() -> None:
    assert refused("pilot_light", "traffic", {"ttl_seconds": 300}) == [
        "traffic.ttl_seconds: got 300; allowed: 1 to 60 seconds; choose an allowed value"
    ]


def test_a_ttl_where_aws_has_its_own() -> None:
    assert refused("pilot_light", "traffic", {"ttl_seconds": 30}) == [
        (
            "traffic.ttl_seconds: got 30; allowed: nothing, where both sites have an api_domain_name: "
            "such records have Route 53's own 60 seconds; leave it out"
        )
    ]


def test_an_empty_standby_whose_health_decides() -> None:
    assert refused("pilot_light", "recovery.evaluate_target_health", value=True) == [
        (
            "recovery.evaluate_target_health: got true; allowed: false, where no instance runs: "
            "an empty target group is unhealthy, and clients would be sent nowhere; leave it out"
        )
    ]


def test_a_standby_with_instances_may_be_asked_how_it_is() -> None:
    args = changed(args_of("warm_standby"), "recovery.evaluate_target_health", value=True)
    settings = resolve("pair", args)
    assert settings.recovery.target is not None
    assert settings.recovery.target.evaluate_health


def test_a_host_that_is_asked_how_it_is() -> None:
    args = changed(args_of("pilot_light"), "primary.evaluate_target_health", value=True)
    for site in ("primary", "recovery"):
        args = changed(args, f"{site}.api_domain_name", None)
        args = changed(args, f"{site}.target_host", "example.net")
    assert problems_of(args) == [
        (
            "primary.evaluate_target_health: got true; allowed: false, with target_host: only an alias "
            "asks its target; "
            "leave it out; the health checks here decide"
        )
    ]


def test_a_minimum_above_the_maximum() -> None:
    assert refused("pilot_light", "primary.web_tier.min", 9) == [
        "primary.web_tier.min: got 9; allowed: 1 to 8 instances, which is max; lower it, or raise max"
    ]


def test_a_standby_minimum_above_its_maximum() -> None:
    args = changed(args_of("warm_standby"), "recovery.web_tier.standby_max", 2)
    assert problems_of(changed(args, "recovery.web_tier.standby_min", 3)) == [
        (
            "recovery.web_tier.standby_min: got 3; allowed: 0 to 2 instances, which is standby_max; "
            "lower it, or raise standby_max"
        )
    ]


def test_a_warm_standby_without_instances() -> None:
    assert refused("warm_standby", "recovery.web_tier.standby_min", 0) == [
        (
            "recovery.web_tier.standby_min: got 0; allowed: 1 instance or more with warm_standby, "
            "which serves at once; "
            "raise it, or choose pilot_light"
        )
    ]


def test_a_pilot_light_with_instances() -> None:
    assert refused("pilot_light", "recovery.web_tier.standby_min", 1) == [
        (
            "recovery.web_tier.standby_min: got 1; allowed: 0 with pilot_light, whose servers have "
            "neither a database nor "
            "a way out before a failover; leave it out, or choose warm_standby"
        )
    ]


def test_a_multi_site_that_is_smaller_in_the_recovery_region() -> None:
    assert refused("multi_site", "recovery.web_tier.standby_min", 1) == [
        (
            "recovery.web_tier.standby_min: got 1; allowed: 2 instances or more with multi_site, as min says: "
            "both Regions serve at full size; leave it out, or choose warm_standby"
        )
    ]


def test_a_primary_region_that_waits() -> None:
    assert refused("pilot_light", "primary.web_tier.standby_min", 1) == [
        (
            "primary.web_tier.standby_min: got 1; allowed: nothing: the primary Region does not wait; "
            "move it to recovery.web_tier.standby_min"
        )
    ]


def test_an_automatic_failover_by_a_single_silent_minute() -> None:
    args = {**args_of("pilot_light"), "mode": "automatic", "guards": {"datapoints": 1}}
    assert problems_of(args) == [
        (
            "guards.datapoints: got 1; allowed: 2 to 60 minutes in automatic mode; "
            "raise it, or let a person decide with the mode approval"
        )
    ]


@pytest.mark.parametrize(
    ("guard", "value", "allowed"),
    [
        ("datapoints", 0, "1 to 60 minutes"),
        ("confirmations", 11, "1 to 10 times"),
        ("cooldown_minutes", -1, "0 to 10080 minutes"),
        ("approval_minutes", 0, "1 to 10080 minutes"),
        ("lag_seconds", 90_000, "0 to 86400 seconds"),
    ],
)
def test_guards_out_of_range(guard: str, value: int, allowed: str) -> None:
    assert refused("pilot_light", "guards", {guard: value}) == [
        f"guards.{guard}: got {value}; allowed: {allowed}; choose an allowed value"
    ]


def test_neither_a_strategy_nor_a_need() -> None:
    assert refused("pilot_light", "strategy", None) == [
        (
            "strategy: got nothing; allowed: backup_restore | pilot_light | warm_standby | multi_site; "
            "give it, or say with need how soon you have to be back"
        )
    ]


def test_a_strategy_and_a_need() -> None:
    assert refused("pilot_light", "need", {"rto_minutes": 60, "rpo_minutes": 5}) == [
        (
            'strategy: got "pilot_light"; allowed: nothing, beside need; '
            "remove strategy to have the cheapest one chosen, or need to choose it yourself"
        )
    ]


def test_a_loss_that_no_copy_can_keep_to() -> None:
    assert problems_of(needing(rto_minutes=600, rpo_minutes=0)) == [
        (
            'need: got {"rto_minutes": 600, "rpo_minutes": 0}; allowed: what one of the strategies does; '
            "no recovery strategy reaches rto_minutes 600, rpo_minutes 0; to plan for are: "
            "with backup_restore: rpo_minutes 30 instead of 0; with pilot_light: rpo_minutes 5 instead of 0; "
            "with warm_standby: rpo_minutes 5 instead of 0; with multi_site: rpo_minutes 5 instead of 0; "
            "one of these would do: rpo_minutes 5 (then pilot_light)"
        )
    ]


def test_a_need_that_the_given_resources_are_not_enough_for() -> None:
    args = needing(rto_minutes=240, rpo_minutes=10)
    assert problems_of(changed(args, "recovery.database", None)) == [
        "recovery.database: got nothing; allowed: a replica in the recovery Region; give it; pilot_light needs it"
    ]


def test_an_arn_of_another_database() -> None:
    assert refused("pilot_light", "primary.database.identifier", "stock") == [
        (
            'primary.database.arn: got "arn:aws:rds:eu-west-1:123456789012:db:orders-eu-west-1"; '
            "allowed: the ARN of stock, as identifier says; give both of the same database"
        )
    ]


@pytest.mark.parametrize(
    ("path", "value", "region"),
    [
        ("recovery.backups_arn", BACKUPS.replace(AWAY, HOME), AWAY),
        ("alarm_topic_arn", TOPIC.replace(AWAY, HOME), AWAY),
        ("tables_kms_key_arn", KEY.replace(AWAY, HOME), AWAY),
        ("identity", {"user_pool_id": f"{AWAY}_a1"}, HOME),
        ("tables", {"sync": f"arn:aws:dynamodb:{AWAY}:123456789012:table/sync"}, HOME),
    ],
)
def test_what_belongs_to_another_region(
    path: str,
    value: Any,  # noqa: ANN401 - options of any type
    region: str,
) -> None:
    (line,) = refused("backup_restore", path, value)
    assert line.startswith(path)
    assert f"allowed: one in {region}; give the one of that Region; this one is lost with its own" in line


def test_a_replica_of_a_user_pool_whose_plan_has_none() -> None:
    identity = {"user_pool_id": f"{HOME}_a1", "tier": "lite", "replica": True}
    assert refused("pilot_light", "identity", identity) == [
        (
            "identity.replica: got true; allowed: false, with the plan lite; "
            "choose essentials or plus for the user pool, or do without a replica"
        )
    ]


def test_a_key_of_a_topic_that_is_not_given() -> None:
    assert refused("pilot_light", "alarm_topic_kms_key_arn", KEY) == [
        (
            "alarm_topic_kms_key_arn: got a key; allowed: nothing, without alarm_topic_arn; "
            "give the topic too, or leave both out"
        )
    ]


def test_networks_that_share_addresses() -> None:
    assert refused("multi_site", "recovery.network.cidr", "10.0.128.0/17") == [
        (
            'recovery.network.cidr: got "10.0.128.0/17"; allowed: addresses other than the primary '
            "Region's, 10.0.0.0/16; "
            "give one of the networks other addresses"
        )
    ]


def test_a_network_that_a_failover_cannot_open() -> None:
    assert refused("pilot_light", "recovery.network", None) == [
        (
            "recovery.network: got nothing; allowed: the VPC, with public_subnet_ids, application_route_table_ids; "
            "give it; pilot_light needs it"
        )
    ]


def test_a_database_in_a_single_zone() -> None:
    assert refused("backup_restore", "recovery.network.subnet_ids", ["subnet-00000001"]) == [
        (
            'recovery.network.subnet_ids: got ["subnet-00000001"]; allowed: subnets in at least two zones; '
            "add one in another zone"
        )
    ]


def test_a_domain_that_leads_nowhere() -> None:
    args = changed(args_of("pilot_light"), "primary.api_domain_name", None)
    assert problems_of(args) == [
        (
            "primary.api_domain_name: got nothing; allowed: where the domain's record leads to; "
            "give it, or target_host; or leave the domain out and make the records yourself"
        )
    ]


def test_a_domain_that_leads_to_two_kinds_of_targets() -> None:
    args = changed(args_of("pilot_light"), "recovery.api_domain_name", None)
    assert problems_of(changed(args, "recovery.target_host", "example.net")) == [
        (
            "recovery.target_host: got a value; allowed: api_domain_name, as in primary: "
            "a CNAME record takes no other kind beside it; give both sites the same kind of target"
        )
    ]


def test_a_policy_where_one_region_answers() -> None:
    assert refused("pilot_light", "traffic", {"policy": "latency"}) == [
        (
            "traffic.policy: got a value; allowed: nothing, with pilot_light: one Region answers, "
            "and the other when it takes over; leave it out, or choose multi_site"
        )
    ]


def test_weights_that_nothing_weighs() -> None:
    assert refused("multi_site", "traffic", {"weights": {"primary": 10}}) == [
        (
            "traffic.weights: got weights; allowed: nothing, unless the policy is weighted; "
            "set traffic.policy to weighted, or leave the weights out"
        )
    ]


@pytest.mark.parametrize("name", ["Pair", "pair-", "pair--two", "1pair", "pair_two", "p" * (LONGEST_NAME + 1)])
def test_names_that_a_stack_and_a_database_cannot_have(name: str) -> None:
    assert problems_of(args_of("pilot_light"), name) == [
        (
            f'name: got "{name}"; allowed: 1 to 38 lower-case letters, digits and single hyphens, a letter first; '
            "rename the component: what a failover creates is named after it"
        )
    ]


def test_a_misspelt_option() -> None:
    assert refused("pilot_light", "recovery.databse", {})[0].endswith('did you mean "database"?')


def test_a_wrong_option_does_not_hide_the_options_beside_it() -> None:
    args = changed(args_of("backup_restore"), "recovery.restore.retention_days", 0)
    assert problems_of(changed(args, "recovery.kms_key_arn", None)) == [
        "recovery.restore.retention_days: got 0; allowed: 1 to 35 days; choose an allowed value",
        "recovery.kms_key_arn: got nothing; allowed: a KMS key in eu-central-1; give it; backup_restore needs it",
    ]


@pytest.mark.parametrize("args", [{}, {"strategy": "pilot_light"}, {"strategy": "multi_site", "primary": {}}, [], None])
def test_nothing_at_all(args: Any) -> None:  # noqa: ANN401 - wrong options of any type
    assert problems_of(args)


def test_everything_is_said_at_once() -> None:
    args = changed(args_of("backup_restore"), "recovery.backups_arn", None)
    args = changed(args, "guards", {"lag_seconds": -1})
    args = changed(args, "primary.web_tier.min", 9)
    with pytest.raises(ArgsError) as refused_all:
        resolve("pair", args)
    assert [problem.path for problem in refused_all.value.problems] == [
        "guards.lag_seconds",
        "primary.web_tier.min",
        "recovery.backups_arn",
    ]
    assert str(refused_all.value).startswith('DRPair "pair": 3 problems\n')
