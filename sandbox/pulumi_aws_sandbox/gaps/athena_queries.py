"""Athena's workgroups that change, named queries that are removed, and queries that really run.

Queries run on what lies in this sandbox's S3, by `runtime.lake.athena`.
"""

import json
from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

_ENGINE = "Athena engine version 3"
_ENABLED = "ENABLED"
_MOST_ROWS = 1000


def fill() -> None:
    """Teach moto's Athena."""
    from moto.athena.models import AthenaBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.athena.responses import AthenaResponse  # noqa: PLC0415 - as above

    replace(AthenaBackend, "create_work_group", _creating)
    for name, answer in _ANSWERS.items():
        replace(AthenaResponse, name, lambda _, made=answer: made)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, name: str, configuration: dict[str, Any], description: str, tags: Any) -> Any:  # noqa: ANN401 - moto's own types
        group = original(self, name, configuration, description, tags or [])
        if group is not None:
            selected = (configuration.get("EngineVersion") or {}).get("SelectedEngineVersion", "AUTO")
            group.configuration["EngineVersion"] = {
                "EffectiveEngineVersion": _ENGINE,
                "SelectedEngineVersion": selected,
            }
            group.sandbox_created = clock.now()
        return group

    return create


def _get_group(self: Any) -> str:  # noqa: ANN401 - moto's own types
    group = _group(self, self._get_param("WorkGroup"))
    about = {
        "Name": group.name,
        "State": group.state,
        "Configuration": group.configuration,
        "Description": group.description,
        "CreationTime": vars(group).get("sandbox_created", 0),
    }
    return json.dumps({"WorkGroup": about})


def _update_group(self: Any) -> str:  # noqa: ANN401 - moto's own types
    group = _group(self, self._get_param("WorkGroup"))
    updates = dict(self._get_param("ConfigurationUpdates") or {})
    results = dict(updates.pop("ResultConfigurationUpdates", None) or {})
    kept = dict(group.configuration.get("ResultConfiguration") or {})
    for name in [name for name in results if name.startswith("Remove")]:
        if results.pop(name):
            kept.pop(name.removeprefix("Remove"), None)
    if updates.pop("RemoveBytesScannedCutoffPerQuery", False):
        group.configuration.pop("BytesScannedCutoffPerQuery", None)
    if version := updates.get("EngineVersion"):
        updates["EngineVersion"] = {"EffectiveEngineVersion": _ENGINE, **version}
    group.configuration = {**group.configuration, **updates, "ResultConfiguration": kept | results}
    if (description := self._get_param("Description")) is not None:
        group.description = description
    group.state = self._get_param("State") or group.state
    return "{}"


def _delete_group(self: Any) -> str:  # noqa: ANN401 - moto's own types
    group = _group(self, self._get_param("WorkGroup"))
    backend = self.athena_backend
    queries = [key for key, each in backend.named_queries.items() if each.workgroup.name == group.name]
    runs = [key for key, each in backend.executions.items() if each.workgroup and each.workgroup.name == group.name]
    if (queries or runs) and not self._get_param("RecursiveDeleteOption"):
        _refuse(f"WorkGroup {group.name} is not empty")
    for key in queries:
        del backend.named_queries[key]
    for key in runs:
        del backend.executions[key]
    backend.delete_work_group(group.name)
    return "{}"


def _get_query(self: Any) -> str:  # noqa: ANN401 - moto's own types
    query = _named(self)
    about = {
        "Name": query.name,
        "Description": query.description,
        "Database": query.database,
        "QueryString": query.query_string,
        "NamedQueryId": query.id,
        "WorkGroup": query.workgroup.name,
    }
    return json.dumps({"NamedQuery": about})


def _delete_query(self: Any) -> str:  # noqa: ANN401 - moto's own types
    del self.athena_backend.named_queries[_named(self).id]
    return "{}"


def _tags(self: Any) -> str:  # noqa: ANN401 - moto's own types
    # moto refuses a resource without tags.
    return json.dumps(self.athena_backend.tagger.list_tags_for_resource(self._get_param("ResourceARN")))


def _start(self: Any) -> str:  # noqa: ANN401 - moto's own types
    from pulumi_aws_sandbox.runtime.lake import athena  # noqa: PLC0415 - loaded with the first query

    backend = self.athena_backend
    group = _group(self, self._get_param("WorkGroup") or "primary")
    if group.state != _ENABLED:
        _refuse(f"WorkGroup {group.name} is disabled.")
    request = athena.Request(
        region=self.region,
        text=self._get_param("QueryString"),
        parameters=tuple(self._get_param("ExecutionParameters") or ()),
        context=self._get_param("QueryExecutionContext") or {},
        results=self._get_param("ResultConfiguration") or {},
        workgroup=group,
    )
    try:
        run = athena.start(request)
    except athena.RejectedError as error:
        _refuse(str(error), error_code=error.code)
    backend.executions[run.id] = run
    return json.dumps({"QueryExecutionId": run.id})


def _execution(self: Any) -> str:  # noqa: ANN401 - moto's own types
    return json.dumps({"QueryExecution": _run(self).described()})


def _results(self: Any) -> str:  # noqa: ANN401 - moto's own types
    run = _run(self)
    if run.status != "SUCCEEDED":
        _refuse(
            f"Query did not finish successfully. Final query state: {run.status}", error_code="INVALID_QUERY_STATUS"
        )
    most = self._get_param("MaxResults") or _MOST_ROWS
    if not 1 <= most <= _MOST_ROWS:
        _refuse(f"MaxResults is more than maximum allowed length {_MOST_ROWS}.")
    token = self._get_param("NextToken") or "0"
    if not token.isdigit() or int(token) > len(run.rows):
        _refuse("The provided NextToken is not valid.")
    return json.dumps(run.page(int(token), most))


def _stop(self: Any) -> str:  # noqa: ANN401 - moto's own types
    # It is over by the time it is known: stopping it changes nothing.
    _run(self)
    return "{}"


def _group(self: Any, name: str) -> Any:  # noqa: ANN401 - moto's own types
    found = self.athena_backend.work_groups.get(name)
    if found is None:
        _refuse(f"WorkGroup {name} is not found.")
    return found


def _named(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    query_id = self._get_param("NamedQueryId")
    found = self.athena_backend.named_queries.get(query_id)
    if found is None:
        _refuse(f"NamedQuery {query_id} was not found")
    return found


def _run(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    run_id = self._get_param("QueryExecutionId")
    found = self.athena_backend.executions.get(run_id)
    if found is None:
        _refuse(f"QueryExecution {run_id} was not found")
    return found


def _refuse(reason: str, error_code: str = "INVALID_INPUT") -> NoReturn:
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - loaded by now

    error = JsonRESTError("InvalidRequestException", reason)
    error.description = json.dumps(
        {"__type": "InvalidRequestException", "message": reason, "AthenaErrorCode": error_code}
    )
    raise error


_ANSWERS: dict[str, Callable[[Any], str]] = {
    "delete_named_query": _delete_query,
    "delete_work_group": _delete_group,
    "get_named_query": _get_query,
    "get_query_execution": _execution,
    "get_query_results": _results,
    "get_work_group": _get_group,
    "list_tags_for_resource": _tags,
    "start_query_execution": _start,
    "stop_query_execution": _stop,
    "update_work_group": _update_group,
}
