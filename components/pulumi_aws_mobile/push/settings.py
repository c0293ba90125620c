"""Decides what push notifications are made of: defaults filled in, every problem found, nothing registered."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.function.settings import LONGEST_NAME as LONGEST_FUNCTION_NAME
from pulumi_aws_mobile.function.settings import check_name
from pulumi_aws_mobile.limits import CONFIDENTIAL, REGION, TOPIC_ARN, Between, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS

from .args import (
    AdmPlatformArgs,
    ApnsPlatformArgs,
    FcmPlatformArgs,
    PushEmailArgs,
    PushFeedbackArgs,
    PushNotificationsArgs,
    PushSmsArgs,
    PushTopicArgs,
    SmsType,
)

REGISTRY_ROLE = "registry"
SENDER_ROLE = "sender"
LONGEST_NAME = LONGEST_FUNCTION_NAME - len(f"-{REGISTRY_ROLE}")
MOST_TOPICS = 20
"""The functions have the names of all of them in their environment, which has 4 KB."""
SPEND_LIMIT = 1
"""US dollars a month: what AWS allows an account until it is asked for more."""
_LOG_RETENTION_DAYS = 90
_SUCCESS_PERCENT = 5
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_KEY_ALLOWED = "1 to 32 lower-case letters, digits and hyphens, no hyphen first"
_APPLE_ID = r"[A-Z0-9]{10}"
_PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----"
_ACCOUNT_FIELDS = ("type", "project_id", "private_key", "client_email", "token_uri")
"""What a service account's file has, and who sends with it needs."""
_EVERYONE = frozenset({"signed_in", "guests", "anyone"})

LIMITS: Limits = {
    PushNotificationsArgs: {
        "senders": Matching(r"[A-Za-z0-9_-]{1,128}", "the key of a group"),
        "sync_topic_arn": TOPIC_ARN,
        "alarm_topic_arn": TOPIC_ARN,
        "log_retention_days": OneOf(RETENTION_DAYS),
        "region": REGION,
    },
    PushTopicArgs: {"display_name": Matching(r"[^\x00-\x1f\x7f]{1,100}", "1 to 100 characters, no line breaks")},
    ApnsPlatformArgs: {
        "bundle_id": Matching(r"[A-Za-z0-9.-]{1,155}", "an app's bundle id, for example com.example.app"),
        "team_id": Matching(_APPLE_ID, "10 capital letters and digits"),
        "key_id": Matching(_APPLE_ID, "10 capital letters and digits"),
        "private_key": CONFIDENTIAL,
    },
    FcmPlatformArgs: {"service_account": CONFIDENTIAL},
    AdmPlatformArgs: {
        "client_id": Matching(r"amzn1\.application-oa2-client\.[0-9a-f]{8,64}", "a client id of Login with Amazon"),
        "client_secret": CONFIDENTIAL,
    },
    PushSmsArgs: {
        "monthly_spend_limit": Between(1, 100_000, "US dollars"),
        "sender_id": Matching(
            r"(?=[0-9]{0,10}[A-Za-z])[A-Za-z0-9]{1,11}", "1 to 11 letters and digits, a letter among them"
        ),
    },
    PushEmailArgs: {"address": Matching(r"[^@\s,]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,63}", "an e-mail address")},
    PushFeedbackArgs: {"success_percent": Between(0, 100, "percent")},
}


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform, with what SNS wants to know of who sends."""

    kind: str
    """What SNS calls it."""
    credential: pulumi.Input[str]
    principal: str | None = None
    team_id: str | None = None
    bundle_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sms:
    """Text messages."""

    monthly_spend_limit: int
    default_type: SmsType
    sender_id: str | None


@dataclass(frozen=True, slots=True)
class Email:
    """Somebody who gets a topic's messages by e-mail."""

    topic: str
    address: str


@dataclass(frozen=True, slots=True)
class PushSettings:
    """What push notifications are made of."""

    topics: Mapping[str, str | None]
    """Display names by key."""
    platforms: Mapping[str, Platform]
    sms: Sms | None
    emails: Mapping[str, Email]
    callers: tuple[str, ...]
    """Who may register devices."""
    amplify: bool
    """Whether there are the routes of Amplify's clients too."""
    senders: tuple[str, ...]
    """The groups that may send by the route; where there are none, there is no route."""
    sync_topic_arn: pulumi.Input[str] | None
    success_percent: int
    alarm_topic_arn: pulumi.Input[str] | None
    log_retention_days: int
    protect: bool
    deletion_protection: bool
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]


def resolve(name: str, args: PushNotificationsArgs) -> PushSettings:
    """Return the settings of the push notifications `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(PushNotificationsArgs, args, LIMITS, problems)
    check_name(name, LONGEST_NAME, problems)
    _check_keys(given, problems)
    _check_emails(given, problems)
    _check_platforms(given.get("platforms", {}), problems)
    _check_senders(given.get("senders", []), problems)
    _check_region(given, problems)
    problems.raise_for(f'PushNotifications "{name}"')
    return PushSettings(
        topics={key: topic.get("display_name") for key, topic in given.get("topics", {}).items()},
        platforms=_platforms(given.get("platforms", {})),
        sms=_sms(given["sms"]) if "sms" in given else None,
        emails={key: Email(**email) for key, email in given.get("emails", {}).items()},
        callers=("signed_in", "guests") if given.get("guests") else ("signed_in",),
        amplify=given.get("amplify", False),
        senders=tuple(given.get("senders", ())),
        sync_topic_arn=given.get("sync_topic_arn"),
        success_percent=given.get("feedback", {}).get("success_percent", _SUCCESS_PERCENT),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        log_retention_days=given.get("log_retention_days", _LOG_RETENTION_DAYS),
        protect=given.get("protect", True),
        deletion_protection=given.get("deletion_protection", True),
        region=given.get("region"),
        tags=given.get("tags", {}),
    )


def _platforms(given: Mapping[str, Any]) -> dict[str, Platform]:
    found = {}
    for key, kind in (("apns", "APNS"), ("apns_sandbox", "APNS_SANDBOX")):
        if key in given:
            apple = given[key]
            found[key] = Platform(kind, apple["private_key"], apple["key_id"], apple["team_id"], apple["bundle_id"])
    if "fcm" in given:
        found["fcm"] = Platform("GCM", given["fcm"]["service_account"])
    if "adm" in given:
        found["adm"] = Platform("ADM", given["adm"]["client_secret"], given["adm"]["client_id"])
    return found


def _sms(given: Mapping[str, Any]) -> Sms:
    limit = given.get("monthly_spend_limit", SPEND_LIMIT)
    return Sms(limit, given.get("default_type", SmsType.TRANSACTIONAL), given.get("sender_id"))


def _check_keys(given: Mapping[str, Any], problems: Problems) -> None:
    for option in ("topics", "emails"):
        for key in given.get(option, {}):
            if not _KEY.fullmatch(key):
                problems.add(f"{option}.{key}", key, _KEY_ALLOWED, "choose another key")
    if len(given.get("topics", {})) > MOST_TOPICS:
        count = f"{len(given['topics'])} topics"
        fix = "have one topic for several things, and say which in a message's data"
        problems.extend([Problem("topics", count, f"at most {MOST_TOPICS}", fix)])


def _check_emails(given: Mapping[str, Any], problems: Problems) -> None:
    known = given.get("topics", {})
    for key, email in given.get("emails", {}).items():
        if email.get("topic") not in {None, *known}:
            allowed = ", ".join(sorted(known)) or "none, there are no topics"
            problems.add(f"emails.{key}.topic", email["topic"], allowed, "name one of topics")


def _check_platforms(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse credentials that are plainly something else; AWS tries those that are not."""
    for platform in ("apns", "apns_sandbox"):
        key = given.get(platform, {}).get("private_key")
        if isinstance(key, str) and not key.strip().startswith(_PRIVATE_KEY):
            allowed = f"the content of a .p8 file, which begins with {_PRIVATE_KEY}"
            _refuse_secret(f"platforms.{platform}.private_key", allowed, "give the file's content", problems)
    account = given.get("fcm", {}).get("service_account")
    if isinstance(account, str) and not _is_account(account):
        allowed = f"the JSON of a service account, with {', '.join(_ACCOUNT_FIELDS)}"
        fix = "give the content of the file that Firebase made; server keys are no longer taken"
        _refuse_secret("platforms.fcm.service_account", allowed, fix, problems)


def _is_account(text: str) -> bool:
    try:
        account = json.loads(text)
    except ValueError:
        return False
    return isinstance(account, dict) and all(isinstance(account.get(field), str) for field in _ACCOUNT_FIELDS)


def _refuse_secret(path: str, allowed: str, fix: str, problems: Problems) -> None:
    problems.extend([Problem(path, "a value that is not shown", allowed, fix)])


def _check_senders(senders: list[str], problems: Problems) -> None:
    for place, group in enumerate(senders):
        if group in _EVERYONE:
            fix = "name the groups of those who may send to everybody"
            problems.add(f"senders[{place}]", group, "keys of groups", fix)
        elif group in senders[:place]:
            problems.add(f"senders[{place}]", group, "each group once", "remove it")


def _check_region(given: Mapping[str, Any], problems: Problems) -> None:
    arn, region = given.get("sync_topic_arn"), given.get("region")
    if isinstance(arn, str) and region is not None and arn.split(":")[3] != region:
        fix = "take the DataSync of this Region"
        problems.add("sync_topic_arn", arn, f"a topic in {region}, as region says", fix)
