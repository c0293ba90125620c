"""A backend keeps the policy pack's rules, whatever valid options it has, but where guests are asked for."""

import pytest
from components.identity.federation_strategies import federations, groups
from components.mobile_backend.building import Args, build
from components.user_files.strategies import user_files_args
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import stopped_by

from pulumi_aws_mobile.mobile_backend.settings import WIRED


@st.composite
def backends(draw: st.DrawFn) -> Args:
    """Draw options that always work, with everything protected."""
    federation = draw(federations())
    files = {
        option: value
        for option, value in draw(user_files_args()).items()
        if option not in WIRED["user_files"] | {"protect", "empty_on_destroy", "guests_read_public"}
    }
    if federation.get("guests"):
        files["guests_read_public"] = draw(st.booleans())
    return {
        "region": "eu-west-1",
        "identity": {"federation": federation, "groups": draw(groups())},
        "user_files": files,
    }


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
def test_nothing_stops_a_backend_by_default(preview: bool) -> None:
    assert stopped_by(build({}, preview=preview)) == set()


@settings(max_examples=20)
@given(backends())
def test_only_guests_stop_a_valid_backend(args: Args) -> None:
    guests = args["identity"]["federation"].get("guests", False)
    assert stopped_by(build(args, preview=False)) == ({"cognito-no-guest"} if guests else set())


@settings(max_examples=10)
@given(backends())
def test_only_guests_stop_the_preview_of_a_valid_backend(args: Args) -> None:
    guests = args["identity"]["federation"].get("guests", False)
    assert stopped_by(build(args, preview=True)) == ({"cognito-no-guest"} if guests else set())
