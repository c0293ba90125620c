"""Anything that can be watched."""

from typing import Any

from components.observability.building import balancer, topic
from hypothesis import strategies as st

_REGIONS = st.sampled_from(("eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2"))
_KEYS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?", fullmatch=True)
_NAMES = st.dictionaries(_KEYS, st.just("one"), max_size=4)


def _watched(region: str) -> st.SearchStrategy[dict[str, Any]]:
    web_tier = {"environment_name": "web-live", "load_balancer_arn": balancer(region)}
    return st.fixed_dictionaries(
        {"topic_arn": st.just(topic(region)), "databases": _NAMES},
        optional={
            "ticket_topic_arn": st.just(topic(region, "tickets")),
            "api": st.just({"name": "core", "stage": "live"}),
            "web_tier": st.just(web_tier),
            "functions": _NAMES,
            "queues": _NAMES,
            "streams": _NAMES,
            "pair": st.just("orders"),
            "healer": st.just("healing"),
        },
    ).map(lambda given: given if _is_something(given) else {**given, "healer": "healing"})


def _is_something(given: dict[str, Any]) -> bool:
    return any(value for option, value in given.items() if not option.endswith("topic_arn"))


def observability_args() -> st.SearchStrategy[dict[str, Any]]:
    """Draw arguments for one Region or more."""
    regions = st.lists(_REGIONS, min_size=1, max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: _watched(name) for name in names})
    )
    level = st.fixed_dictionaries(
        {},
        optional={
            "availability_percent": st.floats(95, 99.99),
            "latency_ms": st.integers(50, 29_000),
            "latency_percent": st.floats(95, 99.9),
            "window_days": st.integers(7, 90),
            "minimum_requests": st.integers(1, 100_000),
        },
    )
    return st.fixed_dictionaries({"regions": regions}, optional={"service_level": level})
