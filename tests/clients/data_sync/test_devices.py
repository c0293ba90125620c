"""Devices that edit, synchronise, lose messages, die and sign in, against the model of the service.

What they do not prove: that the service is like the model; the tests of the deployed function's code do.
"""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from .devices import Devices


def test_all_devices_converge_and_nothing_is_lost() -> None:
    run_state_machine_as_test(Devices, settings=settings(max_examples=60, stateful_step_count=40))
