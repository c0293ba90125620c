"""Blocks of addresses that no environment uses yet."""

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aws_mobile_cli.env.blocks import unused
from aws_mobile_cli.exits import UsageError


@pytest.mark.parametrize(
    ("like", "taken", "block"),
    [
        ("10.0.0.0/16", [], "10.0.0.0/16"),
        ("10.0.0.0/16", ["10.0.0.0/16", "10.1.0.0/16"], "10.2.0.0/16"),
        ("10.0.0.0/16", ["10.0.5.0/24", "10.2.0.0/15"], "10.1.0.0/16"),
        ("172.16.0.0/16", ["172.16.0.0/16"], "172.17.0.0/16"),
        ("192.168.0.0/16", ["192.168.3.0/24"], "10.0.0.0/16"),
        ("100.64.0.0/16", ["100.64.0.0/16"], "10.0.0.0/16"),
    ],
)
def test_the_first_free_block_near_by_is_taken(like: str, taken: list[str], block: str) -> None:
    assert unused(like, taken) == block


def test_a_full_private_space_is_told() -> None:
    with pytest.raises(UsageError) as raised:
        unused("10.0.0.0/16", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"])
    assert str(raised.value) == (
        "no block of addresses as large as 10.0.0.0/16 is left beside those of the other stacks; name one by --cidr"
    )


BLOCKS = st.builds(
    lambda address, length: str(ipaddress.IPv4Network((0x0A000000 + address, length), strict=False)),
    st.integers(0, 0xFFFFFF),
    st.integers(12, 28),
)


@settings(deadline=None, max_examples=50)
@given(like=BLOCKS, taken=st.lists(BLOCKS, max_size=6))
def test_what_is_found_is_as_large_and_overlaps_nothing(like: str, taken: list[str]) -> None:
    found = ipaddress.IPv4Network(unused(like, taken))
    assert found.prefixlen == ipaddress.IPv4Network(like).prefixlen
    assert not any(found.overlaps(ipaddress.IPv4Network(block)) for block in taken)
