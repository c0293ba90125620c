"""Web ACLs of AWS WAF, what they protect, and their logs."""

import json
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, tag_changes, tag_list, tags_from
from pulumi_aws_sandbox.resources._waf_shapes import from_shape, to_shape

_GONE = "WAFNonexistentItemException"
_SETTINGS = (
    "associationConfig",
    "captchaConfig",
    "challengeConfig",
    "dataProtectionConfig",
    "defaultAction",
    "description",
    "tokenDomains",
    "visibilityConfig",
)


def _client(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "wafv2", properties)


def _shape(waf: Any, operation: str) -> Any:  # noqa: ANN401 - a boto3 client and botocore's shapes
    return waf.meta.service_model.operation_model(operation).input_shape


def _aws_name(name: str) -> str:
    return name[:1].upper() + name[1:]


def _request(waf: Any, properties: Properties) -> dict[str, Any]:  # noqa: ANN401 - a boto3 client
    members = _shape(waf, "CreateWebACL").members
    request = {
        _aws_name(name): to_shape(properties[name], members[_aws_name(name)])
        for name in _SETTINGS
        if name in properties
    }
    if "customResponseBodies" in properties:
        request["CustomResponseBodies"] = {
            each["key"]: {"Content": each["content"], "ContentType": each["contentType"]}
            for each in properties["customResponseBodies"]
        }
    if "ruleJson" in properties:
        request["Rules"] = json.loads(properties["ruleJson"])
    else:
        request["Rules"] = _rules(waf, properties.get("rules", []))
    return request


def _rules(waf: Any, rules: list[Properties]) -> list[dict[str, Any]]:  # noqa: ANN401 - a boto3 client
    return to_shape(rules, _shape(waf, "CreateWebACL").members["Rules"])


def _make_acl(clients: Clients, inputs: Properties) -> str:
    waf = _client(clients, inputs)
    tags = {"Tags": tag_list(inputs)} if inputs.get("tags") else {}
    answer = waf.create_web_acl(Name=inputs["name"], Scope=inputs["scope"], **_request(waf, inputs), **tags)
    return answer["Summary"]["Id"]


def _get(waf: Any, acl_id: str, known: Properties) -> dict[str, Any] | None:  # noqa: ANN401 - a boto3 client
    return found(lambda: waf.get_web_acl(Name=known["name"], Scope=known["scope"], Id=acl_id), _GONE)


def _describe_acl(clients: Clients, acl_id: str, known: Properties) -> Properties | None:
    waf = _client(clients, known)
    answer = _get(waf, acl_id, known)
    if answer is None:
        return None
    acl = answer["WebACL"]
    now = {name: from_shape(acl[_aws_name(name)]) for name in _SETTINGS if acl.get(_aws_name(name))}
    bodies = [
        {"key": key, "content": each["Content"], "contentType": each["ContentType"]}
        for key, each in acl.get("CustomResponseBodies", {}).items()
    ]
    if bodies or "customResponseBodies" in known:
        now["customResponseBodies"] = bodies
    tags = waf.list_tags_for_resource(ResourceARN=acl["ARN"])["TagInfoForResource"]["TagList"]
    return {
        **now,
        **_rules_now(waf, acl.get("Rules", []), known),
        "arn": acl["ARN"],
        "name": acl["Name"],
        "capacity": acl["Capacity"],
        "lockToken": answer["LockToken"],
        "applicationIntegrationUrl": answer.get("ApplicationIntegrationURL", ""),
        **tags_from(tags, known),
    }


def _rules_now(waf: Any, answer: list[dict[str, Any]], known: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    """Return the rules as the program wrote them where they mean the same, in its order."""
    if "ruleJson" in known:
        same = json.loads(known["ruleJson"]) == answer
        return {"ruleJson": known["ruleJson"] if same else json.dumps(answer)}
    by_name = {rule["Name"]: rule for rule in answer}
    declared = known.get("rules", [])
    rules = [
        each if _rules(waf, [each])[0] == by_name[each["name"]] else from_shape(by_name[each["name"]])
        for each in declared
        if each["name"] in by_name
    ]
    stated = {each["name"] for each in declared}
    rules += [from_shape(rule) for name, rule in by_name.items() if name not in stated]
    return {"rules": rules} if rules or "rules" in known else {}


def _change_acl(clients: Clients, acl_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    waf = _client(clients, new)
    gone, put = tag_changes(old, new)
    if gone:
        waf.untag_resource(ResourceARN=outputs["arn"], TagKeys=gone)
    if put:
        waf.tag_resource(ResourceARN=outputs["arn"], Tags=tag_list({"tags": put}))
    if any(old.get(name) != new.get(name) for name in {*old, *new} - {"tags"}):
        token = waf.get_web_acl(Name=new["name"], Scope=new["scope"], Id=acl_id)["LockToken"]
        ids = {"Name": new["name"], "Scope": new["scope"], "Id": acl_id, "LockToken": token}
        waf.update_web_acl(**ids, **_request(waf, new))


def _remove_acl(clients: Clients, acl_id: str, outputs: Properties) -> None:
    waf = _client(clients, outputs)
    answer = _get(waf, acl_id, outputs)
    if answer is not None:
        ids = {"Name": outputs["name"], "Scope": outputs["scope"], "Id": acl_id}
        waf.delete_web_acl(**ids, LockToken=answer["LockToken"])


def _validate_acl(inputs: Properties) -> list[tuple[str, str]]:
    if "rules" in inputs and "ruleJson" in inputs:
        return [("ruleJson", '"ruleJson": conflicts with rules')]
    return []


def _make_association(clients: Clients, inputs: Properties) -> str:
    acl, resource = inputs["webAclArn"], inputs["resourceArn"]
    _client(clients, inputs).associate_web_acl(WebACLArn=acl, ResourceArn=resource)
    return f"{acl},{resource}"


def _describe_association(clients: Clients, association_id: str, known: Properties) -> Properties | None:
    waf = _client(clients, known)
    acl, resource = association_id.split(",", 1)
    answer = found(lambda: waf.get_web_acl_for_resource(ResourceArn=resource), _GONE)
    if answer is None or (answer.get("WebACL") or {}).get("ARN") != acl:
        return None
    return {"webAclArn": acl, "resourceArn": resource}


def _remove_association(clients: Clients, association_id: str, outputs: Properties) -> None:
    if _describe_association(clients, association_id, outputs) is not None:
        _client(clients, outputs).disassociate_web_acl(ResourceArn=outputs["resourceArn"])


def _make_logging(clients: Clients, inputs: Properties) -> str:
    _put_logging(clients, "", {}, {}, inputs)
    return inputs["resourceArn"]


def _put_logging(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    waf = _client(clients, new)
    shape = _shape(waf, "PutLoggingConfiguration").members["LoggingConfiguration"]
    names = ("logDestinationConfigs", "loggingFilter", "redactedFields", "resourceArn")
    waf.put_logging_configuration(
        LoggingConfiguration=to_shape({name: new[name] for name in names if name in new}, shape)
    )


def _describe_logging(clients: Clients, acl: str, known: Properties) -> Properties | None:
    waf = _client(clients, known)
    answer = found(lambda: waf.get_logging_configuration(ResourceArn=acl), _GONE)
    if answer is None:
        return None
    kept = answer["LoggingConfiguration"]
    now = {
        name: from_shape(kept[_aws_name(name)])
        for name in ("loggingFilter", "redactedFields")
        if kept.get(_aws_name(name))
    }
    gone = {name: empty for name, empty in (("loggingFilter", {}), ("redactedFields", [])) if name in known}
    return {"resourceArn": acl, "logDestinationConfigs": kept["LogDestinationConfigs"], **gone, **now}


def _remove_logging(clients: Clients, acl: str, outputs: Properties) -> None:
    waf = _client(clients, outputs)
    found(lambda: waf.delete_logging_configuration(ResourceArn=acl), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:wafv2/webAcl:WebAcl",
            make=_make_acl,
            describe=_describe_acl,
            change=_change_acl,
            remove=_remove_acl,
            required=frozenset({"defaultAction", "scope", "visibilityConfig"}),
            replace_on=frozenset({"name", "namePrefix", "scope"}),
            auto_name=AutoName("name", 128),
            unordered=frozenset({"customResponseBodies", "rules", "tokenDomains"}),
            validate=_validate_acl,
        ),
        handler(
            "aws:wafv2/webAclAssociation:WebAclAssociation",
            make=_make_association,
            describe=_describe_association,
            remove=_remove_association,
            required=frozenset({"resourceArn", "webAclArn"}),
        ),
        handler(
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            make=_make_logging,
            describe=_describe_logging,
            change=_put_logging,
            remove=_remove_logging,
            required=frozenset({"logDestinationConfigs", "resourceArn"}),
            replace_on=frozenset({"logDestinationConfigs", "resourceArn"}),
        ),
    )
}
