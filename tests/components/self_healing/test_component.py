"""What a self-healing registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
from pathlib import Path

import pytest
from components.self_healing.building import (
    DATABASE,
    ENVIRONMENT,
    EVERYTHING,
    HEALING,
    HOME,
    LEAST,
    TOPIC,
    Account,
    Args,
    build,
)
from components.self_healing.strategies import self_healing_args
from hypothesis import given, settings

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.self_healing import SelfHealing
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, Recording, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
PERMISSION = "aws:lambda/permission:Permission"
FUNCTION = "healing-healer-function"


def statements(recording: Recording) -> list[Args]:
    return json.loads(recording.named("healing-remedies").inputs["policy"])["Statement"]


def variables(recording: Recording) -> Args:
    return recording.named(FUNCTION).inputs["environment"]["variables"]


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_a_database_alone_makes_a_function_a_table_a_tick_and_an_alarm(preview: bool) -> None:
    assert sorted(resource.name for resource in build(LEAST, preview=preview)) == [
        "healing",
        "healing-database-orders-silent",
        "healing-dead-letters",
        "healing-dead-letters-policy",
        "healing-healer",
        "healing-healer-errors",
        "healing-healer-from-database-orders-silent",
        "healing-healer-from-tick",
        "healing-healer-function",
        "healing-healer-logs",
        "healing-healer-permissions",
        "healing-healer-role",
        "healing-memory",
        "healing-remedies",
        "healing-tick",
        "healing-tick-target",
    ]


def test_the_function_is_told_its_rules_and_targets() -> None:
    told = variables(build(EVERYTHING))
    assert (told["TABLE_NAME"], told["TOPIC_ARN"]) == ("healing-memory", TOPIC)
    assert json.loads(told["PLAN"]) == {
        "healer": "healing",
        "rules": {
            "attempts": 2,
            "first_seconds": 60,
            "factor": 3,
            "actions": 4,
            "window_seconds": 1800,
            "settle_seconds": 300,
        },
        "environment": {
            "web": {
                "ailments": "stuck unhealthy disk",
                "environment": "web-live",
                "disk_percent": 90,
                "rebuild": True,
            }
        },
        "database": {"orders": {"ailments": "silent refused full", "identifier": "orders", "largest_gib": 200}},
        "queue": {
            "jobs": {
                "ailments": "old",
                "url": f"https://sqs.{HOME}.amazonaws.com/123456789012/jobs",
                "dead_letter_url": f"https://sqs.{HOME}.amazonaws.com/123456789012/poisoned",
                "max_receives": 3,
            }
        },
    }


def test_the_function_may_do_what_the_remedies_need_and_no_more() -> None:
    arn = f"arn:aws:{{}}:{HOME}:123456789012:{{}}"
    tag = "autoscaling:ResourceTag/elasticbeanstalk:environment-name"
    assert [(each["Action"], each["Resource"], each.get("Condition")) for each in statements(build(EVERYTHING))] == [
        (["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], ["*"], None),
        (
            ["cloudwatch:PutMetricData"],
            ["*"],
            {"StringEquals": {"cloudwatch:namespace": ["AwsMobile/SelfHealing"]}},
        ),
        (["dynamodb:UpdateItem"], [arn.format("dynamodb", "healing-memory")], None),
        (["sns:Publish"], [TOPIC], None),
        (["kms:Decrypt", "kms:GenerateDataKey"], [arn.format("kms", "key/1")], None),
        (
            [
                "elasticbeanstalk:DescribeEnvironmentResources",
                "elasticbeanstalk:DescribeEnvironments",
                "elasticbeanstalk:DescribeInstancesHealth",
                "elasticbeanstalk:RebuildEnvironment",
                "elasticbeanstalk:RestartAppServer",
            ],
            [arn.format("elasticbeanstalk", "environment/web/web-live")],
            None,
        ),
        (
            ["autoscaling:TerminateInstanceInAutoScalingGroup"],
            [arn.format("autoscaling", "autoScalingGroup:*:autoScalingGroupName/awseb-*")],
            {"StringEquals": {tag: ["web-live"]}},
        ),
        (
            ["rds:DescribeDBInstances", "rds:ModifyDBInstance", "rds:RebootDBInstance"],
            [arn.format("rds", "db:orders")],
            None,
        ),
        (
            ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
            [arn.format("sqs", "jobs")],
            None,
        ),
        (["sqs:SendMessage"], [arn.format("sqs", "poisoned")], None),
    ]


def test_a_database_that_may_not_grow_cannot_be_modified() -> None:
    (rds,) = [each for each in statements(build(LEAST)) if "rds:RebootDBInstance" in each["Action"]]
    assert rds["Action"] == ["rds:DescribeDBInstances", "rds:RebootDBInstance"]


def test_rebuilding_takes_the_policy_of_those_who_make_environments() -> None:
    attached = build(EVERYTHING).only("aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs
    assert attached == {
        "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess-AWSElasticBeanstalk",
        "role": "healing-healer-role",
    }


def test_without_rebuilding_no_such_policy_is_attached() -> None:
    recording = build({"page_topic_arn": TOPIC, "environments": {"web": ENVIRONMENT}})
    assert not recording.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    assert "elasticbeanstalk:RebuildEnvironment" not in json.dumps(statements(recording))


def test_each_alarm_is_named_after_the_function_invokes_it_and_may_do_so() -> None:
    recording = build(EVERYTHING)
    healed = [each for each in recording.of_type(ALARM) if each.name != "healing-healer-errors"]
    assert len(healed) == 6
    for alarm in healed:
        role = alarm.name.removeprefix("healing-")
        assert alarm.inputs["name"] == f"{FUNCTION}-{role}"
        assert alarm.inputs["alarmActions"] == [f"arn:aws:lambda:{HOME}:123456789012:{FUNCTION}"]
        permission = recording.named(f"healing-healer-from-{role}").inputs
        assert permission["principal"] == "lambda.alarms.cloudwatch.amazonaws.com"
        assert permission["sourceArn"].endswith(alarm.name)


def test_nothing_invokes_the_function_before_it_may_do_its_work() -> None:
    recording = build(EVERYTHING)
    remedies = recording.named("healing-remedies").urn
    for resource in [recording.named("healing-tick-target"), recording.named("healing-database-orders-silent")]:
        assert remedies in resource.dependencies


def test_the_tick_comes_every_minute_by_default_with_its_own_event() -> None:
    recording = build(LEAST)
    assert recording.named("healing-tick").inputs["scheduleExpression"] == "rate(1 minute)"
    assert recording.named("healing-tick-target").inputs["input"] == '{"tick": true}'


def test_the_table_forgets_by_itself_and_is_encrypted() -> None:
    table = build(EVERYTHING).named("healing-memory").inputs
    assert table["ttl"] == {"attributeName": "expires_at", "enabled": True}
    assert (table["serverSideEncryption"], table["billingMode"]) == ({"enabled": True}, "PAY_PER_REQUEST")


def test_the_table_is_protected_until_an_explicit_argument_says_otherwise() -> None:
    for protect in (True, False):
        table = build({**LEAST, "protect": protect}).named("healing-memory")
        assert (table.protect, table.inputs["deletionProtectionEnabled"]) == (protect, protect)
    assert build(LEAST).named("healing-memory").protect


def test_a_human_hears_of_a_healer_that_fails() -> None:
    assert build(LEAST).named("healing-healer-errors").inputs["alarmActions"] == [TOPIC]


def test_unhealthy_instances_are_counted_by_health_where_no_target_group_is_given() -> None:
    alarm = build({"page_topic_arn": TOPIC, "environments": {"web": ENVIRONMENT}}).named(
        "healing-environment-web-unhealthy"
    )
    answer, degraded, severe = alarm.inputs["metricQueries"]
    assert answer["expression"] == "FILL(degraded, 0) + FILL(severe, 0)"
    assert [each["metric"]["metricName"] for each in (degraded, severe)] == ["InstancesDegraded", "InstancesSevere"]


def test_the_outputs_are_what_operators_need() -> None:
    assert build(LEAST).component_outputs[HEALING] == {
        "function_arn": f"arn:aws:lambda:{HOME}:123456789012:{FUNCTION}",
        "function_name": FUNCTION,
        "table_name": "healing-memory",
        "alarm_arns": {
            "database-orders-silent": f"arn:aws:cloudwatch:{HOME}:123456789012:healing-database-orders-silent"
        },
        "log_group_name": "healing-healer-logs",
    }


def test_names_that_are_not_known_yet_are_taken() -> None:
    recording = build(EVERYTHING, preview=True)
    assert recording.named("healing-queue-jobs-old").inputs["name"] == UNKNOWN


def test_two_of_them_do_not_collide() -> None:
    def program() -> None:
        SelfHealing("one", LEAST)
        SelfHealing("two", LEAST)

    recording = record(program, mocks=Account())
    assert len(recording.urns) == len(set(recording.urns))


def test_the_region_reaches_everything_but_iam() -> None:
    def regional(resource: Recorded) -> bool:
        return resource.custom and not resource.type.startswith("aws:iam/")

    assert {each.inputs.get("region") for each in build(EVERYTHING) if regional(each)} == {HOME}


def test_bad_input_registers_nothing() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(
            lambda: SelfHealing("healing", {**LEAST, "databases": {"Orders": DATABASE}}), on_resource=registered.append
        )
    assert registered == []


@settings(max_examples=15)
@given(self_healing_args())
def test_any_valid_options_build_in_a_preview(args: Args) -> None:
    assert build(args, preview=True).of_type("aws:lambda/function:Function")
