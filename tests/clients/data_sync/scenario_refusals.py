"""What the service, the gateway or the client itself refuses."""

from aws_mobile_clients.data_sync import Answer

from .recording import GUEST, Fault, Recorder
from .scenario_book import LOST_ANSWER, scenario


@scenario()
def unicode_keys(it: Recorder) -> None:
    """Keys and values are any text; what UTF-8 cannot write, or a control character in a key, is refused at once."""
    it.put("κλειδί/ключ 🔑", "naïve\n\t\u2028\u0000 👩\u200d🚀")
    it.put("a:b c%2F+&=?#", '"\\')
    it.put("", "empty key")
    it.put("a\nb", "control character")
    it.put("\x7f", "control character")
    it.put("\x85", "control character")
    it.put("é" * 513, "too long")
    it.put("é" * 512, "just right")
    it.remove("")
    it.synchronize()
    it.all()


@scenario()
def names_with_colons(it: Recorder) -> None:
    """A name may hold colons, dots, dashes and underscores."""
    it.put("a", "1", dataset="app:v1.2_x-y")
    it.synchronize(dataset="app:v1.2_x-y")


@scenario(server={"max_value_bytes": 10})
def value_too_large(it: Recorder) -> None:
    """The service refuses a value: the error names it, all edits stay, and removing it lets the others through."""
    it.put("a", "short")
    it.put("b", "longer than ten")
    it.synchronize()
    it.all()
    it.remove("b")
    it.synchronize()
    it.all()


@scenario(server={"max_value_bytes": 10})
def value_too_large_then_shorter(it: Recorder) -> None:
    """The refused push is forgotten: what is pushed next has a token of its own."""
    it.put("a", "longer than ten")
    it.synchronize()
    it.restart()
    it.put("a", "short")
    it.synchronize()
    it.all()


@scenario(server={"max_datasets": 1})
def too_many_datasets(it: Recorder) -> None:
    """The service refuses one dataset more; what was put into it stays on the device."""
    it.put("a", "1")
    it.synchronize()
    it.put("a", "1", dataset="another")
    it.synchronize(dataset="another")
    it.all("another")


@scenario(server={"max_records": 2})
def too_many_records(it: Recorder) -> None:
    """The service refuses one record more; after a removal there is room."""
    it.put("a", "1")
    it.put("b", "1")
    it.synchronize()
    it.put("c", "1")
    it.synchronize()
    it.remove("a")
    it.synchronize()
    it.all()


@scenario(signer=GUEST)
def wrong_identity(it: Recorder) -> None:
    """The credentials are somebody else's: nothing is pushed, nothing is lost."""
    it.put("a", "1")
    it.synchronize()
    it.all()


@scenario()
def expired_credentials(it: Recorder) -> None:
    """The gateway refuses before the service sees the push: whether an earlier one was taken is as open as before."""
    refused = Answer(403, {"message": "The security token included in the request is expired"})
    it.put("a", "1")
    it.synchronize(None, LOST_ANSWER)
    it.synchronize(Fault(answer=refused))
    it.synchronize()
    it.all()


@scenario()
def too_many_calls(it: Recorder) -> None:
    """The gateway asks to call less often: the push is kept."""
    it.put("a", "1")
    it.synchronize(None, Fault(answer=Answer(429, {"message": "Too Many Requests"})))
    it.synchronize()


@scenario()
def busy_service(it: Recorder) -> None:
    """The service is busy: the push is kept and sent again."""
    busy = Answer(503, {"message": "try again", "code": "Busy"}, retry_after_seconds=1)
    it.put("a", "1")
    it.synchronize(None, Fault(answer=busy))
    it.synchronize(Fault(answer=Answer(502, None)))
    it.synchronize()
    it.all()


@scenario()
def hotspot(it: Recorder) -> None:
    """A hotspot answers 200 with a page of its own: that is no answer."""
    it.put("a", "1")
    it.synchronize(Fault(answer=Answer(200, None)))
    it.synchronize(None, Fault(answer=Answer(200, {"welcome": "to the hotel"})))
    it.synchronize()
    it.all()
