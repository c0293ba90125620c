"""The page about temporary credentials: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest
from components.mobile_backend.building import Account

from pulumi_aws_mobile.identity.federation.args import (
    FederationArgs,
    OidcLoginArgs,
    PoolLoginArgs,
    RoleMappingArgs,
    RoleMatchType,
    RoleRuleArgs,
    SamlLoginArgs,
    SocialLoginArgs,
    SocialLoginsArgs,
)
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "identity-federation.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
OPTIONS = PAGE.partition("## Options")[2].partition("## What is refused")[0]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_an_identity_pool(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws:cognito/identityPool:IdentityPool")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 3


def test_the_page_lists_every_option() -> None:
    assert re.findall(r"^\| `(\w+)`", OPTIONS, re.MULTILINE) == list(FederationArgs.__annotations__)
    nested = [
        OidcLoginArgs,
        PoolLoginArgs,
        RoleMappingArgs,
        RoleRuleArgs,
        SamlLoginArgs,
        SocialLoginArgs,
        SocialLoginsArgs,
    ]
    assert not [name for args in nested for name in args.__annotations__ if f"`{name}`" not in OPTIONS]


def test_the_page_names_every_way_to_match() -> None:
    assert not [match.value for match in RoleMatchType if f"`{match.value}`" not in PAGE]
