"""The page about the model says what the model says."""

import re

import pytest
from components.dr_pair.model.page import BLOCK, BLOCKS, PAGE, render

from pulumi_aws_mobile.dr_pair.model import FIGURES, Basis

TEXT = PAGE.read_text(encoding="utf-8")


def test_its_tables_are_what_the_model_gives() -> None:
    assert render(TEXT) == TEXT


def test_it_has_every_table_once() -> None:
    assert sorted(found[2] for found in BLOCK.finditer(TEXT)) == sorted(BLOCKS)


def test_every_figure_of_aws_has_its_source_on_the_page() -> None:
    for figure in FIGURES:
        assert (figure.basis is Basis.DESIGNED) == (not figure.url)
        assert not figure.url or f"({figure.url})" in TEXT


def test_every_basis_is_explained() -> None:
    assert re.findall(r"^- \*\*(.+?)\*\*:", TEXT, re.MULTILINE) == [basis.value for basis in Basis]


def test_a_program_on_the_page_runs_and_prints_what_is_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    (printed,) = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)
    exec(program, {})  # noqa: S102 - the page's own program
    assert capsys.readouterr().out == printed
