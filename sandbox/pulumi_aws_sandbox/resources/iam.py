"""Identity and Access Management: roles, their inline policies, managed policies and attachments."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    found,
    from_aws,
    handler,
    policy_from,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)

_GONE = "NoSuchEntity"
_HOUR = 3600


def _make_role(clients: Clients, inputs: Properties) -> str:
    iam, name = clients("iam"), inputs["name"]
    names = {
        "name": "RoleName",
        "assumeRolePolicy": "AssumeRolePolicyDocument",
        "description": "Description",
        "maxSessionDuration": "MaxSessionDuration",
        "path": "Path",
        "permissionsBoundary": "PermissionsBoundary",
    }
    iam.create_role(**to_aws(inputs, names), Tags=tag_list(inputs))
    _write_role_policies(iam, name, {}, inputs)
    return name


def _write_role_policies(iam: Any, name: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    before = {each.get("name", ""): each.get("policy") for each in old.get("inlinePolicies", [])}
    after = {each.get("name", ""): each.get("policy") for each in new.get("inlinePolicies", [])}
    for each in before.keys() - after.keys():
        found(lambda policy=each: iam.delete_role_policy(RoleName=name, PolicyName=policy), _GONE)
    for each, document in after.items():
        if each and before.get(each) != document:
            iam.put_role_policy(RoleName=name, PolicyName=each, PolicyDocument=document)
    attached, wanted = old.get("managedPolicyArns", []), new.get("managedPolicyArns", [])
    for arn in attached:
        if arn not in wanted:
            found(lambda policy=arn: iam.detach_role_policy(RoleName=name, PolicyArn=policy), _GONE)
    for arn in wanted:
        if arn not in attached:
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)


def _describe_role(clients: Clients, name: str, known: Properties) -> Properties | None:
    iam = clients("iam")
    answer = found(lambda: iam.get_role(RoleName=name), _GONE)
    if answer is None:
        return None
    role = answer["Role"]
    names = {"name": "RoleName", "arn": "Arn", "uniqueId": "RoleId", "path": "Path", "description": "Description"}
    attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    inline = [
        {
            "name": each,
            "policy": _document(iam.get_role_policy(RoleName=name, PolicyName=each)["PolicyDocument"], {}, "policy"),
        }
        for each in iam.list_role_policies(RoleName=name)["PolicyNames"]
    ]
    return {
        **from_aws(role, names),
        "assumeRolePolicy": _document(role["AssumeRolePolicyDocument"], known, "assumeRolePolicy"),
        "createDate": role["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "maxSessionDuration": role.get("MaxSessionDuration", _HOUR),
        "permissionsBoundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        "managedPolicyArns": [each["PolicyArn"] for each in attached],
        "inlinePolicies": inline,
        "forceDetachPolicies": known.get("forceDetachPolicies", False),
        **tags_from(iam.list_role_tags(RoleName=name)["Tags"], known),
    }


def _document(answer: Any, known: Properties, name: str) -> str:  # noqa: ANN401 - boto3 decodes policy documents
    import json  # noqa: PLC0415 - only here is a decoded document written again

    return policy_from(json.dumps(answer) if not isinstance(answer, str) else answer, known, name)


def _change_role(clients: Clients, name: str, _: Properties, old: Properties, new: Properties) -> None:
    iam = clients("iam")
    if new["assumeRolePolicy"] != old.get("assumeRolePolicy"):
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=new["assumeRolePolicy"])
    if any(new.get(each) != old.get(each) for each in ("description", "maxSessionDuration")):
        iam.update_role(
            RoleName=name,
            Description=new.get("description", ""),
            MaxSessionDuration=new.get("maxSessionDuration", _HOUR),
        )
    boundary = new.get("permissionsBoundary")
    if boundary != old.get("permissionsBoundary"):
        if boundary:
            iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=boundary)
        else:
            iam.delete_role_permissions_boundary(RoleName=name)
    _write_role_policies(iam, name, old, new)
    gone, put = tag_changes(old, new)
    if gone:
        iam.untag_role(RoleName=name, TagKeys=gone)
    if put:
        iam.tag_role(RoleName=name, Tags=tag_list({"tags": put}))


def _remove_role(clients: Clients, name: str, outputs: Properties) -> None:
    iam = clients("iam")
    attached = _describe_role(clients, name, outputs) if outputs.get("forceDetachPolicies") else outputs
    if attached is not None:
        _write_role_policies(iam, name, attached, {})
        found(lambda: iam.delete_role(RoleName=name), _GONE)


def _make_role_policy(clients: Clients, inputs: Properties) -> str:
    _put_role_policy(clients, "", {}, {}, inputs)
    return f"{inputs['role']}:{inputs['name']}"


def _put_role_policy(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    clients("iam").put_role_policy(RoleName=new["role"], PolicyName=new["name"], PolicyDocument=new["policy"])


def _describe_role_policy(clients: Clients, policy_id: str, known: Properties) -> Properties | None:
    role, name = policy_id.split(":", 1)
    answer = found(lambda: clients("iam").get_role_policy(RoleName=role, PolicyName=name), _GONE)
    if answer is None:
        return None
    return {"role": role, "name": name, "policy": _document(answer["PolicyDocument"], known, "policy")}


def _remove_role_policy(clients: Clients, policy_id: str, _: Properties) -> None:
    role, name = policy_id.split(":", 1)
    found(lambda: clients("iam").delete_role_policy(RoleName=role, PolicyName=name), _GONE)


def _make_attachment(clients: Clients, inputs: Properties) -> str:
    clients("iam").attach_role_policy(RoleName=inputs["role"], PolicyArn=inputs["policyArn"])
    return f"{inputs['role']}/{inputs['policyArn']}"


def _describe_attachment(clients: Clients, attachment_id: str, _: Properties) -> Properties | None:
    role, arn = attachment_id.split("/", 1)
    answer = found(lambda: clients("iam").list_attached_role_policies(RoleName=role), _GONE)
    if answer is None or arn not in [each["PolicyArn"] for each in answer["AttachedPolicies"]]:
        return None
    return {"role": role, "policyArn": arn}


def _remove_attachment(clients: Clients, attachment_id: str, _: Properties) -> None:
    role, arn = attachment_id.split("/", 1)
    found(lambda: clients("iam").detach_role_policy(RoleName=role, PolicyArn=arn), _GONE)


def _make_policy(clients: Clients, inputs: Properties) -> str:
    names = {"name": "PolicyName", "policy": "PolicyDocument", "description": "Description", "path": "Path"}
    return clients("iam").create_policy(**to_aws(inputs, names), Tags=tag_list(inputs))["Policy"]["Arn"]


def _describe_policy(clients: Clients, arn: str, known: Properties) -> Properties | None:
    iam = clients("iam")
    answer = found(lambda: iam.get_policy(PolicyArn=arn), _GONE)
    if answer is None:
        return None
    policy = answer["Policy"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
    names = {
        "name": "PolicyName",
        "arn": "Arn",
        "policyId": "PolicyId",
        "path": "Path",
        "description": "Description",
        "attachmentCount": "AttachmentCount",
    }
    return {
        **from_aws(policy, names),
        "policy": _document(version["Document"], known, "policy"),
        **tags_from(iam.list_policy_tags(PolicyArn=arn)["Tags"], known),
    }


def _change_policy(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    iam = clients("iam")
    if new["policy"] != old.get("policy"):
        # IAM keeps five versions at most; the provider keeps one besides the new one.
        for version in iam.list_policy_versions(PolicyArn=arn)["Versions"]:
            if not version["IsDefaultVersion"]:
                iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=new["policy"], SetAsDefault=True)
    gone, put = tag_changes(old, new)
    if gone:
        iam.untag_policy(PolicyArn=arn, TagKeys=gone)
    if put:
        iam.tag_policy(PolicyArn=arn, Tags=tag_list({"tags": put}))


def _remove_policy(clients: Clients, arn: str, _: Properties) -> None:
    iam = clients("iam")
    answer = found(lambda: iam.list_policy_versions(PolicyArn=arn), _GONE)
    for version in answer["Versions"] if answer else []:
        if not version["IsDefaultVersion"]:
            iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
    found(lambda: iam.delete_policy(PolicyArn=arn), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:iam/role:Role",
            make=_make_role,
            describe=_describe_role,
            change=_change_role,
            remove=_remove_role,
            required=frozenset({"assumeRolePolicy"}),
            replace_on=frozenset({"name", "namePrefix", "path"}),
            auto_name=AutoName("name", 64),
            unordered=frozenset({"managedPolicyArns", "inlinePolicies"}),
            regional=False,
        ),
        handler(
            "aws:iam/rolePolicy:RolePolicy",
            make=_make_role_policy,
            describe=_describe_role_policy,
            change=_put_role_policy,
            remove=_remove_role_policy,
            required=frozenset({"policy", "role"}),
            replace_on=frozenset({"name", "namePrefix", "role"}),
            auto_name=AutoName("name", 128),
            regional=False,
        ),
        handler(
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            make=_make_attachment,
            describe=_describe_attachment,
            remove=_remove_attachment,
            required=frozenset({"policyArn", "role"}),
            regional=False,
        ),
        handler(
            "aws:iam/policy:Policy",
            make=_make_policy,
            describe=_describe_policy,
            change=_change_policy,
            remove=_remove_policy,
            required=frozenset({"policy"}),
            replace_on=frozenset({"name", "namePrefix", "path", "description"}),
            auto_name=AutoName("name", 128),
            regional=False,
        ),
    )
}
