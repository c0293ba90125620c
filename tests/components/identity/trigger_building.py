"""Options of an identity that are about what Cognito calls, and what is decided about them."""

from typing import Any

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.identity.args import IdentityArgs
from pulumi_aws_mobile.identity.limits import LIMITS
from pulumi_aws_mobile.identity.triggers.settings import TriggerSettings, resolve_triggers

Args = dict[str, Any]

SECRET = "canary-of-the-captcha"
SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:captcha-a1B2c3"
IDENTITY_ARN = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"
EMAIL: Args = {"from_address": "Us <us@example.com>", "identity_arn": IDENTITY_ARN}
CAPTCHA: Args = {"provider": "turnstile", "site_key": "1x00000000000000000000AA", "secret": SECRET}


def function_arn(name: str, region: str = "eu-west-1") -> str:
    return f"arn:aws:lambda:{region}:123456789012:function:{name}"


def resolved(args: Args) -> TriggerSettings:
    """Read and resolve the options; raise an `ArgsError` for whatever is wrong with them."""
    problems = Problems()
    settings = resolve_triggers(read_args(IdentityArgs, args, LIMITS, problems), problems)
    problems.raise_for('Identity "app"')
    return settings
