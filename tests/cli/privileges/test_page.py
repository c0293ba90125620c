"""The page about least privilege is what the reasons say."""

from pathlib import Path

from aws_mobile_cli.privileges.page import page
from aws_mobile_cli.privileges.reasons import OWN, read_reasons

_PAGE = Path(__file__).parents[3] / "docs" / "least-privilege.md"


def test_the_page_is_made_of_the_reasons() -> None:
    assert _PAGE.read_text() == page(read_reasons(OWN)) + "\n", "run: python -m aws_mobile_cli.privileges.page"
