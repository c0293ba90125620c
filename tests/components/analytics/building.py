"""Analytics under mocks, and the one that has everything."""

import json
from typing import Any

import pulumi
from components.archive_bucket.account import Account
from pulumi.runtime import Mocks

from pulumi_aws_mobile.analytics import Analytics
from pulumi_aws_mobile.testing import Recording, record

Args = dict[str, Any]

ANALYTICS = "urn:pulumi:stack::project::aws-mobile:index:Analytics::a"
HOME = "eu-west-1"
TOPIC = f"arn:aws:sns:{HOME}:123456789012:alarms"
KEY = f"arn:aws:kms:{HOME}:123456789012:key/1"
EVENTS: Args = {
    "add_to_cart": {"attributes": ["product"]},
    "purchase": {"attributes": ["currency", "coupon"], "metrics": ["price"]},
}
EVERYTHING: Args = {
    "region": HOME,
    "events": EVENTS,
    "funnels": {"shop": ["screen_view", "add_to_cart", "purchase"]},
    "signed_in_role_name": "users",
    "group_role_names": {"staff": "staff"},
    "alarm_topic_arn": TOPIC,
    "tags": {"team": "core"},
}


class _Named(Account):
    """Gives streams the name that they have in the program."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": args.name, **outputs} if args.typ == "aws:kinesis/stream:Stream" else outputs


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: Analytics("a", args), preview=preview, mocks=mocks or _Named())


def statements(recording: Recording, name: str) -> list[Args]:
    """Return what the policy `name` says."""
    return json.loads(recording.named(name).inputs["policy"])["Statement"]
