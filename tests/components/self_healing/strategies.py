"""Any valid self-healing."""

from typing import Any

from components.self_healing.building import BALANCER, DATABASE, ENVIRONMENT, GROUP, QUEUE, TOPIC
from hypothesis import strategies as st

_KEYS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?", fullmatch=True)
_MINUTES = st.integers(1, 60)


def _with(required: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: st.just(value) for name, value in required.items()}, optional=optional)


_ENVIRONMENTS = st.one_of(
    _with(
        ENVIRONMENT,
        stuck_minutes=_MINUTES,
        unhealthy_minutes=_MINUTES,
        disk_percent=st.integers(50, 99),
        rebuild=st.booleans(),
    ),
    _with({**ENVIRONMENT, "load_balancer_arn": BALANCER, "target_group_arn": GROUP}, unhealthy_minutes=_MINUTES),
)
_DATABASES = _with(
    DATABASE, silent_minutes=_MINUTES, load_balancer_arn=st.just(BALANCER), largest_gib=st.integers(20, 65536)
)
_QUEUES = _with(QUEUE, max_receives=st.integers(1, 1000), oldest_minutes=st.integers(1, 1440))


def self_healing_args() -> st.SearchStrategy[dict[str, Any]]:
    """Draw arguments with at least one target."""
    retries = _with({}, attempts=st.integers(1, 3), first_seconds=st.integers(30, 180), settle_seconds=st.just(0))
    return _with(
        {"page_topic_arn": TOPIC},
        retries=retries,
        tick_minutes=st.integers(1, 5),
        breaker=_with({}, actions=st.integers(3, 20), window_minutes=st.integers(60, 1440)),
    ).flatmap(
        lambda given: st.fixed_dictionaries(
            {
                "environments": st.dictionaries(_KEYS, _ENVIRONMENTS, max_size=2),
                "databases": st.dictionaries(_KEYS, _DATABASES, min_size=1, max_size=3),
                "queues": st.dictionaries(_KEYS, _QUEUES, max_size=3),
            }
        ).map(lambda targets: {**given, **targets})
    )
