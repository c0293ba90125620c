"""The routes of an API that is defined by an OpenAPI document, with API Gateway's extensions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Words
from aws_mobile_guard.view import UNKNOWN, Node, Unknown

KIND = "an OpenAPI document in JSON"
_ANY = "x-amazon-apigateway-any-method"
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", _ANY)
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    node: Node
    route: str
    """Method and path, such as `GET /notes`; the method is ANY where one operation takes them all."""

    @property
    def is_preflight(self) -> bool:
        """Whether a browser asks by it what it may ask: such requests carry no credentials."""
        return self.route.startswith("OPTIONS ")


def body(api: Resource) -> Node | Unknown | None:
    """Return the document that defines an API."""
    return api.json("body", KIND)


def operations(document: Node) -> Iterator[Operation]:
    """Go through the operations of a document."""
    paths = document.node("paths")
    if not isinstance(paths, Node):
        return
    for path in paths.known():
        item = paths.child(path)
        if not isinstance(item, Node):
            continue
        for method in _METHODS:
            node = item.child(method)
            if isinstance(node, Node):
                yield Operation(node, f"{'ANY' if method == _ANY else method.upper()} {path}")


def is_authorized(document: Node, operation: Operation) -> bool:
    """Tell whether API Gateway asks the callers of an operation who they are.

    Only what the operation itself says counts: API Gateway passes over `security` at the root of the document.
    """
    declared = operation.node.text("x-amazon-apigateway-auth.type")
    if isinstance(declared, str):
        return declared.upper() != "NONE"
    requirements = operation.node.items("security")
    if requirements is None or requirements is UNKNOWN or not requirements:
        return False
    # By OpenAPI one of them is enough, so each has to ask; a key beside a signature is wanted too, not instead.
    others = [one for one in requirements if not isinstance(one, Node) or not _is_key(document, list(one.known()))]
    return bool(others) and all(
        isinstance(one, Node) and any(_asks(document, name) for name in one.known()) for one in others
    )


def is_validated(document: Node, operation: Operation) -> bool:
    """Tell whether API Gateway validates the requests of an operation."""
    name = "x-amazon-apigateway-request-validator"
    own = operation.node.text(name)
    chosen = document.text(name) if own is None else own
    known = document.node(f"{name}s")
    return isinstance(known, Node) and isinstance(chosen, str) and chosen in known.known()


def named(document: Node, operations_: Sequence[Operation], lack: str) -> Words:
    """Name operations, and what they lack; only how many where the document came marked as secret."""
    count = len(operations_)
    if document.secret:
        return Words(f"{count} {'operation' if count == 1 else 'operations'} {lack}")
    routes = [one.route for one in operations_]
    rest = f" and {count - _MOST_NAMED} more" if count > _MOST_NAMED else ""
    return Words(f"{', '.join(routes[:_MOST_NAMED])}{rest} {lack}")


def _asks(document: Node, name: str) -> bool:
    """Tell whether a security scheme makes API Gateway ask; an API key, for one, tells which client, not who calls."""
    scheme = _scheme(document, name)
    if scheme is None:
        return False
    kind = scheme.text("x-amazon-apigateway-authtype")
    signed = isinstance(kind, str) and kind.lower() == "awssigv4"
    return signed or scheme.has("x-amazon-apigateway-authorizer")


def _is_key(document: Node, names: Sequence[str]) -> bool:
    """Tell whether a requirement is for a client's API key and nothing else."""
    schemes = [_scheme(document, name) for name in names]
    return bool(schemes) and all(
        scheme is not None and str(scheme.text("name")).lower() == "x-api-key" and not _asks(document, name)
        for name, scheme in zip(names, schemes, strict=True)
    )


def _scheme(document: Node, name: str) -> Node | None:
    for place in ("components.securitySchemes", "securityDefinitions"):
        schemes = document.node(place)
        scheme = schemes.child(name) if isinstance(schemes, Node) else None
        if isinstance(scheme, Node):
            return scheme
    return None
