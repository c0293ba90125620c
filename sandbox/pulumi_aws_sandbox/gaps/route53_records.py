"""Records with routing policies: each set of a name and type has one policy, and goes alone.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
"""

from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace

_POLICIES = ("Failover", "GeoLocation", "MultiValueAnswer", "Region", "Weight")
_HEAVIEST = 255


def fill() -> None:
    """Teach moto's records."""
    from moto.route53.models import FakeZone, Route53Backend  # noqa: PLC0415 - moto loads only when deploying

    replace(Route53Backend, "change_resource_record_sets", _changing)
    replace(FakeZone, "delete_rrset", lambda _: _delete)


def _changing(original: Callable[..., Any]) -> Callable[..., Any]:
    def change(self: Any, zoneid: str, change_list: list[dict[str, Any]]) -> None:  # noqa: ANN401 - moto's own types
        zone = self.get_hosted_zone(zoneid)
        for each in change_list:
            record = each["ResourceRecordSet"]
            if each["Action"] in {"CREATE", "UPSERT"}:
                _check(self, zone, record, each["Action"])
            elif record.get("SetIdentifier") and not any(
                one.name.rstrip(".") == record["Name"].rstrip(".")
                and (one.type, one.set_identifier) == (record["Type"], record["SetIdentifier"])
                for one in zone.rrsets
            ):
                _refuse(
                    f"Tried to delete resource record set [name='{record['Name']}', type='{record['Type']}', "
                    f"set identifier='{record['SetIdentifier']}'] but it was not found"
                )
        # moto would delete every record of a set identifier, whatever its name and type.
        zone.delete_rrset_by_id = lambda _: None
        try:
            original(self, zoneid, change_list)
        finally:
            del zone.delete_rrset_by_id
        for each in change_list:
            if each["Action"] == "DELETE" and each["ResourceRecordSet"].get("SetIdentifier"):
                _delete(zone, each["ResourceRecordSet"])

    return change


def _delete(zone: Any, record: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    name = record["Name"].rstrip(".")
    zone.rrsets = [
        each
        for each in zone.rrsets
        if each.name.rstrip(".") != name
        or (record.get("Type") is not None and each.type != record["Type"])
        or ("SetIdentifier" in record and each.set_identifier != record["SetIdentifier"])
    ]


def _check(backend: Any, zone: Any, record: dict[str, Any], action: str) -> None:  # noqa: ANN401 - moto's own types
    policies = [name for name in _POLICIES if _is_set(record.get(name))]
    identifier, name = record.get("SetIdentifier"), record["Name"].rstrip(".")
    if len(policies) > 1:
        _refuse(f"{name}: a record has one routing policy; got {', '.join(policies)}")
    if bool(policies) != bool(identifier):
        _refuse(f"{name}: a record has a set identifier if, and only if, it has a routing policy")
    if not 0 <= int(record.get("Weight") or 0) <= _HEAVIEST:
        _refuse(f"{name}: Weight must be from 0 to {_HEAVIEST}; got {record['Weight']}")
    check = record.get("HealthCheckId")
    if check and check not in backend.health_checks:
        _refuse(f"Invalid health check: {check} does not exist")
    for each in zone.rrsets:
        if each.name.rstrip(".") == name and each.type == record["Type"]:
            _check_beside(each, record, policies, action)


def _check_beside(other: Any, record: dict[str, Any], policies: list[str], action: str) -> None:  # noqa: ANN401 - moto's own types
    """Refuse a record that does not go together with another of its name and type."""
    name = record["Name"].rstrip(".")
    if other.set_identifier == record.get("SetIdentifier"):
        if action == "CREATE":
            _refuse(
                f"Tried to create resource record set [name='{name}.', type='{record['Type']}'] but it already exists"
            )
        return
    theirs = [each for each in _POLICIES if _is_set(getattr(other, _ATTRIBUTES[each]))]
    if theirs != policies:
        _refuse(f"{name}: all records of a name and type have the same routing policy; there is {theirs or 'none'}")
    if policies == ["Failover"] and other.failover == record["Failover"]:
        _refuse(f"{name}: there is a {other.failover} record already")
    if policies == ["Region"] and other.region == record["Region"]:
        _refuse(f"{name}: there is a record for {other.region} already")


def _is_set(value: object) -> bool:
    """Tell whether a policy is there; a weight of 0 is one."""
    return value is not None and value is not False


_ATTRIBUTES = {
    "Failover": "failover",
    "GeoLocation": "geo_location",
    "MultiValueAnswer": "multi_value_answer",
    "Region": "region",
    "Weight": "weight",
}


def _refuse(reason: str) -> NoReturn:
    from moto.route53.exceptions import Route53ClientError  # noqa: PLC0415 - loaded by now

    code = "InvalidChangeBatch"
    raise Route53ClientError(code, f"[{reason}]")
