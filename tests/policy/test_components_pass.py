"""The components keep the rules by default, before and after a deployment, and break one only where they are told to.

What this does not prove: that AWS fills in nothing that would break a rule; the sandbox's tests deploy for real.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from judging import resource_inputs
from policy.test_rules import PRODUCTION

from aws_mobile_guard.run import Finding, Kind, evaluate
from aws_mobile_guard.star_only import STAR_ONLY
from pulumi_aws_mobile import (
    Analytics,
    ArchiveBucket,
    DataSync,
    Function,
    HAdatabase,
    MobileBackend,
    Network,
    PushNotifications,
    UserFiles,
)
from pulumi_aws_mobile import identity as identity_room
from pulumi_aws_mobile.identity import Identity, IdentityArgs
from pulumi_aws_mobile.statements import UNSCOPED_ACTIONS
from pulumi_aws_mobile.testing import PlainMocks, record

Program = Callable[[], object]

PASSWORD = "canary-of-the-password"
ANSWERS = {
    "address": "db.internal",
    "endpoint": "db.internal",
    "readerEndpoint": "reader.internal",
    "allocatedStorage": 50,
    "dbName": "app",
    "username": "keeper",
    "masterUserSecrets": [{"secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:managed"}],
    "hex": "0a1b2c3d",
    "result": PASSWORD,
}


class Account(PlainMocks):
    """Answers what the components read of their own resources and of the account."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        region = args.args.get("region") or "eu-west-1"
        return {
            "names": [f"{region}{letter}" for letter in "abc"],
            "accountId": "123456789012",
            "partition": "aws",
            "region": region,
        }

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": f"{args.name}-name", "bucket": f"{args.name}-name", **ANSWERS, **outputs}


def judge(program: Program, config: dict, *, preview: bool) -> list[Finding]:
    return evaluate(resource_inputs(record(program, mocks=Account(), preview=preview)), config)


FUNCTIONS = str(Path(identity_room.__file__).parent / "triggers" / "functions")
HANDLER = "cognito_triggers.migrate_user.handle"
SENDER = {
    "from_address": "hello@example.com",
    "identity_arn": "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
}
CAPTCHA = {"provider": "turnstile", "site_key": "0x4AAAAAAADnPIDROrmt1Wwj", "secret": PASSWORD, "on_sign_up": True}
ALARMS = "arn:aws:sns:eu-central-1:123456789012:alarms"
REPLICA = {
    "table_name": "sync",
    "table_arn": "arn:aws:dynamodb:eu-central-1:123456789012:table/sync",
    "stream_arn": "arn:aws:dynamodb:eu-central-1:123456789012:table/sync/stream/2027-01-01T00:00:00.000",
    "kms_key_arn": "arn:aws:kms:eu-central-1:123456789012:key/there",
}
READING = {"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::films/*"]}


def identity(**args: object) -> Program:
    """Return a program with an identity that is under threat protection, as production asks for."""
    options: IdentityArgs = {"tier": "plus", "threat_protection": {"mode": "enforced"}, **args}
    return lambda: Identity("app", options)


DEFAULTS: dict[str, Program] = {
    "Network": lambda: Network("net", {}),
    "ArchiveBucket": lambda: ArchiveBucket("films", {}),
    "HAdatabase": lambda: HAdatabase("db", {}),
    "Function": lambda: Function("job", {"source": FUNCTIONS, "handler": HANDLER}),
    "Identity": lambda: Identity("app", {}),
    "Analytics": lambda: Analytics("analytics", {}),
    "DataSync": lambda: DataSync("sync", {}),
    "PushNotifications": lambda: PushNotifications("push", {}),
    "UserFiles": lambda: UserFiles("files", {"signed_in_role_name": "users"}),
    "MobileBackend": lambda: MobileBackend("shop", {}),
}
SHAPES: dict[str, tuple[Program, set[str]]] = {
    "a small network": (
        lambda: Network(
            "net", {"zones": ["eu-west-1a", "eu-west-1b"], "nat": "single", "interface_endpoints": ["logs"]}
        ),
        set(),
    ),
    "a replicated archive": (lambda: ArchiveBucket("films", {"replication": {"region": "eu-central-1"}}), set()),
    "a locked archive": (lambda: ArchiveBucket("films", {"object_lock": {"mode": "GOVERNANCE", "days": 30}}), set()),
    "a PostgreSQL cluster": (
        lambda: HAdatabase("db", {"engine": "postgres", "topology": "multi_az_cluster"}),
        {"rds-dr-copy"},
    ),
    "MariaDB with a replica at home": (
        lambda: HAdatabase("db", {"engine": "mariadb", "replicas": {"reports": {}}}),
        {"rds-dr-copy"},
    ),
    "a database with backups in another Region": (
        lambda: HAdatabase("db", {"region": "eu-west-1", "cross_region_backups": {"region": "eu-central-1"}}),
        set(),
    ),
    "a database in one zone": (lambda: HAdatabase("db", {"topology": "single_zone"}), {"rds-multi-az", "rds-dr-copy"}),
    "a function": (DEFAULTS["Function"], set()),
    "files of users": (DEFAULTS["UserFiles"], set()),
    "data in step": (DEFAULTS["DataSync"], set()),
    "data in step in two Regions": (
        lambda: DataSync("sync", {"region": "eu-west-1", "recovery": {"region": "eu-central-1"}}),
        set(),
    ),
    "data in step, on the replica in another Region": (
        lambda: DataSync("sync", {"region": "eu-central-1", "replica_of": REPLICA, "alarm_topic_arn": ALARMS}),
        set(),
    ),
    "an identity without threat protection": (DEFAULTS["Identity"], {"cognito-threat-standard"}),
    "an identity with it": (identity(), set()),
    "guests": (identity(federation={"guests": True, "guest_statements": [READING]}), {"cognito-no-guest"}),
    "users from another pool": (
        identity(migration={"user_pool_id": "eu-west-1_abc", "client_id": "abc"}),
        {"cognito-auth-flows"},
    ),
    "sign-in by text message": (
        identity(verification=["sms"], sign_in=["phone"], mfa={"factors": ["sms", "totp"]}),
        set(),
    ),
    "a second step of its own": (
        identity(challenge={"steps": ["captcha", "email_code"], "captcha": CAPTCHA}, email=SENDER),
        set(),
    ),
    "a web ACL": (identity(firewall={"captcha_on": "api"}), set()),
    "the record of sign-ins": (identity(logs={}), set()),
    "groups": (identity(groups={"editors": {"statements": [READING]}}), set()),
    "passkeys": (
        identity(first_factors=["password", "passkey"], passkeys={"relying_party_id": "example.com"}),
        set(),
    ),
    "hosted pages, a provider, and clients of every kind": (
        identity(
            domain={"prefix": "shop-sign-in"},
            providers={"google": {"kind": "google", "client_id": "a", "client_secret": PASSWORD}},
            resource_servers={"api": {"scopes": {"read": "Reads everything"}}},
            clients={
                "app": {"callback_urls": ["com.example.shop://in"]},
                "web": {"kind": "web", "callback_urls": ["https://shop.example.com/in"]},
                "server": {"kind": "server", "callback_urls": ["https://admin.example.com/in"]},
                "nightly": {"kind": "server", "scopes": ["api/read"]},
            },
        ),
        set(),
    ),
    "a server's client that does not say so in its name": (
        identity(clients={"app": {}, "admin": {"kind": "server"}}),
        {"cognito-public-client"},
    ),
    "a developer's own machine": (
        identity(
            domain={"prefix": "shop-sign-in"},
            clients={"app": {"callback_urls": ["http://localhost:8080"], "allow_localhost": True}},
        ),
        {"cognito-callbacks"},
    ),
}


@pytest.mark.parametrize("program", DEFAULTS.values(), ids=list(DEFAULTS))
@pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
def test_a_component_has_no_mandatory_finding_by_default(program: Program, preview: object) -> None:
    assert [one for one in judge(program, {}, preview=bool(preview)) if one.stops] == []


@pytest.mark.parametrize("program", DEFAULTS.values(), ids=list(DEFAULTS))
def test_once_deployed_every_rule_can_decide(program: Program) -> None:
    assert [one for one in judge(program, {}, preview=False) if one.kind is not Kind.VIOLATION] == []


@pytest.mark.parametrize(("program", "stopped"), SHAPES.values(), ids=list(SHAPES))
@pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
def test_in_production_only_what_was_asked_for_stops_a_deployment(
    program: Program, stopped: set[str], preview: object
) -> None:
    assert {one.rule for one in judge(program, PRODUCTION, preview=bool(preview)) if one.stops} == stopped


def test_a_database_that_gives_its_safety_up_is_told_so() -> None:
    found = judge(
        lambda: HAdatabase("db", {"protect": False, "deletion_protection": False, "final_snapshot": False}),
        {},
        preview=True,
    )
    assert {one.rule for one in found if one.stops} == {"guard-protect", "rds-delete-protect", "rds-final-snapshot"}


def test_an_identity_that_gives_its_safety_up_is_told_so() -> None:
    found = judge(
        lambda: Identity(
            "app",
            {
                "protect": False,
                "deletion_protection": False,
                "mfa": {"mode": "off"},
                "password": {"min_length": 8},
                "federation": {"guests": True},
            },
        ),
        {},
        preview=True,
    )
    assert {one.rule for one in found if one.stops} == {
        "guard-protect",
        "cognito-delete-protect",
        "cognito-mfa",
        "cognito-no-guest",
        "cognito-password",
    }


@pytest.mark.parametrize(
    "program",
    [
        lambda: HAdatabase("db", {"credentials": "own"}),
        SHAPES["a second step of its own"][0],
        SHAPES["hosted pages, a provider, and clients of every kind"][0],
    ],
    ids=["database", "captcha", "provider"],
)
def test_no_finding_shows_the_password(program: Program) -> None:
    found = judge(program, {"all": "mandatory", "cognito-token-life": {"maximumAccessMinutes": 1}}, preview=False)
    assert found
    assert [one.message for one in found if PASSWORD in one.message] == []


def test_what_components_allow_on_every_resource_the_pack_knows_a_reason_for() -> None:
    reading = {"ec2:DescribeNetworkInterfaces"}
    assert set(STAR_ONLY) >= UNSCOPED_ACTIONS - reading
