"""The functions that programs invoke: most are answered from what the sandbox knows by itself, in a preview too."""

from collections.abc import Callable

from pulumi_aws_sandbox import lookups, policy_documents, solution_stacks
from pulumi_aws_sandbox.errors import UnsupportedError
from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.lookups import Place
from pulumi_aws_sandbox.zones import zones

_SUFFIXES = {"aws": "amazonaws.com", "aws-cn": "amazonaws.com.cn", "aws-us-gov": "amazonaws.com"}
# Every Region of the sandbox's AWS is on by default, and so is each zone.
_ZONE_FACTS = {"opt-in-status": "opt-in-not-required", "state": "available", "zone-type": "availability-zone"}


class FunctionError(ValueError):
    """A function was asked for something that does not exist."""


def invoke(token: str, args: Properties, place: Place, clients: Clients | None = None) -> Properties:
    """Answer the function `token`; raise `UnsupportedError` if the sandbox does not know it.

    Without `clients` there is no AWS to look into, as in a preview.
    """
    if token in lookups.FUNCTIONS:
        try:
            return lookups.answer(token, args, place, clients)
        except LookupError as error:
            raise FunctionError(str(error)) from error
    if token not in _FUNCTIONS:
        known = ", ".join(sorted({*_FUNCTIONS, *lookups.FUNCTIONS}))
        message = (
            f"the sandbox does not answer the function {token}; it knows {known}; "
            "add it to sandbox/pulumi_aws_sandbox/functions.py"
        )
        raise UnsupportedError(message)
    return _FUNCTIONS[token](args, place)


def _availability_zones(args: Properties, place: Place) -> Properties:
    region = args.get("region", place.region)
    if region not in zones():
        message = (
            f'getAvailabilityZones: "{region}" is not a Region of the sandbox; it has {", ".join(sorted(zones()))}'
        )
        raise FunctionError(message)
    kept = {
        name: zone_id
        for name, zone_id in sorted(zones()[region].items())
        if name not in args.get("excludeNames", [])
        and zone_id not in args.get("excludeZoneIds", [])
        and args.get("state", "available") == "available"
        and all(_passes(one, name, zone_id, region) for one in args.get("filters", []))
    }
    return {
        **args,
        "id": region,
        "region": region,
        "names": list(kept),
        "zoneIds": list(kept.values()),
        "groupNames": [region] if kept else [],
    }


def _passes(one: Properties, name: str, zone_id: str, region: str) -> bool:
    facts = _ZONE_FACTS | {"zone-name": name, "zone-id": zone_id, "region-name": region, "group-name": region}
    if one["name"] not in facts:
        message = f'getAvailabilityZones: "{one["name"]}" is not a filter; there are {", ".join(sorted(facts))}'
        raise FunctionError(message)
    return facts[one["name"]] in one["values"]


def _region(args: Properties, place: Place) -> Properties:
    name = args.get("region", args.get("name", place.region))
    if name not in zones():
        message = f'getRegion: "{name}" is not a Region of the sandbox; it has {", ".join(sorted(zones()))}'
        raise FunctionError(message)
    endpoint = f"ec2.{name}.{_SUFFIXES[place.partition]}"
    return {"id": name, "region": name, "name": name, "endpoint": endpoint, "description": name}


def _regions(args: Properties, place: Place) -> Properties:
    return {**args, "id": place.partition, "names": sorted(zones())}


def _caller_identity(_: Properties, place: Place) -> Properties:
    arn = f"arn:{place.partition}:sts::{place.account}:user/sandbox"
    return {"id": place.account, "accountId": place.account, "arn": arn, "userId": "AIDASANDBOXSANDBOXSA"}


def _partition(_: Properties, place: Place) -> Properties:
    suffix = _SUFFIXES[place.partition]
    reverse = ".".join(reversed(suffix.split(".")))
    return {"id": place.partition, "partition": place.partition, "dnsSuffix": suffix, "reverseDnsPrefix": reverse}


def _service_principal(args: Properties, place: Place) -> Properties:
    region, name = args.get("region", place.region), args["serviceName"]
    reverse = ".".join(reversed(_SUFFIXES["aws"].split(".")))
    return {
        "id": f"{reverse}.{region}.{name}",
        "name": f"{name}.amazonaws.com",
        "region": region,
        "serviceName": name,
        "suffix": "amazonaws.com",
    }


def _policy_document(args: Properties, _: Place) -> Properties:
    return policy_documents.answer(args)


def _solution_stack(args: Properties, place: Place) -> Properties:
    region = args.get("region", place.region)
    try:
        name = solution_stacks.matching(args["nameRegex"], most_recent=bool(args.get("mostRecent")))
    except LookupError as error:
        message = f"getSolutionStack: {error}"
        raise FunctionError(message) from error
    return {**args, "id": name, "name": name, "region": region}


_FUNCTIONS: dict[str, Callable[[Properties, Place], Properties]] = {
    "aws:elasticbeanstalk/getSolutionStack:getSolutionStack": _solution_stack,
    "aws:iam/getPolicyDocument:getPolicyDocument": _policy_document,
    "aws:index/getAvailabilityZones:getAvailabilityZones": _availability_zones,
    "aws:index/getCallerIdentity:getCallerIdentity": _caller_identity,
    "aws:index/getPartition:getPartition": _partition,
    "aws:index/getRegion:getRegion": _region,
    "aws:index/getRegions:getRegions": _regions,
    "aws:index/getServicePrincipal:getServicePrincipal": _service_principal,
}
