"""The two ways in which a password is kept, and that it is nowhere else."""

import json
from typing import Any

import pytest
from components.ha_database.account import (
    AWAY,
    CLUSTER,
    HOME,
    INSTANCE,
    PASSWORD,
    SECRET,
    SECRET_VERSION,
    THERE,
    build,
    outputs,
    untagged,
)

from pulumi_aws_mobile.testing import Recording, Secret

PASSWORD_TYPE = "random:index/randomPassword:RandomPassword"
BOTH = pytest.mark.parametrize("preview", [True, False])
NEEDS_OWN: list[dict[str, Any]] = [
    {"credentials": "own"},
    {"replicas": {"reports": {}}},
    {"cross_region_backups": {"region": AWAY}},
    {"blue_green_updates": True},
]


def plain_texts(recording: Recording) -> str:
    """Return everything that was registered, as text, but for what travels as a secret."""

    def hide(value: Any) -> Any:  # noqa: ANN401 - any JSON value
        return "secret" if isinstance(value, Secret) else str(value)

    found = [resource.inputs for resource in recording]
    return json.dumps([found, recording.component_outputs, recording.stack_outputs], default=hide)


@BOTH
@pytest.mark.parametrize("args", NEEDS_OWN)
def test_what_rules_a_managed_password_out_gets_an_own_one(args: dict[str, Any], preview: bool) -> None:
    recording = build(args, preview=preview)
    instance = recording.named("db-instance").inputs
    assert isinstance(instance["passwordWo"], Secret)
    assert instance["passwordWoVersion"] == 1
    assert not {"manageMasterUserPassword", "masterUserSecretKmsKeyId", "password"} & set(instance)


@pytest.mark.parametrize("args", [{}, {"topology": "multi_az_cluster"}])
def test_a_managed_password_is_made_by_nobody_else(args: dict[str, Any]) -> None:
    recording = build(args)
    assert not recording.of_type(PASSWORD_TYPE)
    assert not recording.of_type(SECRET)
    database = recording.only(CLUSTER if args else INSTANCE).inputs
    assert database["manageMasterUserPassword"] is True
    assert database["masterUserSecretKmsKeyId"] == database["kmsKeyId"]


@BOTH
@pytest.mark.parametrize("args", [*NEEDS_OWN, {"topology": "multi_az_cluster", "credentials": "own"}])
def test_the_password_is_plain_nowhere(args: dict[str, Any], preview: bool) -> None:
    assert PASSWORD not in plain_texts(build(args, preview=preview))


def test_the_password_is_one_that_rds_takes_and_a_url_survives() -> None:
    password = build({"credentials": "own"}).only(PASSWORD_TYPE).inputs
    assert password == {
        "keepers": {"version": "1"},
        "length": 32,
        "minLower": 1,
        "minNumeric": 1,
        "minUpper": 1,
        "overrideSpecial": "-_.~",
    }


def test_a_higher_version_makes_and_sets_a_new_password() -> None:
    recording = build({"credentials": "own", "password_version": 2})
    assert recording.only(PASSWORD_TYPE).inputs["keepers"] == {"version": "2"}
    assert recording.only(INSTANCE).inputs["passwordWoVersion"] == 2


def test_a_cluster_takes_the_own_password_too() -> None:
    cluster = build({"topology": "multi_az_cluster", "credentials": "own"}).only(CLUSTER).inputs
    assert cluster["masterPasswordWo"] == Secret(PASSWORD)
    assert cluster["masterPasswordWoVersion"] == 1
    assert "masterPassword" not in cluster


def test_the_secret_holds_what_a_client_signs_in_with() -> None:
    recording = build({"credentials": "own", "engine": "postgres"})
    secret = recording.only(SECRET_VERSION).inputs["secretString"]
    assert isinstance(secret, Secret)
    assert json.loads(str(secret.value)) == {
        "username": "app_owner",
        "password": PASSWORD,
        "engine": "postgres",
        "host": "db-instance.rds",
        "port": 5432,
        "dbname": "app",
    }


def test_the_secret_can_be_got_back_and_has_the_databases_key() -> None:
    assert untagged(build({"credentials": "own"}).only(SECRET)) == {
        "description": "db: the master user",
        "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:db-key",
        "recoveryWindowInDays": 30,
        "region": HOME,
        "replicas": [],
    }


@pytest.mark.parametrize(
    "args", [{"replicas": {"far": {"region": AWAY, "network": THERE}}}, {"cross_region_backups": {"region": AWAY}}]
)
def test_the_secret_is_copied_to_the_other_region_under_its_key(args: dict[str, Any]) -> None:
    assert build(args).only(SECRET).inputs["replicas"] == [
        {"region": AWAY, "kmsKeyId": "arn:aws:kms:eu-central-1:123456789012:db-eu-central-1-key"}
    ]


def test_a_secret_of_its_own_is_what_the_web_tier_refers_to() -> None:
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:db-secret"
    found = outputs(build({"credentials": "own"}))
    assert found["secret_arn"] == arn
    assert found["web_tier_secrets"] == {"RDS_PASSWORD": f"{arn}:password"}
    assert "RDS_PASSWORD" not in found["web_tier_environment"]
