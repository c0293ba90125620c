"""What becomes of events in the bench is counted. No test here looks at how long anything took."""

import pytest

from bench import events
from bench.events import Flow, growth, run_events
from pulumi_aws_mobile.analytics.functions.events import settings


def test_as_many_events_go_through_as_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    results: list[str] = []
    prepare = events.prepare.handle

    def watched(event: dict[str, list[object]], context: object) -> dict[str, list[dict[str, str]]]:
        answer = prepare(event, context)
        results.extend(record["result"] for record in answer["records"])
        return answer

    monkeypatch.setattr(events.prepare, "handle", watched)
    flows = run_events((10, 1200))
    assert [flow.events for flow in flows] == [10, 1200]
    assert results == ["Ok"] * 1210


def test_nothing_is_left_of_the_benchs_settings() -> None:
    run_events((10,))
    assert settings.settings.cache_info().currsize == 0


def test_growth_is_how_much_longer_an_event_takes_among_many() -> None:
    few, many = Flow(100, 0.5, 0.5), Flow(1000, 10.0, 10.0)
    assert (few.per_second, many.per_second) == (100, 50)
    assert growth([few, many]) == 2
