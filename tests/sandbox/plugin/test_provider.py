"""The conversation between an engine and the plugin, over gRPC."""

import importlib.metadata
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import grpc
import pytest
from google.protobuf import any_pb2, empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, status_pb2
from pulumi.runtime.proto.provider_pb2 import DiffResponse

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.errors import SandboxError
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.plugin import structs
from tests.sandbox.plugin.conversation import Engine

BUCKET = "aws:s3/bucket:Bucket"
KEY = "aws:kms/key:Key"
PASSWORD = "random:index/randomPassword:RandomPassword"


def _refused(call: Callable[..., object], *args: object) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.RpcError) as raised:
        call(*args)
    return raised.value.code(), raised.value.details()


# The plugin itself.


def test_it_takes_secrets_and_nothing_that_it_could_not_read(unconfigured: Engine) -> None:
    answer = unconfigured.stub.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
    assert answer == provider_pb2.ProviderHandshakeResponse(accept_secrets=True)


def test_it_reports_the_version_of_the_installed_sdk(unconfigured: Engine, random_engine: Engine) -> None:
    assert unconfigured.version() == importlib.metadata.version("pulumi-aws")
    assert random_engine.version() == importlib.metadata.version("pulumi-random")


def test_its_schema_has_a_name_and_a_version(unconfigured: Engine) -> None:
    answer = unconfigured.stub.GetSchema(provider_pb2.GetSchemaRequest())
    assert json.loads(answer.schema) == {"name": "aws", "version": importlib.metadata.version("pulumi-aws")}


def test_it_lets_an_engine_attach(unconfigured: Engine) -> None:
    assert unconfigured.stub.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1")) == empty_pb2.Empty()


def test_what_it_does_not_offer_is_unimplemented(unconfigured: Engine) -> None:
    code, _ = _refused(unconfigured.stub.Construct, provider_pb2.ConstructRequest())
    assert code is grpc.StatusCode.UNIMPLEMENTED


def test_it_refuses_to_work_before_it_is_configured(unconfigured: Engine) -> None:
    assert _refused(unconfigured.check, BUCKET, {}) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "the provider aws was asked before it was configured",
    )


# The provider's settings.


def test_an_unsupported_setting_is_a_failed_check(unconfigured: Engine) -> None:
    assert unconfigured.check_config(region="eu-west-1", allowedAccountIds='["1"]') == [
        (
            "allowedAccountIds",
            (
                "the sandbox does not support the provider setting allowedAccountIds; "
                "leave it out of the stacks that run on it"
            ),
        )
    ]


def test_another_region_replaces_the_provider(engine: Engine) -> None:
    answer = engine.diff_config({"region": "eu-west-1"}, {"region": "eu-north-1"})
    assert answer.changes == DiffResponse.DIFF_SOME
    assert list(answer.replaces) == ["region"]


def test_other_settings_of_the_provider_change_nothing(engine: Engine) -> None:
    answer = engine.diff_config({"region": "eu-west-1", "profile": "a"}, {"region": "eu-west-1", "profile": "b"})
    assert answer.changes == DiffResponse.DIFF_NONE


# Check.


def test_a_name_is_generated_from_the_seed(engine: Engine) -> None:
    first, failures = engine.check(BUCKET, {}, seed=b"one")
    again, _ = engine.check(BUCKET, {}, seed=b"one")
    other, _ = engine.check(BUCKET, {}, seed=b"two")
    assert failures == []
    assert first["bucket"].startswith("thing-")
    assert again == first
    assert other != first


def test_a_generated_name_is_kept_when_the_seed_changes(engine: Engine) -> None:
    first, _ = engine.check(BUCKET, {}, seed=b"one")
    later, _ = engine.check(BUCKET, {}, first, seed=b"two")
    assert later["bucket"] == first["bucket"]


def test_secrets_and_unknown_values_pass_the_check(engine: Engine) -> None:
    tags = {"a": wire.secret("hidden"), "b": wire.UNKNOWN}
    checked, failures = engine.check(BUCKET, {"tags": tags})
    assert failures == []
    assert checked["tags"] == tags


def test_a_missing_input_is_a_failed_check(random_engine: Engine) -> None:
    _, failures = random_engine.check(PASSWORD, {})
    assert failures == [("length", f'{PASSWORD} "thing": missing required property "length"')]


def test_an_unsupported_type_is_refused_by_name(engine: Engine) -> None:
    code, message = _refused(engine.check, "aws:ec2/vpcx:Vpcx", {})
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert message.startswith("the sandbox does not support the resource type aws:ec2/vpcx:Vpcx")


# Diff.


def test_equal_inputs_differ_in_nothing(engine: Engine) -> None:
    inputs = {"bucket": "b", "tags": {"n": 1.0}}
    assert engine.diff(BUCKET, inputs, {}, inputs).changes == DiffResponse.DIFF_NONE


def test_a_secret_is_compared_by_its_value(engine: Engine) -> None:
    old = {"bucket": "b", "tags": {"a": wire.secret("x")}}
    new = {"bucket": "b", "tags": {"a": "x"}}
    assert engine.diff(BUCKET, old, {}, new).changes == DiffResponse.DIFF_NONE


def test_a_changed_name_replaces_the_bucket(engine: Engine) -> None:
    answer = engine.diff(BUCKET, {"bucket": "a"}, {}, {"bucket": "b"})
    assert list(answer.replaces) == ["bucket"]


# Create, read, update, delete.


def test_a_preview_echoes_the_inputs_and_makes_nothing(engine: Engine, connection: Connection) -> None:
    resource_id, outputs = engine.create(BUCKET, {"bucket": "soon", "tags": {"a": wire.UNKNOWN}}, preview=True)
    assert resource_id == ""
    assert outputs == {"bucket": "soon", "tags": {"a": wire.UNKNOWN}}
    assert connection("s3").list_buckets()["Buckets"] == []


def test_a_resource_goes_from_creation_to_deletion(engine: Engine, connection: Connection) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "mine", "tags": {"team": "a"}})
    resource_id, outputs = engine.create(BUCKET, inputs)
    assert resource_id == "mine"
    assert outputs["arn"] == "arn:aws:s3:::mine"

    changed = {**inputs, "tags": {"team": "b"}}
    outputs = engine.update(BUCKET, resource_id, inputs, outputs, changed)
    assert connection("s3").get_bucket_tagging(Bucket="mine")["TagSet"] == [{"Key": "team", "Value": "b"}]

    assert engine.read(BUCKET, resource_id, changed, outputs) == ("mine", changed, outputs)

    engine.delete(BUCKET, resource_id, outputs)
    assert connection("s3").list_buckets()["Buckets"] == []
    assert engine.read(BUCKET, resource_id, changed, outputs) == ("", {}, {})


def test_a_preview_of_an_update_changes_nothing(engine: Engine, connection: Connection) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "mine", "tags": {"team": "a"}})
    resource_id, outputs = engine.create(BUCKET, inputs)
    changed = {**inputs, "tags": {"team": wire.UNKNOWN}}
    previewed = engine.update(BUCKET, resource_id, inputs, outputs, changed, preview=True)
    assert previewed["tags"] == {"team": wire.UNKNOWN}
    assert previewed["arn"] == "arn:aws:s3:::mine"
    assert connection("s3").get_bucket_tagging(Bucket="mine")["TagSet"] == [{"Key": "team", "Value": "a"}]


def test_a_read_shows_drift_in_the_inputs(engine: Engine, connection: Connection) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "mine", "tags": {"team": "a"}})
    resource_id, outputs = engine.create(BUCKET, inputs)
    connection("s3").put_bucket_tagging(Bucket="mine", Tagging={"TagSet": [{"Key": "team", "Value": "drifted"}]})
    _, now, _ = engine.read(BUCKET, resource_id, inputs, outputs)
    assert now["tags"] == {"team": "drifted"}


def test_an_import_that_describes_what_is_there_differs_in_nothing(engine: Engine, connection: Connection) -> None:
    connection("s3").create_bucket(Bucket="found", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    connection("s3").put_bucket_tagging(Bucket="found", Tagging={"TagSet": [{"Key": "team", "Value": "a"}]})
    _, found_inputs, found = engine.read(BUCKET, "found", {}, {})
    assert found_inputs["bucket"] == "found"

    described, _ = engine.check(BUCKET, {"bucket": "found", "tags": {"team": "a"}}, found_inputs)
    assert engine.diff(BUCKET, found_inputs, found, described).changes == DiffResponse.DIFF_NONE
    otherwise, _ = engine.check(BUCKET, {"bucket": "found", "tags": {"team": "b"}}, found_inputs)
    assert list(engine.diff(BUCKET, found_inputs, found, otherwise).diffs) == ["tags"]


def test_an_import_of_what_does_not_exist_finds_nothing(engine: Engine) -> None:
    assert engine.read(BUCKET, "missing", {}, {}) == ("", {}, {})


def test_an_output_that_echoes_a_secret_input_is_secret(engine: Engine) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "mine", "tags": {"a": wire.secret("canary-12345")}})
    resource_id, outputs = engine.create(BUCKET, inputs)
    _, _, again = engine.read(BUCKET, resource_id, inputs, outputs)
    for answered in (outputs, again):
        assert wire.is_secret(answered["tags"])
        assert wire.is_secret(answered["tagsAll"])
        assert wire.plain(answered["tagsAll"]) == {"a": "canary-12345"}


def test_a_generated_password_is_secret(random_engine: Engine) -> None:
    inputs, _ = random_engine.check(PASSWORD, {"length": 20})
    _, outputs = random_engine.create(PASSWORD, inputs)
    assert wire.is_secret(outputs["result"])
    assert len(wire.plain(outputs["result"])) == 20


# Errors.


def test_a_refusal_by_aws_names_the_resource_the_operation_and_the_reason(engine: Engine) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "taken"})
    engine.create(BUCKET, inputs)
    assert _refused(engine.create, BUCKET, inputs) == (
        grpc.StatusCode.FAILED_PRECONDITION,
        (
            f'{BUCKET} "thing": AWS refused CreateBucket: BucketAlreadyOwnedByYou: Your previous request to create the '
            "named bucket succeeded and you already own it."
        ),
    )


def test_a_mistake_of_the_sandbox_is_an_internal_error_that_names_the_resource(
    engine: Engine, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> NoReturn:
        reason = "no such thing"
        raise KeyError(reason)

    monkeypatch.setattr(sandbox, "create", fail)
    assert _refused(engine.create, BUCKET, {"bucket": "b"}) == (
        grpc.StatusCode.INTERNAL,
        "the sandbox failed: KeyError: 'no such thing'",
    )
    assert "Traceback" in capfd.readouterr().err


def test_an_update_that_stops_half_way_reports_what_the_resource_is_now(
    engine: Engine, sandbox: Sandbox, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "mine", "tags": {"team": "a"}})
    resource_id, outputs = engine.create(BUCKET, inputs)

    def stop_half_way(*_: object) -> NoReturn:
        connection("s3").put_bucket_tagging(Bucket="mine", Tagging={"TagSet": [{"Key": "team", "Value": "half"}]})
        raise SandboxError(BUCKET, "thing", "PutBucketThing", "AccessDenied", "no")

    monkeypatch.setattr(sandbox, "update", stop_half_way)
    with pytest.raises(grpc.RpcError) as raised:
        engine.update(BUCKET, resource_id, inputs, outputs, {**inputs, "tags": {"team": "b"}})
    assert raised.value.details() == f'{BUCKET} "thing": AWS refused PutBucketThing: AccessDenied: no'

    status = status_pb2.Status.FromString(dict(raised.value.trailing_metadata())["grpc-status-details-bin"])
    now = provider_pb2.ErrorResourceInitFailed()
    detail: any_pb2.Any = status.details[0]
    assert detail.Unpack(now)
    assert now.id == "mine"
    assert list(now.reasons) == [raised.value.details()]
    assert structs.read(now.inputs)["tags"] == {"team": "half"}
    assert structs.read(now.properties)["tags"] == {"team": "half"}


def test_after_a_cancel_nothing_new_is_begun(engine: Engine, connection: Connection) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "late"})
    engine.cancel()
    assert _refused(engine.create, BUCKET, inputs) == (
        grpc.StatusCode.CANCELLED,
        "the update was cancelled; nothing new was begun",
    )
    assert connection("s3").list_buckets()["Buckets"] == []
    assert engine.create(BUCKET, inputs, preview=True)[1] == inputs


def test_what_is_under_way_when_a_cancel_comes_is_finished(
    engine: Engine, sandbox: Sandbox, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, _ = engine.check(BUCKET, {"bucket": "under-way"})
    begun, go_on, create = threading.Event(), threading.Event(), sandbox.create

    def slowly(*args: Any) -> tuple[str, Properties]:  # noqa: ANN401 - passed on as they are
        begun.set()
        assert go_on.wait(60)
        return create(*args)

    monkeypatch.setattr(sandbox, "create", slowly)
    with ThreadPoolExecutor(1) as others:
        under_way = others.submit(engine.create, BUCKET, inputs)
        assert begun.wait(60)
        engine.cancel()
        go_on.set()
        assert under_way.result()[0] == "under-way"
    assert [bucket["Name"] for bucket in connection("s3").list_buckets()["Buckets"]] == ["under-way"]
