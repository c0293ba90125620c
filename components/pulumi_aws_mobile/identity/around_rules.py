"""The rules about groups and the firewall."""

import re
from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.statements import check_statements

from .checks import check_list
from .choices import Choices
from .clients.args import CaptchaOn

_GROUP = r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}"


def check_groups(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse names that no role can be made of, and permissions that nobody could use."""
    federated = given.get("federation", {}).get("enabled", True)
    for key, group in given.get("groups", {}).items():
        path = f"groups.{key}"
        if not re.fullmatch(_GROUP, key):
            problems.add(path, key, "1 to 40 letters, digits, hyphens and underscores", "rename the group")
        statements = group.get("statements", [])
        if statements and not federated:
            problems.add(
                f"{path}.statements",
                statements,
                "nothing while federation.enabled is false: members get no AWS credentials",
                "remove it, or federation.enabled",
            )
        check_statements(statements, f"{path}.statements", problems)


def check_firewall(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse a CAPTCHA that nothing could show, and the place of one that is not asked."""
    firewall = given.get("firewall")
    if firewall is None or problems.touches("firewall"):
        return
    check_list(firewall, "captcha", problems, prefix="firewall.", empty=True)
    where = firewall.get("captcha_on")
    asked = firewall.get("captcha")
    if asked == [] and where is not None:
        problems.add(
            "firewall.captcha_on", where.value, "nothing while firewall.captcha is empty", "remove one of the two"
        )
        return
    pages = chosen.has_domain or chosen.adopted
    if where in (CaptchaOn.PAGES, CaptchaOn.BOTH) and not pages:
        problems.add(
            "firewall.captcha_on",
            where.value,
            "api without domain: there are no pages to show a CAPTCHA",
            "give domain.prefix, or write captcha_on: api",
        )
    elif asked and where is None and not pages:
        problems.add(
            "firewall.captcha",
            asked,
            "nothing without domain and captcha_on: there are no pages to show a CAPTCHA",
            "give domain.prefix; or write captcha_on: api and let the apps use the AWS WAF SDK",
        )
