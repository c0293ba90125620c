"""Changes single options in the text of a stack file and leaves everything else, comments too, as it stands.

A YAML library that writes what it has read forgets comments and layout. The marks of its parser say where in the text
each option begins and ends, which is all that a change of one option needs. What the text says afterwards is compared
with what it was meant to say, so that a layout not thought of here is refused rather than garbled.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from aws_mobile_cli.exits import UsageError

Path = tuple[str | int, ...]
"""The steps to an option: keys of mappings, positions in lists."""

_NOT_CHANGEABLE = "the stack file is laid out in a way that cannot be changed option by option (anchors, perhaps)"
_COMPONENT = 2
"""How deep the objects of components stand, below `config`: the options of a new one get lines of their own."""
_MODELINE = re.compile(r"#\s*yaml-language-server:")


class StackText:
    """A stack file's text and the values that it stands for, changed together."""

    def __init__(self, text: str) -> None:
        """Begin with this text."""
        self.text = text if text.endswith("\n") or not text else f"{text}\n"
        self.values: Any = _apart(yaml.safe_load(self.text) or {})

    def get(self, path: Path) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Return the value of an option; None if it is not given."""
        value = self.values
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def put(self, path: Path, value: object) -> None:
        """Give an option a value, and make the objects around it where there are none."""
        home, known = self.values, 0
        while known < len(path) - 1 and _holds(_inside(home, path[known]), path[known + 1]):
            home, known = _inside(home, path[known]), known + 1
        nested: object = value
        for step in reversed(path[known + 1 :]):
            nested = {step: nested}
        self.text = _with(self.text, path[: known + 1], nested, new=not _has(home, path[known]))
        home[path[known]] = _apart(nested)
        self._check()

    def drop(self, path: Path) -> None:
        """Take an option away; the object around it stays, empty if need be, as that it is there may mean something."""
        home = self.get(path[:-1])
        del home[path[-1]]
        self.text = _without(self.text, path) if home else _with(self.text, path[:-1], home, new=False)
        self._check()

    def head(self, lines: Sequence[str]) -> None:
        """Make these the comment that the file begins with, below what it tells editors."""
        rest = self.text.splitlines(keepends=True)
        modelines = []
        while rest and rest[0].startswith("#"):
            line = rest.pop(0)
            if _MODELINE.match(line):
                modelines.append(line)
        self.text = "".join([*modelines, *(f"# {line}\n" for line in lines), *rest])
        self._check()

    def _check(self) -> None:
        if _read(self.text) != self.values:
            raise UsageError(_NOT_CHANGEABLE)


def _apart(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """Return a copy in which nothing is there twice, as what an anchor names would be."""
    if isinstance(value, dict):
        return {key: _apart(item) for key, item in value.items()}
    return [_apart(item) for item in value] if isinstance(value, list) else value


def _read(text: str) -> object:
    try:
        return yaml.safe_load(text) or {}
    except yaml.YAMLError:
        return None


def _inside(value: Any, step: str | int) -> Any:  # noqa: ANN401 - whatever stands in the file
    return value[step] if _has(value, step) else None


def _holds(value: object, step: str | int) -> bool:
    """Tell whether a value is of the kind that has such steps."""
    return isinstance(value, list if isinstance(step, int) else dict)


def _has(value: Any, step: str | int) -> bool:  # noqa: ANN401 - whatever stands in the file
    return step in value if isinstance(value, dict) else isinstance(step, int) and step < len(value)


def _find(text: str, path: Path) -> tuple[yaml.Node | None, Any]:
    """Return the node of the last key of the path, if it is one, and the node of its value."""
    key: yaml.Node | None = None
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path:
        if isinstance(node, yaml.SequenceNode):
            key, node = None, node.value[int(step)]
        else:
            found = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if found is None:
                raise UsageError(_NOT_CHANGEABLE)
            key, node = found
    return key, node


def _end(text: str, node: yaml.Node) -> int:
    """Return where a node's text ends; the parser's own mark for blocks is where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _line_end(text: str, place: int) -> int:
    """Return the end of the line that the place is on."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found


def _with(text: str, path: Path, value: object, *, new: bool) -> str:
    if not new:
        name, node = _find(text, path)
        start = node.start_mark.index if name is None else text.index(":", name.end_mark.index) + 1
        space = "" if name is None else " "
        return f"{text[:start]}{space}{_flow(value)}{text[max(start, _end(text, node)) :]}"
    key = _flow(path[-1])
    entry = f"{key}: {_flow(value)}"
    if not text.strip() or len(path) == 1:
        return f"{text}{entry}\n"
    _, home = _find(text, path[:-1])
    end = _end(text, home)
    if home.flow_style:
        return f"{text[: end - 1]}{', ' if home.value else ''}{entry}{text[end - 1 :]}"
    place = _line_end(text, end)
    indent = " " * home.value[0][0].start_mark.column
    if len(path) == _COMPONENT and isinstance(value, dict) and value:
        lines = [f"{key}:", *(f"{indent}  {_flow(name)}: {_flow(item)}" for name, item in value.items())]
        entry = "\n".join(lines)
    return f"{text[:place]}\n{indent}{entry}{text[place:]}"


def _without(text: str, path: Path) -> str:
    _, home = _find(text, path[:-1])
    entries = [entry if isinstance(entry, tuple) else (entry, entry) for entry in home.value]
    place = path[-1] if isinstance(path[-1], int) else [key.value for key, _ in entries].index(path[-1])
    key, node = entries[place]
    if home.flow_style:
        if place + 1 < len(entries):
            return text[: entries[place][0].start_mark.index] + text[entries[place + 1][0].start_mark.index :]
        start = _end(text, entries[place - 1][1]) if place else entries[0][0].start_mark.index
        return text[:start] + text[_end(text, node) :]
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    return text[: _above(text, start)] + text[_line_end(text, _end(text, node)) + 1 :]


def _above(text: str, start: int) -> int:
    """Return the start of the comment that stands right above the line that begins at `start`, as far in as it."""
    indent = len(text[start:]) - len(text[start:].lstrip(" "))
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].startswith(f"{' ' * indent}#"):
            break
        start = before
    return start


def _flow(value: object) -> str:
    """Return a value on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, width=10**6, sort_keys=False, allow_unicode=True)
    return text.removesuffix("...\n").strip()
