"""The part of mapping templates that the sandbox has: text, and references to the request and its context.

Directives (`#if`, `#set`, `#foreach`, ...) are refused when a document is imported.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache

from pulumi_aws_sandbox.runtime.gateway.incoming import Passage

_DIRECTIVE = re.compile(
    r"#\{?(?:set|if|elseif|else|end|foreach|define|include|parse|macro|stop|break|evaluate)\b|##|#\*"
)
_REFERENCE = re.compile(
    r"\$!?(?P<open>\{)?(?:"
    r"(?P<context>context(?:\.[A-Za-z0-9_-]+)+)"
    r"|stageVariables\.(?P<variable>\w+)"
    r"|input\.params\(\s*['\"](?P<param>[^'\"]+)['\"]\s*\)"
    r"|(?P<body>input\.body)"
    r"|input\.json\(\s*['\"](?P<json>[^'\"]*)['\"]\s*\)"
    r")(?(open)\})"
)
_UNKNOWN = re.compile(r"\$!?\{?(?P<name>(?:input|util|stageVariables)\b[\w.]*)")

_Part = str | Callable[[Passage], str | None]


class TemplateError(ValueError):
    """A template that the sandbox cannot render."""


class Template:
    """Text with references, read once."""

    def __init__(self, text: str, missing: str = "") -> None:
        """Read a template; raise `TemplateError` for what the sandbox does not have. `missing` stands for no value."""
        if found := _DIRECTIVE.search(text):
            message = f"the sandbox's mapping templates have no directives: got {found[0]}"
            raise TemplateError(message)
        self._missing = missing
        self._parts: list[_Part] = []
        end = 0
        for found in _REFERENCE.finditer(text):
            self._parts += [_checked(text[end : found.start()]), _reference(found)]
            end = found.end()
        self._parts.append(_checked(text[end:]))

    def render(self, passage: Passage) -> str:
        """Return the text for a request."""
        rendered: list[str] = []
        for part in self._parts:
            value = part if isinstance(part, str) else part(passage)
            rendered.append(self._missing if value is None else value)
        return "".join(rendered)


@lru_cache(maxsize=256)
def log_format(text: str) -> Template:
    """Return the format of an access log; what is not known is written as a hyphen."""
    return Template(text, "-")


def param(passage: Passage, name: str) -> str | None:
    """Return a parameter of a request: of its path, its query or its headers, in this order."""
    incoming = passage.incoming
    for found in (passage.path_parameters.get(name), incoming.parameter(name), incoming.header(name)):
        if found is not None:
            return found
    return None


def _reference(found: re.Match[str]) -> Callable[[Passage], str | None]:
    if (path := found["context"]) is not None:
        key = path.removeprefix("context.")
        return lambda passage: passage.context.get(key)
    if (variable := found["variable"]) is not None:
        return lambda passage: passage.stage_variables.get(variable)
    if (name := found["param"]) is not None:
        return lambda passage: param(passage, name)
    if found["body"] is not None or found["json"] == "$":
        return lambda passage: passage.incoming.body.decode(errors="replace")
    steps = (found["json"] or "").split(".")
    if steps[0] != "$" or not all(re.fullmatch(r"\w+", step) for step in steps[1:]):
        message = f"the sandbox's mapping templates have only paths of names, such as $.a.b: got {found['json']}"
        raise TemplateError(message)
    return lambda passage: _inside(passage, steps[1:])


def _inside(passage: Passage, steps: list[str]) -> str | None:
    try:
        value: object = json.loads(passage.incoming.body or b"null")
    except ValueError:
        return None
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return json.dumps(value)


def _checked(text: str) -> str:
    if found := _UNKNOWN.search(text):
        message = f"the sandbox's mapping templates do not know ${found['name']}"
        raise TemplateError(message)
    return text
