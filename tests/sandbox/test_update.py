"""A program that runs again in process: what is left alone, updated, created, deleted and refused."""

from collections.abc import Callable

import pulumi
import pulumi_aws as aws
import pytest

from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.update import ProtectedError, ReplacementError, Step, UpdateMocks

_TOPIC, _QUEUE_GROUP = "aws:sns/topic:Topic", "aws:cloudwatch/logGroup:LogGroup"


def _deployed(sandbox: Sandbox, program: Callable[[], object]) -> Recording:
    return record(program, mocks=DeployMocks(sandbox))


def _topic(**inputs: object) -> Callable[[], object]:
    return lambda: aws.sns.Topic("alarms", **inputs)  # type: ignore[arg-type]


def _names(sandbox: Sandbox) -> list[str]:
    return [each["TopicArn"].rsplit(":", 1)[-1] for each in sandbox.clients("sns").list_topics()["Topics"]]


def test_the_same_program_changes_nothing(sandbox: Sandbox) -> None:
    before = _deployed(sandbox, _topic(tags={"team": "data"}))
    names = _names(sandbox)
    mocks = UpdateMocks(sandbox, before)
    after = record(_topic(tags={"team": "data"}), mocks=mocks)
    assert (mocks.steps, _names(sandbox)) == ([], names)
    assert after.named("alarms").outputs == before.named("alarms").outputs


def test_a_changed_resource_is_updated_in_place_again_and_again(sandbox: Sandbox) -> None:
    run = _deployed(sandbox, _topic(tags={"team": "data"}))
    arn = run.named("alarms").outputs["arn"]
    for team in ("core", "app"):
        mocks = UpdateMocks(sandbox, run)
        run = record(_topic(tags={"team": team}), mocks=mocks)
        assert mocks.steps == [Step("update", _TOPIC, "alarms", ("tags.team",))]
        tags = sandbox.clients("sns").list_tags_for_resource(ResourceArn=arn)["Tags"]
        assert tags == [{"Key": "team", "Value": team}]


def test_a_new_resource_is_created_and_one_that_is_gone_is_deleted_at_the_end(sandbox: Sandbox) -> None:
    before = _deployed(sandbox, _topic())
    mocks = UpdateMocks(sandbox, before)
    record(lambda: aws.cloudwatch.LogGroup("app"), mocks=mocks)
    assert len(_names(sandbox)) == 1
    mocks.delete_the_rest()
    assert mocks.steps == [Step("create", _QUEUE_GROUP, "app"), Step("delete", _TOPIC, "alarms")]
    assert _names(sandbox) == []


def test_what_is_protected_stays_and_what_is_retained_is_only_forgotten(sandbox: Sandbox) -> None:
    protected = _deployed(sandbox, _topic(opts=pulumi.ResourceOptions(protect=True)))
    with pytest.raises(ProtectedError, match=r'^aws:sns/topic:Topic "alarms" is protected: it is not deleted$'):
        UpdateMocks(sandbox, protected).delete_the_rest()
    retained = _deployed(sandbox, lambda: aws.sns.Topic("kept", opts=pulumi.ResourceOptions(retain_on_delete=True)))
    mocks = UpdateMocks(sandbox, retained)
    mocks.delete_the_rest()
    assert mocks.steps == [Step("retain", _TOPIC, "kept")]
    assert len(_names(sandbox)) == 2


def test_a_replacement_is_refused(sandbox: Sandbox) -> None:
    before = _deployed(sandbox, _topic(name="one"))
    with pytest.raises(ReplacementError, match=r'^aws:sns/topic:Topic "alarms" would be replaced, because of name$'):
        record(_topic(name="two"), mocks=UpdateMocks(sandbox, before))


def test_ignored_changes_are_none(sandbox: Sandbox) -> None:
    ignoring = pulumi.ResourceOptions(ignore_changes=["displayName", "tags.team"])
    before = _deployed(sandbox, _topic(display_name="one", tags={"team": "a", "cost": "1"}, opts=ignoring))
    mocks = UpdateMocks(sandbox, before)
    record(_topic(display_name="two", tags={"team": "b", "cost": "2"}, opts=ignoring), mocks=mocks)
    assert mocks.steps == [Step("update", _TOPIC, "alarms", ("tags.cost",))]


def test_a_refresh_sees_what_somebody_else_did(sandbox: Sandbox) -> None:
    before = _deployed(sandbox, _topic(tags={"team": "data"}))
    arn = before.named("alarms").outputs["arn"]
    sandbox.clients("sns").tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "other"}])
    unseen, seen = UpdateMocks(sandbox, before), UpdateMocks(sandbox, before, refresh=True)
    record(_topic(tags={"team": "data"}), mocks=unseen)
    record(_topic(tags={"team": "data"}), mocks=seen)
    assert (unseen.steps, seen.steps) == ([], [Step("update", _TOPIC, "alarms", ("tags.team",))])
    sandbox.clients("sns").delete_topic(TopicArn=arn)
    again = UpdateMocks(sandbox, before, refresh=True)
    record(_topic(tags={"team": "data"}), mocks=again)
    assert again.steps == [Step("create", _TOPIC, "alarms")]


def test_resources_of_explicit_providers_stay_in_their_region(sandbox: Sandbox) -> None:
    def program() -> None:
        there = aws.Provider("there", region="eu-central-1")
        aws.sns.Topic("alarms", opts=pulumi.ResourceOptions(provider=there))

    before = _deployed(sandbox, program)
    mocks = UpdateMocks(sandbox, before)
    record(program, mocks=mocks)
    assert mocks.steps == []
