"""The model is arithmetic: it imports nothing that could ask or create anything."""

import ast
from pathlib import Path

import pytest

from pulumi_aws_mobile.dr_pair import model

MODULES = sorted(Path(model.__file__).parent.glob("*.py"))
ALLOWED = {"collections", "dataclasses", "enum", "math", "pulumi_aws_mobile", "re", "typing"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_only_what_counts_and_what_can_be_chosen(path: Path) -> None:
    modules = [
        name
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and node.level == 0
            else []
        )
    ]
    assert {name.partition(".")[0] for name in modules} <= ALLOWED
    assert {name for name in modules if name.startswith("pulumi")} <= {"pulumi_aws_mobile.dr_pair.choices"}
