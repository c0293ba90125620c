"""STS: who is given credentials of a role, for how long and for what."""

import pytest
from sandbox.access.world import ACCOUNT, REGION, ROOT, Door, allow, document, refusal, role_arn, session_arn, trust

from pulumi_aws_sandbox.runtime import clock, issuers
from pulumi_aws_sandbox.runtime.access import sessions
from pulumi_aws_sandbox.runtime.access.errors import RefusedError

_UNTRUSTED = "because no resource-based policy allows the sts:AssumeRole action"


def _refused(who: str, role: str, action: str = "sts:AssumeRole", reason: str = _UNTRUSTED) -> tuple[str, str, int]:
    message = f"User: {who} is not authorized to perform: {action} on resource: {role_arn(role)} {reason}"
    return "AccessDenied", message, 403


def test_a_session_says_whose_it_is(door: Door) -> None:
    door.role("app")
    answer = door.operator("sts").assume_role(RoleArn=role_arn("app"), RoleSessionName="phone")
    said = door.holder(answer["Credentials"], "sts").get_caller_identity()
    assert (said["Account"], said["Arn"]) == (ACCOUNT, session_arn("app", "phone"))
    assert said["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"]
    assert said["UserId"].endswith(":phone")
    assert answer["AssumedRoleUser"]["Arn"] == session_arn("app", "phone")


def test_two_sessions_of_a_role_have_nothing_in_common(aws: Door) -> None:
    aws.role("app")
    one, other = aws.assume("app"), aws.assume("app")
    assert not set(one.values()) & set(other.values()) - {one["Expiration"]}


def test_a_role_that_does_not_exist_cannot_be_assumed(aws: Door) -> None:
    sts = aws.operator("sts")
    assert refusal(sts.assume_role, RoleArn=role_arn("none"), RoleSessionName="test") == _refused(ROOT, "none")


def test_a_role_is_given_only_to_whom_it_trusts(aws: Door) -> None:
    aws.role("runs", trusts=trust({"Service": "lambda.amazonaws.com"}))
    sts = aws.operator("sts")
    assert refusal(sts.assume_role, RoleArn=role_arn("runs"), RoleSessionName="test") == _refused(ROOT, "runs")


def test_a_service_takes_only_roles_that_trust_it(aws: Door) -> None:
    aws.role("runs", trusts=trust({"Service": "lambda.amazonaws.com"}))
    session = sessions.assume_as_service(role_arn("runs"), "lambda.amazonaws.com", "resize")
    said = aws.holder(session.as_credentials(), "sts").get_caller_identity()
    assert said["Arn"] == session_arn("runs", "resize")
    with pytest.raises(RefusedError) as caught:
        sessions.assume_as_service(role_arn("runs"), "ec2.amazonaws.com", "i-1")
    assert caught.value.message == _refused("ec2.amazonaws.com", "runs")[1]


def test_what_moto_takes_for_its_services_counts_as_a_session(aws: Door) -> None:
    from moto.sts.models import sts_backends

    aws.role("runs", allow("dynamodb:ListTables", "*"), trusts=trust({"Service": "lambda.amazonaws.com"}))
    made = sts_backends[ACCOUNT]["aws"].assume_role(
        region_name=REGION,
        role_session_name="resize",
        role_arn=role_arn("runs"),
        policy="",
        duration=900,
        external_id="",
    )
    credentials = {
        "AccessKeyId": made.access_key_id,
        "SecretAccessKey": made.secret_access_key,
        "SessionToken": made.session_token,
    }
    assert aws.holder(credentials, "dynamodb").list_tables()["TableNames"] == []
    assert refusal(aws.holder(credentials, "sqs").list_queues)[0] == "AccessDenied"


def test_a_session_takes_another_role_if_both_sides_agree(aws: Door) -> None:
    aws.role("app", allow("sts:AssumeRole", role_arn("next")))
    aws.role("next", trusts=trust({"AWS": ROOT}))
    aws.role("named", trusts=trust({"AWS": role_arn("app")}))
    aws.role("other", trusts=trust({"AWS": ROOT}))
    sts = aws.holder(aws.assume("app"), "sts")
    for name in ("next", "named"):
        sts.assume_role(RoleArn=role_arn(name), RoleSessionName="test")
    reason = "because no identity-based policy allows the sts:AssumeRole action"
    assert refusal(sts.assume_role, RoleArn=role_arn("other"), RoleSessionName="test") == _refused(
        session_arn("app"), "other", reason=reason
    )


def test_an_external_id_is_asked_for(aws: Door) -> None:
    aws.role("partner", trusts=trust({"AWS": ROOT}, StringEquals={"sts:ExternalId": "42"}))
    sts = aws.operator("sts")
    assert refusal(sts.assume_role, RoleArn=role_arn("partner"), RoleSessionName="test") == _refused(ROOT, "partner")
    sts.assume_role(RoleArn=role_arn("partner"), RoleSessionName="test", ExternalId="42")


def test_tags_need_a_trust_that_lets_sessions_be_tagged(aws: Door) -> None:
    aws.role("app")
    sts, tags = aws.operator("sts"), [{"Key": "team", "Value": "a"}]
    reason = "because no resource-based policy allows the sts:TagSession action"
    assert refusal(sts.assume_role, RoleArn=role_arn("app"), RoleSessionName="test", Tags=tags) == _refused(
        ROOT, "app", "sts:TagSession", reason
    )


def test_the_tags_of_a_role_are_those_of_its_sessions(aws: Door) -> None:
    team = {"StringEquals": {"aws:PrincipalTag/team": "a"}}
    for name, value in (("ours", "a"), ("theirs", "b")):
        aws.role(name, allow("dynamodb:ListTables", "*", **team), Tags=[{"Key": "team", "Value": value}])
    aws.holder(aws.assume("ours"), "dynamodb").list_tables()
    assert refusal(aws.holder(aws.assume("theirs"), "dynamodb").list_tables)[0] == "AccessDeniedException"


def test_a_session_policy_narrows_a_session(door: Door) -> None:
    door.role("app", allow(["dynamodb:ListTables", "sqs:ListQueues"], "*"))
    credentials = door.assume("app", Policy=document(allow("dynamodb:*", "*"), allow("sns:*", "*")))
    door.holder(credentials, "dynamodb").list_tables()
    message = refusal(door.holder(credentials, "sqs").list_queues)[1]
    assert message.endswith("because no session policy allows the sqs:ListQueues action")
    message = refusal(door.holder(credentials, "sns").list_topics)[1]
    assert message.endswith("because no identity-based policy allows the sns:ListTopics action")


def test_managed_session_policies_narrow_a_session(aws: Door) -> None:
    policy = aws.operator("iam").create_policy(PolicyName="few", PolicyDocument=document(allow("sqs:*", "*")))
    aws.role("app", allow("*", "*"))
    credentials = aws.assume("app", PolicyArns=[{"arn": policy["Policy"]["Arn"]}])
    aws.holder(credentials, "sqs").list_queues()
    assert refusal(aws.holder(credentials, "sns").list_topics)[0] == "AuthorizationError"
    nowhere = f"arn:aws:iam::{ACCOUNT}:policy/none"
    assert refusal(
        aws.operator("sts").assume_role,
        RoleArn=role_arn("app"),
        RoleSessionName="test",
        PolicyArns=[{"arn": nowhere}],
    ) == ("InvalidParameterValue", f"Policy {nowhere} does not exist or is not attachable.", 400)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"RoleSessionName": "two words"},
            (
                "1 validation error detected: Value 'two words' at 'roleSessionName' failed to satisfy constraint: "
                r"Member must satisfy regular expression pattern: [\w+=,.@-]{2,64}"
            ),
        ),
        (
            {"DurationSeconds": 43_200},
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ),
    ],
)
def test_what_sts_would_not_accept_is_refused(aws: Door, arguments: dict[str, object], message: str) -> None:
    aws.role("app")
    given = {"RoleArn": role_arn("app"), "RoleSessionName": "test", **arguments}
    assert refusal(aws.operator("sts").assume_role, **given) == ("ValidationError", message, 400)


def test_a_policy_that_is_no_json_is_refused(aws: Door) -> None:
    aws.role("app")
    arguments = {"RoleArn": role_arn("app"), "RoleSessionName": "test", "Policy": "{"}
    assert refusal(aws.operator("sts").assume_role, **arguments) == (
        "MalformedPolicyDocument",
        "This policy contains invalid Json",
        400,
    )


def test_a_chained_session_lasts_an_hour_at_most(aws: Door) -> None:
    aws.role("app", allow("sts:AssumeRole", "*"))
    aws.role("long", MaxSessionDuration=43_200)
    sts = aws.holder(aws.assume("app"), "sts")
    arguments = {"RoleArn": role_arn("long"), "RoleSessionName": "test", "DurationSeconds": 7_200}
    aws.operator("sts").assume_role(**arguments)
    message = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
    assert refusal(sts.assume_role, **arguments) == ("ValidationError", message, 400)


def test_the_operators_session_is_the_operators(door: Door) -> None:
    credentials = door.operator("sts").get_session_token()["Credentials"]
    assert door.holder(credentials, "iam").list_roles()["Roles"] == []
    with clock.later(43_201):
        assert refusal(door.holder(credentials, "iam").list_roles)[0] == "ExpiredToken"


def test_a_users_session_is_the_users(aws: Door) -> None:
    iam = aws.operator("iam")
    iam.create_user(UserName="ann")
    iam.put_user_policy(UserName="ann", PolicyName="p", PolicyDocument=document(allow("sqs:ListQueues", "*")))
    user = aws.holder(iam.create_access_key(UserName="ann")["AccessKey"], "sts")
    credentials = user.get_session_token()["Credentials"]
    aws.holder(credentials, "sqs").list_queues()
    assert aws.holder(credentials, "sts").get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/ann"
    assert refusal(aws.holder(credentials, "sns").list_topics)[0] == "AuthorizationError"


def test_a_federated_user_may_do_what_its_policy_and_its_makers_say(aws: Door) -> None:
    given = aws.operator("sts").get_federation_token(Name="bob", Policy=document(allow("sqs:*", "*")))
    credentials = given["Credentials"]
    aws.holder(credentials, "sqs").list_queues()
    assert refusal(aws.holder(credentials, "sns").list_topics)[1] == (
        f"User: arn:aws:sts::{ACCOUNT}:federated-user/bob is not authorized to perform: sns:ListTopics because no "
        "session policy allows the sns:ListTopics action"
    )
    bare = aws.operator("sts").get_federation_token(Name="bob")["Credentials"]
    assert refusal(aws.holder(bare, "sqs").list_queues)[0] == "AccessDenied"


def test_session_credentials_make_no_session_tokens(aws: Door) -> None:
    aws.role("app", allow("*", "*"))
    sts = aws.holder(aws.assume("app"), "sts")
    message = "Cannot call GetSessionToken with session credentials"
    assert refusal(sts.get_session_token) == ("AccessDenied", message, 403)


def test_saml_is_refused_because_no_assertion_is_verified(aws: Door) -> None:
    aws.role("app")
    code, message, status = refusal(
        aws.anonymous("sts").assume_role_with_saml,
        RoleArn=role_arn("app"),
        PrincipalArn=f"arn:aws:iam::{ACCOUNT}:saml-provider/idp",
        SAMLAssertion="none-",
    )
    assert (code, status) == ("InvalidIdentityToken", 400)
    assert message == "The sandbox verifies no SAML assertions, so it gives out no credentials for them."


_GOOGLE = {"StringEquals": {"accounts.google.com:aud": "app-id"}}
_WEB = "sts:AssumeRoleWithWebIdentity"


def test_a_google_user_takes_a_role_that_trusts_google(door: Door) -> None:
    door.role("web", trusts=trust({"Federated": "accounts.google.com"}, _WEB, **_GOOGLE))
    sts = door.anonymous("sts")
    with issuers.stand_in("https://accounts.google.com") as google:
        answer = sts.assume_role_with_web_identity(
            RoleArn=role_arn("web"), RoleSessionName="ann", WebIdentityToken=google.token(sub="ann", aud="app-id")
        )
        assert answer["SubjectFromWebIdentityToken"] == "ann"
        assert door.holder(answer["Credentials"], "sts").get_caller_identity()["Arn"] == session_arn("web", "ann")
        foreign = google.token(sub="ann", aud="other-app")
        arguments = {"RoleArn": role_arn("web"), "RoleSessionName": "ann", "WebIdentityToken": foreign}
        message = f"Not authorized to perform {_WEB}"
        assert refusal(sts.assume_role_with_web_identity, **arguments) == ("AccessDenied", message, 403)


def test_an_issuer_needs_a_provider_in_iam(aws: Door) -> None:
    issuer = "https://id.example.com/app"
    sts = aws.anonymous("sts")
    with issuers.stand_in(issuer) as playing:
        token = playing.token(sub="ann", aud="app-id")
        arguments = {"RoleArn": role_arn("web"), "RoleSessionName": "ann", "WebIdentityToken": token}
        message = f"No OpenIDConnect provider found in your account for {issuer}"
        assert refusal(sts.assume_role_with_web_identity, **arguments) == ("InvalidIdentityToken", message, 400)
        provider = aws.operator("iam").create_open_id_connect_provider(
            Url=issuer, ClientIDList=["app-id"], ThumbprintList=["a" * 40]
        )["OpenIDConnectProviderArn"]
        condition = {"StringEquals": {"id.example.com/app:sub": "ann"}}
        aws.role("web", allow("sqs:ListQueues", "*"), trusts=trust({"Federated": provider}, _WEB, **condition))
        credentials = sts.assume_role_with_web_identity(**arguments)["Credentials"]
        aws.holder(credentials, "sqs").list_queues()
        arguments["WebIdentityToken"] = playing.token(sub="ann", aud="other")
        assert refusal(sts.assume_role_with_web_identity, **arguments)[1] == "Incorrect token audience"
        arguments["WebIdentityToken"] = playing.token(sub="bob", aud="app-id")
        assert refusal(sts.assume_role_with_web_identity, **arguments)[0] == "AccessDenied"


def test_an_old_web_token_is_refused(aws: Door) -> None:
    sts = aws.anonymous("sts")
    with issuers.stand_in("https://accounts.google.com") as google:
        token = google.token(sub="ann", aud="app-id", seconds=60)
        arguments = {"RoleArn": role_arn("web"), "RoleSessionName": "ann", "WebIdentityToken": token}
        with clock.later(61):
            assert refusal(sts.assume_role_with_web_identity, **arguments)[0] == "ExpiredTokenException"
