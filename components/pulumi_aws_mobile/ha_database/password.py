"""The component's own credentials: a random password, and the secret that holds it."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from .primary import Primary
from .scope import Scope

PASSWORD_LENGTH = 32
"""MySQL and MariaDB take at most 41 characters."""
# RDS refuses / " @ and space; the rest of these also survives in a URL or a shell without quoting.
_SPECIAL = "-_.~"


def create_password(scope: Scope) -> pulumi.Output[str]:
    """Create a random password, a new one for each version; return it as a secret."""
    password = random.RandomPassword(
        scope.child("password"),
        length=PASSWORD_LENGTH,
        override_special=_SPECIAL,
        min_lower=1,
        min_upper=1,
        min_numeric=1,
        keepers={"version": str(scope.settings.password_version)},
        opts=scope.owned,
    )
    return pulumi.Output.secret(password.result)


def create_secret(
    scope: Scope, key: pulumi.Output[str], replica_keys: Mapping[str, pulumi.Output[str]]
) -> "aws.secretsmanager.Secret":
    """Create the secret, with a copy under the right key in each of the Regions of `replica_keys`."""
    child = scope.child("secret")
    return aws.secretsmanager.Secret(
        child,
        description=f"{scope.prefix}: the master user",
        kms_key_id=key,
        recovery_window_in_days=30,
        replicas=[{"region": region, "kms_key_id": replica_key} for region, replica_key in replica_keys.items()],
        region=scope.region,
        tags=scope.tags(child),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=scope.settings.safety.protect),
    )


def fill_secret(
    scope: Scope, secret: "aws.secretsmanager.Secret", password: pulumi.Output[str], primary: Primary
) -> pulumi.Output[str]:
    """Write the credentials in the form that AWS's own rotation and clients read; return the secret's ARN."""
    content = pulumi.Output.json_dumps(
        {
            "username": primary.username,
            "password": password,
            "engine": scope.settings.engine.value,
            "host": primary.host,
            "port": scope.settings.port,
            "dbname": primary.database_name,
        }
    )
    version = aws.secretsmanager.SecretVersion(
        scope.child("secret-version"),
        secret_id=secret.id,
        secret_string=pulumi.Output.secret(content),
        region=scope.region,
        opts=scope.owned,
    )
    # Whoever reads the secret finds something in it: its ARN waits for the first version.
    return pulumi.Output.all(secret.arn, version.version_id).apply(lambda found: found[0])
