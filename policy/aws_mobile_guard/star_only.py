"""The actions that change something and that a policy can still only allow on every resource."""

from collections.abc import Mapping

STAR_ONLY: Mapping[str, str] = {
    "cloudwatch:PutMetricData": "a metric is no resource; narrow it by a condition on cloudwatch:namespace",
    "cognito-identity:GetId": "whoever asks has no identity yet",
    "ecr:GetAuthorizationToken": "the token is for the registry, not for a repository",
    "xray:PutTelemetryRecords": "a record is no resource",
    "xray:PutTraceSegments": "a segment is no resource",
}
"""Each with the reason.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""
