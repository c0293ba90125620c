"""The policy documents of a user pool's own roles."""

import json

from pulumi_aws_mobile.statements import trust_document


def sms_trust(partition: str, account: str, region: str, external_id: str) -> str:
    """Return the trust policy by which Cognito sends text messages for the user pools of one account and Region.

    The pool is made after the role, so that its own ARN cannot stand here; the external id tells its role from others.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-sms.html
    """
    return trust_document(
        "cognito-idp.amazonaws.com",
        {
            "StringEquals": {"aws:SourceAccount": account, "sts:ExternalId": external_id},
            "ArnLike": {"aws:SourceArn": f"arn:{partition}:cognito-idp:{region}:{account}:userpool/*"},
        },
    )


def sms_permissions(partition: str) -> str:
    """Return the policy that allows text messages and nothing else.

    A phone number has no ARN, so none can be named; `NotResource` takes out everything that has one, which leaves
    publishing to phone numbers and not to topics or app endpoints.
    https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html
    """
    statement = {"Effect": "Allow", "Action": "sns:Publish", "NotResource": f"arn:{partition}:sns:*:*:*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
