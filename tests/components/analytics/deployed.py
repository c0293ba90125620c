"""Analytics deployed to the sandbox's AWS, and a day of simulated events sent into it by who may."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from components.analytics.building import EVENTS, HOME, Args

from aws_mobile_cli.checks.app_user import AppUser
from aws_mobile_cli.simulator import Simulated, Truth, ask, send_all, simulate, truth_of
from pulumi_aws_mobile.analytics import Analytics
from pulumi_aws_mobile.analytics.documents import NAMESPACE
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import clock, lake, streams

URN = "urn:pulumi:stack::project::aws-mobile:index"
STEPS = ["screen_view", "add_to_cart", "purchase"]
TYPES = {name: (told.get("attributes", []), told.get("metrics", [])) for name, told in EVENTS.items()}
OPEN: Args = {"protect": False}
DEVICES = 80
EMAIL, PASSWORD = "user@example.com", "Correct-horse-7-battery"


class Deployed:
    """Analytics behind Kinesis that users may send to, and one behind Firehose alone that guests may send to."""

    def __init__(self, aws: Connection) -> None:
        """Deploy both."""
        self.aws = aws
        outputs = record(_program, mocks=DeployMocks(Sandbox(aws))).component_outputs
        self.streamed, self.direct = outputs[f"{URN}:Analytics::streamed"], outputs[f"{URN}:Analytics::direct"]
        self.identity = outputs[f"{URN}:Identity::users"]
        yesterday = (clock.today() - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        self.day = f"{yesterday:%Y-%m-%d}"
        self.simulated: Simulated = simulate(
            seed=7, devices=DEVICES, first_day=int(yesterday.timestamp()) * 1000, days=1, types=TYPES
        )
        self.truth: Truth = truth_of(self.simulated.events)

    @cached_property
    def guest(self) -> Connection:
        """The AWS of a guest."""
        return self._credentials()

    @cached_property
    def user(self) -> Connection:
        """The AWS of somebody who signed in."""
        users, pool = self.aws("cognito-idp"), self.identity["user_pool_id"]
        verified = [{"Name": "email", "Value": EMAIL}, {"Name": "email_verified", "Value": "true"}]
        users.admin_create_user(UserPoolId=pool, Username=EMAIL, MessageAction="SUPPRESS", UserAttributes=verified)
        users.admin_set_user_password(UserPoolId=pool, Username=EMAIL, Password=PASSWORD, Permanent=True)
        client = self.identity["client_ids"]["app"]
        token = AppUser(users, pool, client, EMAIL, PASSWORD).sign_in()["IdToken"]
        return self._credentials(**{f"cognito-idp.{HOME}.amazonaws.com/{pool}": token})

    def _credentials(self, **logins: str) -> Connection:
        identities = self.aws("cognito-identity")
        pool = self.identity["identity_pool_id"]
        identity = identities.get_id(IdentityPoolId=pool, Logins=logins)["IdentityId"]
        keys = identities.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
        return self.aws.signed_by(keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"])

    def send(self, who: Connection, analytics: Args) -> list[lake.Delivery]:
        """Send the day as somebody, and let all of it arrive; return what was written."""
        config = analytics["client_config"]
        send_all(who(config["service"]), config, self.simulated, clock.now)
        streams.deliver()
        return lake.deliver(flush=True)

    def ask(self, analytics: Args, query: str) -> list[Any]:
        """Return what a named query answers about the day."""
        return ask(self.aws("athena"), analytics["query_ids"][query], analytics["database_name"], self.day, self.day)

    def number(self, metric: str, about: str, **dimensions: str) -> int:
        """Return what CloudWatch adds up."""
        named = {"Analytics": about, **dimensions}
        points = self.aws("cloudwatch").get_metric_statistics(
            Namespace=NAMESPACE,
            MetricName=metric,
            Dimensions=[{"Name": name, "Value": value} for name, value in named.items()],
            StartTime=clock.today() - timedelta(hours=2),
            EndTime=clock.today() + timedelta(hours=2),
            Period=60,
            Statistics=["Sum"],
        )["Datapoints"]
        return round(sum(point["Sum"] for point in points))

    def keys(self, analytics: Args, prefix: str) -> list[str]:
        """Return the objects below `prefix`."""
        pages = self.aws("s3").get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=analytics["bucket_name"], Prefix=prefix)
        return [each["Key"] for page in found for each in page.get("Contents", [])]

    def read(self, analytics: Args, key: str) -> bytes:
        """Return an object."""
        return self.aws("s3").get_object(Bucket=analytics["bucket_name"], Key=key)["Body"].read()


def _program() -> None:
    identity = Identity("users", {"federation": {"guests": True}, **OPEN, "deletion_protection": False})
    common: Any = {"region": HOME, "events": EVENTS, "funnels": {"shop": STEPS}, **OPEN}
    Analytics("streamed", {**common, "signed_in_role_name": _name(identity.signed_in_role_arn)})
    Analytics("direct", {**common, "ingest": "firehose", "guest_role_name": _name(identity.guest_role_arn)})


def _name(role_arn: Any) -> Any:  # noqa: ANN401 - outputs, of a text or of none
    return role_arn.apply(lambda arn: arn.rpartition("/")[2])
