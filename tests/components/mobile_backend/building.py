"""A backend under mocks."""

from collections.abc import Mapping
from typing import Any

import pulumi
from components.api.building import Account as ApiAccount
from components.archive_bucket.account import Account as BucketAccount
from components.token_exchange.building import public_key
from components.web_tier.building import Account as WebAccount
from pulumi.runtime import Mocks

from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.testing import Recording, record

Args = dict[str, Any]

HOME = "eu-west-1"
BACKEND = "urn:pulumi:stack::project::aws-mobile:index:MobileBackend::app"
ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/rolePolicy:RolePolicy"
EVERYTHING: Args = {
    "region": HOME,
    "identity": {"groups": {"staff": {}}, "federation": {"guests": True}},
    "user_files": {"guests_read_public": True},
    "tags": {"team": "core"},
}


CORE: Args = {
    "region": HOME,
    "identity": {"federation": {"guests": True}, "groups": {"staff": {}}},
    "api": {"contributions": {"core": {"file": "app/openapi.yaml", "target": "core_api"}}},
    "web_tier": {"source": "app", "environment": {"GREETING": "hello"}},
}
"""A backend with a core API, for programs that run at the root of the repository."""


class Account(BucketAccount):
    """Answers as AWS does where a backend reads the answer."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        if args.token.endswith("getPublicKey"):
            return {**args.args, "publicKey": public_key(args.args["keyId"])}
        if args.token.endswith(("getSolutionStack", "getAvailabilityZones", "getPartition")):
            return WebAccount().call(args)
        known = {"accountId": "123456789012", "partition": "aws", "region": HOME, "name": HOME}
        return known if "getCallerIdentity" not in args.token else super().call(args)

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        if args.typ == ROLE:
            return args.name, {**outputs, "name": args.name, "arn": f"arn:aws:iam::123456789012:role/{args.name}"}
        if args.typ == "aws:lambda/function:Function":
            outputs["name"] = args.name
        if args.typ == "aws:cognito/userPool:UserPool":
            id_ = "eu-west-1_abcdefghi"
            return id_, {**outputs, "endpoint": f"cognito-idp.{HOME}.amazonaws.com/{id_}"}
        if args.typ.startswith(("aws:elasticbeanstalk/", "random:index/randomId:")):
            return WebAccount().new_resource(args)
        if args.typ.startswith("aws:apigateway/"):
            return ApiAccount().new_resource(args)
        return id_, outputs


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: MobileBackend("app", args), preview=preview, mocks=mocks or Account())


def below(recording: Recording, part: str) -> dict[str, Mapping[str, Any]]:
    """Return the inputs of everything that belongs to a part, by name."""
    owner = recording.named(part).urn
    return {resource.name: resource.inputs for resource in recording if resource.parent == owner}
