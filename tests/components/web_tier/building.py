"""PHP applications in folders and zips, and web tiers built of them under mocks."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import PlainMocks, Recorded, Recording, record
from pulumi_aws_mobile.web_tier import WebTier
from pulumi_aws_mobile.web_tier.settings import resolve

Args = dict[str, Any]
WEB = "urn:pulumi:stack::project::aws-mobile:index:WebTier::web"
HOME = "eu-west-1"
ACCOUNT = "123456789012"
TOPIC = f"arn:aws:sns:{HOME}:{ACCOUNT}:alarms"
CERTIFICATE = f"arn:aws:acm:{HOME}:{ACCOUNT}:certificate/1"
SECRET = f"arn:aws:secretsmanager:{HOME}:{ACCOUNT}:secret:db-AbCdEf"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
STACK = "64bit Amazon Linux 2023 v4.7.5 running PHP 8.4"
ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment"
FILES = {"public/index.php": "<?php echo 'ok';\n", "src/app.php": "<?php\n"}
PLACE: Args = {
    "vpc_id": "vpc-1",
    "instance_subnet_ids": ["subnet-b", "subnet-a"],
    "load_balancer_subnet_ids": ["subnet-d", "subnet-c"],
    "zones": ["eu-west-1b", "eu-west-1a"],
}


class Account(PlainMocks):
    """Answers as AWS does where a web tier reads the answer."""

    def __init__(self, stack: str = STACK) -> None:
        super().__init__()
        self.stack = stack
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, args: MockCallArgs) -> dict[str, Any]:
        self.asked.append((args.token, dict(args.args)))
        region = args.args.get("region", HOME)
        answers = {
            "aws:elasticbeanstalk/getSolutionStack:getSolutionStack": {"name": self.stack},
            "aws:index/getAvailabilityZones:getAvailabilityZones": {"names": [f"{region}{each}" for each in "abc"]},
            "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": ACCOUNT},
            "aws:index/getPartition:getPartition": {"partition": "aws"},
            "aws:index/getRegion:getRegion": {"region": HOME},
        }
        return answers[args.token]

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        outputs = {"name": args.name, **outputs}
        if args.typ == ENVIRONMENT:
            balancer = f"arn:aws:elasticloadbalancing:{HOME}:{ACCOUNT}:loadbalancer/app/{args.name}/1"
            outputs |= {"cname": f"{args.name}.{HOME}.elasticbeanstalk.com", "loadBalancers": [balancer]}
        if args.typ == "random:index/randomId:RandomId":
            outputs |= {"hex": "0a1b2c"}
        if args.typ == "aws:s3/bucket:Bucket":
            id_ = args.name
            outputs |= {"arn": f"arn:aws:s3:::{id_}", "region": HOME}
        return id_, outputs


def folder(path: Path, files: dict[str, str] | None = None) -> str:
    """Write files by their names, or an application that works, and return their folder."""
    for name, text in (FILES if files is None else files).items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    path.mkdir(parents=True, exist_ok=True)
    return str(path)


def zipped(path: Path, files: dict[str, str] | None = None) -> str:
    """Write a zip with files by their names, or an application that works, and return its path."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (FILES if files is None else files).items():
            archive.writestr(name, text)
    return str(path)


def build(args: Args, *, preview: bool = False, mocks: Account | None = None) -> Recording:
    """Record the web tier `web`, in subnets that exist unless `network` says otherwise."""
    placed = {"network": PLACE, **args}
    return record(lambda: WebTier("web", placed), preview=preview, mocks=mocks or Account())


def settings_of(environment: Recorded) -> dict[tuple[str, str], Any]:
    """Return the option settings of an environment by namespace and name."""
    return {(each["namespace"], each["name"]): each["value"] for each in environment.inputs["settings"]}


def statements(recording: Recording, name: str) -> list[Args]:
    """Return what the policy `name` says."""
    return json.loads(recording.named(name).inputs["policy"])["Statement"]


def problems(args: Args, name: str = "web") -> list[str]:
    """Return the lines of the refusal, all but the first, which counts them."""
    with pytest.raises(ArgsError) as raised:
        resolve(name, args)
    first, *lines = str(raised.value).split("\n  ")
    assert first == f'WebTier "{name}": {len(lines)} problem{"s" if len(lines) > 1 else ""}'
    return lines
