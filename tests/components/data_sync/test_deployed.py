"""Data sync in the sandbox's AWS behind an API: devices sign, the functions run with the rights of their roles.

What this does not prove: the protocol in all its parts; the function's and the client's own tests do.
"""

from collections.abc import Iterator

import pytest
from components.data_sync.building import HOME
from components.data_sync.deployed import Deployed
from sandbox.gateway.calling import send

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.runtime import streams


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as aws:
        yield Deployed(aws)


def test_what_one_device_pushes_another_pulls(deployed: Deployed) -> None:
    device = deployed.guest()
    pushed = device.push("notes", "token-0001", [("a", "1", 0), ("b", "ä", 0)])
    assert (pushed.status, pushed.json["sync_count"], pushed.json["records"]) == (200, 1, 2)
    assert device.pull("notes") == {"a": "1", "b": "ä"}
    (listed,) = device.ask("GET", "").json["datasets"]
    assert (listed["name"], listed["sync_count"], listed["records"]) == ("notes", 1, 2)


def test_a_conflict_is_told_record_by_record_and_nothing_is_stored(deployed: Deployed) -> None:
    device = deployed.guest()
    device.push("notes", "token-0001", [("a", "1", 0)])
    refused = device.push("notes", "token-0002", [("a", "2", 0), ("b", "2", 0)])
    assert (refused.status, refused.json["code"], refused.json["field"]) == (409, "Conflict", "changes")
    assert [each["key"] for each in refused.json["conflicts"]] == ["a"]
    assert device.pull("notes") == {"a": "1"}


def test_nobody_sees_the_data_of_another(deployed: Deployed) -> None:
    one, other = deployed.guest(), deployed.guest()
    assert one.identity != other.identity
    one.push("notes", "token-0001", [("a", "1", 0)])
    assert other.pull("notes") == {}
    refused = other.ask("GET", "/notes", identity=one.identity)
    assert (refused.status, refused.json["code"], refused.json["field"]) == (403, "IdentityMismatch", "identity")


def test_a_request_without_a_signature_does_not_reach_the_function(deployed: Deployed) -> None:
    device = deployed.guest()
    refused = send("GET", f"{device.url}/sync/datasets")
    assert (refused.status, refused.json) == (403, {"message": "Missing Authentication Token"})


def test_a_body_that_does_not_fit_is_refused_by_its_field(deployed: Deployed) -> None:
    device = deployed.guest()
    refused = device.ask("POST", "/notes", {"token": "short", "device": "phone", "changes": []})
    assert (refused.status, refused.json["code"], refused.json["field"]) == (400, "Invalid", "token")


def test_a_change_is_told_on_the_topic_with_the_device_that_made_it(deployed: Deployed) -> None:
    queue, device = deployed.listen(), deployed.guest()
    streams.deliver()
    deployed.heard(queue)
    device.push("notes", "token-0001", [("a", "1", 0)])
    streams.deliver()
    assert deployed.heard(queue) == [
        {"identity_id": device.identity, "dataset": "notes", "sync_count": 1, "device": "phone"}
    ]


def test_the_records_of_a_deleted_dataset_are_deleted(deployed: Deployed) -> None:
    device = deployed.guest()
    device.push("notes", "token-0001", [("a", "1", 0), ("b", "1", 0)])
    assert device.ask("DELETE", "/notes").status == 200
    assert device.pull("notes") == {}
    streams.deliver()
    keys = {item["pk"]["S"] for item in deployed.items() if device.identity in item["pk"]["S"]}
    assert keys == {f"i#{device.identity}"}


def test_nothing_was_put_aside(deployed: Deployed) -> None:
    device = deployed.guest()
    device.push("notes", "token-0001", [("a", "1", 0)])
    streams.deliver()
    assert deployed.heard(deployed.sync["dead_letters_url"]) == []
