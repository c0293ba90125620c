"""The page about identities: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest
from components.identity.account import Account

from pulumi_aws_mobile.identity import (
    ClientArgs,
    CustomAttributeArgs,
    DeviceArgs,
    DomainArgs,
    EmailArgs,
    FirewallArgs,
    GroupArgs,
    Identity,
    IdentityArgs,
    IdentityLogArgs,
    MessageArgs,
    MfaArgs,
    PasskeyArgs,
    PasswordArgs,
    ProviderArgs,
    ResourceServerArgs,
    SmsArgs,
    StandardAttributeArgs,
    TakeoverArgs,
    ThreatProtectionArgs,
)
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "identity.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
OPTIONS = PAGE.partition("## Options")[2].partition("## What the tiers have")[0]
NESTED = (
    ClientArgs,
    CustomAttributeArgs,
    DeviceArgs,
    DomainArgs,
    EmailArgs,
    FirewallArgs,
    GroupArgs,
    IdentityLogArgs,
    MessageArgs,
    MfaArgs,
    PasskeyArgs,
    PasswordArgs,
    ProviderArgs,
    ResourceServerArgs,
    SmsArgs,
    StandardAttributeArgs,
    TakeoverArgs,
    ThreatProtectionArgs,
)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_an_identity(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:Identity")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 7


def test_the_page_lists_every_option() -> None:
    listed = re.findall(r"^\| `(\w+)`", OPTIONS.partition("### A client")[0], re.MULTILINE)
    assert listed == list(IdentityArgs.__annotations__)


def test_the_page_lists_every_option_inside_another() -> None:
    inside = {name for args in NESTED for name in args.__annotations__} - {"kind"}
    assert not [name for name in sorted(inside) if f"`{name}`" not in OPTIONS]


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("The secrets are")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(Identity.__annotations__)
