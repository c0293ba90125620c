"""EC2: changes of every kind of security group rule, and where a flow log says that it delivers."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace

_ANY = "-1"


def fill() -> None:
    """Extend moto's security groups and flow logs."""
    from moto.ec2.models.flow_logs import FlowLogsBackend  # noqa: PLC0415 - moto loads only when deploying
    from moto.ec2.models.security_groups import SecurityGroupBackend  # noqa: PLC0415 - as above

    replace(SecurityGroupBackend, "modify_security_group_rules", lambda _: _modify)
    replace(FlowLogsBackend, "create_flow_logs", _delivering)


def _modify(self: Any, group_id: str, rules: dict[str, dict[str, Any]]) -> None:  # noqa: ANN401 - moto's own types
    from moto.ec2.exceptions import (  # noqa: PLC0415 - moto loads only when something is deployed
        InvalidSecurityGroupNotFoundError,
        InvalidSecurityGroupRuleIdNotFoundError,
    )

    group = self.get_security_group_by_name_or_id(group_id)
    if group is None:
        raise InvalidSecurityGroupNotFoundError(group_id)
    for rule_id, wanted in rules.items():
        rule = group.get_rule(rule_id)
        if rule is None:
            raise InvalidSecurityGroupRuleIdNotFoundError(rule_id)
        _write(rule, wanted)


def _write(rule: Any, wanted: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    rule.ip_protocol = str(wanted["IpProtocol"])
    everything = rule.ip_protocol == _ANY
    rule.from_port = None if everything else int(wanted["FromPort"])
    rule.to_port = None if everything else int(wanted["ToPort"])
    about = {"Description": wanted["Description"]} if wanted.get("Description") else {}
    cidrs = {"CidrIp": wanted.get("CidrIpv4"), "CidrIpv6": wanted.get("CidrIpv6")}
    rule.ip_range = {key: value for key, value in cidrs.items() if value}
    rule.prefix_list_id = wanted.get("PrefixListId")
    group = wanted.get("ReferencedGroupId")
    rule.source_group = {**rule.source_group, "GroupId": group, **about} if group else {}
    if not group:
        rule.ip_range |= about


def _delivering(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        arn = kwargs.get("log_destination") or ""
        if not kwargs.get("log_group_name") and ":log-group:" in arn:
            # AWS answers the group's name besides the destination, and looks there for the group.
            kwargs["log_group_name"] = arn.split(":log-group:", 1)[1].removesuffix(":*")
        return original(self, *args, **kwargs)

    return create
