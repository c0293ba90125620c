"""The resources that a call touches, as IAM names them: one line per kind of resource in `RESOURCES`.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

import base64
import contextlib
from collections.abc import Callable, Mapping

from pulumi_aws_sandbox.runtime.access import (
    deployment_actions,
    dynamodb_actions,
    keys,
    lake_actions,
    resource_policies,
    s3_actions,
)
from pulumi_aws_sandbox.runtime.access.calls import Call
from pulumi_aws_sandbox.runtime.access.needs import Access, Named, arn

Rule = tuple[Named, ...] | Callable[[Call], list[Access]]
"""The parameters that may name the resource, the first that is given counts; or a function for what is not so plain."""


def accesses(call: Call) -> list[Access]:
    """Return everything that a call needs permission for; a resource of `None` fits no ARN."""
    rule = RESOURCES.get(call.prefix)
    if callable(rule):
        return rule(call)
    return [_with_policy(call, next((found for named in rule or () if (found := named.of(call)) is not None), None))]


def known(prefix: str) -> bool:
    """Tell whether the resources of a service are known here."""
    return prefix in RESOURCES


def of_s3(needed: s3_actions.S3Access) -> Access:
    """Return what is needed of S3, with the policy of the bucket."""
    policy = resource_policies.of("s3", needed.bucket) if needed.bucket else None
    return Access(needed.action, needed.resource, needed.facts, policy)


def _with_policy(call: Call, resource: str | None, action: str | None = None) -> Access:
    policy = None if resource is None else resource_policies.of(call.prefix, resource)
    return Access(action or f"{call.prefix}:{call.operation}", resource, policy=policy)


def _lambda(call: Call) -> list[Access]:
    name = call.text("FunctionName")
    if name is None:
        return [Access(f"lambda:{call.operation}", call.text("Resource"))]
    function = name if name.startswith("arn:") else arn(call, "function:{name}", name.rsplit("function:", 1)[-1])
    qualifier = call.text("Qualifier")
    action = "InvokeFunction" if call.operation in {"Invoke", "InvokeAsync"} else call.operation
    policy = resource_policies.of("lambda", function)
    return [Access(f"lambda:{action}", f"{function}:{qualifier}" if qualifier else function, policy=policy)]


def _kms(call: Call) -> list[Access]:
    action, facts = f"kms:{call.operation}", {"kms:CallerAccount": call.account}
    facts |= keys.encryption_context(call.params.get("EncryptionContext"))
    if call.operation == "ReEncrypt":
        source = call.text("SourceKeyId") or resource_policies.key_of_ciphertext(call.params.get("CiphertextBlob"))
        named = {"kms:ReEncryptFrom": source, "kms:ReEncryptTo": call.text("DestinationKeyId")}
    else:
        key = call.text("KeyId") or call.text("TargetKeyId")
        named = {action: key or resource_policies.key_of_ciphertext(call.params.get("CiphertextBlob"))}
    return [_key(call, action, name, facts) for action, name in named.items()]


def _key(call: Call, action: str, name: str | None, facts: Mapping[str, str | list[str]]) -> Access:
    if name is None:
        return Access(action, facts=facts)
    alias = {"kms:RequestAlias": name.split(":")[-1]} if "alias/" in name else {}
    resource, policy = resource_policies.key(name, call.region)
    return Access(action, resource, {**facts, **alias}, policy, policy_must_allow=policy is not None)


def _secrets(call: Call) -> list[Access]:
    name = call.text("SecretId")
    if name is None:
        resource = arn(call, "secret:{name}", created) if (created := call.text("Name")) else None
        return [Access(f"secretsmanager:{call.operation}", resource)]
    resource, policy, key = resource_policies.secret(name, call.region)
    resource = resource or (name if name.startswith("arn:") else arn(call, "secret:{name}", name))
    facts = {
        "secretsmanager:SecretId": resource,
        "secretsmanager:VersionStage": call.text("VersionStage") or "AWSCURRENT",
    }
    needed = [Access(f"secretsmanager:{call.operation}", resource, facts, policy)]
    if key is not None and call.operation in {"GetSecretValue", "PutSecretValue"}:
        action = "kms:Decrypt" if call.operation == "GetSecretValue" else "kms:GenerateDataKey"
        needed.append(_key(call, action, key, {"kms:ViaService": f"secretsmanager.{call.region}.amazonaws.com"}))
    return needed


def _ses(call: Call) -> list[Access]:
    action = f"ses:{call.operation}"
    sender = call.text("Source") or call.text("FromEmailAddress")
    if sender is None:
        named = call.text("Identity") or call.text("EmailIdentity")
        return [Access(action, arn(call, "identity/{name}", named) if named else None)]
    address = sender.rsplit("<", 1)[-1].rstrip("> ")
    stated = call.text("SourceArn") or call.text("FromEmailAddressIdentityArn")
    resource = stated or arn(call, "identity/{name}", resource_policies.identity_of(address, call.region))
    destination = call.params.get("Destination") or {}
    people = [each for kind in ("ToAddresses", "CcAddresses", "BccAddresses") for each in destination.get(kind) or []]
    display = sender.split("<", 1)[0].strip(' "') if "<" in sender else ""
    facts: dict[str, str | list[str]] = {"ses:FromAddress": address, "ses:Recipients": people}
    return [Access(action, resource, facts | ({"ses:FromDisplayName": display} if display else {}))]


_STREAM_ACTIONS = {"PutLogEvents", "GetLogEvents", "DeleteLogStream"}


def _logs(call: Call) -> list[Access]:
    group = call.text("logGroupName") or call.text("logGroupIdentifier") or call.text("resourceArn") or ""
    if group.startswith("arn:"):
        group = group.split(":", 6)[-1].removesuffix(":*")
    # CloudWatch Logs judges calls about a group by the ARN of its streams, with no stream named.
    stream = (call.text("logStreamName") or "") if call.operation in _STREAM_ACTIONS else ""
    return [Access(f"logs:{call.operation}", arn(call, f"log-group:{group}:log-stream:{{name}}", stream))]


def _sqs(call: Call) -> list[Access]:
    url = call.text("QueueUrl")
    name = url.rstrip("/").rsplit("/", 1)[-1] if url else call.text("QueueName")
    action = call.operation.removesuffix("Batch")
    return [_with_policy(call, arn(call, "{name}", name) if name else None, f"sqs:{action}")]


def _sns(call: Call) -> list[Access]:
    action = f"sns:{call.operation.removesuffix('Batch')}"
    name = next(
        (found for key in ("TopicArn", "TargetArn", "ResourceArn", "SubscriptionArn") if (found := call.text(key))),
        None,
    )
    if name is None and (created := call.text("Name")) is not None:
        platform = call.text("Platform")
        name = arn(call, f"app/{platform}/{{name}}" if platform else "{name}", created)
    name = name or call.text("PlatformApplicationArn") or call.text("EndpointArn")
    facts = {f"sns:{key}": value for key in ("Protocol", "Endpoint") if (value := call.text(key)) is not None}
    found = _with_policy(call, name, action)
    return [Access(found.action, found.resource, facts, found.policy)]


def _kinesis(call: Call) -> list[Access]:
    consumer, name = call.text("ConsumerARN"), call.text("StreamName")
    resource = consumer or call.text("StreamARN") or call.text("ResourceARN")
    iterator = call.text("ShardIterator")
    if iterator is not None:
        # An iterator names the stream that it belongs to.
        with contextlib.suppress(ValueError):
            name = base64.decodebytes(iterator.encode()).decode().split(":")[0]
    resource = resource or (arn(call, "stream/{name}", name) if name else None)
    return [_with_policy(call, resource)]


def _sts(call: Call) -> list[Access]:
    return [Access(f"sts:{call.operation}", call.text("RoleArn"))]


def _iam(call: Call) -> list[Access]:
    from moto.iam.models import iam_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend, resource = iam_backends[call.account][call.partition], None
    if role := call.text("RoleName"):
        found = next((each for each in backend.roles.values() if each.name == role), None)
        resource = found.arn if found else f"arn:{call.partition}:iam::{call.account}:role/{role}"
    elif user := call.text("UserName"):
        resource = f"arn:{call.partition}:iam::{call.account}:user/{user}"
    elif group := call.text("GroupName"):
        resource = f"arn:{call.partition}:iam::{call.account}:group/{group}"
    return [Access(f"iam:{call.operation}", resource or call.text("PolicyArn"))]


def _route53(call: Call) -> list[Access]:
    check, zone = call.text("HealthCheckId"), call.text("HostedZoneId") or call.text("Id")
    place = f"arn:{call.partition}:route53:::"
    resource = f"{place}healthcheck/{check}" if check else None
    if zone is not None:
        resource = resource or f"{place}hostedzone/{zone.rsplit('/', 1)[-1]}"
    return [Access(f"route53:{call.operation}", resource)]


def _events(call: Call) -> list[Access]:
    """Return what a call to EventBridge needs; a rule is named with its bus where that is not the default one."""
    action, bus = f"events:{call.operation}", (call.text("EventBusName") or "default").rsplit("/", 1)[-1]
    if call.operation == "PutEvents":
        entries = call.params.get("Entries") or []
        buses = {str(each.get("EventBusName") or "default").rsplit("/", 1)[-1] for each in entries}
        return [Access(action, arn(call, "event-bus/{name}", each)) for each in sorted(buses)]
    rule = call.text("Rule") or (call.text("Name") if "Rule" in call.operation else None)
    if rule is None:
        named = call.text("ResourceARN")
        return [Access(action, named or (arn(call, "event-bus/{name}", bus) if call.text("EventBusName") else None))]
    return [Access(action, arn(call, "rule/{name}" if bus == "default" else f"rule/{bus}/{{name}}", rule))]


def _s3(call: Call) -> list[Access]:
    found = [of_s3(needed) for needed in s3_actions.of(call)]
    for action, name in s3_actions.keys_of(call):
        via = {"kms:ViaService": f"s3.{call.region}.amazonaws.com"}
        with contextlib.suppress(KeyError):
            found.append(_key(call, action, name, via))
    return found


RESOURCES: dict[str, Rule] = {
    "athena": lake_actions.of_athena,
    "cloudformation": deployment_actions.of_cloudformation,
    "cloudwatch": deployment_actions.of_cloudwatch,
    "cognito-identity": (Named("IdentityPoolId", "identitypool/{name}"),),
    "cognito-idp": (Named("UserPoolId", "userpool/{name}"), Named("ResourceArn")),
    "dynamodb": dynamodb_actions.accesses,
    "elasticbeanstalk": deployment_actions.of_beanstalk,
    "events": _events,
    "execute-api": (),
    "firehose": (Named("DeliveryStreamName", "deliverystream/{name}"),),
    "glue": lake_actions.of_glue,
    "iam": _iam,
    "kinesis": _kinesis,
    "kms": _kms,
    "lambda": _lambda,
    "logs": _logs,
    "mobiletargeting": (Named("ApplicationId", "apps/{name}"),),
    "rds": deployment_actions.of_rds,
    "route53": _route53,
    "s3": _s3,
    "secretsmanager": _secrets,
    "ses": _ses,
    "sns": _sns,
    "sqs": _sqs,
    "states": (
        Named("stateMachineArn"),
        Named("executionArn"),
        Named("activityArn"),
        Named("name", "stateMachine:{name}"),
    ),
    "sts": _sts,
}
"""How the resource of a call is found, by IAM's name of its service."""
