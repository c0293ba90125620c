"""The rules of the web ACL before a user pool. Pure: settings in, the rules' inputs out.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
"""

from collections.abc import Sequence
from typing import Any

from .clients.args import CaptchaOn
from .settings import Firewall

_WINDOW_SECONDS = 300
_MANAGED = {
    "known-bad-addresses": "AWSManagedRulesAmazonIpReputationList",
    "common-attacks": "AWSManagedRulesCommonRuleSet",
}
_PAGES = {"sign_up": "/signup", "sign_in": "/login", "forgot_password": "/forgotpassword"}
"""The paths of the pages, as they are after these transformations."""
_AS_WRITTEN = ("NONE",)
_AS_MEANT = ("URL_DECODE", "NORMALIZE_PATH", "LOWERCASE")
"""WAF sees the path as it was sent: another spelling of it would go past the rule."""
_OPERATIONS = {"sign_up": "SignUp", "sign_in": "InitiateAuth", "forgot_password": "ForgotPassword"}
_OPERATION_HEADER = "x-amzn-cognito-operation-name"
"""The header by which Cognito tells WAF the operation. Those that set up an authenticator app, which a CAPTCHA would
break, are not among ours."""


def firewall_rules(name: str, firewall: Firewall) -> list[dict[str, Any]]:
    """Return the rules in the order in which they are asked."""
    rules: list[dict[str, Any]] = []
    if firewall.managed_rules:
        rules += [_managed(rule, group, firewall) for rule, group in _MANAGED.items()]
    rules.append(
        {
            "name": "too-many-requests",
            "action": _action("block", firewall),
            "statement": {
                "rate_based_statement": {
                    "aggregate_key_type": "IP",
                    "evaluation_window_sec": _WINDOW_SECONDS,
                    "limit": firewall.requests_per_five_minutes,
                }
            },
        }
    )
    if firewall.captcha:
        rules.append(
            {
                "name": "captcha",
                "action": _action("captcha", firewall),
                "statement": _any_of(_captcha_matches(firewall)),
            }
        )
    return [
        {**rule, "priority": place, "visibility_config": visibility(f"{name}-{rule['name']}")}
        for place, rule in enumerate(rules)
    ]


def visibility(metric: str) -> dict[str, Any]:
    """Return how WAF counts what matches."""
    return {"cloudwatch_metrics_enabled": True, "metric_name": metric, "sampled_requests_enabled": True}


def _managed(rule: str, group: str, firewall: Firewall) -> dict[str, Any]:
    return {
        "name": rule,
        "override_action": {"count": {}} if firewall.count_only else {"none": {}},
        "statement": {"managed_rule_group_statement": {"name": group, "vendor_name": "AWS"}},
    }


def _action(action: str, firewall: Firewall) -> dict[str, Any]:
    return {"count": {}} if firewall.count_only else {action: {}}


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
