"""What is decided about data sync, and what is said of options that cannot work."""

import pulumi
import pytest
from components.data_sync.building import AWAY, EVERYTHING, HOME, REPLICA, THERE, Args
from components.data_sync.strategies import data_sync_args
from hypothesis import given

from pulumi_aws_mobile.data_sync.settings import DataSyncSettings, Replica, WorksOn, resolve
from pulumi_aws_mobile.errors import ArgsError

EVERY_OPTION = (
    "alarm_topic_arn, deletion_protection, guests, limits, log_retention_days, protect, recovery, region, replica_of, "
    "tags, token_days, tombstone_days"
)
EVERY_LIMIT = "max_changes, max_dataset_bytes, max_datasets, max_key_bytes, max_records, max_value_bytes"
KEY_HERE = REPLICA["kms_key_arn"].replace(AWAY, HOME)


def settings_of(args: Args) -> DataSyncSettings:
    return resolve("sync", args)


def problems_of(args: Args, name: str = "sync") -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return [str(problem) for problem in caught.value.problems]


def replica_of(**parts: object) -> Args:
    return {**THERE, "replica_of": {**REPLICA, **parts}}


def test_nothing_given_keeps_what_cognito_sync_kept() -> None:
    settings = settings_of({})
    assert settings.limits == {
        "max_datasets": 20,
        "max_dataset_bytes": 1_048_576,
        "max_records": 1024,
        "max_key_bytes": 1024,
        "max_value_bytes": 262_144,
        "max_changes": 90,
    }
    assert (settings.tombstone_days, settings.token_days, settings.log_retention_days) == (30, 7, 90)
    assert (settings.callers, settings.replica, settings.works_on) == (("signed_in",), None, None)
    assert (settings.protect, settings.deletion_protection, settings.alarm_topic_arn) == (True, True, None)
    assert (settings.region, settings.tags) == (None, {})


def test_everything_together_works() -> None:
    settings = settings_of(EVERYTHING)
    assert settings.limits == EVERYTHING["limits"]
    assert settings.callers == ("signed_in", "guests")
    assert settings.replica == Replica(AWAY, None)


def test_a_replica_of_another_is_worked_on_as_it_is() -> None:
    assert settings_of(THERE).works_on == WorksOn(**REPLICA)


def test_a_smaller_dataset_lowers_the_default_limits_of_its_parts() -> None:
    limits = settings_of({"limits": {"max_dataset_bytes": 65_536}}).limits
    assert (limits["max_key_bytes"], limits["max_value_bytes"]) == (1024, 65_536)


def test_whole_numbers_may_arrive_as_floats() -> None:
    settings = settings_of({"tombstone_days": 60.0, "limits": {"max_records": 10.0}})
    assert (settings.tombstone_days, settings.limits["max_records"]) == (60, 10)
    assert str(settings.limits["max_records"]) == "10"


def test_arns_that_are_not_known_yet_are_taken() -> None:
    unknown = pulumi.Output.from_input("later")
    settings = settings_of({**THERE, "replica_of": dict.fromkeys(REPLICA, unknown)})
    assert settings.works_on == WorksOn(unknown, unknown, unknown, unknown)


@given(data_sync_args())
def test_any_valid_options_have_limits_that_can_be_reached(args: Args) -> None:
    limits = settings_of(args).limits
    assert sorted(limits) == sorted(EVERY_LIMIT.split(", "))
    assert max(limits["max_key_bytes"], limits["max_value_bytes"]) <= limits["max_dataset_bytes"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"limit": {}}, f'limit: got {{}}; allowed: {EVERY_OPTION}; did you mean "limits"?'),
        (
            {"limits": {"max_keys": 3}},
            f'limits.max_keys: got 3; allowed: {EVERY_LIMIT}; did you mean "max_key_bytes"?',
        ),
        (
            {"limits": {"max_datasets": 0}},
            "limits.max_datasets: got 0; allowed: 1 to 1000 datasets; choose an allowed value",
        ),
        (
            {"limits": {"max_dataset_bytes": 1023}},
            "limits.max_dataset_bytes: got 1023; allowed: 1024 to 104857600 bytes; choose an allowed value",
        ),
        (
            {"limits": {"max_records": 100_001}},
            "limits.max_records: got 100001; allowed: 1 to 100000 records; choose an allowed value",
        ),
        (
            {"limits": {"max_key_bytes": 1025}},
            "limits.max_key_bytes: got 1025; allowed: 1 to 1024 bytes; choose an allowed value",
        ),
        (
            {"limits": {"max_value_bytes": 262_145}},
            "limits.max_value_bytes: got 262145; allowed: 1 to 262144 bytes; choose an allowed value",
        ),
        (
            {"limits": {"max_changes": 97}},
            "limits.max_changes: got 97; allowed: 90 to 96 changes; choose an allowed value",
        ),
        (
            {"limits": {"max_dataset_bytes": 2048, "max_value_bytes": 4096}},
            (
                "limits.max_value_bytes: got 4096; allowed: at most max_dataset_bytes, 2048; "
                "lower it, or raise max_dataset_bytes"
            ),
        ),
        ({"tombstone_days": 0}, "tombstone_days: got 0; allowed: 1 to 3650 days; choose an allowed value"),
        ({"token_days": 91}, "token_days: got 91; allowed: 1 to 90 days; choose an allowed value"),
        ({"guests": "yes"}, 'guests: got "yes"; allowed: true or false; write true or false'),
        (
            {"alarm_topic_arn": "alarms"},
            'alarm_topic_arn: got "alarms"; allowed: the ARN of an SNS topic; choose an allowed value',
        ),
        (
            {"region": HOME, "recovery": {}},
            ("recovery.region: got nothing; allowed: a text; give it; it has no default"),
        ),
        (
            {"recovery": {"region": AWAY}},
            (
                "region: got nothing; allowed: the table's own Region, which the replica's is compared with; "
                "give it beside recovery"
            ),
        ),
        (
            {"region": HOME, "recovery": {"region": HOME}},
            (f'recovery.region: got "{HOME}"; allowed: another Region than the table\'s; choose a recovery Region'),
        ),
        (
            {"region": HOME, "recovery": {"region": "cn-north-1"}},
            (
                f'recovery.region: got "cn-north-1"; allowed: a Region of the partition aws, like {HOME}; '
                "DynamoDB does not copy between partitions: choose another Region"
            ),
        ),
        (
            {"region": HOME, "recovery": {"region": AWAY, "kms_key_arn": KEY_HERE}},
            (f'recovery.kms_key_arn: got "{KEY_HERE}"; allowed: a key in {AWAY}; name a key of the replica\'s Region'),
        ),
        (
            {**THERE, "recovery": {"region": HOME}},
            (
                "recovery: got a replica; allowed: nothing, with replica_of; "
                "remove it; who made the table says where it has replicas"
            ),
        ),
        (
            {**THERE, "protect": True},
            "protect: got true; allowed: nothing, with replica_of; remove it; who made the table says so",
        ),
        (
            {**THERE, "deletion_protection": False},
            (
                "deletion_protection: got false; allowed: nothing, with replica_of; "
                "remove it; who made the table says so"
            ),
        ),
        (
            replica_of(table_name="other"),
            (
                f'replica_of.table_arn: got "{REPLICA["table_arn"]}"; allowed: the ARN of other; '
                "give all of the same table"
            ),
        ),
        (
            replica_of(kms_key_arn=KEY_HERE),
            (
                f'replica_of.kms_key_arn: got "{KEY_HERE}"; allowed: an ARN in {AWAY}, as region says; '
                "give what is in this Region, or move this"
            ),
        ),
        (
            replica_of(table_name="a"),
            ('replica_of.table_name: got "a"; allowed: the name of a DynamoDB table; choose an allowed value'),
        ),
    ],
)
def test_a_wrong_option_is_named_with_what_would_be_right(args: Args, said: str) -> None:
    assert problems_of(args) == [said]


def test_a_stream_of_another_table_is_refused() -> None:
    other = REPLICA["stream_arn"].replace("sync-table", "other-table")
    (said,) = problems_of(replica_of(stream_arn=other))
    assert said.startswith("replica_of.stream_arn: got ")
    assert said.endswith(f"; allowed: a stream of {REPLICA['table_arn']}; give all of the same table")


def test_all_parts_of_a_replica_have_to_be_given() -> None:
    assert problems_of({"replica_of": {"table_name": "users"}}) == [
        f"replica_of.{option}: got nothing; allowed: a text; give it; it has no default"
        for option in ("table_arn", "stream_arn", "kms_key_arn")
    ]


def test_a_name_that_no_function_can_be_named_after_is_refused() -> None:
    said = (
        f'name: got "{"s" * 41}"; allowed: 1 to 40 letters, digits, hyphens and underscores; '
        "rename the component: its function is named after it"
    )
    assert resolve("s" * 40, {}).token_days == 7
    assert problems_of({}, "s" * 41) == [said]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ArgsError) as caught:
        settings_of({"token_days": 0, "tombstone_days": 0, "guests": 1})
    assert str(caught.value) == (
        'DataSync "sync": 3 problems\n'
        "  token_days: got 0; allowed: 1 to 90 days; choose an allowed value\n"
        "  tombstone_days: got 0; allowed: 1 to 3650 days; choose an allowed value\n"
        "  guests: got 1; allowed: true or false; write true or false"
    )
