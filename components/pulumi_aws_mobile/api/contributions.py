"""From a contribution's options and its document to routes and models; every problem found.

Pure, but for reading files.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problem, Problems, closest
from pulumi_aws_mobile.statements import StatementArgs

from .args import ContributionTarget
from .integrations import INTEGRATION, check_own
from .operations import request_schemas, to_operation
from .routes import ANYONE, GUESTS, METHODS, SIGNED_IN, Route, check_path
from .schemas import check_name, check_request_schema, reachable, to_model
from .sources import read_source
from .validity import check_validity

CALLERS = "x-aws-mobile-callers"
DEFAULT_CALLERS = (SIGNED_IN,)

_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_GROUP = re.compile(r"[A-Za-z0-9_-]{1,40}")
_AWS = "x-amazon-apigateway-"


@dataclass(frozen=True, slots=True)
class Feature:
    """What one contribution comes to."""

    target: ContributionTarget | None
    routes: tuple[Route, ...] = ()
    models: Mapping[str, Any] = field(default_factory=dict)
    """The models by name, in the words of API Gateway."""
    function_arn: pulumi.Input[str] | None = None
    function_name: pulumi.Input[str] | None = None
    statements: tuple[StatementArgs, ...] = ()

    @property
    def function_routes(self) -> tuple[Route, ...]:
        """The routes that the function answers: those without an integration of their own."""
        if self.target is not ContributionTarget.FUNCTION:
            return ()
        return tuple(route for route in self.routes if INTEGRATION not in route.operation)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a contribution is held against."""

    has_core_api: bool
    groups: tuple[str, ...] | None
    """The groups that exist; nothing where they are not known."""


def read_contribution(
    key: str, given: Mapping[str, Any], inline: object, around: Surroundings, problems: Problems
) -> Feature:
    """Return the feature `key`, as far as it could be read; note every problem below `contributions.KEY`."""
    where = f"contributions.{key}"
    if not _KEY.fullmatch(key):
        problems.add(where, key, "a key of 1 to 40 letters, digits, hyphens and underscores", "rename it")
    _check_target(given, where, around, problems)
    callers = _callers(given.get("callers", DEFAULT_CALLERS), f"{where}.callers", around, problems)
    document = read_source(given, inline, where, problems)
    if document is None or not check_validity(document, where, problems):
        return Feature(given.get("target"))
    _check_extensions(document, where, problems)
    read = _Reader(key, given, document, callers, around, problems)
    routes = tuple(read.routes())
    return Feature(
        target=given.get("target"),
        routes=routes,
        models=_models(document, routes, where, problems),
        function_arn=given.get("function_arn"),
        function_name=given.get("function_name"),
        statements=tuple(given.get("statements", ())),
    )


def merge_models(features: Mapping[str, Feature], problems: Problems) -> dict[str, Any]:
    """Return the models of all features; note a name that stands for two things."""
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for key, feature in features.items():
        for name, model in feature.models.items():
            if merged.setdefault(name, model) != model:
                where = f"contributions.{key}.components.schemas.{name}"
                allowed = f"the schema of that name in the contribution {origin[name]}, or another name"
                problems.extend([Problem(where, "a schema that differs", allowed, "rename it, or make them the same")])
            origin.setdefault(name, key)
    return merged


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the operations of one document."""

    key: str
    given: Mapping[str, Any]
    document: Mapping[str, Any]
    callers: tuple[str, ...]
    around: Surroundings
    problems: Problems

    def routes(self) -> Iterable[Route]:
        """Yield the routes in the order of paths and methods; note a document without any."""
        paths = self.document.get("paths", {})
        where = f"contributions.{self.key}.paths"
        found = False
        for path, item in sorted(paths.items()):
            check_path(path, f"{where}.{path}", self.problems)
            _check_extensions(item, f"{where}.{path}", self.problems)
            if "$ref" in item:
                allowed = "the operations themselves: API Gateway has no references between paths"
                self.problems.add(f"{where}.{path}.$ref", item["$ref"], allowed, "copy what it refers to")
            if "trace" in item:
                allowed = ", ".join(METHODS)
                self.problems.add(f"{where}.{path}.trace", "trace", allowed, "remove it: API Gateway has no TRACE")
            for method in METHODS:
                if method in item:
                    found = True
                    yield self._route(path, method, item)
        if not found:
            self.problems.add(where, paths, "one operation or more", "describe an operation, or remove it")

    def _route(self, path: str, method: str, item: Mapping[str, Any]) -> Route:
        operation = item[method]
        bare = Route(self.key, path, method.upper(), self._route_callers(path, method, operation))
        described = to_operation(operation, item, self.document, bare.where, self.problems)
        _check_extensions(operation, bare.where, self.problems, allowed=(INTEGRATION,))
        self._check_security(operation, bare)
        if INTEGRATION in operation:
            where = f"{bare.where}.{INTEGRATION}"
            check_own(operation[INTEGRATION], where, self.problems, has_role=bool(self.given.get("statements")))
            described[INTEGRATION] = operation[INTEGRATION]
        elif "target" not in self.given and not self.problems.touches(f"contributions.{self.key}.target"):
            fix = f"give the contribution a target, or the operation {INTEGRATION}"
            self.problems.add(bare.where, None, "something that answers", fix)
        return Route(self.key, path, bare.method, bare.callers, described)

    def _route_callers(self, path: str, method: str, operation: Mapping[str, Any]) -> tuple[str, ...]:
        if CALLERS not in operation:
            return self.callers
        where = f"contributions.{self.key}.paths.{path}.{method}.{CALLERS}"
        return _callers(operation[CALLERS], where, self.around, self.problems)

    def _check_security(self, operation: Mapping[str, Any], route: Route) -> None:
        """Refuse a document that says of a route's security what its callers do not."""
        security = operation.get("security", self.document.get("security"))
        if security is None:
            return
        opened = any(not requirement for requirement in security) or not security
        if opened and not route.public:
            allowed = f"a route with an authoriser, or {CALLERS}: [{ANYONE}]"
            fix = f"remove security, which callers decide, or say {CALLERS}: [{ANYONE}]"
            self.problems.add(f"{route.where}.security", security, allowed, fix)
        elif route.public and not opened and "security" in operation:
            allowed = f"no security for {ANYONE}"
            self.problems.add(f"{route.where}.security", security, allowed, "remove it, or name other callers")


def _check_target(given: Mapping[str, Any], where: str, around: Surroundings, problems: Problems) -> None:
    """Note a target that is not there, and options of another one."""
    target = given.get("target")
    if target is ContributionTarget.CORE_API and not around.has_core_api:
        fix = "give core_api beside the contributions, or choose another target"
        problems.add(f"{where}.target", target.value, "core_api only where it is given", fix)
    for option in ("function_arn", "function_name"):
        place = f"{where}.{option}"
        if problems.touches(place):
            continue
        if target is ContributionTarget.FUNCTION and option not in given:
            fix = "give it, or choose another target"
            problems.extend([Problem(place, "nothing", "the function that answers, for the target function", fix)])
        elif target is not ContributionTarget.FUNCTION and option in given:
            fix = "remove it, or set target: function"
            problems.extend([Problem(place, "a function", "nothing without the target function", fix)])


def _callers(given: object, where: str, around: Surroundings, problems: Problems) -> tuple[str, ...]:
    """Return the callers in order; note a list that is none, and callers that cannot stand together or do not exist."""
    if problems.touches(where):
        return DEFAULT_CALLERS
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        allowed = f"a list of {SIGNED_IN}, {GUESTS} and groups, or {ANYONE} alone"
        problems.add(where, given, allowed, "name who may call")
        return DEFAULT_CALLERS
    for place, caller in enumerate(given):
        if caller in given[:place]:
            problems.add(f"{where}[{place}]", caller, "each caller once", "remove it")
        _check_caller(caller, f"{where}[{place}]", around, problems)
    if ANYONE in given and len(given) > 1:
        allowed = f"{ANYONE} alone: a route is signed or it is not"
        problems.add(where, given, allowed, f"remove {ANYONE}, or the others")
    return tuple(sorted({str(caller) for caller in given}))


def _check_caller(caller: object, where: str, around: Surroundings, problems: Problems) -> None:
    kinds = (ANYONE, GUESTS, SIGNED_IN)
    if caller in kinds:
        return
    if not isinstance(caller, str) or not _GROUP.fullmatch(caller):
        allowed = "the key of a group: 1 to 40 letters, digits, hyphens and underscores"
        problems.add(where, caller, allowed, "rename it")
    elif around.groups is not None and caller not in around.groups:
        near = closest(caller, (*kinds, *around.groups))
        fix = f'did you mean "{near}"?' if near else "name one of these"
        problems.add(where, caller, ", ".join((*kinds, *sorted(around.groups))), fix)


def _check_extensions(
    described: Mapping[str, Any], where: str, problems: Problems, *, allowed: tuple[str, ...] = ()
) -> None:
    """Note words for API Gateway that the component writes itself: the last to write would win."""
    for word in sorted(described):
        if word.startswith(_AWS) and word not in allowed:
            only = f"of these words, {INTEGRATION} of an operation"
            problems.add(f"{where}.{word}", word, only, "remove it: the component writes it")


def _models(document: Mapping[str, Any], routes: Iterable[Route], where: str, problems: Problems) -> dict[str, Any]:
    """Return the models of a document; those that requests are held against may say only what API Gateway knows."""
    schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    asked = reachable((schema for route in routes for schema in request_schemas(route.operation)), schemas)
    models = {}
    for name, schema in sorted(schemas.items()):
        place = f"{where}.components.schemas.{name}"
        check_name(name, place, problems)
        if name in asked:
            check_request_schema(schema, place, problems)
        models[name] = to_model(schema)
    return models
