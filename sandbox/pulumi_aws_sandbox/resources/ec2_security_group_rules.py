"""EC2: security group rules as resources of their own."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Handler, Properties
from pulumi_aws_sandbox.resources._ec2 import arn, ec2_of, one, retag, tag_specification
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tags_from, to_aws

_GONE_RULE = ("InvalidGroup.NotFound", "InvalidSecurityGroupRuleId.NotFound")
_ANY = "-1"


def _rule_request(inputs: Properties) -> dict[str, Any]:
    about = {"Description": inputs["description"]} if "description" in inputs else {}
    sources = {
        "cidrIpv4": ("IpRanges", "CidrIp"),
        "cidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "prefixListId": ("PrefixListIds", "PrefixListId"),
        "referencedSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    }
    request = {"IpProtocol": inputs["ipProtocol"], **to_aws(inputs, {"fromPort": "FromPort", "toPort": "ToPort"})}
    for name, (aws, inner) in sources.items():
        if name in inputs:
            request[aws] = [{inner: inputs[name].split("/")[-1] if inner == "GroupId" else inputs[name], **about}]
    return request


def _make_rule(clients: Clients, inputs: Properties, direction: str) -> str:
    ec2 = ec2_of(clients, inputs)
    authorize = getattr(ec2, f"authorize_security_group_{direction}")
    answer = authorize(
        GroupId=inputs["securityGroupId"],
        IpPermissions=[_rule_request(inputs)],
        **tag_specification("security-group-rule", inputs),
    )
    return answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]


def _describe_rule(clients: Clients, rule_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    rule = one(
        lambda: ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule_id])["SecurityGroupRules"], *_GONE_RULE
    )
    if rule is None:
        return None
    names = {
        "securityGroupId": "GroupId",
        "ipProtocol": "IpProtocol",
        "cidrIpv4": "CidrIpv4",
        "cidrIpv6": "CidrIpv6",
        "prefixListId": "PrefixListId",
        "description": "Description",
        "fromPort": "FromPort",
        "toPort": "ToPort",
    }
    answer = from_aws(rule, names)
    if answer["ipProtocol"] == _ANY:
        answer = {key: value for key, value in answer.items() if key not in {"fromPort", "toPort"} or key in known}
    return {
        **answer,
        "referencedSecurityGroupId": rule.get("ReferencedGroupInfo", {}).get("GroupId"),
        "securityGroupRuleId": rule_id,
        "arn": arn(clients, known, "security-group-rule", rule_id),
        **tags_from(rule.get("Tags"), known),
    }


def _change_rule(clients: Clients, rule_id: str, _: Properties, old: Properties, new: Properties) -> None:
    names = {
        "ipProtocol": "IpProtocol",
        "fromPort": "FromPort",
        "toPort": "ToPort",
        "cidrIpv4": "CidrIpv4",
        "cidrIpv6": "CidrIpv6",
        "prefixListId": "PrefixListId",
        "referencedSecurityGroupId": "ReferencedGroupId",
        "description": "Description",
    }
    ec2, before, after = ec2_of(clients, new), to_aws(old, names), to_aws(new, names)
    if before != after:
        rule = {"FromPort": -1, "ToPort": -1} | after
        ec2.modify_security_group_rules(
            GroupId=new["securityGroupId"],
            SecurityGroupRules=[{"SecurityGroupRuleId": rule_id, "SecurityGroupRule": rule}],
        )
    retag(ec2, rule_id, old, new)


def _remove_rule(clients: Clients, rule_id: str, outputs: Properties, direction: str) -> None:
    if _describe_rule(clients, rule_id, outputs) is None:
        return
    revoke = getattr(ec2_of(clients, outputs), f"revoke_security_group_{direction}")
    found(lambda: revoke(GroupId=outputs["securityGroupId"], SecurityGroupRuleIds=[rule_id]), *_GONE_RULE)


def _rule_problems(inputs: Properties) -> list[tuple[str, str]]:
    sources = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")
    given = [name for name in sources if name in inputs]
    problems = []
    if len(given) != 1:
        reason = f"exactly one of {', '.join(sources)} is needed: got {', '.join(given) or 'none'}"
        problems.append(("cidrIpv4", reason))
    if inputs.get("ipProtocol") in {"tcp", "udp"} and not {"fromPort", "toPort"} <= inputs.keys():
        problems.append(("fromPort", f"fromPort and toPort are needed for {inputs['ipProtocol']}"))
    return problems


def _rule_handler(direction: str) -> Handler:
    kind = f"SecurityGroup{direction.capitalize()}Rule"
    return handler(
        f"aws:vpc/{kind[:1].lower()}{kind[1:]}:{kind}",
        make=lambda clients, inputs: _make_rule(clients, inputs, direction),
        describe=_describe_rule,
        change=_change_rule,
        remove=lambda clients, rule_id, outputs: _remove_rule(clients, rule_id, outputs, direction),
        required=frozenset({"ipProtocol", "securityGroupId"}),
        replace_on=frozenset({"securityGroupId"}),
        validate=_rule_problems,
    )


HANDLERS = {each.token: each for each in (_rule_handler("ingress"), _rule_handler("egress"))}
