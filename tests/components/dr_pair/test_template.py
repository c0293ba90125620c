"""The templates that CloudFormation executes.

cfn-lint knows AWS's schemas of the resources; that a stack comes up is proved by the sandbox.
"""

import json

import pytest
from cfnlint.api import lint
from components.dr_pair.building import BACKUPS, args_of, build, changed, everything
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair.template import Restored, WayOut, recovery_template, replica_template

TABLES = {"a": "rtb-0000000a", "b": "rtb-0000000b"}
WAY_OUT = WayOut("subnet-00000001", TABLES)
RESTORED = Restored(
    backups_arn=BACKUPS,
    instance_class="db.t4g.medium",
    multi_az=True,
    retention_days=14,
    family="mysql8.4",
    parameters={"require_secure_transport": "1"},
    port=3306,
    vpc_id="vpc-00000001",
    subnet_ids=("subnet-00000002", "subnet-00000003"),
    client_security_group_id="sg-00000001",
)


def complaints(template: object) -> list[str]:
    """Return the linter's errors and warnings; what it only informs of (I…) is a matter of taste."""
    found = lint(json.dumps(template), regions=["eu-central-1", "eu-west-1"])
    return [f"{match.rule.id}: {match.message}" for match in found if not match.rule.id.startswith("I")]


@pytest.mark.parametrize("restored", [None, RESTORED])
def test_the_linter_finds_nothing_wrong_with_the_recovery_stack(restored: Restored | None) -> None:
    assert complaints(recovery_template("pair", WAY_OUT, restored)) == []


def test_the_linter_finds_nothing_wrong_with_the_user_pools_replica() -> None:
    assert complaints(replica_template("eu-west-1_a1B2c3D4e", "eu-central-1")) == []


def test_a_way_out_is_an_address_a_gateway_and_a_route_of_each_table() -> None:
    template = recovery_template("pair", WAY_OUT, None)
    assert {name: one["Type"] for name, one in template["Resources"].items()} == {
        "Address": "AWS::EC2::EIP",
        "Gateway": "AWS::EC2::NatGateway",
        "WayOut1": "AWS::EC2::Route",
        "WayOut2": "AWS::EC2::Route",
    }
    assert "Outputs" not in template


def test_a_restored_database_takes_its_data_from_the_copied_backups() -> None:
    database = recovery_template("pair", WAY_OUT, RESTORED)["Resources"]["Database"]
    properties = database["Properties"]
    assert properties["SourceDBInstanceAutomatedBackupsArn"] == {"Ref": "BackupsArn"}
    assert properties["UseLatestRestorableTime"] is True
    assert not {"MasterUsername", "MasterUserPassword", "AllocatedStorage", "StorageEncrypted"} & set(properties)


def test_a_restored_database_is_safe_and_outlives_its_stack() -> None:
    database = recovery_template("pair", WAY_OUT, RESTORED)["Resources"]["Database"]
    assert (database["DeletionPolicy"], database["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    properties = database["Properties"]
    assert (properties["DeletionProtection"], properties["PubliclyAccessible"]) == (True, False)
    assert (properties["MultiAZ"], properties["BackupRetentionPeriod"]) == (True, 14)


def test_only_the_servers_reach_a_restored_database() -> None:
    template = recovery_template("pair", WAY_OUT, RESTORED)
    rules = [one for one in template["Resources"].values() if one["Type"] == "AWS::EC2::SecurityGroupIngress"]
    assert [rule["Properties"]["SourceSecurityGroupId"] for rule in rules] == [{"Ref": "ClientSecurityGroupId"}]
    assert template["Parameters"]["ClientSecurityGroupId"]["Default"] == "sg-00000001"


def test_the_runbook_finds_the_new_writer_in_the_outputs() -> None:
    assert recovery_template("pair", WAY_OUT, RESTORED)["Outputs"] == {
        "Endpoint": {"Value": {"Fn::GetAtt": ["Database", "Endpoint.Address"]}},
        "Identifier": {"Value": {"Ref": "Database"}},
        "SecurityGroupId": {"Value": {"Fn::GetAtt": ["DatabaseSecurityGroup", "GroupId"]}},
    }


@pytest.mark.parametrize("restored", [None, RESTORED])
def test_every_parameter_has_a_default(restored: Restored | None) -> None:
    parameters = recovery_template("pair", WAY_OUT, restored)["Parameters"]
    assert all(parameter["Default"] for parameter in parameters.values())


def test_nothing_of_iam_or_route_53_is_made_in_a_failover() -> None:
    types = {one["Type"] for one in recovery_template("pair", WAY_OUT, RESTORED)["Resources"].values()}
    assert not [found for found in types if found.startswith(("AWS::IAM", "AWS::Route53"))]


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True), st.just("rtb-0000000a"), min_size=1))
@settings(deadline=None, max_examples=30)
def test_each_route_table_gets_one_route(tables: dict[str, str]) -> None:
    resources = recovery_template("pair", WayOut("subnet-00000001", tables), None)["Resources"]
    assert len([one for one in resources.values() if one["Type"] == "AWS::EC2::Route"]) == len(tables)


def test_the_template_is_an_object_of_the_recovery_regions_encrypted_bucket() -> None:
    recording = build(everything("backup_restore"))
    template = recording.named("pair-template").inputs
    assert (template["key"], template["region"]) == ("recovery.json", "eu-central-1")
    assert complaints(json.loads(template["content"])) == []
    rules = recording.named("pair-templates-encryption").inputs["rules"]
    assert rules[0]["applyServerSideEncryptionByDefault"]["sseAlgorithm"] == "aws:kms"
    assert recording.named("pair-templates-public-access").inputs["restrictPublicBuckets"] is True


@pytest.mark.parametrize(
    ("engine", "version", "family", "parameter"),
    [("postgres", "16", "postgres16", "rds.force_ssl"), ("mariadb", None, "mariadb11.8", "require_secure_transport")],
)
def test_a_restored_database_demands_tls_whatever_its_engine(
    engine: str, version: str | None, family: str, parameter: str
) -> None:
    restore = {"instance_class": "db.t4g.medium", "engine": engine, **({"engine_version": version} if version else {})}
    args = changed(args_of("backup_restore"), "recovery.restore", restore)
    content = json.loads(build(args).named("pair-template").inputs["content"])
    group = content["Resources"]["DatabaseParameters"]["Properties"]
    assert (group["Family"], group["Parameters"]) == (family, {parameter: "1"})
