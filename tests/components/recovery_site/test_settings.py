"""What a recovery site refuses, all of it at once."""

from pathlib import Path

import pytest
from components.recovery_site.building import SITE, USERS, Args

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.recovery_site import resolve

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def problems_of(args: Args) -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve("there", args)  # pyrefly: ignore[bad-argument-type] - wrong on purpose
    return [str(problem) for problem in caught.value.problems]


def test_the_user_pools_own_region_is_refused() -> None:
    assert problems_of({**USERS, "region": "eu-west-1"}) == [
        'region: got "eu-west-1"; allowed: another Region than the user pool\'s; choose a second Region'
    ]


def test_what_the_site_joins_itself_is_refused() -> None:
    wired = {**SITE, "web_tier": {**SITE["web_tier"], "region": "eu-west-2"}}
    assert problems_of(wired) == [
        (
            "web_tier.region: got an option; allowed: nothing: the site joins its own parts; "
            "move it to region, for every part"
        )
    ]


def test_a_parts_problems_are_told_at_the_part() -> None:
    wrong = {**SITE, "web_tier": {**SITE["web_tier"], "instances": {"min": 5, "max": 2}}}
    (problem,) = problems_of(wrong)
    assert problem.startswith("web_tier.instances.min: got 5; ")


def test_what_is_missing_is_asked_for() -> None:
    assert {line.partition(":")[0] for line in problems_of({})} == {
        "region",
        "user_pool_id",
        "user_pool_arn",
        "identity_pool_id",
        "role_arns",
    }
