"""What the policy pack says of a self-healing."""

import pytest
from components.self_healing.building import EVERYTHING, LEAST, Args, build
from judging import stopped_by


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("args", [LEAST, EVERYTHING])
def test_no_rule_stops_a_self_healing(args: Args, preview: bool) -> None:
    assert stopped_by(build(args, preview=preview)) == set()
