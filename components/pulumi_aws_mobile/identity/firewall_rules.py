"""The rules of the web ACL before a user pool. Pure: settings in, the rules' inputs out.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
"""

from collections.abc import Sequence
from typing import Any

from pulumi_aws_mobile.web_acl import MANAGED_GROUPS, managed_rule, rate_rule

from .clients.args import CaptchaOn
from .settings import Firewall

_PAGES = {"sign_up": "/signup", "sign_in": "/login", "forgot_password": "/forgotpassword"}
"""The paths of the pages, as they are after these transformations."""
_AS_WRITTEN = ("NONE",)
_AS_MEANT = ("URL_DECODE", "NORMALIZE_PATH", "LOWERCASE")
"""WAF sees the path as it was sent: another spelling of it would go past the rule."""
_OPERATIONS = {"sign_up": "SignUp", "sign_in": "InitiateAuth", "forgot_password": "ForgotPassword"}
_OPERATION_HEADER = "x-amzn-cognito-operation-name"
"""The header by which Cognito tells WAF the operation. Those that set up an authenticator app, which a CAPTCHA would
break, are not among ours."""


def firewall_rules(firewall: Firewall) -> list[dict[str, Any]]:
    """Return the rules in the order in which they are asked."""
    counts = firewall.count_only
    rules = [managed_rule(name, count_only=counts) for name in MANAGED_GROUPS] if firewall.managed_rules else []
    rules.append(rate_rule(firewall.requests_per_five_minutes, count_only=counts))
    if firewall.captcha:
        rules.append(
            {
                "name": "captcha",
                "action": {"count": {}} if counts else {"captcha": {}},
                "statement": _any_of(_captcha_matches(firewall)),
            }
        )
    return rules


def _captcha_matches(firewall: Firewall) -> list[dict[str, Any]]:
    matches: list[dict[str, Any]] = []
    if firewall.captcha_on is not CaptchaOn.API:
        matches += [_match(_PAGES[what], "STARTS_WITH", {"uri_path": {}}, _AS_MEANT) for what in firewall.captcha]
    if firewall.captcha_on is not CaptchaOn.PAGES:
        header = {"single_header": {"name": _OPERATION_HEADER}}
        matches += [_match(_OPERATIONS[what], "EXACTLY", header, _AS_WRITTEN) for what in firewall.captcha]
    return matches


def _match(text: str, constraint: str, field: dict[str, Any], transformations: Sequence[str]) -> dict[str, Any]:
    return {
        "byte_match_statement": {
            "search_string": text,
            "positional_constraint": constraint,
            "field_to_match": field,
            "text_transformations": [{"priority": place, "type": kind} for place, kind in enumerate(transformations)],
        }
    }


def _any_of(statements: list[dict[str, Any]]) -> dict[str, Any]:
    """Join statements; WAF takes an `or` of two or more only."""
    return statements[0] if len(statements) == 1 else {"or_statement": {"statements": statements}}
