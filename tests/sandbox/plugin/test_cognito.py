"""A user pool through the plugin: what an engine is told of changes, refusals and secrets."""

import grpc
import pytest
from sandbox.situations.cognito import LEVEL, NICKNAME

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.handler import Properties
from tests.sandbox.plugin.conversation import Engine

POOL = "aws:cognito/userPool:UserPool"
CLIENT = "aws:cognito/userPoolClient:UserPoolClient"
VERSION = "aws:secretsmanager/getSecretVersion:getSecretVersion"


def _made(engine: Engine, token: str, inputs: Properties) -> tuple[str, Properties, Properties]:
    checked, failures = engine.check(token, inputs)
    assert failures == []
    resource_id, outputs = engine.create(token, checked)
    return resource_id, checked, outputs


def test_a_second_update_of_a_pool_changes_nothing(engine: Engine) -> None:
    program: Properties = {"schemas": [LEVEL, NICKNAME], "autoVerifiedAttributes": ["email", "phone_number"]}
    pool_id, inputs, outputs = _made(engine, POOL, program)
    reordered = {"schemas": [NICKNAME, LEVEL], "autoVerifiedAttributes": ["phone_number", "email"]}
    again, _ = engine.check(POOL, reordered, inputs)
    assert list(engine.diff(POOL, inputs, outputs, again).diffs) == []
    assert engine.read(POOL, pool_id, inputs, outputs)[1] == inputs


def test_an_attribute_is_added_without_a_replacement(engine: Engine, connection: Connection) -> None:
    pool_id, inputs, outputs = _made(engine, POOL, {"schemas": [LEVEL]})
    more, _ = engine.check(POOL, {"schemas": [LEVEL, NICKNAME]}, inputs)
    difference = engine.diff(POOL, inputs, outputs, more)
    assert (list(difference.diffs), list(difference.replaces)) == (["schemas"], [])
    engine.update(POOL, pool_id, inputs, outputs, more)
    described = connection("cognito-idp").describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert "custom:nickname_2" in [each["Name"] for each in described["SchemaAttributes"]]


def test_a_changed_attribute_stops_the_update(engine: Engine) -> None:
    pool_id, inputs, outputs = _made(engine, POOL, {"schemas": [LEVEL]})
    other, _ = engine.check(POOL, {"schemas": [{**LEVEL, "mutable": False}]}, inputs)
    with pytest.raises(grpc.RpcError) as raised:
        engine.update(POOL, pool_id, inputs, outputs, other)
    assert raised.value.details().endswith(
        f"updating Cognito User Pool ({pool_id}): cannot modify or remove schema items: level"
    )


def test_the_secret_of_a_client_reaches_an_engine_as_a_secret(engine: Engine) -> None:
    pool_id, _, _ = _made(engine, POOL, {})
    _, _, outputs = _made(engine, CLIENT, {"userPoolId": pool_id, "generateSecret": True})
    assert wire.is_secret(outputs["clientSecret"])


def test_the_text_of_a_secret_reaches_an_engine_as_a_secret(engine: Engine, connection: Connection) -> None:
    connection("secretsmanager").create_secret(Name="google", SecretString="hidden")
    answer = engine.invoke(VERSION, {"secretId": "google"})
    assert answer["secretString"] == wire.secret("hidden")
