"""Situations of wafv2."""

from .cognito import pool
from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _seen(name: str) -> Inputs:
    return {"metricName": name, "cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": False}


def _rate(limit: int) -> Inputs:
    return {
        "name": "rate",
        "priority": 1,
        "statement": {"rateBasedStatement": {"limit": limit, "aggregateKeyType": "IP", "evaluationWindowSec": 120}},
        "action": {"block": {"customResponse": {"responseCode": 429}}},
        "visibilityConfig": _seen("rate"),
    }


def _managed() -> Inputs:
    return {
        "name": "common",
        "priority": 2,
        "statement": {
            "managedRuleGroupStatement": {
                "name": "AWSManagedRulesCommonRuleSet",
                "vendorName": "AWS",
                "ruleActionOverrides": [{"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}],
            }
        },
        "overrideAction": {"none": {}},
        "visibilityConfig": _seen("common"),
    }


def _captcha() -> Inputs:
    path = {
        "searchString": "/signup",
        "positionalConstraint": "STARTS_WITH",
        "fieldToMatch": {"uriPath": {}},
        "textTransformations": [{"priority": 0, "type": "LOWERCASE"}],
    }
    abroad = {"notStatement": {"statement": {"geoMatchStatement": {"countryCodes": ["DE", "FR"]}}}}
    return {
        "name": "captcha",
        "priority": 3,
        "statement": {"andStatement": {"statements": [{"byteMatchStatement": path}, abroad]}},
        "action": {"captcha": {}},
        "captchaConfig": {"immunityTimeProperty": {"immunityTime": 300}},
        "ruleLabels": [{"name": "asked"}],
        "visibilityConfig": _seen("captcha"),
    }


def _inputs(*rules: Inputs, **more: object) -> Inputs:
    basis = {"scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": _seen("acl")}
    return {**basis, "rules": list(rules), **more}


def acl(world: World, *rules: Inputs, **more: object) -> Inputs:
    """Return the outputs of a web ACL."""
    return world.make("aws:wafv2/webAcl:WebAcl", _inputs(*rules, **more))


def _web_acl(_: World) -> tuple[Inputs, Inputs]:
    more = {
        "description": "Sign-up",
        "customResponseBodies": [{"key": "slow", "content": "Slow down", "contentType": "TEXT_PLAIN"}],
        "captchaConfig": {"immunityTimeProperty": {"immunityTime": 600}},
        "tokenDomains": ["example.com"],
        "defaultAction": {"block": {}},
    }
    return _inputs(_rate(100), tags=TAGS), _inputs(_captcha(), _managed(), _rate(500), tags=OTHER_TAGS, **more)


def _association(world: World) -> tuple[Inputs, None]:
    return {"webAclArn": acl(world, _rate(100))["arn"], "resourceArn": pool(world)["arn"]}, None


def _logging(world: World) -> tuple[Inputs, Inputs]:
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {"name": "aws-waf-logs-app"})["arn"]
    first = {
        "resourceArn": acl(world)["arn"],
        "logDestinationConfigs": [group],
        "redactedFields": [{"singleHeader": {"name": "authorization"}}, {"queryString": {}}],
    }
    only_blocked = {
        "defaultBehavior": "DROP",
        "filters": [
            {
                "behavior": "KEEP",
                "requirement": "MEETS_ANY",
                "conditions": [{"actionCondition": {"action": "BLOCK"}}],
            }
        ],
    }
    return first, {**first, "loggingFilter": only_blocked}


SITUATIONS: dict[str, Situation] = {
    "aws:wafv2/webAcl:WebAcl": _web_acl,
    "aws:wafv2/webAclAssociation:WebAclAssociation": _association,
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": _logging,
}
