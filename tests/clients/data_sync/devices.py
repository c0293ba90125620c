"""A state machine of devices that edit, synchronise, lose messages, die and sign in, in any order."""

import shutil
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from .model_server import ModelServer
from .world import DATASETS, HANDLERS, Phone, World

ANN, BEN, GUEST = "ann", "ben", "guest"
LIMITS = {"max_value_bytes": 200, "max_records": 4, "max_dataset_bytes": 300, "page_records": 2, "max_datasets": 2}
_KEYS = st.sampled_from(["a", "b", "ключ 🔑", "d", "e"])
_NAMES = st.sampled_from([DATASETS[0], DATASETS[0], DATASETS[0], DATASETS[1]])
_PHONES = st.sampled_from([0, 0, 1, 1, 2, 3])
_SIZES = st.sampled_from([0, 0, 0, 0, 0, 0, 90, 250])
_HANDLERS = st.sampled_from(sorted(HANDLERS))
_FAULTS = st.dictionaries(
    st.sampled_from([0, 1, 1, 1, 2, 3, 4]),
    st.sampled_from(
        [
            "request",
            "answer",
            "answer",
            "twice",
            "another pushes",
            "another pushes b",
            "edits",
            "another deletes",
            "late",
        ]
    ),
    max_size=3,
)


class Devices(RuleBasedStateMachine):
    """Devices of two people and a guest, and a service."""

    examples: ClassVar[int] = 0
    steps: ClassVar[int] = 0

    def make_world(self) -> World:
        """Return a world with the model as its service."""
        model = ModelServer(**LIMITS)
        return World(model, model=model)

    @initialize(anns=st.integers(2, 3))
    def people(self, anns: int) -> None:
        """Give Ann her devices, Ben his, and have a guest."""
        self.world = self.make_world()
        self.number = 0
        type(self).examples += 1
        for index in range(anns):
            self.world.phone(f"ann-{index}", ANN)
        if anns == 2:
            self.world.phone("ben-0", BEN)
        self.world.phone("guest-0", GUEST)
        self.world.interludes = {
            "another pushes": lambda phone: self._another_pushes(phone, "a"),
            "another pushes b": lambda phone: self._another_pushes(phone, "b"),
            "edits": lambda phone: self._put(phone, DATASETS[0], "a"),
            "another deletes": self._another_deletes,
            "late": lambda _: self.world.deliver_again(self.number),
        }

    def teardown(self) -> None:
        """Let everybody come to rest, and look."""
        if hasattr(self, "world"):
            try:
                self.come_to_rest()
            finally:
                for phone in self.world.phones:
                    phone.store.close()
                shutil.rmtree(self.world.folder)

    def come_to_rest(self) -> None:
        """Settle everything and check what must hold."""
        self.world.settle()
        self.world.check()

    def _put(self, phone: Phone, name: str, key: str, padding: int = 0) -> None:
        self.number += 1
        phone.put(name, key, f"{phone.identity}|{self.number}" + "." * padding)

    def _others(self, phone: Phone) -> list[Phone]:
        return [each for each in self.world.phones if each is not phone and each.identity == phone.identity]

    def _another_pushes(self, phone: Phone, key: str) -> None:
        for each in self._others(phone)[:1]:
            self._put(each, DATASETS[0], key)
            each.synchronize(DATASETS[0], "local")

    def _another_deletes(self, phone: Phone) -> None:
        for each in self._others(phone)[:1]:
            each.synchronize(DATASETS[0])
            each.delete(DATASETS[0])

    @rule(phone=_PHONES, name=_NAMES, key=_KEYS, padding=_SIZES)
    def put(self, phone: int, name: str, key: str, padding: int) -> None:
        """Change a record, sometimes to more than the service takes."""
        type(self).steps += 1
        self._put(self._phone(phone), name, key, padding)

    @rule(phone=_PHONES, name=_NAMES, key=_KEYS)
    def remove(self, phone: int, name: str, key: str) -> None:
        """Remove a record."""
        type(self).steps += 1
        self._phone(phone).remove(name, key)

    @rule(phone=_PHONES, name=_NAMES, handler=_HANDLERS, faults=_FAULTS)
    def synchronize(self, phone: int, name: str, handler: str, faults: dict[int, str]) -> None:
        """Synchronise over a network as it is."""
        type(self).steps += 1
        self._phone(phone).synchronize(name, handler, faults)

    @rule(phone=_PHONES, name=_NAMES, keys=st.lists(_KEYS, min_size=1, max_size=4), handler=_HANDLERS, faults=_FAULTS)
    def edit(self, phone: int, name: str, keys: list[str], handler: str, faults: dict[int, str]) -> None:
        """Change some records and synchronise."""
        type(self).steps += 1
        for key in keys:
            self._put(self._phone(phone), name, key)
        self._phone(phone).synchronize(name, handler, faults)

    @rule(key=_KEYS, removed=st.integers(0, 3), handler=_HANDLERS, faults=_FAULTS, later=_FAULTS)
    def meet(self, key: str, removed: int, handler: str, faults: dict[int, str], later: dict[int, str]) -> None:
        """Let two devices of Ann's change one record offline, and then meet."""
        type(self).steps += 1
        one, two = self.world.phones[:2]
        for index, phone in enumerate((one, two)):
            if index == removed:
                phone.remove(DATASETS[0], key)
            else:
                self._put(phone, DATASETS[0], key)
        one.synchronize(DATASETS[0], handler, faults)
        self._put(one, DATASETS[0], key)
        two.synchronize(DATASETS[0], handler, later)
        one.synchronize(DATASETS[0], handler)

    @rule(phone=_PHONES, name=_NAMES, halves=st.integers(0, 9), faults=_FAULTS, act=st.integers(0, 2))
    def crash(self, phone: int, name: str, halves: int, faults: dict[int, str], act: int) -> None:
        """Let a device die between any two writes of what it does, and start again."""
        type(self).steps += 1
        chosen = self._phone(phone)
        chosen.store.crash_after(halves)
        if act == 0:
            self._put(chosen, name, "a")
        elif act == 1:
            chosen.delete(name, faults)
        chosen.synchronize(name, "last_writer", faults)
        chosen.store.crash_after(None)

    @rule(phone=_PHONES, name=_NAMES, faults=_FAULTS)
    def delete(self, phone: int, name: str, faults: dict[int, str]) -> None:
        """Delete a dataset, if the service agrees."""
        type(self).steps += 1
        self._phone(phone).delete(name, faults)

    @precondition(lambda self: self.world.in_flight)
    @rule(index=st.integers(0, 1000))
    def late(self, index: int) -> None:
        """Deliver something once more, long after."""
        type(self).steps += 1
        self.world.deliver_again(index)

    @rule(phone=_PHONES, name=_NAMES)
    def wrong_credentials(self, phone: int, name: str) -> None:
        """Sign as somebody else: nothing of theirs comes, and nothing goes there."""
        type(self).steps += 1
        chosen = self._phone(phone)
        before = chosen.dataset(name).all()
        chosen.signs_as = BEN if chosen.identity != BEN else ANN
        assert chosen.synchronize(name) == "RefusedError"
        assert chosen.dataset(name).all() == before
        chosen.signs_as = chosen.identity

    @rule(identity=st.sampled_from([ANN, BEN]), halves=st.integers(0, 4))
    def sign_in(self, identity: str, halves: int) -> None:
        """Let the guest sign in, once; the device may die in the midst."""
        type(self).steps += 1
        chosen = self.world.phones[-1]
        if chosen.identity == GUEST:
            chosen.store.crash_after(halves)
            chosen.sign_in(identity)
            chosen.store.crash_after(None)

    @rule(days=st.sampled_from([1, 29, 33, 70]))
    def days_pass(self, days: int) -> None:
        """Let days go by, in which removals and tokens run out; nothing is under way so long."""
        type(self).steps += 1
        for phone in self.world.phones:
            for name in DATASETS:
                if phone.store.pending(phone.place(name)) is not None:
                    phone.synchronize(name)
        self.world.in_flight.clear()
        self.let_pass(days)

    def let_pass(self, days: int) -> None:
        """Set the service's clock on."""
        self.world.model.now += days * 86_400

    @rule()
    def quiet(self) -> None:
        """Let everybody come to rest, and look."""
        type(self).steps += 1
        self.come_to_rest()

    def _phone(self, index: int) -> Phone:
        return self.world.phones[index % len(self.world.phones)]
