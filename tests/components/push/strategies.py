"""Options of push notifications that always work."""

from typing import Any

from components.push.building import HOME, PLATFORMS, SYNC_TOPIC, TOPIC
from hypothesis import strategies as st

from pulumi_aws_mobile.network.settings import RETENTION_DAYS

Args = dict[str, Any]

_KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True)
_WORDS = st.from_regex(r"[a-z0-9]{1,10}", fullmatch=True)
_OPTIONS = {
    "topics": st.dictionaries(_KEYS, st.fixed_dictionaries({}, optional={"display_name": _WORDS}), max_size=20),
    "platforms": st.fixed_dictionaries({}, optional={key: st.just(value) for key, value in PLATFORMS.items()}),
    "sms": st.fixed_dictionaries(
        {},
        optional={
            "monthly_spend_limit": st.integers(1, 100_000) | st.just(20.0),
            "default_type": st.sampled_from(["Transactional", "Promotional"]),
            "sender_id": st.sampled_from(["SHOP", "1a"]),
        },
    ),
    "senders": st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True).filter(lambda key: key != "guests"), unique=True),
    "guests": st.booleans(),
    "amplify": st.booleans(),
    "sync_topic_arn": st.just(SYNC_TOPIC),
    "feedback": st.fixed_dictionaries({}, optional={"success_percent": st.integers(0, 100)}),
    "alarm_topic_arn": st.just(TOPIC),
    "log_retention_days": st.sampled_from(RETENTION_DAYS),
    "protect": st.booleans(),
    "deletion_protection": st.booleans(),
    "region": st.just(HOME),
    "tags": st.dictionaries(_WORDS, _WORDS, max_size=2),
}


@st.composite
def push_args(draw: st.DrawFn) -> Args:
    """Draw options that always work."""
    args = draw(st.fixed_dictionaries({}, optional=_OPTIONS))
    args["senders"] = [key for key in args.get("senders", []) if key != "anyone"]
    if args.get("topics"):
        email = st.fixed_dictionaries(
            {"topic": st.sampled_from(sorted(args["topics"])), "address": st.just("editor@example.com")}
        )
        args["emails"] = draw(st.dictionaries(_KEYS, email, max_size=3))
    return args
