"""Push notifications under mocks, and options for them."""

import json
from typing import Any

import pulumi
from pulumi.runtime import Mocks

from pulumi_aws_mobile.push import PushNotifications
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

Args = dict[str, Any]

HOME, AWAY = "eu-west-1", "eu-central-1"
ACCOUNT = "123456789012"
PUSH = "urn:pulumi:stack::project::aws-mobile:index:PushNotifications::push"
TOPIC = f"arn:aws:sns:{HOME}:{ACCOUNT}:alarms"
SYNC_TOPIC = f"arn:aws:sns:{HOME}:{ACCOUNT}:sync-changes"
TABLE = "push-table-1a2b3c4"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:push-key"
PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----\ncanary-of-the-key\n-----END PRIVATE KEY-----\n"
ACCOUNT_FILE = json.dumps(
    {
        "type": "service_account",
        "project_id": "shop",
        "private_key": PRIVATE_KEY,
        "client_email": "push@shop.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
)
CLIENT_ID = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
APPLE: Args = {
    "bundle_id": "com.example.shop",
    "team_id": "A1B2C3D4E5",
    "key_id": "F6G7H8I9J0",
    "private_key": PRIVATE_KEY,
}
PLATFORMS: Args = {
    "apns": APPLE,
    "apns_sandbox": APPLE,
    "fcm": {"service_account": ACCOUNT_FILE},
    "adm": {"client_id": CLIENT_ID, "client_secret": "canary-of-the-secret"},
}
EVERYTHING: Args = {
    "topics": {"news": {"display_name": "The shop"}, "offers": {}},
    "platforms": PLATFORMS,
    "sms": {"monthly_spend_limit": 50, "default_type": "Promotional", "sender_id": "SHOP"},
    "emails": {"editor": {"topic": "news", "address": "editor@example.com"}},
    "senders": ["editors"],
    "guests": True,
    "sync_topic_arn": SYNC_TOPIC,
    "feedback": {"success_percent": 10},
    "alarm_topic_arn": TOPIC,
    "log_retention_days": 365,
    "region": HOME,
    "tags": {"team": "core"},
}
KINDS = {"push-apns": "APNS", "push-apns-sandbox": "APNS_SANDBOX", "push-fcm": "GCM", "push-adm": "ADM"}


class Account(PlainMocks):
    """Gives tables, queues, topics and platform applications what AWS gives them."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Args]:
        id_, outputs = super().new_resource(args)
        told: Args = {"name": args.name}
        region = args.inputs.get("region") or HOME
        if args.typ == "aws:dynamodb/table:Table":
            told = {"name": TABLE, "arn": f"arn:aws:dynamodb:{region}:{ACCOUNT}:table/{TABLE}"}
        elif args.typ == "aws:sqs/queue:Queue":
            told = {"name": args.name, "url": f"https://sqs.{region}.amazonaws.com/{ACCOUNT}/{args.name}"}
        elif args.typ == "aws:sns/platformApplication:PlatformApplication":
            told["arn"] = f"arn:aws:sns:{region}:{ACCOUNT}:app/{args.inputs.get('platform', '')}/{args.name}"
        return id_, {**outputs, **told}


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: PushNotifications("push", args), preview=preview, mocks=mocks or Account())


def variables(recording: Recording, role: str = "registry") -> Args:
    """Return the environment of one of the functions."""
    return recording.named(f"push-{role}-function").inputs["environment"]["variables"]


def statements(recording: Recording, role: str = "registry") -> list[Args]:
    """Return what one of the functions may do besides writing its log."""
    return json.loads(recording.named(f"push-{role}-permissions").inputs["policy"])["Statement"][1:]
