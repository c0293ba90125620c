"""The lookup of a hosted zone of Route 53."""

from pulumi_aws_sandbox.handler import Clients, Properties

_ZONE_ID = "Z000000000000EXAMPLE"


def stand_in(args: Properties, where: str) -> Properties:
    """Return what stands for a zone where there is no AWS to look into."""
    zone_id = args.get("zoneId", _ZONE_ID)
    partition = where.split(":", 1)[0]
    return {
        "arn": f"arn:{partition}:route53:::hostedzone/{zone_id}",
        "callerReference": "",
        "comment": "",
        "id": zone_id,
        "linkedServiceDescription": "",
        "linkedServicePrincipal": "",
        "name": args.get("name", "").rstrip("."),
        "nameServers": [],
        "primaryNameServer": "",
        "privateZone": False,
        "resourceRecordSetCount": 0,
        "tags": {},
        "zoneId": zone_id,
    }


def find(clients: Clients, args: Properties, _: str) -> Properties:
    """Return the zone of an id or a name; raise `LookupError` if there is none, or more than one."""
    route53 = clients("route53")
    wanted_name, private = args.get("name", "").rstrip("."), args.get("privateZone", False)
    found = [
        each
        for page in route53.get_paginator("list_hosted_zones").paginate()
        for each in page["HostedZones"]
        if each["Id"].rsplit("/", 1)[-1] == args.get("zoneId")
        or (
            "zoneId" not in args
            and each["Name"].rstrip(".") == wanted_name
            and each["Config"]["PrivateZone"] == private
        )
    ]
    if len(found) != 1:
        message = f"getZone: {'no' if not found else 'more than one'} matching Route 53 Hosted Zone found"
        raise LookupError(message)
    zone_id = found[0]["Id"].rsplit("/", 1)[-1]
    servers = sorted(route53.get_hosted_zone(Id=zone_id).get("DelegationSet", {}).get("NameServers", []))
    tags = route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=zone_id)["ResourceTagSet"]["Tags"]
    return {
        "arn": f"arn:{clients.partition}:route53:::hostedzone/{zone_id}",
        "callerReference": found[0].get("CallerReference", ""),
        "comment": found[0]["Config"].get("Comment", ""),
        "id": zone_id,
        "linkedServiceDescription": "",
        "linkedServicePrincipal": "",
        "name": found[0]["Name"].rstrip("."),
        "nameServers": servers,
        "primaryNameServer": servers[0] if servers else "",
        "privateZone": found[0]["Config"]["PrivateZone"],
        "resourceRecordSetCount": found[0].get("ResourceRecordSetCount", 0),
        "tags": {each["Key"]: each["Value"] for each in tags},
        "zoneId": zone_id,
    }
