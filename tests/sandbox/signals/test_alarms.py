"""Alarms of a deployed AWS: their states, and what a change of state does."""

import json

import pytest
from botocore.exceptions import ClientError
from sandbox.functions.conftest import Deploy
from sandbox.signals.conftest import NAMESPACE, Minute, mails, put_alarm, topic

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.signals import alarms

ARN = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:load"
REMEMBER = """
    import json, os
    seen = []
    def handle(event, context):
        seen.append(event)
        return seen if event.get("tell") else None
"""


def _state(sandbox: Sandbox, name: str) -> str:
    found = sandbox.clients("cloudwatch").describe_alarms(
        AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    return [*found["MetricAlarms"], *found["CompositeAlarms"]][0]["StateValue"]


def test_a_new_alarm_knows_nothing(sandbox: Sandbox) -> None:
    put_alarm(sandbox, "load")
    assert _state(sandbox, "load") == "INSUFFICIENT_DATA"


def test_an_alarm_changes_after_as_many_points_as_it_wants(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load", EvaluationPeriods=3, DatapointsToAlarm=2)
    values = (0, 0, 0, 1, 0, 1, 1, 0, 0)
    seen = [[(each.before, each.after) for each in minute(load=value)] for value in values]
    assert seen == [
        [("INSUFFICIENT_DATA", "OK")],
        [],
        [],
        [],
        [],
        [("OK", "ALARM")],
        [],
        [],
        [("ALARM", "OK")],
    ]


def test_a_period_that_is_not_over_does_not_count(sandbox: Sandbox) -> None:
    put_alarm(sandbox, "load")
    clock.move(60 - clock.now() % 60)
    cloudwatch = sandbox.clients("cloudwatch")
    cloudwatch.put_metric_data(Namespace=NAMESPACE, MetricData=[{"MetricName": "load", "Value": 1}])
    assert alarms.evaluate() == []
    clock.move(60)
    assert [each.after for each in alarms.evaluate()] == ["ALARM"]


def test_silence_rings_where_it_is_taken_for_breaching(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load", EvaluationPeriods=3, TreatMissingData="breaching")
    minute(load=0)
    changes = [minute() for _ in range(5)]
    # As long as the range of five periods holds one real point, it is among the three that are judged.
    assert [[each.after for each in change] for change in changes] == [[], [], [], [], ["ALARM"]]
    assert changes[-1][0].reason == (
        "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as "
        "[Breaching]."
    )


def test_an_alarm_keeps_its_state_when_it_is_put_again(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load")
    minute(load=1)
    put_alarm(sandbox, "load", Threshold=5)
    assert _state(sandbox, "load") == "ALARM"


def test_an_alarm_of_a_lost_region_is_not_evaluated(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load", TreatMissingData="breaching")
    minute(load=0)
    with regions.lost("eu-west-1"):
        clock.move(600)
        assert alarms.evaluate() == []
    assert [each.after for each in alarms.evaluate()] == ["ALARM"]


def test_an_alarm_tells_its_topic_each_change_once(sandbox: Sandbox, minute: Minute) -> None:
    ops = topic(sandbox)
    put_alarm(sandbox, "load", AlarmActions=[ops], OKActions=[ops])
    for value in (0, 1, 1, 0):
        minute(load=value)
    assert mails() == [
        'OK: "load" in eu-west-1',
        'ALARM: "load" in eu-west-1',
        'OK: "load" in eu-west-1',
    ]


def test_actions_that_are_switched_off_do_nothing(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load", AlarmActions=[topic(sandbox)], ActionsEnabled=False)
    (change,) = minute(load=1)
    assert (change.after, change.actions, mails()) == ("ALARM", (), [])


def test_a_topic_that_does_not_let_cloudwatch_in_gets_nothing(sandbox: Sandbox, minute: Minute) -> None:
    policy = {"Version": "2012-10-17", "Statement": []}
    ops = topic(sandbox, Policy=json.dumps(policy))
    put_alarm(sandbox, "load", AlarmActions=[ops])
    (change,) = minute(load=1)
    assert [each.error for each in change.actions] == [
        (
            f"cloudwatch.amazonaws.com is not authorized to perform: sns:Publish on resource: {ops}: its policy does "
            "not allow it"
        )
    ]
    assert mails() == []


def test_a_key_that_does_not_let_cloudwatch_in_keeps_the_topic_silent(sandbox: Sandbox, minute: Minute) -> None:
    key = sandbox.clients("kms").create_key()["KeyMetadata"]["Arn"]
    put_alarm(sandbox, "load", AlarmActions=[topic(sandbox, KmsMasterKeyId=key)])
    (change,) = minute(load=1)
    assert [each.error for each in change.actions] == [
        (
            f"cloudwatch.amazonaws.com is not authorized to perform: kms:GenerateDataKey on resource: {key}: the key's "
            "policy does not allow it"
        )
    ]


def test_a_function_gets_the_event_that_cloudwatch_sends(sandbox: Sandbox, deploy: Deploy, minute: Minute) -> None:
    function = deploy(REMEMBER)
    granted = {"StatementId": "alarm", "Action": "lambda:InvokeFunction", "SourceArn": ARN}
    principal = "lambda.alarms.cloudwatch.amazonaws.com"
    sandbox.clients("lambda").add_permission(FunctionName=function.name, Principal=principal, **granted)
    put_alarm(sandbox, "load", AlarmActions=[function.outputs["arn"]], AlarmDescription="too much of it")
    minute(load=0)
    minute(load=1)
    (event,) = function({"tell": True})[:-1]
    data = event.pop("alarmData")
    assert event == {
        "source": "aws.cloudwatch",
        "alarmArn": ARN,
        "accountId": "123456789012",
        "time": event["time"],
        "region": "eu-west-1",
    }
    assert (data["alarmName"], data["state"]["value"], data["previousState"]["value"]) == ("load", "ALARM", "OK")
    assert data["configuration"] == {
        "description": "too much of it",
        "metrics": [
            {
                "id": "load",
                "returnData": True,
                "metricStat": {
                    "metric": {"namespace": NAMESPACE, "name": "load", "dimensions": {}},
                    "period": 60,
                    "stat": "Maximum",
                },
            }
        ],
    }


def test_a_function_that_does_not_let_alarms_in_is_not_run(sandbox: Sandbox, deploy: Deploy, minute: Minute) -> None:
    function = deploy(REMEMBER)
    put_alarm(sandbox, "load", AlarmActions=[function.outputs["arn"]])
    (change,) = minute(load=1)
    assert [each.error for each in change.actions] == [
        (
            "AccessDeniedException: User: lambda.alarms.cloudwatch.amazonaws.com is not authorized to perform: "
            f"lambda:InvokeFunction on resource: {function.outputs['arn']} because no resource-based policy allows the "
            "lambda:InvokeFunction action"
        )
    ]


def test_a_state_set_by_hand_acts_and_is_set_right_again(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load", AlarmActions=[topic(sandbox)])
    minute(load=0)
    sandbox.clients("cloudwatch").set_alarm_state(AlarmName="load", StateValue="ALARM", StateReason="a drill")
    assert mails() == ['ALARM: "load" in eu-west-1']
    assert [each.after for each in minute(load=0)] == ["OK"]


def test_metric_math_is_watched(sandbox: Sandbox, minute: Minute) -> None:
    stats = [
        {"Id": name, "ReturnData": False, "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}
        for name in ("failed", "all")
        for metric in [{"Namespace": NAMESPACE, "MetricName": name}]
    ]
    share = {"Id": "share", "Expression": "IF(all >= 5, 100 * FILL(failed, 0) / all, 0)", "ReturnData": True}
    put_alarm(sandbox, "share", Metrics=[share, *stats], Threshold=20)
    seen = [minute(all=10), minute(all=10, failed=1), minute(all=4, failed=4), minute(all=10, failed=2)]
    assert [[each.after for each in change] for change in seen] == [["OK"], [], [], ["ALARM"]]


@pytest.mark.parametrize(
    ("stat", "threshold", "after"),
    [("p50", 3, "ALARM"), ("p50", 4, "OK"), ("p90", 5, "OK"), ("p100", 5, "ALARM"), ("p25", 2, "ALARM")],
)
def test_percentiles_are_watched(sandbox: Sandbox, stat: str, threshold: float, after: str) -> None:
    cloudwatch = sandbox.clients("cloudwatch")
    metric = {"Namespace": NAMESPACE, "MetricName": "slow"}
    query = {"Id": "m", "ReturnData": True, "MetricStat": {"Metric": metric, "Period": 60, "Stat": stat}}
    put_alarm(sandbox, "slow", Metrics=[query], Threshold=threshold)
    data = [{"MetricName": "slow", "Values": [1, 2, 3, 4, 5], "Counts": [1, 1, 1, 1, 1]}]
    cloudwatch.put_metric_data(Namespace=NAMESPACE, MetricData=data)
    clock.move(60)
    assert [each.after for each in alarms.evaluate()] == [after]


def test_a_composite_alarm_follows_those_that_it_names(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load")
    put_alarm(sandbox, "heat")
    cloudwatch = sandbox.clients("cloudwatch")
    ops = topic(sandbox)
    cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule="ALARM(load) AND ALARM(heat)", AlarmActions=[ops])
    cloudwatch.put_composite_alarm(AlarmName="above", AlarmRule='NOT OK("both")')
    for load, heat in ((1, 0), (1, 1), (0, 1)):
        minute(load=load, heat=heat)
        yields = [_state(sandbox, name) for name in ("both", "above")]
        assert yields == ["ALARM" if load and heat else "OK"] * 2
    assert mails() == ['ALARM: "both" in eu-west-1']


def test_an_alarm_is_quiet_while_a_louder_one_rings(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load")
    put_alarm(sandbox, "down")
    sandbox.clients("cloudwatch").put_composite_alarm(
        AlarmName="burn",
        AlarmRule="ALARM(load)",
        AlarmActions=[topic(sandbox)],
        ActionsSuppressor="down",
        ActionsSuppressorWaitPeriod=120,
        ActionsSuppressorExtensionPeriod=180,
    )
    minute(load=0, down=0)
    told = []
    for load, down in ((1, 0), (1, 1), (1, 1), (1, 0), (1, 0), (1, 0), (1, 0)):
        minute(load=load, down=down)
        told.append(len(mails()))
    # It waited, was suppressed, and told when the louder one had ended for three minutes.
    assert told == [0, 0, 0, 0, 0, 0, 1]


def test_an_alarm_with_a_suppressor_that_never_rings_tells_after_the_wait(sandbox: Sandbox, minute: Minute) -> None:
    put_alarm(sandbox, "load")
    put_alarm(sandbox, "down")
    sandbox.clients("cloudwatch").put_composite_alarm(
        AlarmName="burn",
        AlarmRule="ALARM(load)",
        AlarmActions=[topic(sandbox)],
        ActionsSuppressor="down",
        ActionsSuppressorWaitPeriod=120,
        ActionsSuppressorExtensionPeriod=180,
    )
    told = []
    for _ in range(4):
        minute(load=1, down=0)
        told.append(len(mails()))
    assert told == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"DatapointsToAlarm": 2}, "DatapointsToAlarm must be from 1 to EvaluationPeriods (1); got 2"),
        ({"Period": 45}, "Period must be 10, 20, 30 or a multiple of 60; got 45"),
        (
            {"EvaluationPeriods": 1441},
            "EvaluationPeriods times Period must be at most 86400 seconds; got 86460",
        ),
        ({"ExtendedStatistic": "p99"}, "either Statistic or ExtendedStatistic must be given, and not both"),
        (
            {"TreatMissingData": "alarm"},
            "TreatMissingData must be one of breaching, ignore, missing, notBreaching; got alarm",
        ),
        ({"AlarmActions": ["ops"]}, "AlarmActions: ops is no ARN"),
        (
            {"Metrics": [{"Id": "a", "Expression": "b * 2"}]},
            "a: nothing has the id b",
        ),
    ],
)
def test_what_cloudwatch_refuses_is_refused(sandbox: Sandbox, wrong: dict[str, object], why: str) -> None:
    with pytest.raises(ClientError) as refused:
        put_alarm(sandbox, "load", **wrong)
    assert refused.value.response["Error"]["Message"] == why


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("ALARM(nobody)", "AlarmRule: the alarm nobody does not exist"),
        ("ALARM(self)", "AlarmRule: self depends on itself"),
        ("ALARM(", "AlarmRule: expected a function such as ALARM(name), NOT, TRUE, FALSE or ( at the end"),
    ],
)
def test_a_rule_that_cannot_hold_is_refused(sandbox: Sandbox, rule: str, why: str) -> None:
    with pytest.raises(ClientError) as refused:
        sandbox.clients("cloudwatch").put_composite_alarm(AlarmName="self", AlarmRule=rule)
    assert refused.value.response["Error"]["Message"] == why


def test_an_alarm_that_another_asks_stays(sandbox: Sandbox) -> None:
    put_alarm(sandbox, "load")
    cloudwatch = sandbox.clients("cloudwatch")
    cloudwatch.put_composite_alarm(AlarmName="above", AlarmRule="ALARM(load)")
    with pytest.raises(ClientError, match="the alarm load is used by the composite alarm above"):
        cloudwatch.delete_alarms(AlarmNames=["load"])
    cloudwatch.delete_alarms(AlarmNames=["load", "above"])
    assert alarms.states() == {}


def test_only_metric_alarms_are_described_unless_others_are_asked_for(sandbox: Sandbox) -> None:
    put_alarm(sandbox, "load")
    cloudwatch = sandbox.clients("cloudwatch")
    cloudwatch.put_composite_alarm(AlarmName="above", AlarmRule="ALARM(load)")
    assert cloudwatch.describe_alarms()["CompositeAlarms"] == []


def test_metrics_of_aws_cannot_be_put(sandbox: Sandbox) -> None:
    with pytest.raises(ClientError, match="The value AWS/ for parameter Namespace is invalid"):
        sandbox.clients("cloudwatch").put_metric_data(Namespace="AWS/RDS", MetricData=[{"MetricName": "a", "Value": 1}])
