"""No access list opens a bucket or an object to the world."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_ACLS, BUCKET_OBJECTS, BUCKETS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_PUBLIC = ("public-read", "public-read-write", "authenticated-read")
_GROUPS = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    acl = resource.text("acl")
    if acl is UNKNOWN:
        yield Undecided("acl")
    elif acl in _PUBLIC:
        yield Problem("acl", acl, "private", "leave acl out; share through a policy or a signed URL")
    path = "accessControlPolicy.grants" if resource.type in BUCKET_ACLS else "grants"
    grants = resource.items(path)
    if grants is UNKNOWN:
        yield Undecided(path)
        return
    for grant in grants or ():
        # A bucket's own, older form has the group's address in the grant itself.
        uri = UNKNOWN if grant is UNKNOWN else grant.text("grantee.uri" if grant.has("grantee") else "uri")
        if uri is UNKNOWN:
            yield Undecided(path)
        elif uri is not None and uri.endswith(_GROUPS):
            yield Problem(path, Words(f"a grant to {uri.rsplit('/', 1)[-1]}"), "named accounts", "remove the grant")


RULE = Rule(
    id="s3-no-public-acl",
    pack=Pack.SECURITY,
    description="No access list grants anything to the public.",
    severity=Severity.CRITICAL,
    level=Level.MANDATORY,
    types=(*BUCKET_ACLS, *BUCKETS, *BUCKET_OBJECTS),
    frameworks=("FSBP S3.2", "FSBP S3.3", "CKV_AWS_20", "CKV_AWS_57", "AWS-0092"),
    remediation="Leave acl out and set the ownership BucketOwnerEnforced, which turns access lists off.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-2",
    check=_check,
)
