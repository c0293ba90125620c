"""The files of a function, the same on every machine. Pure but for looking at the folder."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

LARGEST_MIB = 250
"""The most that a function's files may take unpacked.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""

_CACHES = {"__pycache__"}
_COMPILED = {".pyc", ".pyo"}


def list_files(folder: Path) -> dict[str, Path]:
    """Return the files below `folder` by their names in the archive, in the order of these names.

    Caches, compiled and hidden files are left out: they differ from machine to machine.
    """
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: found[name] for name in sorted(found) if not _is_left_out(PurePosixPath(name))}


def size_bytes(files: dict[str, Path]) -> int:
    """Return how much the files take unpacked."""
    return sum(path.stat().st_size for path in files.values())


def module_files(handler: str) -> tuple[str, str]:
    """Return the two names that the file of a handler's module may have, a module's and a package's."""
    module = handler.rpartition(".")[0].replace(".", "/")
    return f"{module}.py", f"{module}/__init__.py"


def defines(file: Path, name: str) -> bool:
    """Tell whether a module sets `name`, or may set it; raise `SyntaxError` if it is not Python."""
    return not {name, "*"}.isdisjoint(_names(ast.parse(file.read_bytes(), str(file)).body))


def _is_left_out(name: PurePosixPath) -> bool:
    return (
        name.suffix in _COMPILED
        or not _CACHES.isdisjoint(name.parts)
        or any(part.startswith(".") for part in name.parts)
    )


def _names(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Return the names that statements set, also below a condition; `*` where that cannot be told."""
    for statement in statements:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (alias.asname or alias.name for alias in names)
            case ast.Assign() | ast.AnnAssign():
                yield from (node.id for node in ast.walk(statement) if isinstance(node, ast.Name))
            case _:
                inner = (node for node in ast.iter_child_nodes(statement))
                blocks = (node.body if isinstance(node, ast.ExceptHandler) else [node] for node in inner)
                yield from _names(node for block in blocks for node in block if isinstance(node, ast.stmt))
