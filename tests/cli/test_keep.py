"""A run that is kept: apps reach it at addresses on this machine, and a page shows what they sent.

What this does not prove: that an app works with it; the clients' own tests do, against such an AWS.
"""

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.keep import answering

PROGRAM = """
import pulumi
from pulumi_aws_mobile import MobileBackend

backend = MobileBackend("app", {"features": ["sign_in", "core_api", "user_data"]})
pulumi.export("user_pool_id", backend.user_pool_id)
pulumi.export("client", backend.client)
"""


@dataclass(frozen=True)
class Kept:
    """What a run printed while it stood, and how it ended."""

    document: dict[str, Any]
    page: str
    names: dict[str, int]
    pools: list[str]
    keys: int
    files: dict[str, Any]
    code: int
    left: bool


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:  # noqa: S310 - an address of this machine
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def text(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - as above
        return answer.read().decode()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("project")
    (folder / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "Pulumi.yaml").write_text("name: notes\nruntime: python\n", encoding="utf-8")
    (folder / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-west-1\n", encoding="utf-8")
    command = [sys.executable, "-m", "aws_mobile_cli", "run", "--keep", "--json", "--stack", "dev"]
    with subprocess.Popen([*command, "--project", str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            document = json.loads(process.stdout.readline())
            where = document["addresses"]
            cognito = boto3.client(
                "cognito-idp",
                "eu-west-1",
                endpoint_url=where["AWS"],
                aws_access_key_id="any",
                aws_secret_access_key="any",
            )
            pools = [pool["Id"] for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]]
            seen: dict[str, Any] = {
                "document": document,
                "page": text(where["page"]),
                "names": {
                    "nothing else": status(f"{where['page']}other"),
                    "another site's name": status(where["page"], Host="example.com"),
                    "unsigned": status(f"{where['app-api']}/sync/datasets"),
                },
                "pools": pools,
                "keys": len(json.loads(text(f"{where['app-api']}/.well-known/jwks.json"))["keys"]),
                "files": {
                    "list": text(where["client files"]),
                    "outputs": json.loads(text(f"{where['client files']}amplify_outputs.json")),
                    "own": json.loads(text(f"{where['client files']}aws-mobile.json")),
                    "outside": status(f"{where['client files']}../__main__.py"),
                },
            }
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(timeout=120)
    try:
        urllib.request.urlopen(seen["document"]["addresses"]["page"], timeout=5)  # noqa: S310 - as above
        left = True
    except OSError:
        left = False
    return Kept(**seen, code=code, left=left)


def test_aws_answers_at_an_address_with_what_was_deployed(kept: Kept) -> None:
    assert kept.pools == [kept.document["outputs"]["user_pool_id"]]


def test_the_api_answers_and_refuses_who_does_not_sign(kept: Kept) -> None:
    assert kept.keys == 1
    assert kept.names["unsigned"] == 403


def test_the_page_shows_where_it_stands_and_what_was_sent(kept: Kept) -> None:
    assert "which stands until it is stopped" in kept.page
    assert kept.document["addresses"]["app-api"] in kept.page
    assert "Your verification code" in kept.page


def test_the_page_is_for_this_machine_alone(kept: Kept) -> None:
    assert (kept.names["nothing else"], kept.names["another site's name"]) == (404, 421)


def test_the_client_files_lead_apps_to_it(kept: Kept) -> None:
    assert '<a href="amplify_outputs.json">' in kept.files["list"]
    assert kept.files["outputs"]["auth"]["user_pool_id"] == kept.pools[0]
    assert kept.files["own"]["api"]["url"] == kept.document["addresses"]["app-api"]
    assert kept.files["outside"] == 404


def test_nothing_is_left_once_it_is_interrupted(kept: Kept) -> None:
    assert (kept.code, kept.left) == (0, False)


def test_a_port_that_is_taken_is_refused() -> None:
    with answering(0) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(UsageError, match=rf"^--port: cannot listen on 127\.0\.0\.1:{port}: "), answering(port):
            pass


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "4566"], "--port is where AWS answers while a run is kept; give --keep as well"),
        (["--keep", "--port", "70000"], "--port: cannot listen on 127.0.0.1:70000: "),
        (["--client-files", "x"], "--client-files leads apps to a run while it is kept; give --keep as well"),
        (["--keep", "--client-files", "/proc/version"], "--client-files: cannot write below /proc/version; "),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_made(words: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("", encoding="utf-8")
    (tmp_path / "Pulumi.yaml").write_text("name: notes\nruntime: python\n", encoding="utf-8")
    command = [sys.executable, "-m", "aws_mobile_cli", "run", *words, "--stack", "dev", "--project", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr
