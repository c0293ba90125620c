"""Whatever is allowed builds, also while outputs are unknown; one wrong change is refused, with its path."""

from typing import Any

import pulumi
from components.dr_pair.building import Account, Args, build, plan_of, problems_of
from components.dr_pair.strategies import broken_args, pair_args
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair import DRPair
from pulumi_aws_mobile.testing import record

_DECIDING = {
    "region",
    "strategy",
    "mode",
    "cidr",
    "tier",
    "name",
    "instance_class",
    "engine",
    "engine_version",
    "policy",
}
"""The options that decide which resources exist, which are no outputs."""


@given(pair_args())
@settings(deadline=None, max_examples=25)
def test_valid_options_build(args: Args) -> None:
    recording = build(args)
    plan = plan_of(recording)
    assert plan["strategy"] == args["strategy"]
    assert all(site["region"] != other["region"] for site, other in [plan["sites"].values()])


@given(pair_args(), st.booleans())
@settings(deadline=None, max_examples=25)
def test_valid_options_build_while_everything_is_an_output(args: Args, preview: bool) -> None:
    def program() -> None:
        DRPair("pair", as_outputs(args))

    recording = record(program, mocks=Account(), preview=preview)
    assert sorted(recording.urns) == sorted(build(args).urns)


@given(broken_args())
@settings(deadline=None, max_examples=100)
def test_one_wrong_change_is_refused_with_its_path(broken: tuple[Args, str]) -> None:
    args, path = broken
    named = {path, path.rpartition(".")[0], _TOLD_ELSEWHERE.get(path, path)}
    found = problems_of(args)
    assert [line for line in found if line.split(":")[0].split("[")[0] in named or line.startswith(path)], found


_TOLD_ELSEWHERE = {
    "primary.database.identifier": "primary.database.arn",
    "recovery.web_tier.max": "recovery.web_tier.min",
    "primary.region": "primary.database.arn",
    "tables": "tables.sync",
    "identity": "identity.user_pool_id",
}
"""Where a problem is named when it is one of two options that do not fit together."""


def as_outputs(value: Any, option: str = "") -> Any:  # noqa: ANN401 - options are of any type
    """Return options with an output instead of each text that may be one."""
    if isinstance(value, dict):
        return {key: as_outputs(inner, "" if option == "tags" else key) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_outputs(inner, option) for inner in value]
    if isinstance(value, str) and option not in _DECIDING:
        return pulumi.Output.from_input(value)
    return value
