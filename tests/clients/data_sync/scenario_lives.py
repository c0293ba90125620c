"""What begins and ends: removals, deletions, another identity, a service that was set back."""

from typing import Any

from .model_server import ModelServer
from .recording import GUEST, USER, Device, Fault, Recorder
from .scenario_book import LOST_ANSWER, scenario


@scenario()
def removed_here(it: Recorder) -> None:
    """A removal is pushed; removing again does nothing; putting again goes on from the removal's count."""
    it.put("a", "1")
    it.synchronize()
    it.remove("a")
    it.get("a")
    it.synchronize()
    it.remove("a")
    it.remove("unknown")
    it.synchronize()
    it.put("a", "2")
    it.synchronize()
    it.all()


@scenario()
def never_told(it: Recorder) -> None:
    """What was put and removed before any push leaves no trace."""
    it.put("a", "1")
    it.remove("a")
    it.synchronize()
    it.all()


@scenario()
def put_where_a_removal_was(it: Recorder) -> None:
    """A complete pull tells nothing of old removals; the push learns of their count, and nobody is asked."""
    other = it.other()
    other.push({"a": "1", "b": "1"})
    other.push({"a": None})
    it.synchronize()
    it.put("a", "ours")
    it.synchronize(handler="remote")
    it.all()


@scenario()
def away_too_long(it: Recorder) -> None:
    """After the removals' lifetime the service gives everything anew, and what is not in it goes."""
    other = it.other()
    other.push({"a": "1", "b": "1", "c": "1"})
    it.synchronize()
    it.put("c", "ours")
    it.put("d", "ours")
    other.push({"a": None})
    _server(it).now += 40 * 86_400
    it.synchronize()
    it.all()


@scenario()
def deleted_elsewhere(it: Recorder) -> None:
    """Another device deleted the dataset: what was in step goes, a change under way meets it as a conflict."""
    other = it.other()
    other.push({"a": "1", "b": "1", "c": "1"})
    it.synchronize()
    it.put("a", "ours")
    it.remove("c")
    it.put("d", "new")
    other.delete()
    it.synchronize()
    it.all()


@scenario()
def deleted_elsewhere_remote(it: Recorder) -> None:
    """The same with the handler that lets the other device's doing stand."""
    other = it.other()
    other.push({"a": "1", "b": "1"})
    it.synchronize()
    it.put("a", "ours")
    it.put("d", "new")
    other.delete()
    it.synchronize(handler="remote")
    it.all()


@scenario()
def deleted_and_made_again(it: Recorder) -> None:
    """A dataset that was deleted and made again goes on counting; old counts mean nothing in it."""
    other = it.other()
    other.push({"a": "1", "b": "1"})
    it.synchronize()
    other.delete()
    other.push({"b": "2"})
    it.put("b", "ours")
    it.synchronize()
    it.all()


@scenario()
def deleted_just_before_the_push(it: Recorder) -> None:
    """The push itself makes the dataset again: its count is the next one, and yet what the device held is gone."""
    other = it.other()
    other.push({"b": "1"})
    it.put("a", "ours")
    it.synchronize(None, Fault(before=other.delete))
    it.all()
    it.synchronize()
    it.all()


@scenario()
def delete_here(it: Recorder) -> None:
    """A dataset is deleted at the service, then here; it may be made again."""
    it.put("a", "1")
    it.synchronize()
    it.put("a", "2")
    it.delete()
    it.all()
    it.synchronize()
    it.put("a", "3")
    it.synchronize()
    it.all()


@scenario()
def delete_what_others_changed(it: Recorder) -> None:
    """What this device has not seen is not deleted."""
    it.put("a", "1")
    it.synchronize()
    it.other().push({"b": "theirs"})
    it.delete()
    it.all()
    it.synchronize()
    it.delete()
    it.all()


@scenario()
def delete_without_an_answer(it: Recorder) -> None:
    """Until the service has answered, nothing is deleted here; deleting again does no harm."""
    it.put("a", "1")
    it.synchronize()
    it.delete(LOST_ANSWER)
    it.all()
    it.delete()
    it.all()


@scenario()
def set_back(it: Recorder) -> None:
    """A copy that was behind took over: what this device still holds is brought back."""
    it.put("a", "1")
    it.synchronize()
    it.other().push({"b": "1"})
    kept = _snapshot(it)
    it.put("b", "2")
    it.put("a", "3")
    it.synchronize()
    it.put("c", "4")
    it.synchronize()
    it.remove("a")
    it.synchronize()
    _restore(it, kept)
    it.synchronize()
    it.all()


@scenario()
def set_back_but_not_below_the_last_pull(it: Recorder) -> None:
    """The copy is not behind the last pull, only behind a push of this device: its record's count tells."""
    other = it.other()
    kept: list[Any] = []
    it.put("a", "1")
    it.synchronize()
    it.put("a", "2")
    it.synchronize(None, Fault(before=lambda: (other.push({"b": "theirs"}), kept.append(_snapshot(it)))))
    _restore(it, kept[0])
    it.synchronize()
    it.all()


@scenario()
def set_back_under_a_push(it: Recorder) -> None:
    """A copy that was behind takes over between the pull and the push."""
    it.put("a", "1")
    it.synchronize()
    kept = _snapshot(it)
    it.put("a", "2")
    it.synchronize()
    it.put("a", "3")
    it.synchronize(None, Fault(before=lambda: _restore(it, kept)))
    it.all()


@scenario(identity=GUEST)
def sign_in(it: Recorder) -> None:
    """A guest's records become the user's; where the user has others, the handler decides."""
    _user(it, "device-2").push({"a": "user", "b": "user"})
    it.put("a", "guest")
    it.put("c", "guest")
    it.synchronize()
    it.put("d", "guest, not pushed")
    it.use_identity(USER)
    it.all()
    it.synchronize(handler={"join": "+"})
    it.all()


@scenario(identity=GUEST)
def sign_in_on_a_device_the_user_had(it: Recorder) -> None:
    """The store holds records of the user from before: their own changes stand, the others meet the handler."""
    it.restart(USER)
    it.put("a", "user")
    it.put("b", "user")
    it.put("c", "user")
    it.synchronize()
    it.put("b", "user, not pushed")
    it.restart(GUEST)
    it.all()
    it.put("a", "guest")
    it.put("b", "guest")
    it.put("c", "user")
    it.use_identity(USER)
    it.all()
    it.synchronize(handler={"join": "+"})
    it.all()


@scenario()
def another_person_on_the_device(it: Recorder) -> None:
    """Two people use one device after each other: neither sees the other's, and changes wait for their own."""
    it.put("a", "the first one's")
    it.restart(GUEST)
    it.all()
    it.put("a", "the second one's")
    it.synchronize()
    it.restart(USER)
    it.all()
    it.synchronize()


@scenario(identity=GUEST)
def sign_in_with_a_push_under_way(it: Recorder) -> None:
    """A guest's push whose answer is lost stays the guest's; the user's own are sent with new tokens."""
    it.put("a", "1")
    it.synchronize(None, LOST_ANSWER)
    it.use_identity(USER)
    it.restart()
    it.use_identity(USER)
    it.synchronize()
    it.all()


@scenario()
def two_datasets(it: Recorder) -> None:
    """Datasets know nothing of each other."""
    it.put("a", "1")
    it.put("a", "2", dataset="settings")
    it.synchronize()
    it.synchronize(dataset="settings")
    it.all()
    it.all("settings")


def _server(it: Recorder) -> ModelServer:
    assert isinstance(it.server, ModelServer)
    return it.server


def _user(it: Recorder, name: str) -> Device:
    return Device(it.server, USER, name)


def _snapshot(it: Recorder) -> Any:  # noqa: ANN401 - what a copy of the service holds
    account = _server(it).accounts[it.identity]
    return account.floor, dict(account.datasets), dict(account.tokens)


def _restore(it: Recorder, kept: Any) -> None:  # noqa: ANN401 - what a copy of the service holds
    account = _server(it).accounts[it.identity]
    account.floor, account.datasets, account.tokens = kept[0], dict(kept[1]), dict(kept[2])
