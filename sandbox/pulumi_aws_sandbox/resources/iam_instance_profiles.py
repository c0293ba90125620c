"""Identity and Access Management: instance profiles."""

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    found,
    from_aws,
    handler,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)

_GONE = "NoSuchEntity"
_LONGEST = 128


def _make(clients: Clients, inputs: Properties) -> str:
    iam, name = clients("iam"), inputs["name"]
    names = {"name": "InstanceProfileName", "path": "Path"}
    iam.create_instance_profile(**to_aws(inputs, names), Tags=tag_list(inputs))
    _set_role(clients, name, None, inputs.get("role"))
    return name


def _set_role(clients: Clients, name: str, old: str | None, new: str | None) -> None:
    iam = clients("iam")
    if old == new:
        return
    if old:
        found(lambda: iam.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=old), _GONE)
    if new:
        iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=new)


def _describe(clients: Clients, name: str, known: Properties) -> Properties | None:
    answer = found(lambda: clients("iam").get_instance_profile(InstanceProfileName=name), _GONE)
    if answer is None:
        return None
    profile = answer["InstanceProfile"]
    roles = [each["RoleName"] for each in profile["Roles"]]
    names = {"name": "InstanceProfileName", "arn": "Arn", "path": "Path", "uniqueId": "InstanceProfileId"}
    return {
        **from_aws(profile, names),
        "createDate": profile["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "role": roles[0] if roles else ("" if "role" in known else None),
        **tags_from(profile.get("Tags", []), known),
    }


def _change(clients: Clients, name: str, _: Properties, old: Properties, new: Properties) -> None:
    iam = clients("iam")
    _set_role(clients, name, old.get("role"), new.get("role"))
    gone, put = tag_changes(old, new)
    if gone:
        iam.untag_instance_profile(InstanceProfileName=name, TagKeys=gone)
    if put:
        iam.tag_instance_profile(InstanceProfileName=name, Tags=tag_list({"tags": put}))


def _remove(clients: Clients, name: str, outputs: Properties) -> None:
    profile = _describe(clients, name, outputs)
    if profile is not None:
        _set_role(clients, name, profile.get("role"), None)
        found(lambda: clients("iam").delete_instance_profile(InstanceProfileName=name), _GONE)


HANDLERS = {
    "aws:iam/instanceProfile:InstanceProfile": handler(
        "aws:iam/instanceProfile:InstanceProfile",
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        replace_on=frozenset({"name", "namePrefix", "path"}),
        auto_name=AutoName("name", _LONGEST),
        regional=False,
    )
}
