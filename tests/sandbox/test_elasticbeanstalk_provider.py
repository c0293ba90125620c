"""Elastic Beanstalk and what stands around it as a program makes them."""

from pathlib import Path

import pytest
from pulumi.asset import FileArchive, FileAsset, StringAsset
from sandbox.beanstalk_world import failing
from sandbox.situations import World
from sandbox.situations.elasticbeanstalk import (
    STACK,
    environment,
    environment_inputs,
    setting,
    settings,
    version,
)

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.errors import SandboxError

ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment"
LISTENER = "aws:lb/listener:Listener"
OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"


def _checked(sandbox: Sandbox, token: str, inputs: dict[str, object]) -> list[str]:
    return [reason for _, reason in sandbox.check(token, "thing", inputs, None, b"seed")[1]]


def test_an_update_whose_rollout_fails_fails_the_program(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(sandbox)
    first = environment_inputs(world)
    inputs, _ = sandbox.check(ENVIRONMENT, "live", first, None, b"seed")
    made, outputs = sandbox.create(ENVIRONMENT, inputs, "live")
    failing(monkeypatch, "No instance passed the health check.")
    after = {**inputs, "version": version(world, first["application"])}
    with pytest.raises(SandboxError) as raised:
        sandbox.update(ENVIRONMENT, made, outputs, inputs, after, "live")
    assert str(raised.value) == (
        f'{ENVIRONMENT} "live": AWS refused UpdateEnvironment: EnvironmentError: ({made}) : '
        "Failed to deploy application. No instance passed the health check."
    )
    now = sandbox.read(ENVIRONMENT, made, outputs, "live")
    assert now is not None
    assert now["version"] == inputs["version"]
    monkeypatch.undo()
    assert sandbox.update(ENVIRONMENT, made, outputs, inputs, after, "live")["version"] == after["version"]


def test_an_environment_that_cannot_be_launched_does_not_stay(sandbox: Sandbox) -> None:
    world = World(sandbox)
    inputs = environment_inputs(world, name="live")
    versions = sandbox.clients("elasticbeanstalk").describe_application_versions()["ApplicationVersions"]
    source = versions[0]["SourceBundle"]
    sandbox.clients("s3").put_object(Bucket=source["S3Bucket"], Key=source["S3Key"], Body=b"not a zip")
    with pytest.raises(SandboxError, match=r"AWS refused CreateEnvironment: EnvironmentError: .*Failed to deploy"):
        sandbox.create(ENVIRONMENT, sandbox.check(ENVIRONMENT, "live", inputs, None, b"seed")[0], "live")
    found = sandbox.clients("elasticbeanstalk").describe_environments(IncludeDeleted=False)
    assert found["Environments"] == []


def test_settings_in_another_order_are_no_difference(sandbox: Sandbox) -> None:
    inputs, _ = sandbox.check(ENVIRONMENT, "live", environment_inputs(World(sandbox)), None, b"seed")
    _, outputs = sandbox.create(ENVIRONMENT, inputs, "live")
    again = {**inputs, "settings": list(reversed(inputs["settings"]))}
    assert sandbox.diff(ENVIRONMENT, inputs, outputs, again).changed == []


@pytest.mark.parametrize("name", ["application", "cnamePrefix", "name"])
def test_another_identity_is_another_environment(sandbox: Sandbox, name: str) -> None:
    inputs = {"application": "shop", "cnamePrefix": "shop", "name": "live", "tier": "WebServer"}
    diff = sandbox.diff(ENVIRONMENT, inputs, {}, {**inputs, name: "other"})
    assert diff.replaces == [name]


def test_a_setting_that_somebody_else_changed_is_drift(sandbox: Sandbox) -> None:
    world = World(sandbox)
    own = [*settings(world), setting("aws:autoscaling:asg", "MinSize", "2")]
    inputs, _ = sandbox.check(ENVIRONMENT, "live", environment_inputs(world, settings=own), None, b"seed")
    made, outputs = sandbox.create(ENVIRONMENT, inputs, "live")
    changed = [{"Namespace": "aws:autoscaling:asg", "OptionName": "MinSize", "Value": "3"}]
    sandbox.clients("elasticbeanstalk").update_environment(EnvironmentId=made, OptionSettings=changed)
    now = sandbox.read(ENVIRONMENT, made, outputs, "live")
    assert now is not None
    assert sandbox.refreshed_inputs(ENVIRONMENT, inputs, now)["settings"][-1]["value"] == "3"


def test_all_settings_hold_the_defaults_too(sandbox: Sandbox) -> None:
    shown = environment(World(sandbox))["allSettings"]
    assert setting("aws:elasticbeanstalk:command", "Timeout", "600") in shown


def test_an_environments_problems_are_told_before_aws_is_asked(sandbox: Sandbox) -> None:
    inputs = {
        "application": "shop",
        "tier": "Batch",
        "solutionStackName": STACK,
        "templateName": "saved",
        "waitForReadyTimeout": "soon",
    }
    one_of = "only one of platformArn, solutionStackName, templateName can be set"
    assert _checked(sandbox, ENVIRONMENT, inputs) == [
        f'{ENVIRONMENT} "thing": tier is one of WebServer and Worker: got "Batch"',
        f'{ENVIRONMENT} "thing": {one_of}: got solutionStackName and templateName',
        f'{ENVIRONMENT} "thing": waitForReadyTimeout is a duration such as "20m": got "soon"',
    ]


def test_an_object_is_what_its_file_holds(sandbox: Sandbox, tmp_path: Path) -> None:
    bucket = World(sandbox).bucket()
    (tmp_path / "app.zip").write_bytes(b"a zip")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.php").write_text("here")
    sources = {
        "file": FileAsset(str(tmp_path / "app.zip")),
        "archive": FileArchive(str(tmp_path / "app.zip")),
        "folder": FileArchive(str(tmp_path / "folder")),
        "text": StringAsset("here"),
    }
    for key, source in sources.items():
        sandbox.create(OBJECT, {"bucket": bucket, "key": key, "source": source})
    s3 = sandbox.clients("s3")
    held = {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in sources}
    assert (held["file"], held["archive"], held["text"], held["folder"][:2]) == (b"a zip", b"a zip", b"here", b"PK")


def test_another_key_is_another_object_and_versions_go_with_it(sandbox: Sandbox) -> None:
    inputs = {"bucket": World(sandbox).versioned(), "key": "one", "content": "1"}
    made, outputs = sandbox.create(OBJECT, inputs)
    assert sandbox.diff(OBJECT, inputs, outputs, {**inputs, "key": "two"}).replaces == ["key"]
    after = sandbox.update(OBJECT, made, outputs, inputs, {**inputs, "content": "2"})
    assert after["versionId"] != outputs["versionId"]
    sandbox.delete(OBJECT, made, after)
    assert "Versions" not in sandbox.clients("s3").list_object_versions(Bucket=inputs["bucket"])


def test_an_objects_problems_are_told_before_aws_is_asked(sandbox: Sandbox) -> None:
    assert _checked(sandbox, OBJECT, {"bucket": "b", "content": "1", "source": FileAsset("/nowhere/app.zip")}) == [
        f'{OBJECT} "thing": only one of content, contentBase64, source can be set: got content and source',
        f'{OBJECT} "thing": the sandbox needs the object\'s key; set it',
    ]
    missing = {"bucket": "b", "key": "k", "source": FileAsset("/nowhere/app.zip")}
    reason = f'{OBJECT} "thing": source: /nowhere/app.zip cannot be read: No such file or directory'
    assert _checked(sandbox, OBJECT, missing) == [reason]


def test_a_listener_that_the_sandbox_cannot_be_is_refused(sandbox: Sandbox) -> None:
    base = {"loadBalancerArn": "arn", "port": 80}
    problems = [
        problem
        for action in ({"type": "authenticate-oidc"}, {"type": "redirect"}, {"type": "forward"})
        for problem in _checked(sandbox, LISTENER, {**base, "defaultActions": [action]})
    ]
    types = "the sandbox has the types fixed-response, forward and redirect"
    assert problems == [
        f'{LISTENER} "thing": defaultActions: {types}: got "authenticate-oidc"',
        f'{LISTENER} "thing": defaultActions: redirect must be given for the type redirect',
        f'{LISTENER} "thing": defaultActions: one of targetGroupArn and forward must be given: got neither',
    ]
