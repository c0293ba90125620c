"""The checks of analytics pass where the answers are true, and see where they are not.

What they do not prove: that AWS counts as the sandbox does.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Answer

from aws_mobile_cli.simulator import differences

Run = Callable[..., Answer]
Write = Callable[..., Path]
TRUTH = "a day of events from simulated users: the named queries equal the truth"
PROGRAM = """
from pulumi_aws_mobile import Analytics, Identity
from pulumi_aws_mobile.analytics import component, querying

{change}
users = Identity("users", {{"federation": {{"guests": True}}}})
args = {args!r}
role = users.{role}_role_arn.apply(lambda arn: arn.rpartition("/")[2])
Analytics("a", {{**args, "{role}_role_name": role, "events": {{"buy": {{"metrics": ["price"]}}}}}})
"""
WRONG_QUERY = """
fixed = querying.fixed_queries
querying.fixed_queries = lambda: {
    name: text.replace("count(DISTINCT event_id)", "count(event_id)") for name, text in fixed().items()
}
"""


def _checks(run: Run, write: Write, args: Mapping[str, Any], change: str = "", role: str = "signed_in") -> Any:  # noqa: ANN401 - JSON
    answer = run(
        "run", "--stack", "dev", "--json", folder=write(PROGRAM.format(args=dict(args), change=change, role=role))
    )
    found = answer.document["checks"]
    return {each["claim"]: (each["passed"], each["seen"]) for each in found if each["subject"] == "a"}


@pytest.mark.parametrize("args", [{}, {"ingest": "firehose", "clock_tolerance_seconds": 60}])
def test_analytics_that_count_rightly_pass(aws_mobile: Run, project: Write, args: Mapping[str, Any]) -> None:
    checks = _checks(aws_mobile, project, args)
    assert {claim: passed for claim, (passed, _) in checks.items()} == {
        TRUTH: True,
        "keeps broken events apart": True,
        "refuses a guest": True,
    }
    assert checks[TRUTH][1].endswith(
        "; daily_active, monthly_active, retention, custom_events, clocks, sessions, metrics"
    )


def test_a_query_that_counts_events_twice_is_seen(aws_mobile: Run, project: Write) -> None:
    checks = _checks(aws_mobile, project, {}, WRONG_QUERY)
    passed, seen = checks[TRUTH]
    assert not passed
    assert {each.partition(":")[0] for each in seen.split("; ")} == {
        "clocks",
        "custom_events",
        "daily_active",
        "sessions",
    }


def test_analytics_that_no_user_may_send_to_are_left_alone(aws_mobile: Run, project: Write) -> None:
    assert _checks(aws_mobile, project, {"ingest": "firehose"}, role="guest") == {}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([["d", "1", "2.5"]], []),
        ([["d", "2", "2.5"]], ["('d', '2', '2.5'), not ('d', 1, 2.5)"]),
        ([["d", "1", "2.6"]], ["('d', '1', '2.6'), not ('d', 1, 2.5)"]),
        ([["d", None, "2.5"]], ["('d', None, '2.5'), not ('d', 1, 2.5)"]),
        ([], ["0 rows, not 1"]),
    ],
)
def test_an_answer_is_held_against_the_truth_number_by_number(found: list[list[str | None]], told: list[str]) -> None:
    assert differences(found, [("d", 1, 2.5)]) == told


def test_only_the_columns_that_may_differ_do() -> None:
    assert differences([["2.5", "2.6"]], [(2.5, 2.5)], {1: 0.2}) == []
    assert differences([["2.6", "2.5"]], [(2.5, 2.5)], {1: 0.2}) == ["('2.6', '2.5'), not (2.5, 2.5)"]
