"""The page about this component: its programs run, and it names what exists."""

import re
from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.function.building import folder
from components.identity.account import Account as IdentityAccount
from components.token_exchange.building import public_key

from pulumi_aws_mobile.testing import record
from pulumi_aws_mobile.token_exchange import TokenExchange, TokenExchangeArgs

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "token-exchange.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


class Account(IdentityAccount):
    """Knows public keys besides what an identity asks for."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        if args.token == "aws:kms/getPublicKey:getPublicKey":
            return {**args.args, "publicKey": public_key(args.args["keyId"])}, []
        return super().call(args)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(
    program: str, preview: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path / "orders")
    monkeypatch.chdir(tmp_path)
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:TokenExchange")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 3


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## What is refused")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(TokenExchangeArgs.__annotations__)


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Good to know")[0].partition("In Python")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(TokenExchange.__annotations__)
