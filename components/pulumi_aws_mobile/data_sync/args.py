"""What a caller of `DataSync` may ask for."""

from typing import NotRequired, TypedDict

import pulumi


class DataSyncLimitsArgs(TypedDict):
    """How much one identity may keep. The defaults are those of Cognito Sync, but for the size of one value."""

    max_datasets: NotRequired[int]
    """Datasets of an identity, 1 to 1000. Defaults to 20."""
    max_dataset_bytes: NotRequired[int]
    """Bytes of UTF-8 in the keys and values of a dataset, 1024 to 104857600. Defaults to 1048576."""
    max_records: NotRequired[int]
    """Records of a dataset, 1 to 100000. Defaults to 1024."""
    max_key_bytes: NotRequired[int]
    """Bytes of UTF-8 in a key, 1 to 1024. Defaults to 1024."""
    max_value_bytes: NotRequired[int]
    """Bytes of UTF-8 in a value, 1 to 262144: an item of DynamoDB holds 400 KB with all that is around the value.
    Defaults to 262144, or to the limit of the dataset where that is lower.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""
    max_changes: NotRequired[int]
    """Changes in one push, 90 to 96: clients send up to 90, and a transaction of DynamoDB has 100 items, of which a
    push needs a few. Defaults to 90."""


class DataSyncRecoveryArgs(TypedDict):
    """A replica of the table in another Region, in which a `DataSync` with `replica_of` works."""

    region: str
    """The Region of the replica; not the table's own. Give it; it has no default."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of a KMS key in that Region that encrypts the replica and the topic there; its policy has to let the
    account's IAM policies decide. Defaults to a new key that rotates every year."""


class DataSyncReplicaArgs(TypedDict):
    """The replica that another `DataSync` made in this Region: what its `replica` says."""

    table_name: pulumi.Input[str]
    """The name of the table, which is the same in all its Regions. Give it; it has no default."""
    table_arn: pulumi.Input[str]
    """The ARN of the replica in this Region. Give it; it has no default."""
    stream_arn: pulumi.Input[str]
    """The ARN of the replica's stream. Give it; it has no default."""
    kms_key_arn: pulumi.Input[str]
    """The ARN of the KMS key that encrypts the replica, and the topic here. Give it; it has no default."""


class DataSyncArgs(TypedDict):
    """What a `DataSync` can be told."""

    limits: NotRequired[DataSyncLimitsArgs]
    """How much one identity may keep. Defaults to 20 datasets of 1024 records and 1 MiB each."""
    tombstone_days: NotRequired[int]
    """Days for which it is remembered that a record was removed, 1 to 3650: a device that was away for longer takes
    the whole dataset anew. Defaults to 30."""
    token_days: NotRequired[int]
    """Days for which a push that is sent again gets the answer of the first time, 1 to 90. Defaults to 7."""
    guests: NotRequired[bool]
    """Whether guests may keep data too, and not only users who signed in. Whoever asks for a new guest identity has the
    limits anew: what bounds that is the API's throttle and firewall. Defaults to false."""
    recovery: NotRequired[DataSyncRecoveryArgs]
    """A replica of the table in another Region; with `region` only. Defaults to none.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html"""
    replica_of: NotRequired[DataSyncReplicaArgs]
    """The replica to work on: functions, topic and alarms in its Region, and no table. Defaults to a table of its
    own."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the SNS topic that is told when something fails, waits or is throttled. Defaults to no alarms."""
    log_retention_days: NotRequired[int]
    """Days for which the functions' logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096,
    1827, 2192, 2557, 2922, 3288 or 3653. Defaults to 90."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace the table and its keys. Defaults to true."""
    deletion_protection: NotRequired[bool]
    """Whether DynamoDB itself refuses to delete the table and its replica. Defaults to true."""
    region: NotRequired[str]
    """The Region of everything but the replica. Defaults to the provider's."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
