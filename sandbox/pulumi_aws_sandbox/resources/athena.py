"""Athena: workgroups, which say how queries run, and queries that are kept by name."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, tag_changes, tag_list, tags_from

_GONE = "InvalidRequestException"
_DEFAULTS = {
    "bytesScannedCutoffPerQuery": 0,
    "enforceWorkgroupConfiguration": True,
    "publishCloudwatchMetricsEnabled": True,
    "requesterPaysEnabled": False,
}
_AUTO = "AUTO"
_MISSING = ("customerContentEncryptionConfiguration", "identityCenterConfiguration", "monitoringConfiguration")


def _athena(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "athena", properties)


def _results(config: Properties) -> dict[str, Any]:
    given = config.get("resultConfiguration") or {}
    request: dict[str, Any] = {}
    if given.get("outputLocation"):
        request["OutputLocation"] = given["outputLocation"]
    if given.get("expectedBucketOwner"):
        request["ExpectedBucketOwner"] = given["expectedBucketOwner"]
    if encryption := given.get("encryptionConfiguration"):
        key = encryption.get("kmsKeyArn")
        request["EncryptionConfiguration"] = {
            "EncryptionOption": encryption["encryptionOption"],
            **({"KmsKey": key} if key else {}),
        }
    return request


def _settings(inputs: Properties) -> dict[str, Any]:
    config: Properties = {**_DEFAULTS, **(inputs.get("configuration") or {})}
    version = (config.get("engineVersion") or {}).get("selectedEngineVersion", _AUTO)
    return {
        "EnforceWorkGroupConfiguration": config["enforceWorkgroupConfiguration"],
        "PublishCloudWatchMetricsEnabled": config["publishCloudwatchMetricsEnabled"],
        "RequesterPaysEnabled": config["requesterPaysEnabled"],
        "EngineVersion": {"SelectedEngineVersion": version},
    }


def _make_workgroup(clients: Clients, inputs: Properties) -> str:
    athena, name = _athena(clients, inputs), inputs["name"]
    config = inputs.get("configuration") or {}
    settings = _settings(inputs) | {"ResultConfiguration": _results(config)}
    if config.get("bytesScannedCutoffPerQuery"):
        settings["BytesScannedCutoffPerQuery"] = config["bytesScannedCutoffPerQuery"]
    athena.create_work_group(
        Name=name, Configuration=settings, Description=inputs.get("description", ""), Tags=tag_list(inputs)
    )
    if inputs.get("state", "ENABLED") != "ENABLED":
        athena.update_work_group(WorkGroup=name, State=inputs["state"])
    return name


def _describe_workgroup(clients: Clients, name: str, known: Properties) -> Properties | None:
    athena = _athena(clients, known)
    answer = found(lambda: athena.get_work_group(WorkGroup=name), _GONE)
    if answer is None:
        return None
    group = answer["WorkGroup"]
    region = known.get("region") or clients.region
    arn = f"arn:{clients.partition}:athena:{region}:{clients.account}:workgroup/{name}"
    description = group.get("Description")
    return {
        "arn": arn,
        "configuration": _configuration(group["Configuration"]),
        "forceDestroy": known.get("forceDestroy", False),
        "name": name,
        "state": group["State"],
        **({"description": description or ""} if description or "description" in known else {}),
        **tags_from(athena.list_tags_for_resource(ResourceARN=arn)["Tags"], known),
    }


def _configuration(answer: dict[str, Any]) -> Properties:
    now: Properties = {
        "bytesScannedCutoffPerQuery": answer.get("BytesScannedCutoffPerQuery", 0),
        "enforceWorkgroupConfiguration": answer["EnforceWorkGroupConfiguration"],
        "engineVersion": {
            "effectiveEngineVersion": answer["EngineVersion"]["EffectiveEngineVersion"],
            "selectedEngineVersion": answer["EngineVersion"]["SelectedEngineVersion"],
        },
        "publishCloudwatchMetricsEnabled": answer["PublishCloudWatchMetricsEnabled"],
        "requesterPaysEnabled": answer["RequesterPaysEnabled"],
    }
    results = answer.get("ResultConfiguration") or {}
    if results:
        about: Properties = {}
        for name, aws in (("outputLocation", "OutputLocation"), ("expectedBucketOwner", "ExpectedBucketOwner")):
            if results.get(aws):
                about[name] = results[aws]
        if encryption := results.get("EncryptionConfiguration"):
            key = {"kmsKeyArn": encryption["KmsKey"]} if encryption.get("KmsKey") else {}
            about["encryptionConfiguration"] = {"encryptionOption": encryption["EncryptionOption"], **key}
        now["resultConfiguration"] = about
    return now


def _change_workgroup(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    athena, config = _athena(clients, new), new.get("configuration") or {}
    updates: dict[str, Any] = _settings(new)
    if config.get("bytesScannedCutoffPerQuery"):
        updates["BytesScannedCutoffPerQuery"] = config["bytesScannedCutoffPerQuery"]
    else:
        updates["RemoveBytesScannedCutoffPerQuery"] = True
    results = _results(config)
    removed = {f"Remove{name}": True for name in ("OutputLocation", "EncryptionConfiguration") if name not in results}
    updates["ResultConfigurationUpdates"] = results | removed
    athena.update_work_group(
        WorkGroup=name,
        ConfigurationUpdates=updates,
        Description=new.get("description", ""),
        State=new.get("state", "ENABLED"),
    )
    gone, put = tag_changes(old, new)
    if gone:
        athena.untag_resource(ResourceARN=outputs["arn"], TagKeys=gone)
    if put:
        athena.tag_resource(ResourceARN=outputs["arn"], Tags=tag_list({"tags": put}))


def _remove_workgroup(clients: Clients, name: str, outputs: Properties) -> None:
    athena = _athena(clients, outputs)
    if found(lambda: athena.get_work_group(WorkGroup=name), _GONE) is None:
        return
    athena.delete_work_group(WorkGroup=name, RecursiveDeleteOption=outputs.get("forceDestroy", False))


def _workgroup_problems(inputs: Properties) -> list[tuple[str, str]]:
    config = inputs.get("configuration") or {}
    problems = [("configuration", f"the sandbox has no {name}") for name in _MISSING if config.get(name)]
    cutoff = config.get("bytesScannedCutoffPerQuery")
    if isinstance(cutoff, int | float) and 0 < cutoff < _LEAST_CUTOFF:
        problems.append(
            ("configuration", f"bytes_scanned_cutoff_per_query is 0 or at least {_LEAST_CUTOFF}; got {int(cutoff)}")
        )
    return problems


_LEAST_CUTOFF = 10_485_760


def _make_query(clients: Clients, inputs: Properties) -> str:
    return _athena(clients, inputs).create_named_query(
        Name=inputs["name"],
        Database=inputs["database"],
        QueryString=inputs["query"],
        WorkGroup=inputs.get("workgroup", "primary"),
        Description=inputs.get("description", ""),
    )["NamedQueryId"]


def _describe_query(clients: Clients, query_id: str, known: Properties) -> Properties | None:
    answer = found(lambda: _athena(clients, known).get_named_query(NamedQueryId=query_id), _GONE)
    if answer is None:
        return None
    query = answer["NamedQuery"]
    description = query.get("Description")
    return {
        "database": query["Database"],
        "name": query["Name"],
        "query": query["QueryString"],
        **({"workgroup": query["WorkGroup"]} if "workgroup" in known or query["WorkGroup"] != "primary" else {}),
        **({"description": description or ""} if description or "description" in known else {}),
    }


def _remove_query(clients: Clients, query_id: str, outputs: Properties) -> None:
    found(lambda: _athena(clients, outputs).delete_named_query(NamedQueryId=query_id), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:athena/workgroup:Workgroup",
            make=_make_workgroup,
            describe=_describe_workgroup,
            change=_change_workgroup,
            remove=_remove_workgroup,
            replace_on=frozenset({"name"}),
            auto_name=AutoName("name", 128),
            validate=_workgroup_problems,
        ),
        handler(
            "aws:athena/namedQuery:NamedQuery",
            make=_make_query,
            describe=_describe_query,
            remove=_remove_query,
            required=frozenset({"database", "query"}),
            replace_on=frozenset({"database", "description", "name", "query", "workgroup"}),
            auto_name=AutoName("name", 128),
        ),
    )
}
