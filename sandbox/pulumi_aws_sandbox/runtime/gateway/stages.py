"""Which deployed stage a request is for, found without searching: AWS's own tables are asked by their keys."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import regions
from pulumi_aws_sandbox.runtime.gateway.definition import Definition
from pulumi_aws_sandbox.runtime.gateway.incoming import Incoming, plain_path
from pulumi_aws_sandbox.runtime.gateway.refusals import FORBIDDEN, refuse

_NO_BASE_PATH = "(none)"


@dataclass(frozen=True, slots=True)
class Target:
    """A stage that a request is for."""

    api_id: str
    region: str
    stage_name: str
    stage: Any
    """moto's own."""
    definition: Definition
    path: str
    """The path below the stage or base path, as it was received but for dots and doubled slashes."""
    whole_path: str
    """The path with the stage or base path, as an event shows it."""
    domain_name: str

    @property
    def arn(self) -> str:
        """The stage as IAM names it."""
        return f"arn:aws:execute-api:{self.region}:{ACCOUNT}:{self.api_id}/{self.stage_name}"


class Directory:
    """Where APIs are; what was found once is asked directly the next time."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._regions: dict[str, str] = {}
        self._lock = threading.Lock()

    def find(self, incoming: Incoming) -> Target:
        """Return the stage of a request; refuse it where there is none."""
        host = (incoming.header("host") or "").rsplit(":", 1)[0].lower()
        path = plain_path(incoming.path)
        labels = host.split(".")
        if len(labels) > 2 and labels[1] == "execute-api":  # noqa: PLR2004 - id, service, Region
            return self._by_id(labels[0], path, host)
        if (region := self._region_of_domain(host)) is not None:
            return self._by_domain(host, region, path)
        first, _, rest = path[1:].partition("/")
        if (found := domain_behind(first.lower())) is not None:
            return self._by_domain(*found, f"/{rest}")
        if "." in first and (region := self._region_of_domain(first.lower())) is not None:
            return self._by_domain(first.lower(), region, f"/{rest}")
        return self._by_id(first, f"/{rest}", "")

    def _by_id(self, api_id: str, path: str, host: str) -> Target:
        region = self._region_of_api(api_id)
        if region is None:
            refuse(FORBIDDEN, why=f"there is no API {api_id}")
        name, _, rest = path[1:].partition("/")
        found = self._target(region, api_id, name, f"/{rest}", f"/{rest}")
        if not found.definition.execute_api_endpoint:
            refuse(FORBIDDEN, why="the execute-api endpoint is disabled")
        domain = host or f"{api_id}.execute-api.{region}.amazonaws.com"
        return _named(found, domain)

    def _by_domain(self, domain: str, region: str, path: str) -> Target:
        mappings: Mapping[str, Any] = backend(region).base_path_mappings.get(domain, {})
        first, _, rest = path[1:].partition("/")
        if first and first in mappings:
            mapping, below = mappings[first], f"/{rest}"
        elif _NO_BASE_PATH in mappings:
            mapping, below = mappings[_NO_BASE_PATH], path
        else:
            return refuse(FORBIDDEN, why=f"no base path of {domain} fits {path}")
        stage = mapping.stage
        if not stage:
            stage, _, below = below[1:].partition("/")
            below = f"/{below}"
        return _named(self._target(region, mapping.rest_api_id, stage, below, path), domain)

    @staticmethod
    def _target(region: str, api_id: str, name: str, path: str, whole: str) -> Target:
        regions.require(region)
        api = backend(region).apis.get(api_id)
        stage = api.stages.get(name) if api is not None else None
        if stage is None:
            refuse(FORBIDDEN, why=f"the API {api_id} has no stage {name!r}")
        deployment = api.deployments.get(stage.deployment_id)
        definition: Definition | None = getattr(deployment, "sandbox_definition", None)
        if definition is None:
            refuse(FORBIDDEN, why=f"the stage {name} has no deployment of an imported document")
        return Target(api_id, region, name, stage, definition, path, whole, "")

    def _region_of_api(self, api_id: str) -> str | None:
        return self._region(f"api {api_id}", lambda region: api_id in backend(region).apis)

    def _region_of_domain(self, domain: str) -> str | None:
        if "." not in domain:
            return None
        return self._region(f"domain {domain}", lambda region: domain in backend(region).domain_names)

    def _region(self, key: str, has: Callable[[str], bool]) -> str | None:
        known = self._regions.get(key)
        if known is not None and has(known):
            return known
        with self._lock:
            found = next((region for region in _regions() if has(region)), None)
            if found is not None:
                self._regions[key] = found
            return found


def domain_behind(regional_name: str) -> tuple[str, str] | None:
    """Return the custom domain, with its Region, that a Region's own name for one stands for; `None` for any other."""
    labels = regional_name.split(".")
    if len(labels) < 3 or labels[1] != "execute-api" or not labels[0].startswith("d-"):  # noqa: PLR2004 - id, service, Region
        return None
    region = labels[2]
    for each in backend(region).domain_names.values():
        if each.regional_domain_name == regional_name:
            return each.domain_name, region
    return None


def backend(region: str) -> Any:  # noqa: ANN401 - moto's own types
    """Return moto's API Gateway of a Region."""
    from moto.apigateway.models import apigateway_backends  # noqa: PLC0415 - moto loads only when deploying

    return apigateway_backends[ACCOUNT][region]


def _regions() -> Iterable[str]:
    """Return the Regions that have been used."""
    from moto.apigateway.models import apigateway_backends  # noqa: PLC0415 - as above

    return list(apigateway_backends[ACCOUNT].keys())


def _named(target: Target, domain: str) -> Target:
    return replace(target, domain_name=domain)
