"""The physical names of databases: one random suffix per life of a database, so that nothing ever collides."""

import re

import pulumi
import pulumi_random as random

from pulumi_aws_mobile.naming import RDS_IDENTIFIER_LENGTH, fit

from .scope import Scope

_SUFFIX_BYTES = 4
_SUFFIX_LENGTH = 1 + 2 * _SUFFIX_BYTES


def identifier_base(name: str) -> str:
    """Return `name` as RDS writes identifiers: lowercase letters, digits and single hyphens, short enough."""
    clean = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return fit(clean, RDS_IDENTIFIER_LENGTH - _SUFFIX_LENGTH - len("-instance-1"))


def create_identifier(
    scope: Scope, keepers: dict[str, pulumi.Input[str]], *, sticky: bool = False
) -> pulumi.Output[str]:
    """Create an identifier that is known before its database is, and that is new whenever a keeper replaces that.

    The log groups must exist before RDS makes them, a restore wants an identifier, and the final snapshot's name is
    derived from it. `keepers` are the properties whose change replaces a database: the new one, made before the old
    one is gone, has another identifier, and so has its final snapshot. A `sticky` identifier is never made anew.

    It is protected like the database: an update that skips its preview replaces what comes first, and an identifier
    that was made anew before the database's own protection stopped the update would rename that database.
    """
    suffix = random.RandomId(
        scope.child("id"),
        byte_length=_SUFFIX_BYTES,
        keepers=keepers,
        opts=pulumi.ResourceOptions(
            parent=scope.parent,
            protect=scope.settings.safety.protect,
            ignore_changes=["keepers"] if sticky else [],
        ),
    )
    return pulumi.Output.concat(identifier_base(scope.prefix), "-", suffix.hex)
