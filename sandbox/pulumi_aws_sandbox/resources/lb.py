"""Elastic Load Balancing: listeners of Application and Network Load Balancers, such as an environment's own one."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)

_GONE = ("ListenerNotFound", "LoadBalancerNotFound")
_LISTENER = {"port": "Port", "protocol": "Protocol", "sslPolicy": "SslPolicy"}
_SECURE = {"HTTPS", "TLS"}
_REDIRECT = {
    "host": ("Host", "#{host}"),
    "path": ("Path", "/#{path}"),
    "port": ("Port", "#{port}"),
    "protocol": ("Protocol", "#{protocol}"),
    "query": ("Query", "#{query}"),
    "statusCode": ("StatusCode", None),
}
_RESPONSE = {"contentType": "ContentType", "messageBody": "MessageBody", "statusCode": "StatusCode"}
_BLOCKS = {"fixed-response": "fixedResponse", "redirect": "redirect"}


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    problems = [
        (name, f"the sandbox keeps no account of {name}; leave it out")
        for name in inputs
        if name.startswith("routingHttp") or name in {"mutualAuthentication", "tcpIdleTimeoutSeconds"}
    ]
    for action in inputs["defaultActions"]:
        kind = action["type"]
        if kind == "forward":
            given = [name for name in ("targetGroupArn", "forward") if name in action]
            if len(given) != 1:
                text = f"one of targetGroupArn and forward must be given: got {' and '.join(given) or 'neither'}"
                problems.append(("defaultActions", f"defaultActions: {text}"))
        elif kind not in _BLOCKS:
            text = f'the sandbox has the types fixed-response, forward and redirect: got "{kind}"'
            problems.append(("defaultActions", f"defaultActions: {text}"))
        elif _BLOCKS[kind] not in action:
            problems.append(("defaultActions", f"defaultActions: {_BLOCKS[kind]} must be given for the type {kind}"))
    return problems


def _elbv2(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "elbv2", properties)


def _actions(actions: list[Properties]) -> list[dict[str, Any]]:
    listed = []
    for action in actions:
        given: dict[str, Any] = to_aws(action, {"type": "Type", "order": "Order", "targetGroupArn": "TargetGroupArn"})
        if "redirect" in action:
            block = action["redirect"]
            values = {aws: block.get(name, default) for name, (aws, default) in _REDIRECT.items()}
            given["RedirectConfig"] = {name: value for name, value in values.items() if value is not None}
        if "fixedResponse" in action:
            given["FixedResponseConfig"] = to_aws(action["fixedResponse"], _RESPONSE)
        if "forward" in action:
            groups = action["forward"]["targetGroups"]
            listed_groups = [{"TargetGroupArn": each["arn"], "Weight": each.get("weight", 1)} for each in groups]
            given["ForwardConfig"] = {"TargetGroups": listed_groups}
        listed.append(given)
    return listed


def _actions_from(answer: list[dict[str, Any]], known: list[Properties]) -> list[Properties]:
    """Return what AWS answers in the program's own form where it means the same."""
    before = [dict(sorted(each.items())) for each in _actions(known)]
    if len(before) == len(answer) and all(_bare(was) == _bare(now) for was, now in zip(before, answer, strict=True)):
        return known
    found_actions = []
    for each in answer:
        action: Properties = from_aws(each, {"type": "Type", "order": "Order", "targetGroupArn": "TargetGroupArn"})
        if "RedirectConfig" in each:
            action["redirect"] = from_aws(each["RedirectConfig"], {name: aws for name, (aws, _) in _REDIRECT.items()})
        if "FixedResponseConfig" in each:
            action["fixedResponse"] = from_aws(each["FixedResponseConfig"], _RESPONSE)
        if "ForwardConfig" in each and "targetGroupArn" not in action:
            groups = each["ForwardConfig"]["TargetGroups"]
            action["forward"] = {
                "targetGroups": [{"arn": one["TargetGroupArn"], "weight": one.get("Weight", 1)} for one in groups]
            }
        found_actions.append(action)
    return found_actions


def _bare(action: dict[str, Any]) -> dict[str, Any]:
    """Return an action without what AWS adds to it."""
    bare = {name: value for name, value in action.items() if name != "Order"}
    if "TargetGroupArn" in bare:
        bare.pop("ForwardConfig", None)
    for name in ("RedirectConfig", "FixedResponseConfig"):
        if name in bare:
            bare[name] = {key: str(value) for key, value in bare[name].items()}
    return bare


def _settings(inputs: Properties) -> dict[str, Any]:
    arn = inputs.get("certificateArn")
    return {
        **to_aws({"protocol": "HTTP", **inputs}, _LISTENER),
        **({"Certificates": [{"CertificateArn": arn}]} if arn else {}),
        **({"AlpnPolicy": [inputs["alpnPolicy"]]} if "alpnPolicy" in inputs else {}),
        "DefaultActions": _actions(inputs["defaultActions"]),
    }


def _make(clients: Clients, inputs: Properties) -> str:
    tags = {"Tags": tag_list(inputs)} if inputs.get("tags") else {}
    answer = _elbv2(clients, inputs).create_listener(
        LoadBalancerArn=inputs["loadBalancerArn"], **_settings(inputs), **tags
    )
    return answer["Listeners"][0]["ListenerArn"]


def _describe(clients: Clients, arn: str, known: Properties) -> Properties | None:
    client = _elbv2(clients, known)
    answer = found(lambda: client.describe_listeners(ListenerArns=[arn])["Listeners"], *_GONE)
    if not answer:
        return None
    about = answer[0]
    certificates = about.get("Certificates") or [{}]
    tags = client.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"]
    return {
        **from_aws(about, _LISTENER | {"loadBalancerArn": "LoadBalancerArn"}),
        "sslPolicy": about.get("SslPolicy", "") if about["Protocol"] in _SECURE else "",
        "arn": arn,
        "certificateArn": certificates[0].get("CertificateArn"),
        "alpnPolicy": next(iter(about.get("AlpnPolicy") or []), None),
        "defaultActions": _actions_from(about["DefaultActions"], known.get("defaultActions", [])),
        **tags_from(tags, known),
    }


def _change(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    client = _elbv2(clients, new)
    if {**old, "tags": None} != {**new, "tags": None}:
        client.modify_listener(ListenerArn=arn, **_settings(new))
    gone, put = tag_changes(old, new)
    if gone:
        client.remove_tags(ResourceArns=[arn], TagKeys=gone)
    if put:
        client.add_tags(ResourceArns=[arn], Tags=tag_list({"tags": put}))


def _remove(clients: Clients, arn: str, outputs: Properties) -> None:
    found(lambda: _elbv2(clients, outputs).delete_listener(ListenerArn=arn), *_GONE)


HANDLERS = {
    "aws:lb/listener:Listener": handler(
        "aws:lb/listener:Listener",
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        required=frozenset({"defaultActions", "loadBalancerArn"}),
        replace_on=frozenset({"loadBalancerArn"}),
        validate=_problems,
    )
}
