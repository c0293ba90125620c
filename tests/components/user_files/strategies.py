"""Options of users' files that always work."""

from typing import Any

from components.user_files.building import HOME, KEY
from hypothesis import strategies as st

Args = dict[str, Any]

_NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True)


@st.composite
def user_files_args(draw: st.DrawFn) -> Args:
    """Draw options that always work."""
    args = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "region": st.just(HOME),
                "kms_key_arn": st.just(KEY),
                "signed_in_role_name": _NAMES,
                "users_write_public": st.booleans(),
                "cors_origins": st.lists(_NAMES.map("https://{}0.example.org".format), min_size=1, max_size=3),
                "noncurrent_expire_after_days": st.integers(1, 36500) | st.just(30.0),
                "abort_incomplete_upload_days": st.integers(1, 7),
                "access_logs": st.sampled_from([{}, {"enabled": False}, {"retention_days": 30}]),
                "tags": st.dictionaries(_NAMES, _NAMES, max_size=2),
            },
        )
    )
    if "signed_in_role_name" in args and draw(st.booleans()):
        args["group_role_names"] = draw(st.dictionaries(_NAMES, _NAMES, max_size=2))
    if draw(st.booleans()):
        args |= {"guests_read_public": True, "guest_role_name": draw(_NAMES)}
    if draw(st.booleans()):
        args |= {"protect": False, "empty_on_destroy": draw(st.booleans())}
    return args
