"""A small app's backend that stands in this process, its project, and the clients that were generated for it."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_mobile_cli.__main__ import main
from aws_mobile_cli.checks.app_user import AppUser
from aws_mobile_cli.plan import plain
from aws_mobile_cli.project import open_project
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import endpoint, gateway, outbox

HERE = Path(__file__).parent
REGION = "eu-west-1"
_PROGRAM = HERE / "backend.py"
_PASSWORD = "Correct-horse-7"


@dataclass(frozen=True)
class Standing:
    """The backend, as apps reach it."""

    aws: Connection
    told: Mapping[str, Any]
    """What an app is told: the URLs and the program's outputs."""
    document: Any
    """The OpenAPI document that the API was deployed with."""

    def user(self, name: str) -> Mapping[str, Any]:
        """Sign a new user up and in; return their identity and its credentials."""
        users = self.told["outputs"]["sign_in"]
        client = users["client_ids"]["app"]
        app_user = AppUser(self.aws("cognito-idp"), users["user_pool_id"], client, name, _PASSWORD)
        app_user.register({"email": name})
        found = re.search(r"\b\d{6}\b", outbox.messages(name)[-1].body)
        assert found is not None
        app_user.confirm(found[0])
        issuer = f"cognito-idp.{REGION}.amazonaws.com/{users['user_pool_id']}"
        logins = {issuer: app_user.sign_in()["IdToken"]}
        pool = self.aws("cognito-identity")
        identity = pool.get_id(IdentityPoolId=users["identity_pool_id"], Logins=logins)["IdentityId"]
        keys = pool.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
        return {"identity": identity, "credentials": {name: str(value) for name, value in keys.items()}}


def make_project(folder: Path) -> Path:
    """Write the project of the backend into a folder and return it."""
    folder.mkdir(exist_ok=True)
    shutil.copy(_PROGRAM, folder / "__main__.py")
    (folder / "Pulumi.yaml").write_text("name: notes\nruntime: python\n")
    (folder / "Pulumi.dev.yaml").write_text(f"config:\n  aws:region: {REGION}\n")
    return folder


def generate(project: Path, language: str, out: Path) -> Path:
    """Generate a client with the command, and return its folder."""
    arguments = ["sdk", "--project", str(project), "--stack", "dev", "--language", language, "--out", str(out)]
    assert main(arguments) == 0
    return out / language


@contextmanager
def standing(project: Path) -> Iterator[Standing]:
    """Deploy the project to an AWS in this process that listens on this machine."""
    opened = open_project(project, "dev")
    with in_process(REGION) as aws, endpoint.listening() as url:
        recording = opened.run(DeployMocks(Sandbox(aws)), preview=False)
        outputs = plain(recording.stack_outputs)
        (rest,) = recording.of_type("aws:apigateway/restApi:RestApi")
        told = {"aws": url, "api": gateway.local_url(outputs["api"]["url"]), "region": REGION, "outputs": outputs}
        yield Standing(aws, told, json.loads(rest.inputs["body"]))


def examples(language: str) -> list[str]:
    """Return the page's examples in a language."""
    page = (HERE.parents[2] / "docs/client-sdk.md").read_text()
    return re.findall(rf"^```{language}\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)


def said(text: str) -> dict[str, Any]:
    """Read what an app printed: a line of JSON for each thing that came of it."""
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return {line["name"]: line["value"] for line in lines}
