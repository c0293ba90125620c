"""Options of data sync that always work."""

from typing import Any

from components.data_sync.building import AWAY, HOME, REPLICA, TOPIC
from hypothesis import strategies as st

from pulumi_aws_mobile.network.settings import RETENTION_DAYS

Args = dict[str, Any]

_WORDS = st.from_regex(r"[a-z0-9]{1,10}", fullmatch=True)
_OWN = {
    "protect": st.booleans(),
    "deletion_protection": st.booleans(),
}
_ANYWHERE = {
    "tombstone_days": st.integers(1, 3650) | st.just(30.0),
    "token_days": st.integers(1, 90),
    "guests": st.booleans(),
    "alarm_topic_arn": st.just(TOPIC),
    "log_retention_days": st.sampled_from(RETENTION_DAYS),
    "tags": st.dictionaries(_WORDS, _WORDS, max_size=2),
}


@st.composite
def limits_args(draw: st.DrawFn) -> Args:
    """Draw limits that fit together."""
    args = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "max_datasets": st.integers(1, 1000),
                "max_dataset_bytes": st.integers(1024, 104_857_600),
                "max_records": st.integers(1, 100_000),
                "max_key_bytes": st.integers(1, 1024),
                "max_changes": st.integers(90, 96),
            },
        )
    )
    if draw(st.booleans()):
        args["max_value_bytes"] = draw(st.integers(1, min(262_144, args.get("max_dataset_bytes", 262_144))))
    return args


@st.composite
def data_sync_args(draw: st.DrawFn) -> Args:
    """Draw options that always work."""
    kind = draw(st.sampled_from(["alone", "alone in a Region", "with a replica", "on a replica"]))
    options = {**_ANYWHERE, "limits": limits_args(), **({} if kind == "on a replica" else _OWN)}
    args = draw(st.fixed_dictionaries({}, optional=options))
    if kind in {"alone in a Region", "with a replica"}:
        args["region"] = HOME
    if kind == "with a replica":
        keys = st.just(REPLICA["kms_key_arn"])
        args["recovery"] = draw(st.fixed_dictionaries({"region": st.just(AWAY)}, optional={"kms_key_arn": keys}))
    if kind == "on a replica":
        args |= {"region": AWAY, "replica_of": REPLICA}
    return args
