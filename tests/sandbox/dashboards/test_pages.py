"""Deployed dashboards become pages that need nothing else."""

import json
import re
from typing import Any

import pytest

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, dashboards

_REGION = "eu-west-1"


def _rendered(sandbox: Sandbox, *widgets: dict[str, Any]) -> str:
    body = json.dumps({"widgets": list(widgets)})
    sandbox.clients("cloudwatch").put_dashboard(DashboardName="numbers", DashboardBody=body)
    return dashboards.render(_REGION, "numbers", start=clock.now() - 3600, end=clock.now() + 1)


def _metric(*metrics: list[Any], **properties: object) -> dict[str, Any]:
    told = {"region": _REGION, "stat": "Sum", "metrics": list(metrics), "title": "About", **properties}
    return {"type": "metric", "x": 0, "y": 0, "width": 12, "height": 6, "properties": told}


def _put(sandbox: Sandbox, **values: float) -> None:
    data = [{"MetricName": name, "Value": value} for name, value in values.items()]
    sandbox.clients("cloudwatch").put_metric_data(Namespace="N", MetricData=data)


def _values(text: str) -> list[str]:
    return re.findall(r'<div class="value"><b[^>]*>([^<]*)</b><span>([^<]*)</span>', text)


def test_a_number_is_that_of_the_whole_span(sandbox: Sandbox) -> None:
    _put(sandbox, Seen=3)
    _put(sandbox, Seen=4)
    text = _rendered(
        sandbox, _metric(["N", "Seen", {"label": "seen"}], view="singleValue", setPeriodToTimeRange=True, start="-PT3H")
    )
    assert _values(text) == [("7", "seen")]


def test_a_number_without_data_is_dashes(sandbox: Sandbox) -> None:
    assert _values(_rendered(sandbox, _metric(["N", "Never"], view="singleValue"))) == [("--", "Never")]


def test_metric_math_is_calculated_and_its_sources_are_hidden(sandbox: Sandbox) -> None:
    _put(sandbox, Seen=6, Bought=3)
    text = _rendered(
        sandbox,
        _metric(
            ["N", "Seen", {"id": "s", "visible": False}],
            [".", "Bought", {"id": "b", "visible": False}],
            [{"expression": "b / s * 100", "label": "percent"}],
            view="singleValue",
        ),
    )
    assert _values(text) == [("50", "percent")]


@pytest.mark.parametrize(
    ("properties", "mark"),
    [({}, "<circle"), ({"stacked": True}, "<polygon"), ({"view": "bar"}, "<rect")],
)
def test_a_graph_is_drawn_as_it_is_asked_for(sandbox: Sandbox, properties: dict[str, Any], mark: str) -> None:
    _put(sandbox, Seen=6)
    assert mark in _rendered(sandbox, _metric(["N", "Seen"], **properties))


def test_a_limit_is_drawn_under_its_name(sandbox: Sandbox) -> None:
    annotations = {"horizontal": [{"label": "capacity", "value": 5}]}
    assert ">capacity</text>" in _rendered(sandbox, _metric(["N", "Seen"], annotations=annotations))


def test_an_expression_that_cannot_be_read_says_so_in_its_place(sandbox: Sandbox) -> None:
    text = _rendered(sandbox, _metric([{"expression": "nope + 1", "id": "e"}]))
    assert "the expressions e depend on one another or on nothing" in text


def test_alarms_show_their_states(sandbox: Sandbox) -> None:
    cloudwatch = sandbox.clients("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="late",
        Namespace="N",
        MetricName="Seen",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )
    cloudwatch.set_alarm_state(AlarmName="late", StateValue="ALARM", StateReason="for the test")
    arns = [f"arn:aws:cloudwatch:{_REGION}:123456789012:alarm:{name}" for name in ("late", "gone")]
    text = _rendered(sandbox, {"type": "alarm", "width": 6, "height": 2, "properties": {"alarms": arns}})
    assert '<div class="state ALARM">late<small>In alarm</small></div>' in text
    assert '<div class="state INSUFFICIENT_DATA">gone<small>does not exist</small></div>' in text


def test_text_is_markdown_and_never_html(sandbox: Sandbox) -> None:
    markdown = "## Users\n**all** of <script>them</script>\n- one\n- [two](https://example.com/)"
    text = _rendered(sandbox, {"type": "text", "width": 6, "height": 2, "properties": {"markdown": markdown}})
    assert "<h2>Users</h2><p><strong>all</strong> of &lt;script&gt;them&lt;/script&gt;</p>" in text
    assert '<ul><li>one</li><li><a href="https://example.com/">two</a></li></ul>' in text


def test_a_page_asks_for_nothing_from_elsewhere(sandbox: Sandbox) -> None:
    _put(sandbox, Seen=6)
    text = dashboards.page([_rendered(sandbox, _metric(["N", "Seen"]))])
    assert not re.search(r"<script|<link|<img|src=|url\(|@import", text)


def test_a_dashboard_that_is_not_there_is_an_error(sandbox: Sandbox) -> None:
    with pytest.raises(KeyError, match="no dashboard other in eu-west-1"):
        dashboards.render(_REGION, "other", start=0, end=1)
    assert sandbox.clients.region == _REGION
