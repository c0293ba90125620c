"""A run sets an alarm off and sees what the healer does about it; a healer that does nothing is found out.

What this does not prove: that AWS gives the alarm to the function as the sandbox does.
"""

from collections.abc import Callable
from pathlib import Path

from cli.conftest import Answer

Run = Callable[..., Answer]
Write = Callable[..., Path]

PROGRAM = """
import pulumi_aws as aws
from pulumi_aws_mobile import HAdatabase, SelfHealing

database = HAdatabase("orders", {{}})
target = {{"identifier": {identifier}, "arn": database.arn}}
topic = aws.sns.Topic("pages")
SelfHealing("healing", {{"page_topic_arn": topic.arn, "databases": {{"orders": target}}}})
"""


def _healed(aws_mobile: Run, folder: Path) -> tuple[bool, str]:
    document = aws_mobile("run", "--stack", "dev", "--json", folder=folder).document
    (check,) = [one for one in document["checks"] if one["claim"] == "puts right what an alarm tells of"]
    assert (check["system"], check["subject"]) == ("M12", "healing-database-orders-silent")
    return check["passed"], check["seen"]


def test_a_healer_that_acts_on_its_alarm_passes(aws_mobile: Run, project: Write) -> None:
    passed, seen = _healed(aws_mobile, project(PROGRAM.format(identifier="database.identifier")))
    assert passed, seen
    assert seen.startswith("rebooted orders-")
    assert seen.endswith(", which failed over to its standby")


def test_a_healer_that_cannot_act_fails(aws_mobile: Run, project: Write) -> None:
    passed, seen = _healed(aws_mobile, project(PROGRAM.format(identifier='"gone"')))
    assert not passed
    assert seen.startswith("it did nothing: [")
