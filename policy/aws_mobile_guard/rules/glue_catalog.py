"""What the Glue catalog knows is encrypted, and so are the passwords of its connections."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import CATALOG_SETTINGS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_SETTINGS = "dataCatalogEncryptionSettings"
_MODES = ("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE")


def _check(settings: Resource, _: Options) -> Iterator[Answer]:
    # The settings are the account's and the Region's: a stack that does not have them says nothing of them.
    yield from expect.one_of(settings, f"{_SETTINGS}.encryptionAtRest.catalogEncryptionMode", _MODES, "set it")
    passwords = f"{_SETTINGS}.connectionPasswordEncryption.returnConnectionPasswordEncrypted"
    yield from expect.on(settings, passwords, "set it: whoever reads a connection reads its password otherwise")


RULE = Rule(
    id="glue-catalog",
    pack=Pack.SECURITY,
    description="Settings of the Glue catalog encrypt it, and the passwords of connections.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(CATALOG_SETTINGS,),
    frameworks=("CKV_AWS_94",),
    remediation="Set catalogEncryptionMode to SSE-KMS, and returnConnectionPasswordEncrypted, with a KMS key each.",
    url="https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html",
    check=_check,
)
