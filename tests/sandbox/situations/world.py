"""Makes what the situations need, through the sandbox itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.engine_api import Sandbox

Inputs = dict[str, Any]


@dataclass
class World:
    """Makes what a resource needs, through the sandbox itself."""

    sandbox: Sandbox
    made: list[tuple[str, str, Inputs]] = field(default_factory=list)

    def make(self, token: str, inputs: Inputs, name: str = "") -> Inputs:
        """Create a resource and return its outputs."""
        name = name or f"made{len(self.made)}"
        checked, failures = self.sandbox.check(token, name, inputs, None, name.encode())
        assert failures == []
        resource_id, outputs = self.sandbox.create(token, checked, name)
        self.made.append((token, resource_id, outputs))
        return outputs

    def vpc(self, **more: object) -> str:
        return self.make("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16", **more})["id"]

    def subnets(self, count: int = 3, region: str = "eu-west-1") -> list[str]:
        vpc = self.vpc(region=region)
        return [
            self.make(
                "aws:ec2/subnet:Subnet",
                {
                    "vpcId": vpc,
                    "cidrBlock": f"10.0.{number}.0/24",
                    "availabilityZone": f"{region}{'abc'[number]}",
                    "region": region,
                },
            )["id"]
            for number in range(count)
        ]

    def key(self, region: str = "eu-west-1") -> str:
        return self.make("aws:kms/key:Key", {"region": region})["arn"]

    def bucket(self, **more: object) -> str:
        return self.make("aws:s3/bucket:Bucket", more)["bucket"]

    def versioned(self, **more: object) -> str:
        bucket = self.bucket(**more)
        region = {"region": more["region"]} if "region" in more else {}
        versioning = {"bucket": bucket, "versioningConfiguration": {"status": "Enabled"}, **region}
        self.make("aws:s3/bucketVersioning:BucketVersioning", versioning)
        return bucket

    def role(self) -> str:
        return self.make("aws:iam/role:Role", {"assumeRolePolicy": TRUST})["name"]

    def role_arn(self) -> str:
        return self.make("aws:iam/role:Role", {"assumeRolePolicy": TRUST})["arn"]

    def topic(self) -> str:
        return self.make("aws:sns/topic:Topic", {})["arn"]

    def subnet_group(self, region: str = "eu-west-1") -> str:
        group = {"subnetIds": self.subnets(region=region), "region": region}
        return self.make("aws:rds/subnetGroup:SubnetGroup", group)["name"]

    def database(self, **more: object) -> Inputs:
        return self.make("aws:rds/instance:Instance", {**DATABASE, "skipFinalSnapshot": True, **more})


def document(action: str, resource: str = "*", **more: object) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)
TAGS, OTHER_TAGS = {"team": "data", "cost": "7"}, {"team": "core"}
DATABASE = {
    "instanceClass": "db.t4g.medium",
    "engine": "mysql",
    "engineVersion": "8.4",
    "allocatedStorage": 20,
    "username": "owner",
    "password": "not-a-real-one",
    "backupRetentionPeriod": 7,
}

Situation = Callable[[World], tuple[Inputs, Inputs | None]]
"""Returns the inputs to begin with and the changed ones, `None` where every change replaces."""
