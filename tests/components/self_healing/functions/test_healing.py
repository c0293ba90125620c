"""The healer against a sandboxed AWS: what it orders, remembers, writes, counts and says.

What this does not prove: that its role may do this, and that alarms reach it; the sandbox's own tests do.
"""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.self_healing.functions.surroundings import World

from pulumi_aws_mobile.self_healing.functions.healing.acting import grown_gib
from pulumi_aws_mobile.self_healing.functions.healing.index import HealingFailedError
from pulumi_aws_mobile.self_healing.functions.healing.plan import read_plan
from pulumi_aws_mobile.self_healing.functions.healing.remembering import LEASE_SECONDS, Lease

RESTART = ("restart_app_server", {"EnvironmentName": "web-live"})
REBUILD = ("rebuild_environment", {"EnvironmentName": "web-live"})


def replaced(instance: str) -> tuple[str, dict[str, Any]]:
    given = {"InstanceId": instance, "ShouldDecrementDesiredCapacity": False}
    return "terminate_instance_in_auto_scaling_group", given


def database(world: World) -> dict[str, Any]:
    return world.aws("rds").describe_db_instances(DBInstanceIdentifier="orders")["DBInstances"][0]


def send(world: World, body: str, receives: int) -> None:
    """Send a message to the queue and receive it so often in vain."""
    sqs = world.aws("sqs")
    attributes = {"kind": {"DataType": "String", "StringValue": "order"}}
    sqs.send_message(QueueUrl=world.queue, MessageBody=body, MessageAttributes=attributes)
    for _ in range(receives):
        for each in sqs.receive_message(QueueUrl=world.queue, MaxNumberOfMessages=10, VisibilityTimeout=30)["Messages"]:
            sqs.change_message_visibility(
                QueueUrl=world.queue, ReceiptHandle=each["ReceiptHandle"], VisibilityTimeout=0
            )


def bodies(world: World, url: str) -> list[str]:
    answer = world.aws("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return sorted(each["Body"] for each in answer.get("Messages", []))


def test_nothing_is_done_while_all_is_well(world: World) -> None:
    assert world.tick() == {"environment-web": "well", "database-orders": "well", "queue-jobs": "well"}
    assert (world.servers.orders, world.pages()) == ([], [])


def test_an_alarm_has_its_target_healed_at_once(world: World) -> None:
    assert world.ring("environment-web-stuck") == {"environment-web": "healing"}
    assert world.servers.orders == [RESTART]


def test_a_stuck_environment_is_restarted_then_rebuilt_where_that_is_allowed(world: World) -> None:
    world.plan(environment={"rebuild": True})
    world.ring("environment-web-stuck")
    for _ in range(10):
        world.tick(1)
    assert world.servers.orders == [RESTART, REBUILD, REBUILD]


def test_a_stuck_environment_is_only_restarted_where_rebuilding_is_not_allowed(world: World) -> None:
    world.ring("environment-web-stuck")
    for _ in range(10):
        world.tick(1)
    assert world.servers.orders == [RESTART] * 3


def test_an_environment_that_is_changing_is_left_alone(world: World) -> None:
    world.servers.status = "Updating"
    world.ring("environment-web-stuck")
    assert world.servers.orders == []


def test_an_unhealthy_instance_is_replaced(world: World) -> None:
    world.ring("environment-web-unhealthy")
    assert world.servers.orders == [replaced("i-2")]


def test_when_no_instance_is_well_none_is_replaced(world: World) -> None:
    world.servers.instances = dict.fromkeys(("i-1", "i-2"), "Severe")
    world.ring("environment-web-unhealthy")
    assert world.servers.orders == [RESTART]


def test_a_stuck_environment_comes_before_its_unhealthy_instances(world: World) -> None:
    world.alarm("environment-web-unhealthy", "ALARM")
    world.ring("environment-web-stuck")
    assert world.servers.orders == [RESTART]


def test_the_instance_with_the_fullest_root_file_system_is_replaced(world: World) -> None:
    world.plan(environment={"ailments": "stuck unhealthy disk", "disk_percent": 90})
    for instance, percent in (("i-1", 91.0), ("i-2", 20.0), ("i-3", 97.0)):
        world.root_full(instance, percent)
    world.tick()
    assert world.servers.orders == [replaced("i-3")]


def test_a_silent_database_fails_over_to_its_standby(world: World) -> None:
    zone = database(world)["AvailabilityZone"]
    world.ring("database-orders-silent")
    assert database(world)["AvailabilityZone"] != zone


def test_a_database_without_a_standby_is_rebooted(world: World) -> None:
    world.aws("rds").modify_db_instance(DBInstanceIdentifier="orders", MultiAZ=False, ApplyImmediately=True)
    assert world.ring("database-orders-silent") == {"database-orders": "healing"}
    assert world.counted()["Actions", "healing"] == 1


def test_a_database_that_somebody_stopped_is_left_alone(world: World) -> None:
    world.aws("rds").modify_db_instance(DBInstanceIdentifier="orders", MultiAZ=False, ApplyImmediately=True)
    world.aws("rds").stop_db_instance(DBInstanceIdentifier="orders")
    world.ring("database-orders-silent")
    assert database(world)["DBInstanceStatus"] == "stopped"


def test_a_full_disk_grows_by_a_fifth_and_never_above_its_ceiling(world: World) -> None:
    world.ring("database-orders-full")
    assert database(world)["AllocatedStorage"] == 120
    world.tick(6 * 60)
    assert database(world)["AllocatedStorage"] == 130
    world.tick(6 * 60)
    assert database(world)["AllocatedStorage"] == 130
    assert "orders has 130 GiB and may have 130: there is no room to grow" in json.dumps(remembered(world))


@pytest.mark.parametrize(("allocated", "grown"), [(20, 30), (50, 60), (51, 62), (100, 120), (101, 122)])
def test_storage_grows_by_a_fifth_and_at_least_ten_gib(allocated: int, grown: int) -> None:
    assert grown_gib(allocated) == grown


def remembered(world: World, target: str = "database-orders") -> dict[str, Any]:
    item = world.aws("dynamodb").get_item(TableName=world.table, Key={"target": {"S": target}})["Item"]
    return json.loads(item["memory"]["S"])


def test_poisoned_messages_are_moved_and_others_are_left(world: World) -> None:
    send(world, "poison", 3)
    send(world, "fine", 0)
    world.ring("queue-jobs-old")
    assert (bodies(world, world.dead), bodies(world, world.queue)) == (["poison"], ["fine"])


def test_a_moved_message_keeps_its_attributes(world: World) -> None:
    send(world, "poison", 3)
    world.ring("queue-jobs-old")
    (moved,) = world.aws("sqs").receive_message(QueueUrl=world.dead, MessageAttributeNames=["All"])["Messages"]
    assert moved["MessageAttributes"] == {"kind": {"DataType": "String", "StringValue": "order"}}


def test_looking_at_messages_again_and_again_poisons_none(world: World) -> None:
    send(world, "fine", 1)
    world.ring("queue-jobs-old")
    assert bodies(world, world.dead) == []


def test_at_the_end_a_human_is_paged_once_with_what_was_tried(world: World) -> None:
    world.ring("environment-web-stuck")
    for _ in range(120):
        world.tick(1)
    (page,) = world.pages()
    assert page == (
        "environment-web is not well (stuck), and healing cannot heal it: 3 attempts did not help.\n"
        "\n"
        "Since: 2027-01-15T08:00:00+00:00\n"
        "Incident: 1800000000\n"
        "Tried:\n"
        "  1. restarted the application servers of web-live\n"
        "  2. restarted the application servers of web-live\n"
        "  3. restarted the application servers of web-live\n"
        "\n"
        "One trial follows in each window until it is well; there is no further message about this incident."
    )


def test_recovery_closes_the_incident_and_the_next_one_starts_afresh(world: World) -> None:
    world.ring("environment-web-stuck")
    world.alarm("environment-web-stuck", "OK")
    assert [world.tick(1)["environment-web"] for _ in range(3)] == ["healing", "healing", "well"]
    world.ring("environment-web-stuck")
    assert world.servers.orders == [RESTART] * 2


def test_each_action_is_one_line_and_one_count(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.ring("environment-web-stuck")
    began, acted = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (began["healing"], began["ailment"]) == ("began", "stuck")
    assert acted == {
        "healing": "acted",
        "target": "environment-web",
        "ailment": "stuck",
        "incident": "1800000000",
        "attempt": 1,
        "did": "restarted the application servers of web-live",
        "next_at": 1800000180.0,
    }
    assert world.counted() == {
        ("Actions", "healing"): 1,
        ("Actions", "healing", "environment-web"): 1,
        ("Began", "healing"): 1,
        ("Began", "healing", "environment-web"): 1,
    }


def test_the_tick_counts_incidents_and_open_breakers(world: World) -> None:
    world.alarm("environment-web-stuck", "ALARM")
    for _ in range(30):
        world.tick(1)
    counted = world.counted()
    assert (counted["Incidents", "healing"], counted["BreakerOpened", "healing"]) == (30, 1)
    assert counted["OpenBreakers", "healing"] == 9


def test_what_aws_refuses_counts_as_an_attempt(world: World) -> None:
    told = {"Error": {"Code": "InvalidParameterValue", "Message": "No"}}
    world.servers.error = ClientError(told, "RestartAppServer")
    world.ring("environment-web-stuck")
    assert remembered(world, "environment-web")["attempts"] == 1
    assert world.counted()["Failures", "healing"] == 1


def test_a_target_that_cannot_be_looked_at_does_not_keep_others_from_being_healed(world: World) -> None:
    world.aws("rds").delete_db_instance(DBInstanceIdentifier="orders", SkipFinalSnapshot=True)
    for role in ("database-orders-silent", "queue-jobs-old"):
        world.alarm(role, "ALARM")
    send(world, "poison", 3)
    with pytest.raises(HealingFailedError, match=r"^database-orders: DBInstanceNotFoundFault$"):
        world.tick()
    assert bodies(world, world.dead) == ["poison"]


def test_one_invocation_at_a_time_looks_after_a_target(world: World) -> None:
    Lease(world.table, "environment-web", "another").take(world.now)
    assert world.ring("environment-web-stuck") == {}
    assert world.servers.orders == []


def test_the_lease_of_an_invocation_that_died_ends_by_itself(world: World) -> None:
    Lease(world.table, "environment-web", "another").take(world.now)
    world.now += LEASE_SECONDS + 1
    assert world.ring("environment-web-stuck") == {"environment-web": "healing"}


def test_an_attempt_of_an_invocation_that_died_counts(world: World) -> None:
    world.servers.error = KeyError("died")
    with pytest.raises(HealingFailedError):
        world.ring("environment-web-stuck")
    world.servers.error = None
    world.tick(1)
    assert world.servers.orders == []
    world.tick(2)
    assert world.servers.orders == [RESTART]


def test_memories_are_forgotten_after_a_month(world: World) -> None:
    world.tick()
    item = world.aws("dynamodb").get_item(TableName=world.table, Key={"target": {"S": "queue-jobs"}})["Item"]
    assert int(item["expires_at"]["N"]) == int(world.now) + 30 * 24 * 3600


def test_an_event_of_somebody_else_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="neither the tick nor one of the alarms"):
        world.invoke({"source": "aws.cloudwatch", "alarmData": {"alarmName": "other"}})


def test_the_plan_lists_ailments_by_urgency(world: World) -> None:
    world.plan(environment={"ailments": "disk unhealthy stuck", "disk_percent": 90})
    assert read_plan().targets[0].ailments == ("stuck", "unhealthy", "disk")
