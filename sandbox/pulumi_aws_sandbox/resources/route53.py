"""Hosted zones and records of Route 53, which is one for all Regions."""

import uuid
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import found, handler, is_gone, tag_changes, tag_list, tags_from

_GONE = "NoSuchHostedZone"
_COMMENT = "Managed by Pulumi"
_ROUTINGS = (
    "failoverRoutingPolicies",
    "geolocationRoutingPolicies",
    "latencyRoutingPolicies",
    "weightedRoutingPolicies",
)
_UNSUPPORTED = ("cidrRoutingPolicy", "geoproximityRoutingPolicy")


def _client(clients: Clients) -> Any:  # noqa: ANN401 - a boto3 client
    return clients("route53")


def _make_zone(clients: Clients, inputs: Properties) -> str:
    route53 = _client(clients)
    vpcs = inputs.get("vpcs") or []
    given: dict[str, Any] = {"Name": inputs["name"], "CallerReference": str(uuid.uuid4())}
    given["HostedZoneConfig"] = {"Comment": inputs.get("comment", _COMMENT), "PrivateZone": bool(vpcs)}
    if vpcs:
        given["VPC"] = _vpc(clients, vpcs[0])
    zone_id = route53.create_hosted_zone(**given)["HostedZone"]["Id"].rsplit("/", 1)[-1]
    for each in vpcs[1:]:
        route53.associate_vpc_with_hosted_zone(HostedZoneId=zone_id, VPC=_vpc(clients, each))
    if inputs.get("tags"):
        route53.change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone_id, AddTags=tag_list(inputs))
    return zone_id


def _vpc(clients: Clients, given: Properties) -> dict[str, str]:
    return {"VPCId": given["vpcId"], "VPCRegion": given.get("vpcRegion", clients.region)}


def _describe_zone(clients: Clients, zone_id: str, known: Properties) -> Properties | None:
    route53 = _client(clients)
    answer = found(lambda: route53.get_hosted_zone(Id=zone_id), _GONE)
    if answer is None:
        return None
    tags = route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=zone_id)["ResourceTagSet"]["Tags"]
    servers = sorted((answer.get("DelegationSet") or {}).get("NameServers", []))
    vpcs = [{"vpcId": each["VPCId"], "vpcRegion": each["VPCRegion"]} for each in answer.get("VPCs", [])]
    return {
        "arn": f"arn:{clients.partition}:route53:::hostedzone/{zone_id}",
        "comment": answer["HostedZone"]["Config"].get("Comment", ""),
        "name": answer["HostedZone"]["Name"].rstrip("."),
        "nameServers": servers,
        "primaryNameServer": servers[0] if servers else "",
        "zoneId": zone_id,
        **({"vpcs": vpcs} if vpcs else {}),
        **tags_from(tags, known),
    }


def _change_zone(clients: Clients, zone_id: str, _: Properties, old: Properties, new: Properties) -> None:
    route53 = _client(clients)
    gone, put = tag_changes(old, new)
    if gone or put:
        changes: dict[str, Any] = {"AddTags": tag_list({"tags": put})} if put else {}
        changes |= {"RemoveTagKeys": gone} if gone else {}
        route53.change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone_id, **changes)
    if old.get("comment") != new.get("comment"):
        route53.update_hosted_zone_comment(Id=zone_id, Comment=new.get("comment", _COMMENT))
    before, after = old.get("vpcs") or [], new.get("vpcs") or []
    for each in after:
        if each not in before:
            route53.associate_vpc_with_hosted_zone(HostedZoneId=zone_id, VPC=_vpc(clients, each))
    for each in before:
        if each not in after:
            route53.disassociate_vpc_from_hosted_zone(HostedZoneId=zone_id, VPC=_vpc(clients, each))


def _remove_zone(clients: Clients, zone_id: str, outputs: Properties) -> None:
    route53 = _client(clients)
    if outputs.get("forceDestroy") and found(lambda: route53.get_hosted_zone(Id=zone_id), _GONE) is not None:
        own = outputs["name"].rstrip(".")
        for each in route53.list_resource_record_sets(HostedZoneId=zone_id)["ResourceRecordSets"]:
            if each["Type"] not in {"NS", "SOA"} or each["Name"].rstrip(".") != own:
                _send(route53, zone_id, "DELETE", each)
    found(lambda: route53.delete_hosted_zone(Id=zone_id), _GONE)


def _record(inputs: Properties, zone_name: str) -> dict[str, Any]:
    """Return a record set as Route 53 takes it."""
    record: dict[str, Any] = {"Name": _full_name(inputs["name"], zone_name), "Type": inputs["type"]}
    if inputs.get("aliases"):
        alias = inputs["aliases"][0]
        record["AliasTarget"] = {
            "DNSName": alias["name"],
            "EvaluateTargetHealth": alias["evaluateTargetHealth"],
            "HostedZoneId": alias["zoneId"],
        }
    else:
        record["TTL"] = inputs["ttl"]
        record["ResourceRecords"] = [{"Value": _quoted(each, inputs["type"])} for each in inputs.get("records", [])]
    for name, aws in {"setIdentifier": "SetIdentifier", "healthCheckId": "HealthCheckId"}.items():
        if inputs.get(name):
            record[aws] = inputs[name]
    if inputs.get("multivalueAnswerRoutingPolicy"):
        record["MultiValueAnswer"] = True
    return record | _routing(inputs)


def _routing(inputs: Properties) -> dict[str, Any]:
    kind = next((name for name in _ROUTINGS if inputs.get(name)), None)
    policy = inputs[kind][0] if kind else {}
    match kind:
        case "failoverRoutingPolicies":
            return {"Failover": policy["type"]}
        case "latencyRoutingPolicies":
            return {"Region": policy["region"]}
        case "weightedRoutingPolicies":
            return {"Weight": policy["weight"]}
        case "geolocationRoutingPolicies":
            names = {"continent": "ContinentCode", "country": "CountryCode", "subdivision": "SubdivisionCode"}
            return {"GeoLocation": {aws: policy[name] for name, aws in names.items() if policy.get(name)}}
    return {}


def _full_name(name: str, zone_name: str) -> str:
    """Return a name with the zone's, which the program may leave out."""
    bare, zone = name.rstrip(".").lower(), zone_name.rstrip(".")
    if bare == zone or bare.endswith(f".{zone}"):
        return bare
    return f"{bare}.{zone}" if bare else zone


def _quoted(text: str, kind: str) -> str:
    return f'"{text}"' if kind in {"SPF", "TXT"} and not text.startswith('"') else text


def _zone_name(route53: Any, zone_id: str) -> str:  # noqa: ANN401 - a boto3 client
    return route53.get_hosted_zone(Id=zone_id)["HostedZone"]["Name"]


def _send(route53: Any, zone_id: str, action: str, record: dict[str, Any]) -> None:  # noqa: ANN401 - a boto3 client
    batch = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
    route53.change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch=batch)


def _make_record(clients: Clients, inputs: Properties) -> str:
    route53 = _client(clients)
    record = _record(inputs, _zone_name(route53, inputs["zoneId"]))
    _send(route53, inputs["zoneId"], "UPSERT" if inputs.get("allowOverwrite") else "CREATE", record)
    parts = [inputs["zoneId"], inputs["name"], inputs["type"]]
    return "_".join([*parts, *([inputs["setIdentifier"]] if inputs.get("setIdentifier") else [])])


def _find_record(clients: Clients, known: Properties) -> dict[str, Any] | None:
    route53 = _client(clients)
    if found(lambda: route53.get_hosted_zone(Id=known["zoneId"]), _GONE) is None:
        return None
    name = _full_name(known["name"], _zone_name(route53, known["zoneId"]))
    for page in route53.get_paginator("list_resource_record_sets").paginate(HostedZoneId=known["zoneId"]):
        for each in page["ResourceRecordSets"]:
            same = each["Name"].rstrip(".").replace("\\052", "*") == name and each["Type"] == known["type"]
            if same and each.get("SetIdentifier") == (known.get("setIdentifier") or None):
                return each
    return None


def _describe_record(clients: Clients, _: str, known: Properties) -> Properties | None:
    record = _find_record(clients, known)
    if record is None:
        return None
    now: Properties = {"fqdn": record["Name"].rstrip(".").replace("\\052", "*"), "type": record["Type"]}
    if "AliasTarget" in record:
        alias = record["AliasTarget"]
        now["aliases"] = [
            {
                "evaluateTargetHealth": alias["EvaluateTargetHealth"],
                "name": alias["DNSName"],
                "zoneId": alias["HostedZoneId"],
            }
        ]
    else:
        values = [each["Value"] for each in record.get("ResourceRecords", [])]
        given = known.get("records", [])
        same = [_quoted(each, record["Type"]) for each in given] == values
        now |= {"ttl": record["TTL"], "records": given if same else values}
    return now


def _change_record(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    route53 = _client(clients)
    _send(route53, new["zoneId"], "UPSERT", _record(new, _zone_name(route53, new["zoneId"])))


def _remove_record(clients: Clients, _: str, outputs: Properties) -> None:
    record = _find_record(clients, outputs)
    if record is None:
        return
    try:
        _send(_client(clients), outputs["zoneId"], "DELETE", record)
    except Exception as error:
        if not is_gone(error, _GONE, "InvalidChangeBatch"):
            raise


def _record_problems(inputs: Properties) -> list[tuple[str, str]]:
    unknown = [name for name in _UNSUPPORTED if inputs.get(name)]
    if unknown:
        return [(name, f"the sandbox has no {name}") for name in unknown]
    if not inputs.get("aliases") and not inputs.get("records"):
        return [("records", "one of `aliases, records` must be specified")]
    if inputs.get("records") and "ttl" not in inputs:
        return [("ttl", "all of `records, ttl` must be specified")]
    return []


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:route53/record:Record",
            make=_make_record,
            describe=_describe_record,
            change=_change_record,
            remove=_remove_record,
            required=frozenset({"name", "type", "zoneId"}),
            replace_on=frozenset({"name", "setIdentifier", "type", "zoneId"}),
            regional=False,
            unordered=frozenset({"records"}),
            validate=_record_problems,
        ),
        handler(
            "aws:route53/zone:Zone",
            make=_make_zone,
            describe=_describe_zone,
            change=_change_zone,
            remove=_remove_zone,
            defaults={"comment": _COMMENT, "forceDestroy": False},
            replace_on=frozenset({"delegationSetId", "name"}),
            regional=False,
            required=frozenset({"name"}),
            unordered=frozenset({"vpcs"}),
        ),
    )
}
