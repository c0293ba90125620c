"""Users of a user pool and the groups that they are in."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler

_GONE = ("ResourceNotFoundException", "UserNotFoundException")
_STANDARD = {
    "address",
    "birthdate",
    "email",
    "email_verified",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "phone_number_verified",
    "picture",
    "preferred_username",
    "profile",
    "sub",
    "updated_at",
    "website",
    "zoneinfo",
}
_AT_CREATION = {
    "clientMetadata": "ClientMetadata",
    "desiredDeliveryMediums": "DesiredDeliveryMediums",
    "forceAliasCreation": "ForceAliasCreation",
    "messageAction": "MessageAction",
    "temporaryPassword": "TemporaryPassword",
}


def _client(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "cognito-idp", properties)


def _key(name: str) -> str:
    return name if name in _STANDARD or name.startswith("custom:") else f"custom:{name}"


def _attributes(attributes: Properties) -> list[dict[str, str]]:
    return [{"Name": _key(name), "Value": value} for name, value in attributes.items()]


def _ids(user_id: str) -> dict[str, str]:
    pool, username = user_id.split("/", 1)
    return {"UserPoolId": pool, "Username": username}


def _make(clients: Clients, inputs: Properties) -> str:
    cognito = _client(clients, inputs)
    user_id = f"{inputs['userPoolId']}/{inputs['username']}"
    request = {aws: inputs[name] for name, aws in _AT_CREATION.items() if name in inputs}
    for name, aws in (("attributes", "UserAttributes"), ("validationData", "ValidationData")):
        if name in inputs:
            request[aws] = _attributes(inputs[name])
    cognito.admin_create_user(**_ids(user_id), **request)
    if not inputs["enabled"]:
        cognito.admin_disable_user(**_ids(user_id))
    if "password" in inputs:
        cognito.admin_set_user_password(**_ids(user_id), Password=inputs["password"], Permanent=True)
    return user_id


def _describe(clients: Clients, user_id: str, known: Properties) -> Properties | None:
    cognito = _client(clients, known)
    user = found(lambda: cognito.admin_get_user(**_ids(user_id)), *_GONE)
    if user is None:
        return None
    ids = _ids(user_id)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    stated = {_key(name): name for name in known.get("attributes", {})}
    shown = {stated.get(name, name.removeprefix("custom:")): value for name, value in attributes.items()}
    return {
        "attributes": shown,
        "userPoolId": ids["UserPoolId"],
        "username": ids["Username"],
        "enabled": user["Enabled"],
        "status": user["UserStatus"],
        "sub": attributes["sub"],
        "creationDate": user["UserCreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lastModifiedDate": user["UserLastModifiedDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "mfaSettingLists": user.get("UserMFASettingList", []),
        "preferredMfaSetting": user.get("PreferredMfaSetting", ""),
    }


def _change(clients: Clients, user_id: str, _: Properties, old: Properties, new: Properties) -> None:
    cognito = _client(clients, new)
    before, after = ({_key(name): text for name, text in some.get("attributes", {}).items()} for some in (old, new))
    put = {name: value for name, value in after.items() if before.get(name) != value}
    if put:
        cognito.admin_update_user_attributes(**_ids(user_id), UserAttributes=_attributes(put))
    gone = [name for name in before if name not in after]
    if gone:
        cognito.admin_delete_user_attributes(**_ids(user_id), UserAttributeNames=gone)
    if old["enabled"] != new["enabled"]:
        turn = cognito.admin_enable_user if new["enabled"] else cognito.admin_disable_user
        turn(**_ids(user_id))
    for name, permanent in (("temporaryPassword", False), ("password", True)):
        if name in new and new[name] != old.get(name):
            cognito.admin_set_user_password(**_ids(user_id), Password=new[name], Permanent=permanent)


def _remove(clients: Clients, user_id: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    found(lambda: cognito.admin_delete_user(**_ids(user_id)), *_GONE)


def _validate(inputs: Properties) -> list[tuple[str, str]]:
    if "password" in inputs and "temporaryPassword" in inputs:
        return [("password", '"password": conflicts with temporaryPassword')]
    return []


def _make_membership(clients: Clients, inputs: Properties) -> str:
    pool, group, username = inputs["userPoolId"], inputs["groupName"], inputs["username"]
    _client(clients, inputs).admin_add_user_to_group(UserPoolId=pool, GroupName=group, Username=username)
    return f"{pool}/{group}/{username}"


def _describe_membership(clients: Clients, membership_id: str, known: Properties) -> Properties | None:
    cognito = _client(clients, known)
    pool, group, username = membership_id.split("/", 2)
    answer = found(lambda: cognito.admin_list_groups_for_user(UserPoolId=pool, Username=username), *_GONE)
    if answer is None or group not in [each["GroupName"] for each in answer["Groups"]]:
        return None
    return {"userPoolId": pool, "groupName": group, "username": username}


def _remove_membership(clients: Clients, membership_id: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    pool, group, username = membership_id.split("/", 2)
    ids = {"UserPoolId": pool, "GroupName": group, "Username": username}
    found(lambda: cognito.admin_remove_user_from_group(**ids), *_GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cognito/user:User",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"userPoolId", "username"}),
            replace_on=frozenset({"userPoolId", "username"}),
            defaults={"enabled": True},
            secret_outputs=frozenset({"password", "temporaryPassword"}),
            unordered=frozenset({"desiredDeliveryMediums"}),
            validate=_validate,
        ),
        handler(
            "aws:cognito/userInGroup:UserInGroup",
            make=_make_membership,
            describe=_describe_membership,
            remove=_remove_membership,
            required=frozenset({"groupName", "userPoolId", "username"}),
        ),
    )
}
