"""Health checks with every setting and every refusal, versions that count, and a status that is asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace

_HTTP = {"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH"}
_ENDPOINTS = {*_HTTP, "TCP"}
_STATUSES = {"Healthy", "LastKnownStatus", "Unhealthy"}
_STATISTICS = {"Average", "Maximum", "Minimum", "SampleCount", "Sum"}
_INTERVALS = (10, 30)
_FAILURES = range(1, 11)
_CHILDREN = 256
_CHECKERS = (
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-west-1",
    "sa-east-1",
    "us-east-1",
    "us-west-1",
    "us-west-2",
)
"""The Regions of the checkers.
https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html"""


def fill() -> None:
    """Teach moto's health checks."""
    from moto.route53.models import Route53Backend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.route53.responses import Route53  # noqa: PLC0415 - as above

    replace(Route53, "create_health_check", _creating)
    replace(Route53, "update_health_check", lambda _: _update)
    replace(Route53, "get_health_check", lambda _: _get)
    replace(Route53, "list_health_checks", lambda _: _list)
    replace(Route53, "get_health_check_status", lambda _: _status)
    replace(Route53Backend, "delete_health_check", _deleting)


def settings_of(check: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    """Return the configuration of a health check as Route 53 describes it."""
    own = vars(check).get("sandbox_config")
    return own if own is not None else {name: value for name, value in check.health_check_config.items() if value}


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now

        config = _complete(dict(self._get_param("HealthCheckConfig")))
        _check(self.backend, config)
        reference = self._get_param("CallerReference")
        for each in self.backend.health_checks.values():
            if each.caller_reference == reference:
                if settings_of(each) != config:
                    _refuse("HealthCheckAlreadyExists", "A health check with this caller reference already exists.")
                return ActionResult({"HealthCheck": _described(each)})
        before = set(self.backend.health_checks)
        original(self)
        made = self.backend.health_checks[next(iter(set(self.backend.health_checks) - before))]
        made.sandbox_config = config
        made.sandbox_alarm = _alarm_settings(config)
        return ActionResult({"HealthCheck": _described(made)})

    return create


def _complete(config: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration with what Route 53 fills in."""
    kind = config.get("Type")
    complete: dict[str, Any] = {"Inverted": False, "Disabled": False, **config}
    if kind in _ENDPOINTS:
        ports = {"HTTP": 80, "HTTP_STR_MATCH": 80, "HTTPS": 443, "HTTPS_STR_MATCH": 443}
        defaults = {"RequestInterval": 30, "FailureThreshold": 3, "MeasureLatency": False}
        secure = {"EnableSNI": str(kind).startswith("HTTPS")} if kind in _HTTP else {}
        complete = {**defaults, **({"Port": ports[kind]} if kind in ports else {}), **secure, **complete}
    return {name: value for name, value in complete.items() if value is not None}


def _check(backend: Any, config: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    kind = config.get("Type")
    if kind in _ENDPOINTS:
        _check_endpoint(config)
    elif kind == "CALCULATED":
        children = config.get("ChildHealthChecks") or []
        unknown = [each for each in children if each not in backend.health_checks]
        if unknown:
            _refuse("InvalidInput", f"Child health check(s) not found: {', '.join(unknown)}")
        if len(children) > _CHILDREN or not 0 <= config.get("HealthThreshold", 0) <= _CHILDREN:
            _refuse("InvalidInput", f"a calculated health check has at most {_CHILDREN} children")
    elif kind == "CLOUDWATCH_METRIC":
        _check_alarm(config)
    else:
        _refuse("InvalidInput", f"Invalid health check type: {kind}")


def _check_endpoint(config: dict[str, Any]) -> None:
    if not config.get("FullyQualifiedDomainName") and not config.get("IPAddress"):
        _refuse("InvalidInput", "Either FullyQualifiedDomainName or IPAddress must be specified.")
    if config["RequestInterval"] not in _INTERVALS:
        _refuse("InvalidInput", f"RequestInterval must be 10 or 30; got {config['RequestInterval']}")
    if config["FailureThreshold"] not in _FAILURES:
        _refuse("InvalidInput", f"FailureThreshold must be from 1 to 10; got {config['FailureThreshold']}")
    if config["Type"].endswith("STR_MATCH") != bool(config.get("SearchString")):
        _refuse("InvalidInput", "SearchString belongs to a check that matches text, and to no other.")
    regions = config.get("Regions") or []
    if regions and (len(regions) < 3 or not set(regions) <= set(_CHECKERS)):  # noqa: PLR2004 - at least three checkers
        _refuse("InvalidInput", f"Regions must be at least three of {', '.join(_CHECKERS)}")


def _check_alarm(config: dict[str, Any]) -> None:
    if config.get("InsufficientDataHealthStatus", "LastKnownStatus") not in _STATUSES:
        _refuse("InvalidInput", f"InsufficientDataHealthStatus must be one of {', '.join(sorted(_STATUSES))}")
    identifier = config.get("AlarmIdentifier")
    if not identifier:
        _refuse("InvalidInput", "AlarmIdentifier must be specified for a health check of the type CLOUDWATCH_METRIC.")
    found = _alarm(identifier)
    if found is None or found.rule is not None:
        _refuse("InvalidInput", f"There is no metric alarm {identifier['Name']} in {identifier['Region']}.")
    if found.statistic not in _STATISTICS or (found.period or 0) < 60:  # noqa: PLR2004 - a metric of standard resolution
        _refuse(
            "InvalidInput",
            f"The alarm {identifier['Name']} must watch one metric of standard resolution by one of the statistics "
            f"{', '.join(sorted(_STATISTICS))}.",
        )


def _alarm(identifier: dict[str, str]) -> Any:  # noqa: ANN401 - moto's own types
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    return cloudwatch_backends[ACCOUNT][identifier["Region"]].alarms.get(identifier["Name"])


def _alarm_settings(config: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    """Return the alarm as it is now: what changes in it later is seen only when the check is changed.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
    """
    return _alarm(config["AlarmIdentifier"]) if config.get("AlarmIdentifier") else None


def _update(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now

    check = self.backend.get_health_check(self._get_param("HealthCheckId"))
    version = self._get_param("HealthCheckVersion")
    if version is not None and int(version) != check.health_check_version:
        _refuse("HealthCheckVersionMismatch", "The health check has changed meanwhile.")
    given = {name: value for name in _UPDATED if (value := self._get_param(name)) is not None}
    config = {**settings_of(check), **given}
    for name in self._get_param("ResetElements") or []:
        config.pop(name, None)
    config = {name: value for name, value in config.items() if value not in ("", []) or name == "ChildHealthChecks"}
    _check(self.backend, config)
    check.sandbox_config = config
    check.sandbox_alarm = _alarm_settings(config)
    check.health_check_version += 1
    return ActionResult({"HealthCheck": _described(check)})


_UPDATED = (
    "AlarmIdentifier",
    "ChildHealthChecks",
    "Disabled",
    "EnableSNI",
    "FailureThreshold",
    "FullyQualifiedDomainName",
    "HealthThreshold",
    "IPAddress",
    "InsufficientDataHealthStatus",
    "Inverted",
    "Port",
    "Regions",
    "ResourcePath",
    "SearchString",
)


def _get(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now

    check = self.backend.get_health_check(self._get_param("HealthCheckId"))
    return ActionResult({"HealthCheck": _described(check)})


def _list(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now

    found = [_described(each) for each in self.backend.list_health_checks()]
    return ActionResult({"HealthChecks": found, "IsTruncated": False, "Marker": "", "MaxItems": "100"})


def _described(check: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    return {
        "Id": check.id,
        "CallerReference": check.caller_reference,
        "HealthCheckConfig": settings_of(check),
        "HealthCheckVersion": check.health_check_version,
    }


def _status(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    """Answer what the checkers see; a check that looks at no endpoint has no checkers."""
    from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now

    from pulumi_aws_sandbox.runtime import clock  # noqa: PLC0415 - needs what this package offers
    from pulumi_aws_sandbox.runtime.signals import health  # noqa: PLC0415 - as above

    check = self.backend.get_health_check(self._get_param("HealthCheckId"))
    config = settings_of(check)
    if config["Type"] not in _ENDPOINTS:
        _refuse("InvalidInput", f"The status of a health check of the type {config['Type']} cannot be asked for.")
    report = health.report(check.id)
    now: datetime = clock.today()
    observations = [
        {"Region": region, "IPAddress": "15.177.0.1", "StatusReport": {"Status": report, "CheckedTime": now}}
        for region in config.get("Regions") or _CHECKERS
    ]
    return ActionResult({"HealthCheckObservations": observations})


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, health_check_id: str) -> None:  # noqa: ANN401 - moto's own types
        self.get_health_check(health_check_id)
        for each in self.health_checks.values():
            if health_check_id in (settings_of(each).get("ChildHealthChecks") or []):
                _refuse("HealthCheckInUse", "The health check is a child of another one.")
        original(self, health_check_id)

    return delete


def _refuse(code: str, reason: str) -> NoReturn:
    from moto.route53.exceptions import Route53ClientError  # noqa: PLC0415 - loaded by now

    raise Route53ClientError(code, reason)
