"""Situations of iam."""

from .world import OTHER_TAGS, TAGS, TRUST, Inputs, Situation, World, document


def _role(_: World) -> tuple[Inputs, Inputs]:
    managed = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    first = {"assumeRolePolicy": TRUST, "description": "one", "tags": TAGS}
    return first, {
        "assumeRolePolicy": TRUST.replace("rds.", "ec2."),
        "description": "two",
        "maxSessionDuration": 7200,
        "managedPolicyArns": [managed],
        "inlinePolicies": [{"name": "read", "policy": document("s3:GetObject")}],
        "tags": OTHER_TAGS,
    }


def _role_policy(world: World) -> tuple[Inputs, Inputs]:
    role = world.role()
    return {"role": role, "policy": document("s3:GetObject")}, {"role": role, "policy": document("s3:PutObject")}


def _attachment(world: World) -> tuple[Inputs, None]:
    return {"role": world.role(), "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, None


def _policy(_: World) -> tuple[Inputs, Inputs]:
    return {"policy": document("s3:GetObject"), "tags": TAGS}, {"policy": document("s3:Put*"), "tags": OTHER_TAGS}


def _oidc(_: World) -> tuple[Inputs, Inputs]:
    first = {"url": "https://accounts.google.com", "clientIdLists": ["one", "two"], "tags": TAGS}
    return first, {**first, "clientIdLists": ["three", "two"], "thumbprintLists": ["a" * 40], "tags": OTHER_TAGS}


def metadata(entity: str) -> str:
    """Return SAML metadata as long as IAM wants them."""
    return f'<EntityDescriptor entityID="{entity}"><!--{"-" * 1000}--></EntityDescriptor>'.replace("---", "- -")


def _saml(_: World) -> tuple[Inputs, Inputs]:
    first = {"samlMetadataDocument": metadata("one"), "tags": TAGS}
    return first, {"samlMetadataDocument": metadata("two"), "tags": OTHER_TAGS}


def _profile(world: World) -> tuple[Inputs, Inputs]:
    return {"role": world.role(), "tags": TAGS}, {"role": world.role(), "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {
    "aws:iam/instanceProfile:InstanceProfile": _profile,
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _oidc,
    "aws:iam/policy:Policy": _policy,
    "aws:iam/role:Role": _role,
    "aws:iam/rolePolicy:RolePolicy": _role_policy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _attachment,
    "aws:iam/samlProvider:SamlProvider": _saml,
}
