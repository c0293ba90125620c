"""A user pool with users, and an identity pool that trusts it."""

from dataclasses import dataclass

from sandbox.access.world import (
    PASSWORD,
    REGION,
    Door,
    Json,
    allow,
    refusal,
    role_arn,
    trust,
)

_FEDERATED = {"Federated": "cognito-identity.amazonaws.com"}
_WEB = "sts:AssumeRoleWithWebIdentity"
_COGNITO = "cognito-identity.amazonaws.com"
_SESSION = "CognitoIdentityCredentials"
_OWN_FILES = "arn:aws:s3:::app-files/${cognito-identity.amazonaws.com:sub}/*"


@dataclass
class Pools:
    """A user pool with one client, and an identity pool that trusts it."""

    aws: Door
    user_pool: str
    client: str
    identity_pool: str
    provider: str

    @classmethod
    def made(cls, aws: Door, **identity_pool: Json) -> "Pools":
        idp = aws.operator("cognito-idp")
        user_pool = idp.create_user_pool(PoolName="app")["UserPool"]["Id"]
        client = cls.another_client(aws, user_pool)
        provider = f"cognito-idp.{REGION}.amazonaws.com/{user_pool}"
        trusted = {"ProviderName": provider, "ClientId": client, "ServerSideTokenCheck": True}
        settings = {"CognitoIdentityProviders": [trusted], "AllowUnauthenticatedIdentities": False, **identity_pool}
        made = aws.operator("cognito-identity").create_identity_pool(IdentityPoolName="app", **settings)
        pools = cls(aws, user_pool, client, made["IdentityPoolId"], provider)
        pools.role("member", "authenticated", allow("s3:PutObject", _OWN_FILES))
        pools.role("guest", "unauthenticated", allow("s3:PutObject", _OWN_FILES), allow("secretsmanager:*", "*"))
        pools.attach()
        return pools

    @staticmethod
    def another_client(aws: Door, user_pool: str) -> str:
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = aws.operator("cognito-idp").create_user_pool_client(
            UserPoolId=user_pool, ClientName="app", ExplicitAuthFlows=flows
        )
        return made["UserPoolClient"]["ClientId"]

    def role(self, name: str, amr: str, *statements: Json, actions: tuple[str, ...] = (_WEB,)) -> str:
        conditions = {
            "StringEquals": {f"{_COGNITO}:aud": self.identity_pool},
            "ForAnyValue:StringLike": {f"{_COGNITO}:amr": amr},
        }
        return self.aws.role(name, *statements, trusts=trust(_FEDERATED, *actions, **conditions))

    def attach(self, **mappings: Json) -> None:
        self.aws.operator("cognito-identity").set_identity_pool_roles(
            IdentityPoolId=self.identity_pool,
            Roles={"authenticated": role_arn("member"), "unauthenticated": role_arn("guest")},
            RoleMappings=mappings,
        )

    def user(self, name: str) -> str:
        """Make a user and return its password's proof: tokens."""
        idp = self.aws.operator("cognito-idp")
        idp.admin_create_user(UserPoolId=self.user_pool, Username=name, MessageAction="SUPPRESS")
        idp.admin_set_user_password(UserPoolId=self.user_pool, Username=name, Password=PASSWORD, Permanent=True)
        return name

    def tokens(self, name: str, client: str | None = None) -> dict[str, str]:
        return self.aws.anonymous("cognito-idp").initiate_auth(
            ClientId=client or self.client,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
        )["AuthenticationResult"]

    def login(self, name: str) -> dict[str, str]:
        return {self.provider: self.tokens(name)["IdToken"]}

    @property
    def client_side(self) -> Json:
        return self.aws.anonymous("cognito-identity")

    def identity(self, **logins: str) -> str:
        return self.client_side.get_id(IdentityPoolId=self.identity_pool, Logins=logins)["IdentityId"]

    def credentials(self, identity: str, logins: dict[str, str], **more: str) -> dict[str, str]:
        answer = self.client_side.get_credentials_for_identity(IdentityId=identity, Logins=logins, **more)
        assert answer["IdentityId"] == identity
        return answer["Credentials"]

    def arn(self, credentials: dict[str, str]) -> str:
        return self.aws.holder(credentials, "sts").get_caller_identity()["Arn"]

    def refused(self, operation: str, **arguments: Json) -> tuple[str, str]:
        code, message, status = refusal(getattr(self.client_side, operation), **arguments)
        assert status == 400
        return code, message

    def refused_login(self, **logins: str) -> str:
        code, message = self.refused("get_id", IdentityPoolId=self.identity_pool, Logins=logins)
        assert code == "NotAuthorizedException"
        return message
