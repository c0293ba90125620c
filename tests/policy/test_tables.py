"""The page about every rule is made of the rules."""

import re

from policy.test_rules import PACK

from aws_mobile_guard import tables
from aws_mobile_guard.rule import Pack
from aws_mobile_guard.rules import RULES
from policy import kill_matrix

DOCS = PACK.parents[1] / "docs"


def test_the_page_is_the_rules_own() -> None:
    assert (DOCS / "policy-rules.md").read_text(encoding="utf-8") == tables.page(), "run make policy-docs"


def test_the_kill_matrix_is_the_tests_own() -> None:
    assert (DOCS / "policy-kill-matrix.md").read_text(encoding="utf-8") == kill_matrix.page(), "run make policy-docs"


def test_every_rule_has_one_row_under_its_pack() -> None:
    sections = re.split(r"^## ", tables.page(), flags=re.MULTILINE)[1:4]
    rows = [re.findall(r"^\| \[`([a-z0-9-]+)`\]", section, flags=re.MULTILINE) for section in sections]
    assert rows == [[rule.id for rule in RULES if rule.pack is pack] for pack in Pack]


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    widths = set()
    for line in [*tables.page().splitlines(), ""]:
        if line.startswith("|"):
            widths.add(len(re.findall(r"(?<!\\)\|", line)))
        else:
            assert len(widths) <= 1
            widths.clear()
