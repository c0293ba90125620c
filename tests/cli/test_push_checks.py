"""The checks of push notifications pass where messages arrive as they should, and see where they do not.

What they do not prove: that Apple, Google and Amazon take what the sandbox's gateways take.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Answer

Run = Callable[..., Answer]
Write = Callable[..., Path]
REACHES = "reaches a user's devices on adm, apns, fcm"
LARGE = "names what is too large for a platform, and sends it to nobody"
ONCE = "sends once what a server sends twice"
DEAD = "removes a device whose app is gone"
MOVED = "takes a device away from nobody who has its token"
TOPIC = "reaches who subscribed to a topic, and nobody else"
TEXTS = "sends text messages, but not to who answered STOP"
MAIL = "sends a topic's messages to editor@example.com"
CHANGED = "tells a user's other devices of changed data"
ALL = {REACHES, LARGE, ONCE, DEAD, MOVED, TOPIC, TEXTS, MAIL, CHANGED}
PROGRAM = """
import json
import shutil
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pulumi_aws_mobile import Api, DataSync, Identity, PushNotifications
from pulumi_aws_mobile.push import component

changed = {changed!r}
if changed and "site" not in vars(component):
    component.site = "changed"  # the program runs more than once
    folder = Path(tempfile.mkdtemp()) / "functions"
    shutil.copytree(component._SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    name, before, after = changed
    text = (folder / "push" / name).read_text()
    assert text.count(before) == 1
    (folder / "push" / name).write_text(text.replace(before, after))
    component._SOURCE = str(folder)


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


users = Identity("users", {{"federation": {{"guests": True}}}})
apple = {{"bundle_id": "com.example.shop", "team_id": "A1B2C3D4E5", "key_id": "F6G7H8I9J0"}}
account = {{
    "type": "service_account",
    "project_id": "shop",
    "private_key_id": "1",
    "private_key": pem(rsa.generate_private_key(65537, 2048)),
    "client_email": "push@shop.iam.gserviceaccount.com",
    "client_id": "1",
    "token_uri": "https://oauth2.googleapis.com/token",
}}
sync = DataSync("sync", {{}})
everything = {{
    "topics": {{"news": {{}}}},
    "platforms": {{
        "apns": {{**apple, "private_key": pem(ec.generate_private_key(ec.SECP256R1()))}},
        "fcm": {{"service_account": json.dumps(account)}},
        "adm": {{"client_id": "amzn1.application-oa2-client.0123456789abcdef", "client_secret": "only-a-test"}},
    }},
    "sms": {{}},
    "emails": {{"editor": {{"topic": "news", "address": "editor@example.com"}}}},
    "guests": {guests},
    "sync_topic_arn": sync.changes_topic_arn,
}}
push = PushNotifications("push", everything if {all} else {{}})
api = Api("api", {{"contributions": {{"data_sync": sync.contribution, **push.contributions}}}})
api.grant(users)
"""


def _checks(run: Run, write: Write, *, everything: bool = True, guests: bool = True, changed: object = None) -> Any:  # noqa: ANN401 - JSON
    program = PROGRAM.format(all=everything, guests=guests, changed=changed)
    answer = run("run", "--stack", "dev", "--json", folder=write(program))
    found = answer.document["checks"]
    return {each["claim"]: (each["passed"], each["seen"]) for each in found if each["subject"] == "push"}


@pytest.mark.parametrize("guests", [True, False])
def test_push_notifications_that_arrive_pass(aws_mobile: Run, project: Write, guests: bool) -> None:
    checks = _checks(aws_mobile, project, guests=guests)
    assert {claim: seen for claim, (passed, seen) in checks.items() if not passed} == {}
    assert set(checks) == ALL


def test_without_platforms_a_device_is_refused_and_nobody_is_sent_anything(aws_mobile: Run, project: Write) -> None:
    ((claim, (passed, seen)),) = _checks(aws_mobile, project, everything=False).items()
    assert (claim, passed) == ("takes no device of a platform that is not set up, and says so", True)
    assert seen.startswith("400 platform: fcm is not set up here")
    assert seen.endswith("; sent to 0 devices")


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        (("payloads.py", '{"alert": _shown(message)}', '{"alert": {}}'), {REACHES}),
        (("once.py", "if order.token is None:", "if order:"), {ONCE}),
        (("sending.py", "code in _DEAD or", "code == '' or"), {DEAD}),
        (("payloads.py", '"true" if message.silent else "false"', '"false"'), {MAIL}),
        (("sender.py", 'not_device=change.get("device")', "not_device=None"), {CHANGED}),
    ],
)
def test_what_goes_wrong_is_seen(aws_mobile: Run, project: Write, changed: object, failed: set[str]) -> None:
    checks = _checks(aws_mobile, project, changed=changed)
    assert {claim for claim, (passed, _) in checks.items() if not passed} == failed
