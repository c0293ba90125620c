"""What the functions are told, and that it fits."""

import json

import pytest
from components.dr_pair.building import (
    ACCOUNT,
    AWAY,
    HOME,
    STRATEGIES,
    Args,
    args_of,
    build,
    changed,
    everything,
    plan_of,
)

from pulumi_aws_mobile.dr_pair.functions.recovery.plan import read_plan

MOST_BYTES = 4096


def test_the_plan_of_a_pilot_light_says_everything_that_the_functions_need() -> None:
    assert plan_of(build(args_of("pilot_light"))) == {
        "name": "pair",
        "strategy": "pilot_light",
        "mode": "approval",
        "takeovers": 0,
        "topic_arn": f"arn:aws:sns:{AWAY}:{ACCOUNT}:pair-alarms",
        "guards": {
            "confirmations": 1,
            "cooldown_minutes": 60,
            "approval_minutes": 60,
            "lag_seconds": 300,
            "failover_without_fence": True,
        },
        "metric": {"namespace": "AwsMobile/Recovery", "dimensions": {"Pair": "pair"}},
        "alarms": {"unreachable": "pair-state-0a1b2c3-unreachable", "traffic": "pair-state-0a1b2c3-traffic"},
        "sites": {
            "primary": {
                "region": HOME,
                "health_url": f"https://aaaaaaaaaa.execute-api.{HOME}.amazonaws.com/v1/health",
                "database": {
                    "identifier": "orders-eu-west-1",
                    "fence_security_group_id": "pair-primary-fence-id",
                    "security_group_ids": ["sg-aaaaaaaa"],
                },
                "web_tier": {"environment_name": "orders-eu-west-1", "min": 2, "max": 8},
            },
            "recovery": {
                "region": AWAY,
                "health_url": f"https://cccccccccc.execute-api.{AWAY}.amazonaws.com/v1/health",
                "database": {
                    "identifier": "orders-eu-central-1",
                    "fence_security_group_id": "pair-recovery-fence-id",
                    "security_group_ids": ["sg-cccccccc"],
                },
                "web_tier": {
                    "environment_name": "orders-eu-central-1",
                    "min": 2,
                    "max": 8,
                    "standby_min": 0,
                    "standby_max": 0,
                },
                "create": {
                    "stack_name": "pair-state-0a1b2c3",
                    "template_url": f"https://pair-templates-id.s3.{AWAY}.amazonaws.com/recovery.json",
                    "parameters": {},
                    "role_arn": f"arn:aws:iam:{HOME}:{ACCOUNT}:pair-stack-role",
                },
            },
        },
    }


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_both_functions_are_told_the_same(strategy: str) -> None:
    recording = build(everything(strategy))
    told = [recording.named(f"pair-{role}-function").inputs["environment"] for role in ("recovery", "prober")]
    assert told[0] == told[1]
    assert sorted(told[0]["variables"]) == ["PLAN", "TABLE_NAME"]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_functions_can_read_it(strategy: str) -> None:
    plan = read_plan(json.dumps(plan_of(build(everything(strategy)))))
    assert (plan.home, plan.name) == (AWAY, "pair")
    assert (plan.sites["recovery"].create is not None) == (strategy in {"backup_restore", "pilot_light"})
    assert (plan.sites["recovery"].database is None) == (strategy == "backup_restore")


def test_where_a_database_is_restored_none_is_named() -> None:
    assert plan_of(build(args_of("backup_restore")))["sites"]["recovery"]["database"] is None


@pytest.mark.parametrize(
    ("strategy", "size"),
    [("backup_restore", (0, 0)), ("pilot_light", (0, 0)), ("warm_standby", (1, 1)), ("multi_site", (2, 8))],
)
def test_what_waits_is_as_large_as_the_strategy_says(strategy: str, size: tuple[int, int]) -> None:
    tier = plan_of(build(args_of(strategy)))["sites"]["recovery"]["web_tier"]
    assert (tier["standby_min"], tier["standby_max"]) == size


@pytest.mark.parametrize(
    ("takeovers", "stack"),
    [(0, "pair-state-0a1b2c3"), (1, "pair-state-0a1b2c3"), (2, "pair-state-0a1b2c3-1"), (4, "pair-state-0a1b2c3-2")],
)
def test_a_second_failover_makes_a_stack_of_its_own(takeovers: int, stack: str) -> None:
    plan = plan_of(build({**args_of("backup_restore"), "takeovers": takeovers}))
    assert (plan["takeovers"], plan["sites"]["recovery"]["create"]["stack_name"]) == (takeovers, stack)


def test_a_restored_database_is_named_once_it_has_taken_over() -> None:
    args = {**args_of("backup_restore"), "takeovers": 1}
    restored = {**args_of("pilot_light")["recovery"]["database"]}
    plan = plan_of(build(changed(args, "recovery.database", restored)))
    assert plan["sites"]["recovery"]["database"]["identifier"] == "orders-eu-central-1"


def long_names(strategy: str) -> Args:
    """Return options with names as long as AWS takes them, and five security groups, as many as it takes."""
    args = args_of(strategy)
    for site, region in (("primary", HOME), ("recovery", AWAY)):
        args = changed(args, f"{site}.web_tier.environment_name", "e" * 40)
        args = changed(args, f"{site}.health_url", f"https://{'a' * 10}.execute-api.{region}.amazonaws.com/{'s' * 128}")
        if "database" in args[site]:
            identifier = "d" * 63
            groups = [f"sg-{number:017x}" for number in range(5)]
            arn = f"arn:aws:rds:{region}:{ACCOUNT}:db:{identifier}"
            found = {"identifier": identifier, "arn": arn, "security_group_ids": groups}
            args = changed(args, f"{site}.database", {**args[site]["database"], **found})
    return {**args, "alarm_topic_arn": f"arn:aws:sns:{AWAY}:{ACCOUNT}:{'t' * 256}"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_longest_names_fit_into_lambdas_environment(strategy: str) -> None:
    recording = build(long_names(strategy), name="p" * 38)
    variables = recording.named(f"{'p' * 38}-recovery-function").inputs["environment"]["variables"]
    # The mocks' ids are shorter than AWS's; 200 bytes more than make up for that.
    assert sum(len(name) + len(value) for name, value in variables.items()) < MOST_BYTES - 200


def test_what_does_not_fit_is_refused_by_name() -> None:
    args = args_of("pilot_light")
    groups = [f"sg-{number:017x}" for number in range(160)]
    # The SDK wraps the error that an output fails with.
    with pytest.raises(ValueError, match="environment") as refused:
        build(changed(args, "primary.database.security_group_ids", groups))
    assert str(refused.value).endswith(
        'DRPair "pair": 1 problem\n'
        "  plan: got 4985 bytes; allowed: at most 3900 bytes of names and URLs together; "
        "shorten the longest of them, such as the health URLs"
    )
