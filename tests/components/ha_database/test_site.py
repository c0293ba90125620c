"""What a database stands on: keys, networks, security groups and parameters."""

from typing import Any

import pulumi
import pytest
from components.ha_database.account import (
    DATABASE,
    HOME,
    INSTANCE,
    KEY,
    NETWORK,
    RULE,
    Account,
    build,
    names,
    untagged,
)

from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.testing import Recording, record

BOTH = pytest.mark.parametrize("preview", [True, False])
OWN_KEY = f"arn:aws:kms:{HOME}:123456789012:key/mine"


def alone(preview: bool) -> Recording:
    return record(lambda: HAdatabase("db", {}), mocks=Account(), preview=preview)


@BOTH
def test_without_options_it_is_a_good_database_in_a_network_of_its_own(preview: bool) -> None:
    recording = alone(preview)
    network = recording.only(NETWORK)
    assert (network.name, network.parent) == ("db-network", DATABASE)
    assert not recording.of_type("aws:ec2/natGateway:NatGateway")
    assert recording.only("aws:ec2/flowLog:FlowLog")
    assert all("region" not in resource.inputs for resource in recording)


def test_the_network_of_its_own_gives_its_data_subnets() -> None:
    recording = alone(preview=False)
    data = {resource.id for resource in recording.of_type("aws:ec2/subnet:Subnet") if "data" in resource.name}
    assert set(recording.only("aws:rds/subnetGroup:SubnetGroup").inputs["subnetIds"]) == data
    assert len(data) == 3


@pytest.mark.parametrize(
    ("args", "kept"),
    [
        ({}, True),
        ({"final_snapshot": False}, True),
        ({"backups": {"keep_after_delete": False}}, True),
        ({"final_snapshot": False, "backups": {"keep_after_delete": False}}, False),
    ],
)
def test_a_key_outlives_the_database_as_long_as_snapshots_or_backups_need_it(args: dict[str, Any], kept: bool) -> None:
    recording = build(args)
    assert recording.only(KEY).retain_on_delete is kept
    assert not [resource.name for resource in recording if resource.retain_on_delete and resource.type != KEY]


def test_a_key_rotates_and_waits_before_it_is_deleted() -> None:
    key = build({}).only(KEY)
    assert key.inputs["enableKeyRotation"] is True
    assert key.inputs["deletionWindowInDays"] == 30
    assert build({}).only("aws:kms/alias:Alias").inputs["name"] == "alias/db-key-db-key-id"


def test_an_adopted_key_is_for_data_and_an_own_one_stays_for_logs_and_alarms() -> None:
    recording = build({"kms_key_arn": OWN_KEY})
    operations = recording.only(KEY)
    assert operations.name == "db-operations-key"
    instance = recording.only(INSTANCE).inputs
    keys = {instance[name] for name in ("kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId")}
    assert keys == {OWN_KEY}
    arn = operations.outputs["arn"]
    assert recording.only("aws:sns/topic:Topic").inputs["kmsMasterKeyId"] == arn
    assert {group.inputs["kmsKeyId"] for group in recording.of_type("aws:cloudwatch/logGroup:LogGroup")} == {arn}


def test_an_adopted_key_alone_is_enough_without_logs_and_alarms() -> None:
    recording = build({"kms_key_arn": OWN_KEY, "log_exports": [], "alarms": {"enabled": False}})
    assert not recording.of_type(KEY)
    assert recording.only(INSTANCE).inputs["kmsKeyId"] == OWN_KEY


def test_only_named_security_groups_reach_the_port() -> None:
    recording = build({"allowed_security_group_ids": {"web": "sg-1", "jobs": "sg-2"}, "port": 3307})
    assert names(recording, RULE) == {"db-from-web", "db-from-jobs"}
    assert untagged(recording.named("db-from-web")) == {
        "description": "web may connect",
        "fromPort": 3307,
        "ipProtocol": "tcp",
        "referencedSecurityGroupId": "sg-1",
        "region": HOME,
        "securityGroupId": "db-security-group-id",
        "toPort": 3307,
    }
    group = recording.named("db-security-group").inputs
    assert "ingress" not in group
    assert "egress" not in group


def test_outputs_of_other_resources_flow_in() -> None:
    def program() -> None:
        name = pulumi.Output.from_input
        HAdatabase(
            "db",
            {
                "region": HOME,
                "network": {"vpc_id": name("vpc-1"), "subnet_ids": [name("subnet-1"), name("subnet-2")]},
                "allowed_security_group_ids": {"web": name("sg-1")},
                "kms_key_arn": name(OWN_KEY),
                "alarms": {"topic_arn": name("topic")},
            },
        )

    recording = record(program, mocks=Account())
    assert recording.only("aws:rds/subnetGroup:SubnetGroup").inputs["subnetIds"] == ["subnet-1", "subnet-2"]
    assert recording.only(INSTANCE).inputs["kmsKeyId"] == OWN_KEY
    assert recording.only("aws:rds/eventSubscription:EventSubscription").inputs["snsTopic"] == "topic"


@pytest.mark.parametrize(
    ("engine", "family", "port", "parameters"),
    [
        (
            "mysql",
            "mysql8.4",
            3306,
            [
                ("log_output", "FILE", "pending-reboot"),
                ("long_query_time", "1", "pending-reboot"),
                ("require_secure_transport", "1", "immediate"),
                ("slow_query_log", "1", "pending-reboot"),
            ],
        ),
        (
            "postgres",
            "postgres17",
            5432,
            [("log_min_duration_statement", "1000", "pending-reboot"), ("rds.force_ssl", "1", "pending-reboot")],
        ),
        (
            "mariadb",
            "mariadb11.8",
            3306,
            [
                ("log_output", "FILE", "pending-reboot"),
                ("long_query_time", "1", "pending-reboot"),
                ("require_secure_transport", "1", "immediate"),
                ("slow_query_log", "1", "pending-reboot"),
            ],
        ),
    ],
)
def test_each_engine_forces_tls_and_writes_the_logs_it_exports(
    engine: str, family: str, port: int, parameters: list[tuple[str, str, str]]
) -> None:
    recording = build({"engine": engine})
    group = recording.only("aws:rds/parameterGroup:ParameterGroup").inputs
    assert group["family"] == family
    assert [(p["name"], p["value"], p["applyMethod"]) for p in group["parameters"]] == parameters
    assert recording.only(INSTANCE).inputs["port"] == port


def test_own_parameters_add_to_the_defaults_and_replace_them_but_for_tls() -> None:
    recording = build(
        {"parameters": {"max_connections": "200", "long_query_time": "5", "require_secure_transport": "ON"}}
    )
    group = recording.only("aws:rds/parameterGroup:ParameterGroup").inputs
    values = {parameter["name"]: parameter["value"] for parameter in group["parameters"]}
    assert values == {
        "log_output": "FILE",
        "long_query_time": "5",
        "max_connections": "200",
        "require_secure_transport": "1",
        "slow_query_log": "1",
    }
