"""Rules of EventBridge that are due, and those that fit an event."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.functions.conftest import Deploy, Deployed
from sandbox.signals.conftest import mails, topic

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.signals import schedules

ECHO = """
    def handle(event, context):
        return event
"""


def _rule(sandbox: Sandbox, target: str, expression: str = "rate(1 minute)", **more: Any) -> str:  # noqa: ANN401 - a target's settings
    events = sandbox.clients("events")
    arn = events.put_rule(Name="tick", ScheduleExpression=expression)["RuleArn"]
    events.put_targets(Rule="tick", Targets=[{"Id": "one", "Arn": target, **more}])
    return arn


def _let_in(sandbox: Sandbox, function: Deployed, rule: str) -> None:
    granted = {"StatementId": "rule", "Action": "lambda:InvokeFunction", "SourceArn": rule}
    sandbox.clients("lambda").add_permission(FunctionName=function.name, Principal="events.amazonaws.com", **granted)


def test_a_rule_gives_its_function_what_it_says(sandbox: Sandbox, deploy: Deploy) -> None:
    function = deploy(ECHO)
    _let_in(sandbox, function, _rule(sandbox, function.outputs["arn"], Input=json.dumps({"tick": True})))
    assert schedules.fire_due() == []
    clock.move(60)
    (fired,) = schedules.fire_due()
    assert (fired.rule, fired.target_id, fired.answer, fired.error) == ("tick", "one", {"tick": True}, None)
    assert schedules.fire_due() == []


def test_a_rule_without_an_input_gives_the_scheduled_event(sandbox: Sandbox, deploy: Deploy) -> None:
    function = deploy(ECHO)
    rule = _rule(sandbox, function.outputs["arn"])
    _let_in(sandbox, function, rule)
    clock.move(60)
    (fired,) = schedules.fire_due()
    assert fired.answer == {
        "version": "0",
        "id": fired.answer["id"],
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": fired.answer["time"],
        "region": "eu-west-1",
        "resources": [rule],
        "detail": {},
    }


@pytest.mark.parametrize(
    ("template", "answer"),
    [
        ('{"from": <source>, "where": "in <place>"}', {"from": "aws.events", "where": "in eu-west-1"}),
        ('"<aws.events.rule-name> rang"', "tick rang"),
        ('{"all": <resources>, "none": <nothing>}', {"all": ["RULE"], "none": None}),
    ],
)
def test_a_template_makes_the_input(sandbox: Sandbox, deploy: Deploy, template: str, answer: object) -> None:
    function = deploy(ECHO)
    paths = {"source": "$.source", "place": "$.region", "resources": "$.resources", "nothing": "$.detail.nothing"}
    transformer = {"InputPathsMap": paths, "InputTemplate": template}
    rule = _rule(sandbox, function.outputs["arn"], InputTransformer=transformer)
    _let_in(sandbox, function, rule)
    clock.move(60)
    (fired,) = schedules.fire_due()
    assert fired.answer == json.loads(json.dumps(answer).replace("RULE", rule))


def test_a_function_that_does_not_let_the_rule_in_is_not_run(sandbox: Sandbox, deploy: Deploy) -> None:
    function = deploy(ECHO)
    _rule(sandbox, function.outputs["arn"])
    clock.move(60)
    (fired,) = schedules.fire_due()
    assert fired.error == (
        "AccessDeniedException: User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on "
        f"resource: {function.outputs['arn']} because no resource-based policy allows the lambda:InvokeFunction action"
    )


def test_a_rule_publishes_to_a_topic_that_lets_it(sandbox: Sandbox) -> None:
    _rule(sandbox, topic(sandbox), "rate(1 hour)", Input='"an hour"')
    clock.move(59 * 60)
    schedules.fire_due()
    clock.move(60)
    schedules.fire_due()
    assert mails() == ["AWS Notification Message"]


def test_a_rule_that_is_off_does_nothing(sandbox: Sandbox) -> None:
    _rule(sandbox, topic(sandbox))
    sandbox.clients("events").disable_rule(Name="tick")
    clock.move(60)
    assert schedules.fire_due() == []


def test_a_rule_of_a_lost_region_is_late(sandbox: Sandbox) -> None:
    _rule(sandbox, topic(sandbox))
    with regions.lost("eu-west-1"):
        clock.move(600)
        assert schedules.fire_due() == []
    assert [each.error for each in schedules.fire_due()] == [None]
    assert schedules.fire_due() == []


def test_an_event_reaches_a_function_whose_rule_it_fits(sandbox: Sandbox, deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    print('got', event['detail'])\n")
    events = sandbox.clients("events")
    rule = events.put_rule(Name="tick", EventPattern=json.dumps({"source": ["notes"]}))["RuleArn"]
    events.put_targets(Rule="tick", Targets=[{"Id": "one", "Arn": function.outputs["arn"]}])
    _let_in(sandbox, function, rule)
    entry = {"Source": "notes", "DetailType": "written", "Detail": '{"id": 7}'}
    events.put_events(Entries=[entry, {**entry, "Source": "others"}])
    assert [line for line in function.log() if line.startswith("got")] == ["got {'id': 7}"]


def test_a_schedule_that_is_none_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ClientError, match=r"Parameter ScheduleExpression is not valid\."):
        sandbox.clients("events").put_rule(Name="tick", ScheduleExpression="rate(1 minutes)")


def test_a_rule_has_few_targets(sandbox: Sandbox) -> None:
    events, arn = sandbox.clients("events"), topic(sandbox)
    _rule(sandbox, arn)
    with pytest.raises(ClientError, match="a rule has at most 5 targets"):
        events.put_targets(Rule="tick", Targets=[{"Id": str(number), "Arn": arn} for number in range(5)])
