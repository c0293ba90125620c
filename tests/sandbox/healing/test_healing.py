"""Alarms of the sandbox's CloudWatch invoke the deployed healer, which acts with the rights of its own role.

What this does not prove: that Elastic Beanstalk's own calls, made in the name of the function, are all allowed.
"""

import pytest
from sandbox.healing.deployed import Deployed

from pulumi_aws_sandbox.gaps import rds_metrics

RESTARTED = "restartAppServer is starting."


def events(deployed: Deployed) -> list[str]:
    """Return what Elastic Beanstalk tells of the environment."""
    return [each["Message"] for each in deployed.beanstalk.eb.describe_events(EnvironmentName="live")["Events"]]


def test_nothing_is_done_while_all_is_well(deployed: Deployed) -> None:
    deployed.minutes(4)
    assert deployed.lines("acted") == []
    assert deployed.lines("failed") == []
    assert deployed.remembered("environment-web")["state"] == "well"


def test_a_stuck_environment_is_started_anew(deployed: Deployed) -> None:
    deployed.minutes(3)
    deployed.ill = {"stuck"}
    deployed.minutes(3)
    assert events(deployed).count(RESTARTED) == 1
    (line,) = deployed.lines("acted")
    assert (line["target"], line["did"]) == ("environment-web", "restarted the application servers of live")


def test_a_silent_database_fails_over(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed.minutes(3)
    deployed.ill = {"silent"}
    monkeypatch.setattr(rds_metrics, "publish", lambda: None)
    deployed.minutes(4)
    (now,) = deployed.aws("rds").describe_db_instances(DBInstanceIdentifier="orders")["DBInstances"]
    assert now["AvailabilityZone"] != deployed.database["AvailabilityZone"]


def test_a_full_disk_grows(deployed: Deployed) -> None:
    deployed.ill = {"full"}
    deployed.minutes(7)
    (now,) = deployed.aws("rds").describe_db_instances(DBInstanceIdentifier="orders")["DBInstances"]
    assert now["AllocatedStorage"] == 120


def test_a_poisoned_message_is_moved(deployed: Deployed) -> None:
    sqs = deployed.aws("sqs")
    sqs.send_message(QueueUrl=deployed.queue, MessageBody="poison")
    for _ in range(3):
        (message,) = sqs.receive_message(QueueUrl=deployed.queue)["Messages"]
        sqs.change_message_visibility(
            QueueUrl=deployed.queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
        )
    deployed.ill = {"old"}
    deployed.minutes(2)
    (moved,) = sqs.receive_message(QueueUrl=deployed.dead)["Messages"]
    assert moved["Body"] == "poison"


def test_the_breaker_opens_and_a_human_is_paged_once(deployed: Deployed) -> None:
    deployed.minutes(3)
    deployed.ill = {"stuck"}
    deployed.minutes(20)
    assert deployed.remembered("environment-web")["state"] == "open"
    assert events(deployed).count(RESTARTED) == 2
    (page,) = deployed.pages()
    assert "environment-web is not well (stuck), and healing cannot heal it: 2 attempts did not help." in page


def test_recovery_closes_the_breaker(deployed: Deployed) -> None:
    deployed.minutes(3)
    deployed.ill = {"stuck"}
    deployed.minutes(20)
    deployed.ill = set()
    deployed.minutes(6)
    assert deployed.remembered("environment-web")["state"] == "well"
    assert [each["target"] for each in deployed.lines("recovered")] == ["environment-web"]


def test_what_is_done_is_counted(deployed: Deployed) -> None:
    deployed.minutes(3)
    deployed.ill = {"stuck"}
    deployed.minutes(3)
    listed = deployed.aws("cloudwatch").list_metrics(Namespace="AwsMobile/SelfHealing")["Metrics"]
    assert {each["MetricName"] for each in listed} == {"Actions", "Began", "Incidents", "OpenBreakers"}


@pytest.mark.parametrize(
    ("old", "new", "ailment", "denied"),
    [
        ('"identifier":"orders"', '"identifier":"other"', "silent", "rds:DescribeDBInstances"),
        ('"environment":"live"', '"environment":"other"', "stuck", "elasticbeanstalk:DescribeEnvironments"),
        ("/jobs", "/other", "old", "sqs:ReceiveMessage"),
    ],
)
def test_its_role_reaches_nothing_else(deployed: Deployed, old: str, new: str, ailment: str, denied: str) -> None:
    deployed.aws("sqs").create_queue(QueueName="other")
    deployed.told(old, new)
    deployed.ill = {ailment}
    deployed.minutes(4)
    said = [line["error"] for line in (*deployed.lines("failed"), *deployed.lines("refused"))]
    assert said
    assert all(f"is not authorized to perform: {denied}" in each for each in said)
