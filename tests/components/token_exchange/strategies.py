"""Options of a token exchange that always work."""

from typing import Any

from components.token_exchange.building import HOME, IDENTITY_POOL, LEAST, TOPIC
from hypothesis import strategies as st

Args = dict[str, Any]

_KEYS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True)
_URIS = st.sampled_from(["https://api.example.com", "urn:example:core", "core-api"]) | st.from_regex(
    r"https://[a-z0-9._:/=+@-]{1,247}", fullmatch=True
)


@st.composite
def token_exchange_args(draw: st.DrawFn) -> Args:
    """Draw options that always work."""
    args = draw(
        st.fixed_dictionaries(
            {name: st.just(value) for name, value in LEAST.items()},
            optional={
                "identity_pool_id": st.just(IDENTITY_POOL),
                "keys": st.lists(_KEYS, min_size=1, max_size=4, unique=True),
                "issuer": _URIS,
                "audience": _URIS,
                "lifetime_seconds": st.integers(60, 3600) | st.just(900.0),
                "alarm_topic_arn": st.just(TOPIC),
                "protect": st.booleans(),
                "region": st.just(HOME),
                "tags": st.dictionaries(_KEYS, _KEYS, max_size=2),
            },
        )
    )
    keys = args.get("keys", ["first"])
    if len(keys) > 1 or draw(st.booleans()):
        args["signs_with"] = draw(st.sampled_from(keys))
    return args
