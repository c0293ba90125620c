"""The secret key of a CAPTCHA, kept where only the functions that need it read it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.statements import StatementArgs
from pulumi_aws_mobile.tags import named

from . import environments as trigger_environments
from . import statements as trigger_statements
from .settings import Captcha, TriggerSettings


@dataclass(frozen=True, slots=True)
class KeptCaptcha:
    """A CAPTCHA whose secret key is kept: what a function that verifies it is told, and has to be allowed."""

    settings: Captcha
    environment: trigger_environments.Environment
    statements: list[StatementArgs]


def keep_captcha(
    identity: pulumi.Resource,
    name: str,
    settings: TriggerSettings,
    region: str | None,
    tags: Mapping[str, pulumi.Input[str]],
) -> KeptCaptcha | None:
    """Return the CAPTCHA with the secret that was named, or with a new one that holds what was given."""
    captcha = settings.captcha
    if captcha is None:
        return None
    if captcha.secret_arn is not None:
        return _kept(captcha, captcha.secret_arn, captcha.kms_key_arn)
    opts = pulumi.ResourceOptions(parent=identity, protect=settings.protect)
    key_arn = captcha.kms_key_arn
    if key_arn is None:
        key_arn = _create_key(f"{name}-captcha-key", name, region, tags, opts)
    child = f"{name}-captcha-secret"
    secret = aws.secretsmanager.Secret(
        child,
        description=f"{name}: the secret key for {captcha.provider.value}",
        kms_key_id=key_arn,
        recovery_window_in_days=30,
        region=region,
        tags=named(child, tags),
        opts=opts,
    )
    version = aws.secretsmanager.SecretVersion(
        f"{child}-version",
        secret_id=secret.id,
        secret_string=pulumi.Output.secret(captcha.secret),
        region=region,
        opts=pulumi.ResourceOptions(parent=identity),
    )
    # Whoever reads the secret finds something in it: its ARN waits for the first version.
    return _kept(captcha, pulumi.Output.all(secret.arn, version.version_id).apply(lambda found: found[0]), key_arn)


def _kept(captcha: Captcha, secret_arn: pulumi.Input[str], key_arn: pulumi.Input[str] | None) -> KeptCaptcha:
    environment = {**trigger_environments.captcha(captcha), "CAPTCHA_SECRET_ARN": secret_arn}
    return KeptCaptcha(captcha, environment, trigger_statements.read_secret(secret_arn, key_arn))


def _create_key(
    child: str,
    name: str,
    region: str | None,
    tags: Mapping[str, pulumi.Input[str]],
    opts: pulumi.ResourceOptions,
) -> pulumi.Output[str]:
    """Create a key on which the account's own policies decide, as in AWS's default key policy."""
    key = aws.kms.Key(
        child,
        description=f"Encrypts the secret key of the CAPTCHA of {name}",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        region=region,
        tags=named(child, tags),
        opts=opts,
    )
    return key.arn
