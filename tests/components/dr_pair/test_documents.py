"""Who may do what: exactly what a failover does, to exactly what it does it to."""

import json

import pytest
from components.dr_pair.building import ACCOUNT, AWAY, HOME, KEY, STRATEGIES, TOPIC, Args, args_of, build, everything

from pulumi_aws_mobile.dr_pair.environment_documents import EnvironmentFacts, environment_statements
from pulumi_aws_mobile.dr_pair.store import key_policy, topic_policy
from pulumi_aws_mobile.testing import Recording

_INLINE_CHARACTERS = 10_240
_MANAGED_CHARACTERS = 6_144
"""IAM's quotas. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


def statements(recording: Recording, name: str) -> list[Args]:
    return json.loads(recording.named(name).inputs["policy"])["Statement"]


def resources_of(recording: Recording, action: str, name: str = "pair-recovery-permissions") -> list[str]:
    """Return what the statements with that action are for."""
    return [each for one in statements(recording, name) if action in one["Action"] for each in one["Resource"]]


def database_arn(region: str, identifier: str) -> str:
    return f"arn:aws:rds:{region}:{ACCOUNT}:db:{identifier}"


@pytest.mark.parametrize("strategy", ["pilot_light", "warm_standby", "multi_site"])
def test_the_recovery_function_changes_two_databases_and_no_other(strategy: str) -> None:
    assert resources_of(build(args_of(strategy)), "rds:ModifyDBInstance") == [
        database_arn(HOME, "orders-eu-west-1"),
        database_arn(AWAY, "orders-eu-central-1"),
    ]


def test_a_database_that_will_be_restored_is_named_beforehand() -> None:
    assert resources_of(build(args_of("backup_restore")), "rds:RebootDBInstance") == [
        database_arn(HOME, "orders-eu-west-1"),
        database_arn(AWAY, "pair-state-0a1b2c3"),
    ]


@pytest.mark.parametrize("strategy", ["warm_standby", "multi_site"])
def test_where_everything_stands_nothing_may_be_created(strategy: str) -> None:
    recording = build(everything(strategy))
    assert resources_of(recording, "cloudformation:CreateStack") == []
    assert resources_of(recording, "iam:PassRole") == []


def test_one_stack_may_be_created_from_one_template_with_one_role() -> None:
    recording = build(args_of("pilot_light"))
    stack = f"arn:aws:cloudformation:{AWAY}:{ACCOUNT}:stack/pair-state-0a1b2c3/*"
    assert resources_of(recording, "cloudformation:CreateStack") == [stack]
    assert resources_of(recording, "s3:GetObject") == ["arn:aws:s3:::pair-templates-id/recovery.json"]
    (passing,) = [one for one in statements(recording, "pair-recovery-permissions") if "iam:PassRole" in one["Action"]]
    assert passing["Condition"] == {"StringEquals": {"iam:PassedToService": ["cloudformation.amazonaws.com"]}}
    assert len(passing["Resource"]) == 1


def test_the_prober_may_only_measure_and_read() -> None:
    actions = {
        action
        for one in statements(build(args_of("pilot_light")), "pair-prober-permissions")
        for action in one["Action"]
    }
    assert actions == {
        "cloudwatch:PutMetricData",
        "dynamodb:GetItem",
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_role_of_the_failover_path_may_change_iam_or_route_53(strategy: str) -> None:
    recording = build(everything(strategy))
    policies = [*recording.of_type("aws:iam/rolePolicy:RolePolicy"), *recording.of_type("aws:iam/policy:Policy")]
    actions = {
        action
        for policy in policies
        for one in json.loads(policy.inputs["policy"])["Statement"]
        for action in one["Action"]
        if action.startswith(("iam:", "route53:"))
    }
    assert actions <= {"iam:PassRole"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_only_what_reads_or_knows_no_resource_is_allowed_on_everything(strategy: str) -> None:
    recording = build(everything(strategy))
    policies = [*recording.of_type("aws:iam/rolePolicy:RolePolicy"), *recording.of_type("aws:iam/policy:Policy")]
    everywhere = {
        action
        for policy in policies
        for one in json.loads(policy.inputs["policy"])["Statement"]
        if "*" in one["Resource"]
        for action in one["Action"]
    }
    changing = {action for action in everywhere if not action.partition(":")[2].startswith(("Describe", "Get", "List"))}
    assert changing == {"cloudwatch:PutMetricData"}


def test_metrics_go_into_one_namespace() -> None:
    (putting,) = [
        one
        for one in statements(build(args_of("pilot_light")), "pair-recovery-permissions")
        if "cloudwatch:PutMetricData" in one["Action"]
    ]
    assert putting["Condition"] == {"StringEquals": {"cloudwatch:namespace": ["AwsMobile/Recovery"]}}


def test_the_key_of_a_given_topic_may_be_used_through_sns() -> None:
    recording = build({**args_of("pilot_light"), "alarm_topic_arn": TOPIC, "alarm_topic_kms_key_arn": KEY})
    (using,) = [one for one in statements(recording, "pair-recovery-permissions") if KEY in one["Resource"]]
    assert using["Condition"] == {"StringEquals": {"kms:ViaService": [f"sns.{AWAY}.amazonaws.com"]}}


def test_an_environment_is_changed_by_its_name_and_the_stack_of_its_id() -> None:
    recording = build(args_of("pilot_light"))
    update = resources_of(recording, "elasticbeanstalk:UpdateEnvironment", "pair-scales-recovery")
    assert f"arn:aws:elasticbeanstalk:{AWAY}:{ACCOUNT}:environment/orders/orders-eu-central-1" in update
    assert resources_of(recording, "cloudformation:UpdateStack", "pair-scales-recovery") == [
        f"arn:aws:cloudformation:{AWAY}:{ACCOUNT}:stack/awseb-e-cccccccccc-*"
    ]
    assert resources_of(recording, "iam:PassRole", "pair-scales-primary") == [
        f"arn:aws:iam::{ACCOUNT}:role/orders-instances-eu-west-1",
        f"arn:aws:iam::{ACCOUNT}:role/orders-service-eu-west-1",
    ]


def test_an_environment_without_an_id_is_one_of_elastic_beanstalks() -> None:
    facts = EnvironmentFacts("aws", AWAY, ACCOUNT, "orders", "orders-blue", None, ())
    found = [
        one["resources"] for one in environment_statements(facts) if "cloudformation:UpdateStack" in one["actions"]
    ]
    assert found == [[f"arn:aws:cloudformation:{AWAY}:{ACCOUNT}:stack/awseb-e-*"]]
    assert not [one for one in environment_statements(facts) if "iam:PassRole" in one["actions"]]


def test_without_servers_no_environment_may_be_changed() -> None:
    args = args_of("pilot_light")
    for site in ("primary", "recovery"):
        del args[site]["web_tier"]
    assert not build(args).of_type("aws:iam/policy:Policy")


def test_cloudformation_touches_only_the_route_tables_subnet_and_names_of_the_template() -> None:
    recording = build(args_of("backup_restore"))
    assert resources_of(recording, "ec2:CreateRoute", "pair-stack-permissions") == [
        f"arn:aws:ec2:{AWAY}:{ACCOUNT}:route-table/rtb-ccccccca",
        f"arn:aws:ec2:{AWAY}:{ACCOUNT}:route-table/rtb-cccccccb",
    ]
    restored = resources_of(recording, "rds:RestoreDBInstanceToPointInTime", "pair-stack-permissions")
    assert database_arn(AWAY, "pair-state-0a1b2c3") in restored
    deleting = [one for one in statements(recording, "pair-stack-permissions") if "ec2:ReleaseAddress" in one["Action"]]
    assert deleting[0]["Condition"] == {
        "StringEquals": {"aws:ResourceTag/aws-mobile:recovery-stack": ["pair-state-0a1b2c3"]}
    }


def test_without_a_database_to_restore_cloudformation_may_do_nothing_to_one() -> None:
    actions = {
        action
        for one in statements(build(args_of("pilot_light")), "pair-stack-permissions")
        for action in one["Action"]
    }
    assert not [action for action in actions if action.startswith(("rds:", "kms:"))]


def test_only_cloudformation_takes_its_role() -> None:
    trust = json.loads(build(args_of("pilot_light")).named("pair-stack-role").inputs["assumeRolePolicy"])
    assert trust["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "cloudformation.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_policies_fit_into_iams_quotas(strategy: str) -> None:
    recording = build(everything(strategy))
    inline = [recording.named(name).inputs["policy"] for name in ("pair-recovery-permissions", "pair-recovery-reads")]
    assert sum(len(compact(text)) for text in inline) < _INLINE_CHARACTERS / 2
    managed = [policy.inputs["policy"] for policy in recording.of_type("aws:iam/policy:Policy")]
    assert all(len(compact(text)) < _MANAGED_CHARACTERS - 1_000 for text in managed)


def compact(text: str) -> str:
    return json.dumps(json.loads(text), separators=(",", ":"))


def test_cloudwatch_may_use_the_key_and_publish_for_this_account_alone() -> None:
    for text in (key_policy("aws", ACCOUNT), topic_policy(TOPIC, ACCOUNT)):
        alarms = [
            one for one in json.loads(text)["Statement"] if one["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
        ]
        assert [one["Condition"] for one in alarms] == [{"StringEquals": {"aws:SourceAccount": ACCOUNT}}]


def test_nobody_publishes_without_tls() -> None:
    (denied,) = [one for one in json.loads(topic_policy(TOPIC, ACCOUNT))["Statement"] if one["Effect"] == "Deny"]
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
