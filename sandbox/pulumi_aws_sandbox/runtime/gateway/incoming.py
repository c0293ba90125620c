"""A request as it arrived, and what is known of it on its way through the gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, unquote_plus


@dataclass(frozen=True)
class Incoming:
    """A request exactly as it was received: nothing decoded, nothing merged."""

    method: str
    target: str
    """Path and query."""
    headers: tuple[tuple[str, str], ...]
    body: bytes
    source_ip: str
    protocol: str = "HTTP/1.1"

    @cached_property
    def path(self) -> str:
        """The path, as it was received."""
        return self.target.split("?", 1)[0]

    @cached_property
    def query(self) -> str:
        """The query, as it was received."""
        return self.target.partition("?")[2]

    @cached_property
    def lowered(self) -> Mapping[str, str]:
        """The headers under their names in lower case; several of one name are joined, as HTTP says."""
        found: dict[str, str] = {}
        for name, value in self.headers:
            key = name.lower()
            found[key] = f"{found[key]},{value}" if key in found else value
        return found

    def header(self, name: str) -> str | None:
        """Return the last value of a header."""
        wanted = name.lower()
        return next((value for key, value in reversed(self.headers) if key.lower() == wanted), None)

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the query, decoded, in order."""
        pairs = (pair.partition("=") for pair in self.query.split("&") if pair)
        return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in pairs)

    def parameter(self, name: str) -> str | None:
        """Return the last value of a parameter of the query."""
        return next((value for key, value in reversed(self.parameters) if key == name), None)

    @cached_property
    def media_type(self) -> str:
        """What the body is; JSON where nothing is said."""
        stated = self.header("content-type") or "application/json"
        return stated.split(";", 1)[0].strip().lower()


@dataclass(slots=True)
class Passage:
    """One request on its way through a stage."""

    incoming: Incoming
    path_parameters: Mapping[str, str]
    context: dict[str, str]
    """What `$context` has, by the path behind it."""
    stage_variables: Mapping[str, str] = field(default_factory=dict)


def plain_path(path: str) -> str:
    """Return a path without dots and doubled slashes: what is signed, and what is routed."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept[-1:] = []
        elif segment not in {"", "."}:
            kept.append(segment)
    return f"/{'/'.join(kept)}{'/' if kept and path.endswith('/') else ''}"


def decoded(segment: str) -> str:
    """Return a part of a path without percent encoding."""
    return unquote(segment)
