"""The exchange in the sandbox's AWS beside an identity: the function runs as deployed, with the rights of its role.

What this does not prove: that API Gateway lets users in and tells who they are; the API's own tests do.
"""

import json
from collections.abc import Iterator
from typing import Any

import pulumi
import pytest
from components.token_exchange.building import HOME, Args, verified
from components.token_exchange.functions.surroundings import proxy_event
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_mobile.token_exchange import TokenExchange
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import functions
from pulumi_aws_sandbox.runtime.functions import FunctionFailedError

EXCHANGE = "urn:pulumi:stack::project::aws-mobile:index:TokenExchange::tokens"
IDENTITY = "urn:pulumi:stack::project::aws-mobile:index:Identity::app"


class Updates(Mocks):
    """Deploys a program again and again as an engine does: creates, updates in place, deletes what is left."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Deploy to `sandbox`."""
        self._sandbox = sandbox
        self._there: dict[tuple[str, str], tuple[str, Args, Args]] = {}
        self._wanted: set[tuple[str, str]] = set()

    def up(self, program: Any) -> Recording:  # noqa: ANN401 - any program
        """Deploy a program."""
        self._wanted = set()
        recording = record(program, mocks=self)
        for token, name in self._there.keys() - self._wanted:
            id_, _, outputs = self._there.pop((token, name))
            self._sandbox.delete(token, id_, outputs, name)
        return recording

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, Args]:
        key = (args.typ, args.name)
        self._wanted.add(key)
        id_, old_inputs, old_outputs = self._there.get(key, ("", None, {}))
        inputs, failures = self._sandbox.check(args.typ, args.name, args.inputs, old_inputs, args.name.encode())
        assert failures == []
        if old_inputs is None:
            id_, outputs = self._sandbox.create(args.typ, inputs, args.name)
        else:
            diff = self._sandbox.diff(args.typ, old_inputs, old_outputs, inputs)
            assert diff.replaces == []
            outputs = old_outputs
            if diff.changed:
                outputs = self._sandbox.update(args.typ, id_, old_outputs, old_inputs, inputs, args.name)
        self._there[key] = (id_, inputs, outputs)
        return id_, outputs

    def call(self, args: MockCallArgs) -> Args:
        return self._sandbox.invoke(args.token, args.args)


class Deployed:
    """An identity with a user, and the exchange for its users."""

    def __init__(self, aws: Connection) -> None:
        self.aws = aws
        self._updates = Updates(Sandbox(aws))
        self.deploy(["first"], "first")
        identity = self._recording.component_outputs[IDENTITY]
        self.pool, self.identity_pool = identity["user_pool_id"], identity["identity_pool_id"]
        cognito = aws("cognito-idp")
        attributes = [{"Name": "email", "Value": "ada@example.com"}]
        made = cognito.admin_create_user(
            UserPoolId=self.pool, Username="ada@example.com", UserAttributes=attributes, MessageAction="SUPPRESS"
        )["User"]
        cognito.admin_add_user_to_group(UserPoolId=self.pool, Username=made["Username"], GroupName="staff")
        self.subject = next(each["Value"] for each in made["Attributes"] if each["Name"] == "sub")

    def deploy(self, keys: list[str], signs_with: str) -> None:
        """Bring the deployment to these keys."""

        def program() -> None:
            identity = Identity("app", {"groups": {"staff": {}}, "protect": False, "deletion_protection": False})
            args: Any = {
                "user_pool_id": identity.user_pool_id,
                "user_pool_arn": identity.user_pool_arn,
                "identity_pool_id": identity.identity_pool_id,
                "keys": keys,
                "signs_with": signs_with,
            }
            pulumi.export("contribution", TokenExchange("tokens", args).contribution)

        self._recording = self._updates.up(program)

    @property
    def outputs(self) -> Args:
        """The outputs of the exchange."""
        return self._recording.component_outputs[EXCHANGE]

    @property
    def contribution(self) -> Args:
        """What the exchange hands to an API."""
        return self._recording.stack_outputs["contribution"]

    def ask(self, **identity: str | None) -> Args:
        """Call the function for the user; return its answer with the body read."""
        provider = f"cognito-idp.{HOME}.amazonaws.com/{self.pool}"
        told = {"cognitoIdentityPoolId": self.identity_pool, **identity}
        event = proxy_event(f"{provider},{provider}:CognitoSignIn:{self.subject}", **told)
        answer = functions.invoke(HOME, self.outputs["function_arn"], event)
        return {**answer, "body": json.loads(answer["body"])}

    def token(self) -> str:
        """Return a token of the user."""
        return self.ask()["body"]["token"]


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as aws:
        yield Deployed(aws)


def test_the_users_token_is_verified_by_what_the_web_tier_is_told(deployed: Deployed) -> None:
    environment = deployed.outputs["web_tier_environment"]
    kid, x, y = environment["TOKEN_PUBLIC_KEY_1"].split(".")
    key = {"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y}
    _, claims = verified(deployed.token(), json.dumps({"keys": [key]}))
    assert (claims["iss"], claims["aud"]) == (environment["TOKEN_ISSUER"], environment["TOKEN_AUDIENCE"])
    assert (claims["sub"], claims["groups"]) == (deployed.subject, ["staff"])
    assert claims["iss"] == f"{deployed.pool}/token-exchange"


def test_the_published_keys_are_those_of_the_web_tier(deployed: Deployed) -> None:
    route = deployed.contribution["document"]["paths"]["/.well-known/jwks.json"]["get"]
    published = route["x-amazon-apigateway-integration"]["responses"]["default"]["responseTemplates"]
    assert published == {"application/json": deployed.outputs["jwks"]}
    (key,) = json.loads(deployed.outputs["jwks"])["keys"]
    told = deployed.outputs["web_tier_environment"]["TOKEN_PUBLIC_KEY_1"]
    assert told == ".".join(key[part] for part in ("kid", "x", "y"))


def test_the_contribution_names_the_function(deployed: Deployed) -> None:
    told = {name: deployed.contribution[name] for name in ("function_arn", "function_name")}
    assert told == {name: deployed.outputs[name] for name in told}


def test_guests_and_users_of_other_pools_are_refused(deployed: Deployed) -> None:
    guest = deployed.ask(cognitoAuthenticationType="unauthenticated", cognitoAuthenticationProvider=None)
    assert (guest["statusCode"], guest["body"]) == (403, {"message": "Only users who signed in get a token"})
    other = deployed.ask(cognitoIdentityPoolId=f"{HOME}:99999999-1111-2222-3333-444444444444")
    assert (other["statusCode"], other["body"]) == (403, {"message": "Only users of this app get a token"})


def test_the_account_decides_about_the_key_and_nobody_else(deployed: Deployed) -> None:
    (arn,) = deployed.outputs["key_arns"].values()
    policy = json.loads(deployed.aws("kms").get_key_policy(KeyId=arn, PolicyName="default")["Policy"])
    (statement,) = policy["Statement"]
    assert (statement["Effect"], statement["Principal"]) == ("Allow", {"AWS": "arn:aws:iam::123456789012:root"})


@pytest.mark.parametrize(
    ("variable", "denied"), [("KEY_ARN", "kms:Sign"), ("USER_POOL_ID", "cognito-idp:ListUsers")], ids=str
)
def test_the_function_may_use_its_own_keys_and_pool_only(deployed: Deployed, variable: str, denied: str) -> None:
    others = {
        "KEY_ARN": deployed.aws("kms").create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")["KeyMetadata"][
            "Arn"
        ],
        "USER_POOL_ID": deployed.aws("cognito-idp").create_user_pool(PoolName="other")["UserPool"]["Id"],
    }
    lambda_, name = deployed.aws("lambda"), deployed.outputs["function_name"]
    before = lambda_.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    own = f"cognito-idp.{HOME}.amazonaws.com/{others['USER_POOL_ID']}"
    other_user = {"cognitoAuthenticationProvider": f"{own},{own}:CognitoSignIn:{deployed.subject}"}
    changed = {**before, variable: others[variable]}
    lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": changed})
    with pytest.raises(FunctionFailedError, match=f"AccessDeniedException.*{denied}"):
        deployed.ask(**(other_user if variable == "USER_POOL_ID" else {}))
    lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": before})


def test_no_token_is_in_the_functions_log(deployed: Deployed) -> None:
    token, logs = deployed.token(), deployed.aws("logs")
    (group,) = [
        each["logGroupName"] for each in logs.describe_log_groups()["logGroups"] if "tokens" in each["logGroupName"]
    ]
    text = "".join(event["message"] for event in logs.filter_log_events(logGroupName=group)["events"])
    assert text
    assert not [part for part in (token, *token.split("."), deployed.subject) if part in text]


@pytest.fixture
def changing(deployed: Deployed) -> Iterator[Deployed]:
    """Give the deployment to a test that changes its keys."""
    yield deployed
    deployed.deploy(["first"], "first")


def test_keys_are_changed_in_three_steps_and_no_token_fails(changing: Deployed) -> None:
    deployed = changing
    tokens = [deployed.token()]
    kids = [verified(tokens[0], deployed.outputs["jwks"])[0]["kid"]]
    for keys, signs_with in ((["first", "second"], "first"), (["first", "second"], "second"), (["second"], "second")):
        deployed.deploy(keys, signs_with)
        tokens.append(deployed.token())
        # What the step before signed is still good; what the first key signed has expired when that goes.
        for token in tokens[-2:]:
            verified(token, deployed.outputs["jwks"])
        kids.append(verified(tokens[-1], deployed.outputs["jwks"])[0]["kid"])
        assert list(deployed.outputs["key_arns"]) == keys
    assert [kid == kids[0] for kid in kids] == [True, True, False, False]


def test_a_function_that_has_not_heard_of_the_next_key_still_signs(changing: Deployed) -> None:
    lambda_, name = changing.aws("lambda"), changing.outputs["function_name"]
    changing.deploy(["first", "second"], "first")
    before = lambda_.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    changing.deploy(["first", "second"], "second")
    lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": before})
    assert verified(changing.token(), changing.outputs["jwks"])[0]["kid"] == before["KEY_ID"]


def test_a_key_that_was_removed_waits_for_its_deletion(changing: Deployed) -> None:
    changing.deploy(["first", "spare"], "first")
    spare = changing.outputs["key_arns"]["spare"]
    changing.deploy(["first"], "first")
    state = changing.aws("kms").describe_key(KeyId=spare)["KeyMetadata"]
    assert state["KeyState"] == "PendingDeletion"
