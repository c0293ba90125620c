"""Who is told when a part is not well, and what is watched of a backend by itself."""

import pytest
from components.mobile_backend.building import BACKEND, CORE, Args, build
from components.mobile_backend.test_settings import problems_of

TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms"
OTHER = "arn:aws:sns:eu-west-1:123456789012:others"
EVERY_PART: Args = {**CORE, "data_sync": {}, "push": {}, "analytics": {}, "alarm_topic_arn": TOPIC}
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def test_every_part_tells_the_topic() -> None:
    alarms = build(EVERY_PART).of_type(ALARM)
    assert {tuple(alarm.inputs["alarmActions"]) for alarm in alarms} == {(TOPIC,)}
    parts = {alarm.name.split("-")[1] for alarm in alarms}
    assert parts == {"analytics", "api", "data", "push", "tokens", "web"}


def test_a_parts_own_topic_wins() -> None:
    recording = build(
        {**EVERY_PART, "push": {"alarm_topic_arn": OTHER}, "api": {**CORE["api"], "alarms": {"topic_arn": OTHER}}}
    )
    told = {alarm.name.split("-")[1]: tuple(alarm.inputs["alarmActions"]) for alarm in recording.of_type(ALARM)}
    assert {part for part, topics in told.items() if topics == (OTHER,)} == {"api", "push"}


def test_nobody_is_told_without_a_topic() -> None:
    assert not build({name: value for name, value in EVERY_PART.items() if name != "alarm_topic_arn"}).of_type(ALARM)


@pytest.mark.parametrize("preview", [True, False])
def test_a_backend_watches_itself_where_asked(preview: bool) -> None:
    recording = build({**EVERY_PART, "observability": {}}, preview=preview)
    assert "app-watch" in [part.name for part in recording.children(BACKEND)]
    assert recording.named("app-watch").type == "aws-mobile:index:Observability"
    assert not [part for part in build(EVERY_PART, preview=preview).children(BACKEND) if part.name == "app-watch"]


def test_its_dashboard_shows_what_answers() -> None:
    recording = build({**EVERY_PART, "observability": {}})
    body = recording.named("app-watch-eu-west-1-dashboard").inputs["dashboardBody"]
    for name in ("app-tokens-exchange-function", "app-data-api-function", "app-push-sender-function", "app-web-main"):
        assert name in body


def test_what_it_needs_is_asked_for() -> None:
    assert problems_of({"observability": {}}) == [
        "region: got nothing; allowed: something beside observability, which needs it; give it",
        "alarm_topic_arn: got nothing; allowed: something beside observability, which needs it; give it",
    ]
    args: Args = {"region": "eu-west-1", "alarm_topic_arn": TOPIC, "observability": {"regions": {}}}
    assert problems_of(args) == [
        "observability.regions: got an option; allowed: nothing: the backend joins its own parts; remove it"
    ]
    assert problems_of({**args, "observability": {"service_level": {"window_days": 1}}}) == [
        "observability.service_level.window_days: got 1; allowed: 7 to 90 days; choose an allowed value"
    ]
