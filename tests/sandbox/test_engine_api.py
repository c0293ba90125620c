"""What both doors rely on: names, defaults, unknown values, differences and errors."""

import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.aws import in_process, server
from pulumi_aws_sandbox.engine_api import Diff, Sandbox
from pulumi_aws_sandbox.errors import SandboxError, UnsupportedError

BUCKET = "aws:s3/bucket:Bucket"
RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
IDLE = Sandbox(server("http://127.0.0.1:1", "eu-west-1"))
"""Good for everything that calls no AWS."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)
inputs_of_anything = st.dictionaries(st.sampled_from(["bucket", "tags", "forceDestroy", "x"]), json_values)


def _wrapped(value: Any, secret: bool) -> Any:  # noqa: ANN401 - any JSON
    return wire.secret(value) if secret else value


@given(inputs_of_anything)
def test_equal_inputs_do_not_differ(inputs: dict[str, Any]) -> None:
    assert IDLE.diff(BUCKET, inputs, {}, inputs) == Diff()


@given(inputs_of_anything, st.booleans())
def test_secrets_and_floats_are_no_difference(inputs: dict[str, Any], secret: bool) -> None:
    other = {key: _wrapped(float(value) if type(value) is int else value, secret) for key, value in inputs.items()}
    assert IDLE.diff(BUCKET, inputs, {}, other) == Diff()


@given(inputs_of_anything, inputs_of_anything)
def test_differences_name_exactly_the_properties_that_differ(one: dict[str, Any], two: dict[str, Any]) -> None:
    plain_one, plain_two = wire.plain(one), wire.plain(two)
    keys = plain_one.keys() | plain_two.keys()
    different = {key for key in keys if plain_one.get(key, ...) != plain_two.get(key, ...)}
    assert set(IDLE.diff(BUCKET, one, {}, two).properties) == different


@given(inputs_of_anything, st.binary(min_size=1, max_size=32))
def test_checked_inputs_are_stable(inputs: dict[str, Any], seed: bytes) -> None:
    checked, _ = IDLE.check(BUCKET, "name", {k: v for k, v in inputs.items() if k != "bucket"}, None, seed)
    again, _ = IDLE.check(BUCKET, "name", {k: v for k, v in checked.items() if k != "bucket"}, checked, b"other")
    assert again == checked


def test_a_generated_name_has_seven_digits_of_the_seed_and_the_letters_that_aws_takes() -> None:
    checked, failures = IDLE.check(BUCKET, "My-Bucket", {}, None, b"seed")
    assert (checked, failures) == ({"bucket": "my-bucket-19b2585"}, [])


def test_a_given_name_is_kept() -> None:
    assert IDLE.check(BUCKET, "name", {"bucket": "mine"}, None, b"seed")[0] == {"bucket": "mine"}


def test_a_name_that_would_be_too_long_is_refused() -> None:
    _, failures = IDLE.check("aws:iam/role:Role", "r" * 60, {"assumeRolePolicy": "{}"}, None, b"seed")
    assert failures == [
        (
            "name",
            (
                f'aws:iam/role:Role "{"r" * 60}": the generated name is too long: a resource name of this type has at '
                "most 56 characters (it has 60); shorten it or set name"
            ),
        )
    ]


def test_required_inputs_are_asked_for_together() -> None:
    _, failures = IDLE.check("aws:sns/topicPolicy:TopicPolicy", "p", {}, None, b"seed")
    assert failures == [
        ("arn", 'aws:sns/topicPolicy:TopicPolicy "p": missing required property "arn"'),
        ("policy", 'aws:sns/topicPolicy:TopicPolicy "p": missing required property "policy"'),
    ]


def test_an_unknown_input_counts_as_given_and_passes_through() -> None:
    unknown = {"arn": wire.UNKNOWN, "policy": wire.secret(wire.UNKNOWN)}
    assert IDLE.check("aws:sns/topicPolicy:TopicPolicy", "p", unknown, None, b"seed") == (unknown, [])


def test_a_rule_about_a_value_waits_until_the_value_is_known() -> None:
    unknown = {"name": wire.UNKNOWN, "targetKeyId": wire.UNKNOWN}
    assert IDLE.check("aws:kms/alias:Alias", "a", unknown, None, b"seed") == (unknown, [])


def test_an_unknown_input_differs_and_may_replace() -> None:
    diff = IDLE.diff(BUCKET, {"bucket": "a"}, {}, {"bucket": wire.UNKNOWN})
    assert (diff.changed, diff.replaces) == (["bucket"], ["bucket"])


def test_a_change_deep_inside_is_named_by_its_path() -> None:
    token = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    old = {"bucket": "a", "rules": [{"id": "x", "expiration": {"days": 1}}]}
    new = {"bucket": "a", "rules": [{"id": "x", "expiration": {"days": 2}}]}
    assert IDLE.diff(token, old, {}, new).changed == ["rules[0].expiration.days"]


def test_the_order_of_a_set_is_no_difference() -> None:
    old, new = {"subnetIds": ["a", "b"]}, {"subnetIds": ["b", "a"]}
    assert IDLE.diff("aws:rds/subnetGroup:SubnetGroup", old, {}, new) == Diff()


@given(st.permutations(["a", "b", "c"]), st.permutations(["name", "required", "size"]))
def test_the_order_of_keys_and_elements_of_a_set_is_no_difference(names: list[str], keys: list[str]) -> None:
    one = [{"name": name, "required": name == "a", "size": 1} for name in "abc"]
    other = [{key: {"name": name, "required": name == "a", "size": 1.0}[key] for key in keys} for name in names]
    assert IDLE.diff("aws:cognito/userPool:UserPool", {"schemas": one}, {}, {"schemas": other}) == Diff()


def test_another_region_replaces_a_regional_resource() -> None:
    diff = IDLE.diff(BUCKET, {}, {}, {"region": "eu-central-1"})
    assert (diff.changed, diff.replaces) == (["region"], ["region"])


def test_naming_the_providers_own_region_is_no_difference() -> None:
    assert IDLE.diff(BUCKET, {}, {}, {"region": "eu-west-1"}) == Diff()


def test_a_rule_needs_exactly_one_source() -> None:
    inputs = {"ipProtocol": "tcp", "fromPort": 1, "toPort": 1, "securityGroupId": "sg-1"}
    _, failures = IDLE.check(RULE, "r", inputs, None, b"seed")
    assert failures == [
        (
            "cidrIpv4",
            (
                f'{RULE} "r": exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId is needed: '
                "got none"
            ),
        )
    ]


def test_the_deprecated_parts_of_a_bucket_are_refused() -> None:
    _, failures = IDLE.check(BUCKET, "b", {"versioning": {"enabled": True}}, None, b"seed")
    assert failures == [
        (
            "versioning",
            f'{BUCKET} "b": the sandbox does not support the deprecated input versioning; use aws.s3.BucketVersioning',
        )
    ]


def test_an_unsupported_type_is_named_with_the_closest_one() -> None:
    with pytest.raises(UnsupportedError) as raised:
        IDLE.check("aws:s3/bucketV2:BucketV2", "b", {}, None, b"seed")
    assert str(raised.value) == (
        "the sandbox does not support the resource type aws:s3/bucketV2:BucketV2; the closest supported type is "
        "aws:s3/bucket:Bucket; deploy it to a real account, or add a handler for it under "
        "sandbox/pulumi_aws_sandbox/resources and list it in catalog.py"
    )


def test_an_error_of_aws_names_the_resource_the_operation_and_the_reason(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError) as raised:
        sandbox.create("aws:ec2/subnet:Subnet", {"vpcId": "vpc-none", "cidrBlock": "10.0.0.0/24"}, "data-a")
    assert str(raised.value) == (
        'aws:ec2/subnet:Subnet "data-a": AWS refused CreateSubnet: InvalidVpcID.NotFound: '
        "VpcID vpc-none does not exist."
    )


def test_what_boto3_refuses_before_it_calls_names_the_resource_too(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError) as raised:
        sandbox.create("aws:ec2/vpc:Vpc", {"cidrBlock": 7}, "net")
    assert (raised.value.token, raised.value.name, raised.value.code) == (
        "aws:ec2/vpc:Vpc",
        "net",
        "ParamValidationError",
    )


def test_outputs_that_echo_a_secret_are_secret() -> None:
    inputs = {"length": 8, "keepers": {"a": wire.secret("b")}}
    assert IDLE.secret_outputs("random:index/randomPassword:RandomPassword", inputs) == {
        "result",
        "bcryptHash",
        "keepers",
    }


def test_drift_shows_in_the_refreshed_inputs(sandbox: Sandbox) -> None:
    inputs = {"bucket": "mine", "tags": {"team": "data"}}
    resource_id, outputs = sandbox.create(BUCKET, inputs)
    sandbox.clients("s3").put_bucket_tagging(Bucket="mine", Tagging={"TagSet": [{"Key": "odd", "Value": "1"}]})
    found = sandbox.read(BUCKET, resource_id, outputs)
    assert found is not None
    assert sandbox.refreshed_inputs(BUCKET, inputs, found) == {"bucket": "mine", "tags": {"odd": "1"}}


def test_two_regions_are_apart(sandbox: Sandbox) -> None:
    here, _ = sandbox.create("aws:sns/topic:Topic", {"name": "t"})
    there, outputs = sandbox.create("aws:sns/topic:Topic", {"name": "t", "region": "eu-central-1"})
    assert (here.split(":")[3], there.split(":")[3]) == ("eu-west-1", "eu-central-1")
    assert outputs["region"] == "eu-central-1"
    assert len(sandbox.clients("sns", "eu-central-1").list_topics()["Topics"]) == 1


def test_a_users_own_account_is_hidden_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "a-profile-that-is-nowhere")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://192.0.2.1")
    with in_process("eu-west-1") as clients:
        assert clients("sts").get_caller_identity()["Account"] == "123456789012"
        assert "AWS_PROFILE" not in os.environ
    assert {name: value for name, value in os.environ.items() if name in {"AWS_PROFILE", "AWS_ENDPOINT_URL"}} == {
        "AWS_PROFILE": "a-profile-that-is-nowhere",
        "AWS_ENDPOINT_URL": "http://192.0.2.1",
    }
    assert "AWS_ACCESS_KEY_ID" not in os.environ


def test_nothing_is_left_of_a_sandbox() -> None:
    with in_process("eu-west-1") as clients:
        Sandbox(clients).create("aws:sns/topic:Topic", {"name": "t"})
    with in_process("eu-west-1") as clients:
        assert clients("sns").list_topics()["Topics"] == []


def test_a_client_that_outlives_its_sandbox_reaches_nothing() -> None:
    with in_process("eu-west-1") as clients:
        sns = clients("sns")
    with pytest.raises(NotImplementedError) as raised:
        sns.list_topics()
    assert str(raised.value) == (
        "the sandbox has no such service and never calls out: POST https://sns.eu-west-1.amazonaws.com/"
    )


@pytest.mark.parametrize("address", ["https://rds.eu-west-1.amazonaws.com", "http://10.0.0.1:5000", "http://"])
def test_a_server_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="the sandbox only runs on this machine") as raised:
        server(address, "eu-west-1")
    assert str(raised.value) == (
        f'the sandbox only runs on this machine: got the address "{address}"; use http://127.0.0.1:PORT'
    )
