"""Uploads that were given up do not cost for ever."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_LIFECYCLES, BUCKETS
from aws_mobile_guard.buckets import enabled_lifecycle_rules
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN, Node, Unknown


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    rules = enabled_lifecycle_rules(resource)
    if rules is UNKNOWN:
        yield Undecided("rules")
        return
    if rules is None:
        return
    limit = options.number("maximumDays")
    shortest: float | None = None
    for rule in rules:
        days = _days(rule) if _takes_all(rule) else None
        if days is UNKNOWN:
            yield Undecided(rule.path("abortIncompleteMultipartUpload.daysAfterInitiation"))
            return
        if days is not None:
            shortest = days if shortest is None else min(shortest, days)
    if shortest is None or shortest > limit:
        fix = "add abortIncompleteMultipartUpload to a rule without a filter"
        yield Problem("abortIncompleteMultipartUpload.daysAfterInitiation", shortest, f"{limit:g} days or fewer", fix)


def _days(rule: Node) -> float | Unknown | None:
    path = "abortIncompleteMultipartUpload.daysAfterInitiation"
    return rule.number(path if rule.has(path) else "abortIncompleteMultipartUploadDays")


def _takes_all(rule: Node) -> bool:
    parts = ("prefix", "and", "tag", "objectSizeGreaterThan", "objectSizeLessThan")
    own = any(rule.has(name) for name in ("prefix", "tags"))
    return not own and not (rule.has("filter") and any(rule.has(f"filter.{part}") for part in parts))


RULE = Rule(
    id="s3-abort-mpu",
    pack=Pack.COST,
    description="A lifecycle gives up incomplete uploads within days.",
    severity=Severity.LOW,
    level=Level.MANDATORY,
    types=(*BUCKET_LIFECYCLES, *BUCKETS),
    frameworks=("CKV_AWS_300",),
    remediation=(
        "Add a lifecycle rule for the whole bucket with abortIncompleteMultipartUpload.daysAfterInitiation at"
        " 7 or fewer."
    ),
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
    options=(Option("maximumDays", 7, "The most days that an incomplete upload is kept."),),
    check=_check,
)
