"""Lambda: functions from zip archives."""

import re
from typing import Any

from pulumi_aws_sandbox import archives
from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    region_of,
    tag_changes,
    tags_from,
    to_aws,
    upper_first,
)

_GONE = "ResourceNotFoundException"
_UNRESERVED = -1
_PLAIN = {
    "description": "Description",
    "handler": "Handler",
    "kmsKeyArn": "KMSKeyArn",
    "memorySize": "MemorySize",
    "role": "Role",
    "runtime": "Runtime",
    "timeout": "Timeout",
}
_NESTED = {
    "deadLetterConfig": "DeadLetterConfig",
    "environment": "Environment",
    "ephemeralStorage": "EphemeralStorage",
    "loggingConfig": "LoggingConfig",
    "tracingConfig": "TracingConfig",
    "vpcConfig": "VpcConfig",
}
# What an input that was taken away goes back to.
_ABSENT: Properties = {
    "description": "",
    "kmsKeyArn": "",
    "memorySize": 128,
    "timeout": 3,
    "deadLetterConfig": {},
    "environment": {"variables": {}},
    "ephemeralStorage": {"size": 512},
    "loggingConfig": {"logFormat": "Text"},
    "tracingConfig": {"mode": "PassThrough"},
    "vpcConfig": {"subnetIds": [], "securityGroupIds": []},
}
_CODE = ("code", "s3Bucket", "s3Key", "s3ObjectVersion", "architectures", "sourceCodeHash", "codeSha256")
# What moto keeps no account of, or what the runtime could not run.
_UNSUPPORTED = (
    "capacityProviderConfig",
    "codeSigningConfigArn",
    "durableConfig",
    "fileSystemConfig",
    "imageConfig",
    "imageUri",
    "layers",
    "publishTo",
    "snapStart",
    "sourceKmsKeyArn",
    "tenancyConfig",
)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    found_here = [
        (name, f"the sandbox runs functions without {name}; leave it out, or deploy to a real account")
        for name in _UNSUPPORTED
        if name in inputs
    ]
    if inputs.get("packageType", "Zip") != "Zip":
        found_here.append(("packageType", f'the sandbox runs zip archives only: got "{inputs["packageType"]}"'))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", inputs["name"]):
        found_here.append(
            ("name", f'name has 1 to 64 letters, digits, hyphens and underscores: got "{inputs["name"]}"')
        )
    sources = [name for name in ("code", "s3Bucket") if name in inputs]
    if len(sources) != 1 and "imageUri" not in inputs:
        found_here.append(("code", f"one of code and s3Bucket must be given: got {' and '.join(sources) or 'neither'}"))
    found_here += [
        (name, f"{name} must be given for a zip archive") for name in ("handler", "runtime") if name not in inputs
    ]
    if "code" in inputs:
        try:
            archives.files(inputs["code"])
        except archives.ArchiveError as error:
            found_here.append(("code", f"code: {error}"))
    return found_here


def _lambda(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "lambda", properties)


def _code(inputs: Properties) -> dict[str, Any]:
    if "code" in inputs:
        return {"ZipFile": archives.zipped(inputs["code"])}
    return to_aws(inputs, {"s3Bucket": "S3Bucket", "s3Key": "S3Key", "s3ObjectVersion": "S3ObjectVersion"})


def _configuration(inputs: Properties) -> dict[str, Any]:
    nested = {
        aws: {upper_first(key): value for key, value in inputs[name].items()}
        for name, aws in _NESTED.items()
        if name in inputs
    }
    return to_aws(inputs, _PLAIN) | nested


def _make(clients: Clients, inputs: Properties) -> str:
    name = inputs["name"]
    more = to_aws(inputs, {"architectures": "Architectures", "publish": "Publish", "tags": "Tags"})
    client = _lambda(clients, inputs)
    client.create_function(FunctionName=name, Code=_code(inputs), **_configuration(inputs), **more)
    _reserve(client, name, _UNRESERVED, inputs)
    return name


def _reserve(client: Any, name: str, before: int, inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    reserved = inputs.get("reservedConcurrentExecutions", _UNRESERVED)
    if reserved == before:
        return
    if reserved == _UNRESERVED:
        client.delete_function_concurrency(FunctionName=name)
    else:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)


def _describe(clients: Clients, name: str, known: Properties) -> Properties | None:
    client = _lambda(clients, known)
    answer = found(lambda: client.get_function(FunctionName=name), _GONE)
    if answer is None:
        return None
    now = answer["Configuration"]
    reserved = client.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions")
    arn = now["FunctionArn"]
    version = _latest_version(client, name) if known.get("publish") else now["Version"]
    place = f"arn:{clients.partition}:apigateway:{region_of(clients, known)}:lambda:path"
    return {
        **from_aws(now, _PLAIN | {"architectures": "Architectures", "codeSha256": "CodeSha256"}),
        **{name: _nested(now.get(aws), known.get(name)) for name, aws in _NESTED.items()},
        "name": name,
        "arn": arn,
        "invokeArn": f"{place}/2015-03-31/functions/{arn}/invocations",
        "responseStreamingInvokeArn": f"{place}/2021-11-15/functions/{arn}/response-streaming-invocations",
        "qualifiedArn": f"{arn}:{version}",
        "qualifiedInvokeArn": f"{place}/2015-03-31/functions/{arn}:{version}/invocations",
        "version": version,
        "lastModified": now["LastModified"],
        "packageType": now["PackageType"],
        "publish": known.get("publish", False),
        "skipDestroy": known.get("skipDestroy", False),
        "reservedConcurrentExecutions": _UNRESERVED if reserved is None else int(reserved),
        "signingJobArn": now.get("SigningJobArn") or "",
        "signingProfileVersionArn": now.get("SigningProfileVersionArn") or "",
        "sourceCodeHash": known.get("sourceCodeHash", now["CodeSha256"]),
        "sourceCodeSize": now["CodeSize"],
        **tags_from(answer.get("Tags"), known),
    }


def _nested(answer: Any, known: Properties | None) -> Properties | None:  # noqa: ANN401 - a part of Lambda's answer
    """Return a block of settings, or nothing where AWS answers with an empty one that the program never wrote."""
    if not answer or (known is None and not any(answer.values())):
        return None
    block = {key[:1].lower() + key[1:]: value for key, value in answer.items()}
    # The keys are the program's own: none of them may be renamed.
    return block | ({"variables": answer["Variables"]} if "Variables" in answer else {})


def _latest_version(client: Any, name: str) -> str:  # noqa: ANN401 - a boto3 client
    return client.list_versions_by_function(FunctionName=name)["Versions"][-1]["Version"]


def _change(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    client = _lambda(clients, new)
    if any(old.get(each) != new.get(each) for each in _CODE):
        client.update_function_code(FunctionName=name, **_code(new), **to_aws(new, {"architectures": "Architectures"}))
    settings = [*_PLAIN, *_NESTED]
    if any(old.get(each) != new.get(each) for each in settings):
        dropped = {each: _ABSENT[each] for each in settings if each in old and each not in new and each in _ABSENT}
        client.update_function_configuration(FunctionName=name, **_configuration(dropped | new))
    _reserve(client, name, old.get("reservedConcurrentExecutions", _UNRESERVED), new)
    gone, put = tag_changes(old, new)
    if gone:
        client.untag_resource(Resource=outputs["arn"], TagKeys=gone)
    if put:
        client.tag_resource(Resource=outputs["arn"], Tags=put)
    if new.get("publish"):
        client.publish_version(FunctionName=name)


def _remove(clients: Clients, name: str, outputs: Properties) -> None:
    if not outputs.get("skipDestroy"):
        found(lambda: _lambda(clients, outputs).delete_function(FunctionName=name), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:lambda/function:Function",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"role"}),
            replace_on=frozenset({"name", "packageType"}),
            auto_name=AutoName("name", 64),
            validate=_problems,
        ),
    )
}
