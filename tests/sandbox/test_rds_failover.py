"""A reboot with failover, and the secrets that RDS manages."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_aws_sandbox.engine_api import Sandbox


def create(sandbox: Sandbox, name: str, **more: Any) -> None:  # noqa: ANN401 - a boto3 call's arguments
    sandbox.clients("rds").create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.t4g.medium",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername=f"{name}_owner",
        **more,
    )


def zones(sandbox: Sandbox, name: str) -> tuple[str, str | None]:
    (found,) = sandbox.clients("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    return found["AvailabilityZone"], found.get("SecondaryAvailabilityZone")


def test_a_failover_moves_the_database_to_its_standbys_zone(sandbox: Sandbox) -> None:
    create(sandbox, "db", MultiAZ=True, MasterUserPassword="canary-password")
    before = zones(sandbox, "db")
    sandbox.clients("rds").reboot_db_instance(DBInstanceIdentifier="db", ForceFailover=True)
    assert zones(sandbox, "db") == (before[1], before[0])


def test_a_reboot_without_failover_stays_where_it_is(sandbox: Sandbox) -> None:
    create(sandbox, "db", MultiAZ=True, MasterUserPassword="canary-password")
    before = zones(sandbox, "db")
    sandbox.clients("rds").reboot_db_instance(DBInstanceIdentifier="db")
    assert zones(sandbox, "db") == before


def test_a_database_without_a_standby_refuses_to_fail_over(sandbox: Sandbox) -> None:
    create(sandbox, "db", MasterUserPassword="canary-password")
    with pytest.raises(ClientError, match="InvalidParameterCombination"):
        sandbox.clients("rds").reboot_db_instance(DBInstanceIdentifier="db", ForceFailover=True)


def test_managed_secrets_hold_their_own_user_and_password(sandbox: Sandbox) -> None:
    values = []
    for name in ("one", "two"):
        create(sandbox, name, ManageMasterUserPassword=True)
        (found,) = sandbox.clients("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
        secret = sandbox.clients("secretsmanager").get_secret_value(SecretId=found["MasterUserSecret"]["SecretArn"])
        values.append(json.loads(secret["SecretString"]))
    assert [value["username"] for value in values] == ["one_owner", "two_owner"]
    assert values[0]["password"] != values[1]["password"]
