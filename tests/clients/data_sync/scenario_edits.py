"""Edits, and who wins where two devices made them."""

from .recording import Recorder
from .scenario_book import LATER, scenario


@scenario()
def offline_edits(it: Recorder) -> None:
    """Edits made offline are read at once and pushed together, in the order they were made."""
    it.put("b", "1")
    it.put("a", "2")
    it.put("b", "3")
    it.get("b")
    it.get("unknown")
    it.all()
    it.synchronize()
    it.all()
    it.synchronize()


@scenario()
def takes_what_others_changed(it: Recorder) -> None:
    """A pull brings only what is new, removals too."""
    it.other().push({"a": "1", "b": "2"})
    it.synchronize()
    it.all()
    third = it.other("device-3")
    third.push({"a": None, "c": "3"})
    it.synchronize()
    it.all()


@scenario()
def last_writer_wins_here(it: Recorder) -> None:
    """The later change stands; here it is this device's."""
    it.put("a", "old")
    it.synchronize()
    it.other().push({"a": "theirs"})
    it.put("a", "ours")
    it.synchronize()
    it.all()


@scenario()
def last_writer_wins_there(it: Recorder) -> None:
    """The later change stands; here it is the other device's."""
    it.put("a", "old")
    it.synchronize()
    it.put("a", "ours")
    it.other(first_clock=LATER).push({"a": "theirs"})
    it.synchronize()
    it.all()


@scenario()
def last_writer_tie(it: Recorder) -> None:
    """At the same time by both clocks, the other device's change stands."""
    it.put("a", "ours")
    it.other(first_clock=1_700_000_000_999).push({"a": "theirs"})
    it.synchronize()
    it.all()


@scenario()
def remote_handler(it: Recorder) -> None:
    """The other device's change stands though it is older; a removal too."""
    it.put("a", "1")
    it.put("b", "1")
    it.synchronize()
    it.other().push({"a": "theirs", "b": None})
    it.put("a", "ours")
    it.put("b", "ours")
    it.synchronize(handler="remote")
    it.all()


@scenario()
def local_handler(it: Recorder) -> None:
    """This device's change stands though it is older; a removal too."""
    it.put("a", "1")
    it.put("b", "1")
    it.synchronize()
    it.put("a", "ours")
    it.remove("b")
    it.other(first_clock=LATER).push({"a": "theirs", "b": "theirs"})
    it.synchronize(handler="local")
    it.all()


@scenario()
def custom_handler(it: Recorder) -> None:
    """The app makes one value of two; it is a change of its own, at the time of the decision."""
    it.put("a", "ours")
    it.other().push({"a": "theirs"})
    it.synchronize(handler={"join": "+"})
    it.all()


@scenario()
def custom_handler_removes(it: Recorder) -> None:
    """The app may decide that neither value is wanted."""
    it.put("a", "ours")
    it.other().push({"a": "theirs"})
    it.synchronize(handler={"value": None})
    it.all()


@scenario()
def custom_handler_agrees(it: Recorder) -> None:
    """A decision that is what the service holds already is not pushed."""
    it.put("a", "ours")
    it.other().push({"a": "theirs"})
    it.synchronize(handler={"value": "theirs"})
    it.all()


@scenario()
def same_change_on_both(it: Recorder) -> None:
    """The same value here and there is no conflict, and is not pushed."""
    it.put("a", "same")
    it.put("b", "1")
    it.other().push({"a": "same"})
    it.synchronize()
    it.all()
