"""Regions that are cut off, seen by clients, functions and a server's callers."""

import re
from pathlib import Path

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import BotoCoreError, EndpointConnectionError

from pulumi_aws_sandbox import serve
from pulumi_aws_sandbox.aws import in_process, server
from pulumi_aws_sandbox.connection import DUMMY, Connection
from pulumi_aws_sandbox.runtime import regions

_ONCE = Config(retries={"total_max_attempts": 1})


def test_a_region_that_is_cut_refuses_connections_and_keeps_its_data() -> None:
    with in_process("eu-west-1") as clients:
        clients("sqs").create_queue(QueueName="kept")
        with regions.lost("eu-west-1"), pytest.raises(EndpointConnectionError):
            clients("sqs").list_queues()
        (url,) = clients("sqs").list_queues()["QueueUrls"]
        assert url.endswith("/kept")


def test_other_regions_and_global_services_stay() -> None:
    with in_process("eu-west-1") as clients, regions.lost("us-east-1"):
        assert clients("sqs").list_queues().get("QueueUrls", []) == []
        assert clients("iam").list_roles()["Roles"] == []
        assert clients("route53").list_hosted_zones()["HostedZones"] == []


def test_every_client_of_this_process_is_cut_off() -> None:
    with in_process("eu-west-1"), regions.lost("eu-central-1"):
        keys = {"aws_access_key_id": DUMMY, "aws_secret_access_key": DUMMY}
        for service in ("s3", "sts", "cognito-idp"):
            client = boto3.client(service, "eu-central-1", config=_ONCE, **keys)
            ask = {"s3": "list_buckets", "sts": "get_caller_identity", "cognito-idp": "list_user_pools"}[service]
            with pytest.raises(EndpointConnectionError):
                getattr(client, ask)(**({"MaxResults": 1} if service == "cognito-idp" else {}))


def test_a_new_sandbox_has_every_region() -> None:
    with in_process("eu-west-1"):
        regions.cut("eu-west-1")
    with in_process("eu-west-1") as clients:
        assert clients("sqs").list_queues().get("QueueUrls", []) == []


def test_what_is_no_region_is_refused() -> None:
    with pytest.raises(ValueError, match=r'^got "eu-west"; allowed: the name of a Region, such as eu-west-1$'):
        regions.cut("eu-west")


def test_a_server_hangs_up_on_calls_to_a_region_that_is_cut() -> None:
    with serve.serving() as url:
        here, there = server(url, "eu-west-1"), server(url, "eu-central-1")
        answer = requests.put(f"{url}/sandbox/regions/eu-west-1", data="cut", timeout=10)
        assert (answer.status_code, answer.text) == (200, "eu-west-1 is cut\n")
        assert requests.get(f"{url}/sandbox/regions", timeout=10).text == "eu-west-1\n"
        with pytest.raises(BotoCoreError):
            here("sqs").list_queues()
        assert there("sqs").list_queues()["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert here("iam").list_roles()["Roles"] == []
        requests.put(f"{url}/sandbox/regions/eu-west-1", data="restored", timeout=10)
        assert here("sqs").list_queues()["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_server_knows_the_region_of_an_app_that_signs_nothing() -> None:
    with serve.serving() as url:
        clients: Connection = server(url, "eu-west-1")
        pool = clients("cognito-idp").create_user_pool(PoolName="people")["UserPool"]["Id"]
        app = clients("cognito-idp").create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]
        headers = {
            "X-Amz-Target": "AWSCognitoIdentityProviderService.ResendConfirmationCode",
            "Content-Type": "application/x-amz-json-1.1",
        }
        body = f'{{"ClientId": "{app["ClientId"]}", "Username": "nobody"}}'
        assert requests.post(url, data=body, headers=headers, timeout=10).status_code in {200, 400}
        assert requests.get(f"{url}/{pool}/.well-known/jwks.json", timeout=10).status_code == 200
        with regions.lost("eu-west-1"):
            for ask in (
                lambda: requests.post(url, data=body, headers=headers, timeout=10),
                lambda: requests.get(f"{url}/{pool}/.well-known/jwks.json", timeout=10),
            ):
                with pytest.raises(requests.ConnectionError):
                    ask()


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("gone", 'eu-west-1: got "gone"; allowed: "cut" or "restored", for a Region such as eu-west-1\n'),
        ("", 'eu-west-1: got ""; allowed: "cut" or "restored", for a Region such as eu-west-1\n'),
    ],
)
def test_a_server_refuses_what_is_neither(wanted: str, text: str) -> None:
    with serve.serving() as url:
        answer = requests.put(f"{url}/sandbox/regions/eu-west-1", data=wanted, timeout=10)
        assert (answer.status_code, answer.text) == (400, text)
        answer = requests.delete(f"{url}/sandbox/regions/eu-west-1", timeout=10)
        assert (answer.status_code, answer.text) == (
            405,
            "GET /sandbox/regions tells which are cut, and PUT /sandbox/regions/REGION changes that\n",
        )


def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = Path(__file__).parents[2] / "sandbox/README.md"
    section = page.read_text().split("\n## Losing a Region\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"^```python\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out.splitlines() == [
        'Could not connect to the endpoint URL: "https://rds.eu-west-1.amazonaws.com/"',
        "modifying True",
        "available False",
    ]
