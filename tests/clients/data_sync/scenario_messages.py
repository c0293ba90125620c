"""Messages that are lost, and what comes between two of them."""

from .recording import Fault, Recorder
from .scenario_book import LOST_ANSWER, LOST_REQUEST, scenario


@scenario()
def conflict_at_the_push(it: Recorder) -> None:
    """Another device is quicker between the pull and the push: pull again, decide, push again."""
    other = it.other()
    it.put("a", "ours")
    it.put("b", "ours")
    it.synchronize(None, Fault(before=lambda: other.push({"a": "theirs"})))
    it.all()


@scenario()
def others_just_before_the_push(it: Recorder) -> None:
    """Another device pushed other records between the pull and the push: what it changed comes with the next pull."""
    other = it.other()
    it.put("a", "ours")
    it.synchronize(None, Fault(before=lambda: other.push({"b": "theirs"})))
    it.all()
    it.synchronize()
    it.all()


@scenario()
def others_again_and_again(it: Recorder) -> None:
    """After eight rounds the device gives up; its change is kept."""
    other = it.other()
    rounds = [
        fault
        for turn in range(8)
        for fault in (None, Fault(before=lambda turn=turn: other.push({"a": f"theirs {turn}"})))
    ]
    it.put("a", "ours")
    it.synchronize(*rounds, handler="local")
    it.all()
    it.synchronize(handler="local")


@scenario()
def lost_request(it: Recorder) -> None:
    """A push that never arrived is sent again with the same token and body."""
    it.put("a", "1")
    it.synchronize(None, LOST_REQUEST)
    it.all()
    it.synchronize()


@scenario()
def lost_answer(it: Recorder) -> None:
    """A push whose answer was lost is sent again, counts once, and is no conflict with itself."""
    it.put("a", "1")
    it.synchronize(None, LOST_ANSWER)
    it.put("b", "2")
    it.synchronize()
    it.all()


@scenario()
def lost_answer_then_edit(it: Recorder) -> None:
    """What was edited after the push stays a change, on the base that the repeated answer tells."""
    it.put("a", "1")
    it.synchronize(None, LOST_ANSWER)
    it.put("a", "2")
    it.synchronize()
    it.all()


@scenario()
def lost_answer_then_removed(it: Recorder) -> None:
    """A record that may have been pushed is removed by a change; one that never was is just forgotten."""
    it.put("a", "1")
    it.synchronize(None, LOST_ANSWER)
    it.put("b", "2")
    it.remove("a")
    it.remove("b")
    it.synchronize()
    it.all()


@scenario()
def lost_answer_then_others(it: Recorder) -> None:
    """Others pushed after the push whose answer was lost: nothing of theirs is missed."""
    it.put("a", "1")
    it.synchronize(None, LOST_ANSWER)
    it.other().push({"b": "theirs"})
    it.synchronize()
    it.all()


@scenario()
def lost_pull(it: Recorder) -> None:
    """Without an answer to the pull nothing changes."""
    it.put("a", "1")
    it.synchronize(LOST_REQUEST)
    it.all()
    it.synchronize()


@scenario()
def restart_after_a_lost_answer(it: Recorder) -> None:
    """The app dies with a push under way and starts again."""
    it.put("a", "1")
    it.synchronize(None, LOST_ANSWER)
    it.restart()
    it.all()
    it.synchronize()
    it.all()


@scenario()
def restart_before_the_push_left(it: Recorder) -> None:
    """The app dies after it stored a push and before it was sent, and edits after the restart."""
    it.put("a", "1")
    it.synchronize(None, LOST_REQUEST)
    it.restart()
    it.put("a", "2")
    it.synchronize()
    it.all()


@scenario()
def restart_between_edits(it: Recorder) -> None:
    """Edits survive; the next ones come after them."""
    it.put("a", "1")
    it.restart()
    it.put("b", "2")
    it.restart()
    it.synchronize()
    it.restart()
    it.all()
    it.synchronize()


@scenario(max_changes=2)
def restart_between_chunks(it: Recorder) -> None:
    """The app dies between two of several pushes; only what was not taken is sent again."""
    for number in range(5):
        it.put(f"k{number}", str(number))
    it.synchronize(None, None, LOST_ANSWER)
    it.restart()
    it.synchronize()
    it.all()


@scenario(max_changes=2)
def chunks(it: Recorder) -> None:
    """Many changes go in several pushes, oldest first."""
    for number in range(5):
        it.put(f"k{number}", str(number))
    it.put("k0", "again")
    it.synchronize()
    it.all()


@scenario(server={"page_records": 2})
def pages(it: Recorder) -> None:
    """A pull comes in pages and is merged whole."""
    it.other().push({f"k{number}": str(number) for number in range(5)})
    it.synchronize()
    it.all()


@scenario(server={"page_records": 2})
def a_page_is_lost(it: Recorder) -> None:
    """Of a pull that did not end nothing is kept."""
    it.other().push({f"k{number}": str(number) for number in range(5)})
    it.synchronize(None, LOST_ANSWER)
    it.all()
    it.synchronize()
    it.all()


@scenario(server={"page_records": 2})
def dataset_changed_between_pages(it: Recorder) -> None:
    """The dataset changes between two pages: the pull starts again."""
    other = it.other()
    other.push({f"k{number}": str(number) for number in range(4)})
    it.synchronize(None, Fault(before=lambda: other.push({"k0": "changed"})))
    it.all()


@scenario()
def edit_during_the_push(it: Recorder) -> None:
    """What is edited while a push is under way stays a change, and goes with the next synchronisation."""
    it.put("a", "1")
    it.synchronize(None, Fault(meanwhile=[{"do": "put", "key": "a", "value": "2"}]))
    it.all()
    it.synchronize()
    it.all()


@scenario()
def edit_during_the_pull(it: Recorder) -> None:
    """What is edited while a pull is under way meets it as a conflict."""
    it.other().push({"a": "theirs"})
    it.synchronize(Fault(meanwhile=[{"do": "put", "key": "a", "value": "ours"}]))
    it.all()
