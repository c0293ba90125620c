"""Which analytics can be asked for, and what is said to the others."""

from typing import Any

import pytest
from components.analytics.building import EVERYTHING, TOPIC
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.analytics.args import AnalyticsIngest
from pulumi_aws_mobile.analytics.event_schema import MOST_BYTES, schema_document
from pulumi_aws_mobile.analytics.lake import database_name
from pulumi_aws_mobile.analytics.settings import resolve
from pulumi_aws_mobile.errors import ArgsError

NAMES = "abcdefghijklmnopqrstuvwxyz"
BUILT_IN = "_session.start | _session.stop | _user.sign_in | _user.sign_up | screen_view"


def test_nothing_given_is_enough() -> None:
    settings = resolve("a", {})
    assert settings.ingest is AnalyticsIngest.KINESIS
    assert settings.privacy == {"user_id": "hash", "device_id": "hash"}
    assert (settings.retention_days, settings.late_days, settings.scan_limit_bytes) == (400, 7, 10 * 1024**3)


def test_everything_given_is_taken() -> None:
    taken = resolve("a", EVERYTHING)  # type: ignore[bad-argument-type] # as from another language
    assert taken.funnels == {"shop": ("screen_view", "add_to_cart", "purchase")}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"shards": 0}, "shards: got 0; allowed: 1 to 10000 shards; choose an allowed value"),
    (
        {"ingest": "kineses"},
        'ingest: got "kineses"; allowed: kinesis | firehose; did you mean "kinesis"?',
    ),
    (
        {"ingest": "firehose", "shards": 2},
        "shards: got 2; allowed: nothing while ingest is firehose; remove it, or set ingest: kinesis",
    ),
    (
        {"guest_role_name": "guests"},
        (
            'guest_role_name: got "guests"; allowed: nothing while ingest is kinesis, which Cognito keeps all guests '
            "from; set ingest: firehose, or remove it"
        ),
    ),
    (
        {"events": {"screen_view": {}}},
        (
            'events.screen_view: got "screen_view"; allowed: types that are not built in; remove it: '
            "every app has it; or "
            "choose another name"
        ),
    ),
    (
        {"events": {"_mine": {}}},
        (
            'events._mine: got "_mine"; allowed: a letter, then up to 63 letters, digits, underscores, full stops and '
            "hyphens; rename it"
        ),
    ),
    (
        {"events": {"buy": {"metrics": ["price", "price"]}}},
        'events.buy.metrics: got "price"; allowed: each name once; remove one',
    ),
    (
        {"events": {"buy": {"attributes": ["a b"]}}},
        (
            'events.buy.attributes[0]: got "a b"; allowed: 1 to 50 letters, digits and underscores, no '
            "digit first; choose "
            "an allowed value"
        ),
    ),
    (
        {"events": {f"type{number}": {} for number in range(56)}},
        (
            'events: got "56 types"; allowed: at most 55 types, one partition a day each; tell kinds '
            "apart by an attribute "
            "instead"
        ),
    ),
    (
        {"events": {"buy": {"attributes": [f"attribute_number_{number}" for number in range(200)]}}},
        (
            'events: got "4714 bytes"; allowed: a schema of at most 3072 bytes as JSON, which the '
            "functions' environment "
            "has room for; shorten names, or share attributes between fewer types"
        ),
    ),
    (
        {"funnels": {"shop": ["screen_view"]}},
        (
            'funnels.shop: got ["screen_view"]; allowed: 2 to 8 types of events; name the types in the '
            "order in which they "
            "are to happen"
        ),
    ),
    (
        {"funnels": {"shop": ["screen_view", "screen_veiw"]}},
        f'funnels.shop[1]: got "screen_veiw"; allowed: {BUILT_IN}; did you mean "screen_view"?',
    ),
    (
        {"funnels": {"my shop": ["screen_view", "_session.stop"]}},
        (
            'funnels.my shop: got "my shop"; allowed: a letter, then up to 39 letters, digits, hyphens '
            "and underscores; "
            "rename it"
        ),
    ),
    (
        {"privacy": {"device_id": "drop"}},
        (
            'privacy.device_id: got "drop"; allowed: keep | hash: devices are what is counted; choose '
            "hash, which nobody "
            "can turn back"
        ),
    ),
    (
        {"privacy": {"attributes": {"scren": "hash"}}},
        'privacy.attributes.scren: got "scren"; allowed: first | method | previous | screen; did you mean "screen"?',
    ),
    (
        {"privacy": {"attributes": {"screen": "burn"}}},
        'privacy.attributes.screen: got "burn"; allowed: keep | hash | drop; choose an allowed value',
    ),
    (
        {"retention_days": 31, "late_days": 30},
        (
            "retention_days: got 31; allowed: more than 37 days, for which events still come (late_days and "
            "stream_retention_hours); keep events for longer"
        ),
    ),
    (
        {"scan_limit_bytes": 1},
        "scan_limit_bytes: got 1; allowed: 10485760 to 7000000000000 bytes; choose an allowed value",
    ),
    (
        {"group_role_names": {"a b": "role"}},
        (
            'group_role_names.a b: got "a b"; allowed: the key of a group: 1 to 40 letters, digits, hyphens and '
            "underscores; rename it"
        ),
    ),
    (
        {"broken_events_alarm": 5},
        "broken_events_alarm: got 5; allowed: nothing without alarm_topic_arn; give alarm_topic_arn, or remove it",
    ),
    (
        {"empty_on_destroy": True},
        (
            "empty_on_destroy: got true; allowed: false while protect is true: a protected bucket is never destroyed; "
            "remove it, or set protect: false as well"
        ),
    ),
]


@pytest.mark.parametrize(("args", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_is_refused(args: dict[str, Any], said: str) -> None:
    with pytest.raises(ArgsError) as refused:
        resolve("a", args)  # type: ignore[bad-argument-type] # wrong on purpose
    assert str(refused.value) == f'Analytics "a": 1 problem\n  {said}'


@pytest.mark.parametrize("name", ["", "-a", "a_b", "a" * 37])
def test_a_name_of_which_no_bucket_can_be_named_is_refused(name: str) -> None:
    with pytest.raises(ArgsError, match="allowed: 1 to 36 letters, digits and hyphens, not starting with a hyphen"):
        resolve(name, {})


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ArgsError, match=r": 3 problems"):
        resolve("a", {"shards": 0, "late_days": 0, "funnels": {"x": []}})


def test_the_alarm_on_broken_events_can_be_moved() -> None:
    assert resolve("a", {"alarm_topic_arn": TOPIC, "broken_events_alarm": 5}).broken_events_alarm == 5


TYPE = st.builds(
    lambda attributes, metrics: {"attributes": attributes, "metrics": metrics},
    st.lists(st.text(NAMES, min_size=1, max_size=8), unique=True, max_size=4),
    st.lists(st.text(NAMES, min_size=1, max_size=8), unique=True, max_size=4),
)


@given(st.dictionaries(st.text(NAMES, min_size=1, max_size=20), TYPE, max_size=10))
def test_a_schema_that_is_taken_fits_into_the_environment(events: dict[str, Any]) -> None:
    settings = resolve("a", {"events": events})
    assert len(schema_document(settings.schema_version, settings.events)) <= MOST_BYTES + len("9999")


def test_a_database_has_a_name_that_needs_no_quotes() -> None:
    assert database_name("My-App", "dev", "Café") == "my_app_dev_caf_"
    assert len(database_name("p" * 100, "dev", "a" * 36)) == 128
