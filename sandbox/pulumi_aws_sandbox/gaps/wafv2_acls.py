"""Web ACLs that AWS would accept, changed as AWS changes them, and tied to resources that exist.

Facts: API reference of AWS WAF; the managed rule groups of its developer guide.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_refusals import refuse, require
from pulumi_aws_sandbox.gaps.patching import replace

_INVALID = "WAFInvalidParameterException"
_MISSING = "WAFNonexistentItemException"
_MANAGED = {
    f"AWSManagedRules{name}"
    for name in (
        "ACFPRuleSet",
        "ATPRuleSet",
        "AdminProtectionRuleSet",
        "AmazonIpReputationList",
        "AnonymousIpList",
        "AntiDDoSRuleSet",
        "BotControlRuleSet",
        "CommonRuleSet",
        "KnownBadInputsRuleSet",
        "LinuxRuleSet",
        "PHPRuleSet",
        "SQLiRuleSet",
        "UnixRuleSet",
        "WindowsRuleSet",
        "WordPressRuleSet",
    )
}
_NOT_FOR_POOLS = {"AWSManagedRulesACFPRuleSet", "AWSManagedRulesATPRuleSet"}
_GROUPS = {"ManagedRuleGroupStatement", "RuleGroupReferenceStatement"}
_WINDOWS = {60, 120, 300, 600}
_RATES = (10, 2_000_000_000)
_IMMUNITY = (60, 259_200)
_LOGS = "aws-waf-logs-"
_KEPT = ("DataProtectionConfig",)
_RESET = {
    "rules": [],
    "description": "",
    "custom_response_bodies": None,
    "captcha_config": None,
    "challenge_config": None,
    "token_domains": None,
    "association_config": None,
}


def fill() -> None:
    """Teach moto's web ACLs."""
    from moto.wafv2.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        FakeWebACL,
        WAFV2Backend,
    )
    from moto.wafv2.responses import WAFV2Response  # noqa: PLC0415 - moto loads only when something is deployed

    replace(WAFV2Response, "create_web_acl", _checking)
    replace(WAFV2Response, "update_web_acl", _checking)
    replace(FakeWebACL, "update", _updating)
    replace(FakeWebACL, "to_dict", _describing)
    replace(WAFV2Backend, "associate_web_acl", _associating)
    replace(WAFV2Backend, "delete_web_acl", _deleting)
    replace(WAFV2Backend, "put_logging_configuration", _logging)


def _checking(original: Callable[..., Any]) -> Callable[..., Any]:
    def respond(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        given = json.loads(self.body)
        _check(given, self.region)
        if "Id" not in given:
            taken = any(each.name == given["Name"] for each in _backend(self, given["Scope"]).wacls.values())
            require(not taken, f"A web ACL named {given['Name']} exists already.", "WAFDuplicateItemException")
        answer = original(self)
        acl = next(each for each in self.wafv2_backend.wacls.values() if each.name == given["Name"])
        acl.kept_settings = {name: given[name] for name in _KEPT if name in given}
        if any(":userpool/" in each for each in acl.associated_resources):
            _check_for_pools(given.get("Rules", []))
        return answer

    return respond


def _backend(self: Any, scope: str) -> Any:  # noqa: ANN401 - moto's own types
    from moto.wafv2.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        GLOBAL_REGION,
        wafv2_backends,
    )

    return wafv2_backends[self.current_account][GLOBAL_REGION if scope == "CLOUDFRONT" else self.region]


def _check(given: dict[str, Any], region: str) -> None:
    scope, rules = given["Scope"], given.get("Rules", [])
    require(scope in {"CLOUDFRONT", "REGIONAL"}, f"Scope must be CLOUDFRONT or REGIONAL: {scope}.", _INVALID)
    near = scope == "REGIONAL" or region in {"us-east-1", "global"}
    require(near, "The scope CLOUDFRONT is only valid in us-east-1.", _INVALID)
    default = given["DefaultAction"]
    require(len({"Allow", "Block"} & default.keys()) == 1, "DefaultAction must be either Allow or Block.", _INVALID)
    priorities = [each["Priority"] for each in rules]
    require(len(set(priorities)) == len(priorities), f"Rules must differ in priority: {sorted(priorities)}.", _INVALID)
    names = [each["Name"] for each in rules]
    require(len(set(names)) == len(names), f"Rules must differ in name: {sorted(names)}.", _INVALID)
    _check_immunity(given)
    for rule in rules:
        _check_rule(rule)


def _check_rule(rule: dict[str, Any]) -> None:
    name, statement = rule["Name"], rule["Statement"]
    require(len(statement) == 1, f"The rule {name} must have one statement: {sorted(statement)}.", _INVALID)
    grouped = bool(_GROUPS & statement.keys())
    action, override = rule.get("Action"), rule.get("OverrideAction")
    fits = bool(override) and not action if grouped else bool(action) and not override
    require(fits, f"The rule {name} needs {'OverrideAction' if grouped else 'Action'}, and only that.", _INVALID)
    _check_immunity(rule)
    for kind, inner in _statements(statement):
        if kind == "ManagedRuleGroupStatement" and inner["VendorName"] == "AWS":
            known = inner["Name"] in _MANAGED
            require(known, f"The managed rule group {inner['Name']} does not exist.", _MISSING)
        if kind == "RateBasedStatement":
            low, high = _RATES
            require(low <= inner["Limit"] <= high, f"Limit must be from {low} to {high}: {inner['Limit']}.", _INVALID)
            window = inner.get("EvaluationWindowSec", 300)
            require(window in _WINDOWS, f"EvaluationWindowSec must be one of {sorted(_WINDOWS)}: {window}.", _INVALID)


def _check_immunity(holder: dict[str, Any]) -> None:
    low, high = _IMMUNITY
    for name in ("CaptchaConfig", "ChallengeConfig"):
        seconds = (holder.get(name) or {}).get("ImmunityTimeProperty", {}).get("ImmunityTime", low)
        require(low <= seconds <= high, f"{name}.ImmunityTime must be from {low} to {high}: {seconds}.", _INVALID)


def _statements(statement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, inner in statement.items():
        yield kind, inner
        nested = [inner.get("ScopeDownStatement"), inner.get("Statement"), *inner.get("Statements", [])]
        for each in nested:
            if each:
                yield from _statements(each)


def _check_for_pools(rules: list[dict[str, Any]]) -> None:
    for rule in rules:
        group = rule["Statement"].get("ManagedRuleGroupStatement", {}).get("Name")
        allowed = group not in _NOT_FOR_POOLS
        require(allowed, f"{group} cannot protect a user pool.", "WAFInvalidOperationException")


def _updating(_: Callable[..., Any]) -> Callable[..., Any]:
    names = (
        "default_action",
        "rules",
        "description",
        "visibility_config",
        "custom_response_bodies",
        "captcha_config",
        "challenge_config",
        "token_domains",
        "association_config",
    )

    def update(self: Any, *values: Any) -> None:  # noqa: ANN401 - moto's own types
        for name, value in zip(names, values, strict=True):
            setattr(self, name, _RESET.get(name) if value is None else value)
        self.lock_token = self._generate_lock_token()

    return update


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_dict(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        answer = {**original(self), **vars(self).get("kept_settings", {})}
        answer["Rules"] = [
            {name: value for name, value in rule.items() if value is not None} for rule in answer["Rules"]
        ]
        return {name: value for name, value in answer.items() if value is not None}

    return to_dict


def _associating(original: Callable[..., Any]) -> Callable[..., Any]:
    def associate(self: Any, web_acl_arn: str, resource_arn: str) -> None:  # noqa: ANN401 - moto's own types
        acl = self.wacls.get(web_acl_arn)
        if acl is None:
            refuse(_MISSING, f"The web ACL {web_acl_arn} does not exist.")
        if ":userpool/" in resource_arn:
            _check_pool(self, resource_arn)
            _check_for_pools([each.to_dict() for each in acl.rules])
        # A resource has one web ACL: a new one takes the place of the old one.
        self.disassociate_web_acl(resource_arn)
        original(self, web_acl_arn, resource_arn)

    return associate


def _check_pool(self: Any, arn: str) -> None:  # noqa: ANN401 - moto's own types
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        cognitoidp_backends,
    )

    pools = cognitoidp_backends[self.account_id][self.region_name].user_pools.values()
    known = any(pool.arn == arn for pool in pools)
    require(known, f"The user pool {arn} does not exist.", "WAFUnavailableEntityException")


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, name: str, scope: str, _id: str, lock_token: str) -> None:  # noqa: ANN401 - moto's own types
        acl = next((each for each in self.wacls.values() if each.id == _id), None)
        free = acl is None or not acl.associated_resources
        require(free, f"The web ACL {name} is still associated with a resource.", "WAFAssociatedItemException")
        original(self, name, scope, _id, lock_token)
        if acl is not None:
            self.logging_configurations.pop(acl.arn, None)

    return delete


def _logging(original: Callable[..., Any]) -> Callable[..., Any]:
    def put(self: Any, arn: str, destinations: list[str], *more: Any) -> Any:  # noqa: ANN401 - moto's own types
        require(arn in self.wacls, f"The web ACL {arn} does not exist.", _MISSING)
        require(len(destinations) == 1, "A web ACL logs to one destination.", _INVALID)
        name = destinations[0].split("log-group:")[-1].split(":::")[-1].split("/")[-1]
        named = name.startswith(_LOGS)
        reason = f"The name of a log destination must begin with {_LOGS}: {destinations[0]}."
        require(named, reason, "WAFLogDestinationPermissionIssueException")
        return original(self, arn, destinations, *more)

    return put
