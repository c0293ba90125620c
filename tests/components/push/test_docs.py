"""The pages about this component: their programs run, and they name what exists."""

import json
import re
from pathlib import Path

import pulumi
import pytest
from components.api.building import Account as ApiAccount
from components.push.building import Account as PushAccount

from pulumi_aws_mobile.push import PushNotifications, PushNotificationsArgs
from pulumi_aws_mobile.push.args import PushSmsArgs
from pulumi_aws_mobile.push.functions.push import payloads
from pulumi_aws_mobile.push.functions.push.messages import read_order
from pulumi_aws_mobile.push.functions.push.surroundings import Surroundings
from pulumi_aws_mobile.push.routes import amplify_routes, device_routes, message_routes
from pulumi_aws_mobile.testing import record

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "components" / "push-notifications.md").read_text(encoding="utf-8")
CONTRACT = (DOCS / "push.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
OPTIONS = PAGE.partition("## Options")[2].partition("## What is refused")[0]
AROUND = Surroundings("devices", {"news": "arn:news"}, dict.fromkeys(payloads.KEYS, "arn:app"), sms=True)


class Account(ApiAccount):
    """Knows tables, queues and platforms besides what an API and an identity ask for."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict]:
        if args.typ.startswith(("aws:dynamodb/", "aws:sqs/", "aws:sns/platform")):
            id_, outputs = PushAccount().new_resource(args)
            return id_, {**outputs, "streamArn": f"{outputs.get('arn')}/stream/2027-01-01T00:00:00.000"}
        return super().new_resource(args)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:PushNotifications")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 3


def test_the_page_lists_every_option() -> None:
    assert re.findall(r"^\| `(\w+)`", OPTIONS, re.MULTILINE) == list(PushNotificationsArgs.__annotations__)
    assert re.findall(r"^\| `sms\.(\w+)`", OPTIONS, re.MULTILINE) == list(PushSmsArgs.__annotations__)
    assert re.findall(r"`platforms\.(\w+)`", OPTIONS) == ["apns", "apns_sandbox", "fcm", "adm"]


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Good to know")[0].partition("In Python")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(PushNotifications.__annotations__)


def test_the_contract_lists_every_route() -> None:
    routes = {
        (method.upper(), path)
        for document in (device_routes(), message_routes(), amplify_routes())
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }
    listed = re.findall(r"^\| `(GET|PUT|POST|DELETE) (/[^`]*)` \|", CONTRACT, re.MULTILINE)
    assert sorted(listed) == sorted(routes)


def test_the_contracts_messages_are_taken() -> None:
    orders = [json.loads(block) for block in re.findall(r"```json\n(\{\s*\"to\".*?)```", CONTRACT, re.DOTALL)]
    assert len(orders) == 3
    for order in orders:
        read_order(order, AROUND)


def test_the_contract_names_what_platforms_take() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([0-9]+) \|", CONTRACT, re.MULTILINE)
    assert {name: int(size) for name, size in rows} == dict(payloads.LARGEST)


def test_the_contract_shows_how_servers_send() -> None:
    for program in ("send.php", "send.py"):
        assert f"../examples/send_push_notifications/server/{program}" in CONTRACT
