"""A topic or an application that a deployment removed or replaced is no obstacle to those who had it.

The functions may use what there is now and nothing else: AWS refuses any call about what was there before.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError
from components.push.functions.surroundings import ANNA, PLATFORMS, Service, apple, credentials, service


def only_what_there_is(push: Service) -> None:
    """Refuse calls about other topics and applications than the present ones, as the functions' roles do."""

    def between(number: int, operation: str) -> None:
        given = push.arguments[number - 1]
        arns = [
            given[name]
            for name in ("EndpointArn", "PlatformApplicationArn", "SubscriptionArn", "TargetArn", "TopicArn")
            if name in given
        ]
        endpoints = [arn.replace(":app/", ":endpoint/", 1) for arn in push.applications.values()]
        allowed = (*push.topics.values(), *push.applications.values(), *endpoints)
        if not all(arn.startswith(allowed) for arn in arns):
            raise ClientError({"Error": {"Code": "AuthorizationError", "Message": "not authorized"}}, operation)

    push.between = between


@contextmanager
def deployed_anew(push: Service) -> Iterator[None]:
    """Tell the functions of the topics and applications that `push` has now."""
    topics = {key: arn.rpartition(":")[2] for key, arn in push.topics.items()}
    now = {"TOPICS": json.dumps(topics), "APPLICATIONS": json.dumps(push.applications)}
    with patch.dict(os.environ, now):
        only_what_there_is(push)
        yield
        push.between = None


def replace_topic(push: Service, key: str) -> None:
    push.sns.delete_topic(TopicArn=push.topics[key])
    push.topics[key] = push.sns.create_topic(Name=f"again-{key}")["TopicArn"]


def replace_application(push: Service, platform: str) -> None:
    remove_application(push, platform)
    made = push.sns.create_platform_application(
        Name="again", Platform=PLATFORMS[platform], Attributes=credentials(platform)
    )
    push.applications[platform] = made["PlatformApplicationArn"]


def remove_application(push: Service, platform: str) -> None:
    arn = push.applications.pop(platform)
    for endpoint in push.sns.list_endpoints_by_platform_application(PlatformApplicationArn=arn)["Endpoints"]:
        push.sns.delete_endpoint(EndpointArn=endpoint["EndpointArn"])
    push.sns.delete_platform_application(PlatformApplicationArn=arn)


def test_a_device_that_starts_again_hears_of_a_topic_that_was_replaced() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news"])
        replace_topic(push, "news")
        with deployed_anew(push):
            assert push.register("phone", apple()).body["topics"] == ["news"]
            assert push.subscribed("news") == {apple()}
            assert push.call("DELETE", "/devices/phone/topics/news").status == 200
            assert push.subscribed("news") == set()


def test_a_topic_that_was_removed_does_not_keep_a_device_from_anything() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news", "offers"])
        push.sns.delete_topic(TopicArn=push.topics.pop("news"))
        with deployed_anew(push):
            assert push.register("phone", apple()).body["topics"] == ["offers"]
            assert push.call("DELETE", "/devices/phone/topics/offers").status == 200
            assert push.call("DELETE", "/devices/phone").body["removed"] is True
            assert (push.items(), push.subscriptions()) == ([], 0)


def test_a_device_that_starts_again_is_known_to_an_application_that_was_replaced() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news"])
        replace_application(push, "apns")
        with deployed_anew(push):
            said = push.send({"user": ANNA})
            assert (said["sent"], said["results"][0]["reason"]) == (0, "NotRegistered")
            assert push.register("phone", apple()).status == 200
            assert push.subscribed("news") == {apple()}
            assert push.send({"user": ANNA})["sent"] == 1


@pytest.mark.parametrize("change", [replace_application, remove_application])
def test_a_device_of_an_application_that_is_gone_can_be_removed(change: object) -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news"])
        assert callable(change)
        change(push, "apns")
        with deployed_anew(push):
            assert push.call("DELETE", "/devices/phone").body["removed"] is True
            assert push.items() == []


def test_a_device_of_a_platform_that_is_no_longer_set_up_gets_no_topic() -> None:
    with service() as push:
        push.register("phone", apple())
        remove_application(push, "apns")
        with deployed_anew(push):
            reply = push.call("PUT", "/devices/phone/topics/news")
            assert reply.refusal == (409, "NoPlatform", "device")
            assert reply.body["message"] == "device: apns is no longer set up here"
