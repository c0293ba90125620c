"""What the tests of Elastic Beanstalk begin with: an application, versions and an environment, through boto3."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import TRUST
from sandbox.situations.elasticbeanstalk import STACK, bundle

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import beanstalk

BUCKET = "bundles-of-the-tests"
PROFILE = "instances"
ASG = "aws:autoscaling:asg"
LAUNCH = "aws:autoscaling:launchconfiguration"
ENVIRONMENT = "aws:elasticbeanstalk:environment"


@dataclass
class Beanstalk:
    """An application with the versions one and two."""

    clients: Connection

    def __post_init__(self) -> None:
        """Make them."""
        s3, iam = self.clients("s3"), self.clients("iam")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": self.clients.region})
        iam.create_role(RoleName=PROFILE, AssumeRolePolicyDocument=TRUST.replace("rds.", "ec2."))
        iam.create_instance_profile(InstanceProfileName=PROFILE)
        iam.add_role_to_instance_profile(InstanceProfileName=PROFILE, RoleName=PROFILE)
        self.eb.create_application(ApplicationName="shop")
        for label in ("one", "two"):
            self.version(label)

    @property
    def eb(self) -> Any:  # noqa: ANN401 - a boto3 client
        """The client."""
        return self.clients("elasticbeanstalk")

    def version(self, label: str, content: bytes | None = None, **more: object) -> str:
        """Make a version; return its status."""
        self.clients("s3").put_object(Bucket=BUCKET, Key=f"{label}.zip", Body=bundle() if content is None else content)
        source = {"S3Bucket": BUCKET, "S3Key": f"{label}.zip"}
        made = self.eb.create_application_version(
            ApplicationName="shop", VersionLabel=label, SourceBundle=source, **more
        )
        return made["ApplicationVersion"]["Status"]

    def environment(self, name: str = "live", *settings: dict[str, str], **more: object) -> dict[str, Any]:
        """Launch an environment of version one."""
        given = {"VersionLabel": "one", "SolutionStackName": STACK, **more}
        return self.eb.create_environment(
            ApplicationName="shop", EnvironmentName=name, OptionSettings=[*basics(), *settings], **given
        )

    def balancer(self, name: str = "live") -> str:
        """Return the ARN of an environment's load balancer."""
        found = self.eb.describe_environment_resources(EnvironmentName=name)["EnvironmentResources"]
        return found["LoadBalancers"][0]["Name"]

    def described(self, name: str = "live") -> dict[str, Any]:
        """Return what AWS says of an environment."""
        return self.eb.describe_environments(EnvironmentNames=[name])["Environments"][0]


def option(namespace: str, name: str, value: str) -> dict[str, str]:
    """Return an option setting."""
    return {"Namespace": namespace, "OptionName": name, "Value": value}


def basics() -> list[dict[str, str]]:
    """Return the settings without which the sandbox launches nothing."""
    return [
        option(LAUNCH, "IamInstanceProfile", PROFILE),
        option(ENVIRONMENT, "LoadBalancerType", "application"),
    ]


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    """Return the code and the message with which AWS refuses a call."""
    with pytest.raises(ClientError) as raised:
        call()
    about = raised.value.response["Error"]
    return about["Code"], about["Message"]


def failing(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    """Let every rollout fail."""

    def fail(_: object) -> None:
        raise beanstalk.RolloutFailedError(reason)

    monkeypatch.setattr(beanstalk, "apply", fail)
