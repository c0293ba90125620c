"""The random provider: values drawn once and kept; any change of an input draws anew."""

import base64
import secrets
import string
import uuid
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Handler, Properties

_SPECIAL = "!@#$%&*()-_=+[]{}<>:?"
_CLASSES = {
    "lower": (string.ascii_lowercase, "minLower"),
    "upper": (string.ascii_uppercase, "minUpper"),
    "numeric": (string.digits, "minNumeric"),
    "special": (_SPECIAL, "minSpecial"),
}
_ADJECTIVES = ("able", "brave", "calm", "eager", "fair", "keen", "kind", "lucid", "merry", "proud", "quiet", "wise")
_ANIMALS = ("badger", "crane", "falcon", "heron", "ibex", "lynx", "marten", "otter", "raven", "seal", "stoat", "tern")


def _id(_: Clients, inputs: Properties) -> tuple[str, Properties]:
    drawn = secrets.token_bytes(inputs["byteLength"])
    prefix = inputs.get("prefix", "")
    url = base64.urlsafe_b64encode(drawn).decode().rstrip("=")
    return url, inputs | {
        "hex": prefix + drawn.hex(),
        "dec": f"{prefix}{int.from_bytes(drawn)}",
        "b64Std": prefix + base64.b64encode(drawn).decode(),
        "b64Url": prefix + url,
    }


def _text(inputs: Properties) -> str:
    """Draw characters so that each class has its minimum and the rest comes from all allowed classes."""
    random = secrets.SystemRandom()
    allowed, drawn = "", []
    for name, (usual, minimum) in _CLASSES.items():
        characters = inputs.get("overrideSpecial", usual) if name == "special" else usual
        on = inputs.get(name, inputs.get("number", True) if name == "numeric" else True)
        allowed += characters if on else ""
        drawn += [random.choice(characters) for _ in range(inputs.get(minimum, 0))]
    drawn += [random.choice(allowed) for _ in range(inputs["length"] - len(drawn))]
    random.shuffle(drawn)
    return "".join(drawn)


def _with_defaults(inputs: Properties) -> Properties:
    switches = {name: inputs.get(name, True) for name in (*_CLASSES, "number")}
    minimums = {minimum: inputs.get(minimum, 0) for _, minimum in _CLASSES.values()}
    return switches | minimums | inputs


def _password(_: Clients, inputs: Properties) -> tuple[str, Properties]:
    return "none", _with_defaults(inputs) | {"result": _text(inputs)}


def _string(_: Clients, inputs: Properties) -> tuple[str, Properties]:
    result = _text(inputs)
    return result, _with_defaults(inputs) | {"result": result}


def _uuid(_: Clients, inputs: Properties) -> tuple[str, Properties]:
    result = str(uuid.uuid4())
    return result, inputs | {"result": result}


def _pet(_: Clients, inputs: Properties) -> tuple[str, Properties]:
    length, separator = inputs.get("length", 2), inputs.get("separator", "-")
    words = [secrets.choice(_ADJECTIVES) for _ in range(length - 1)] + [secrets.choice(_ANIMALS)]
    name = separator.join([inputs["prefix"], *words] if "prefix" in inputs else words)
    return name, {"length": length, "separator": separator} | inputs


def _integer(_: Clients, inputs: Properties) -> tuple[str, Properties]:
    drawn = inputs["min"] + secrets.randbelow(inputs["max"] - inputs["min"] + 1)
    return str(drawn), inputs | {"result": drawn}


def _long_enough(inputs: Properties) -> list[tuple[str, str]]:
    least = sum(inputs.get(minimum, 0) for _, minimum in _CLASSES.values() if isinstance(inputs.get(minimum, 0), int))
    length = inputs.get("length")
    if isinstance(length, int) and length < max(1, least):
        return [("length", f"length must be at least {max(1, least)}, the sum of the minimums: got {length}")]
    if not any(inputs.get(name, True) for name in _CLASSES):
        return [("lower", "at least one of lower, upper, numeric and special must be allowed")]
    return []


def _ordered(inputs: Properties) -> list[tuple[str, str]]:
    low, high = inputs.get("min"), inputs.get("max")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        return [("min", f"min must not be greater than max: got {low} and {high}")]
    return []


def _read(_: Clients, _id: str, outputs: Properties) -> Properties | None:
    return outputs


def _delete(_: Clients, _id: str, _outputs: Properties) -> None:
    pass


def _handler(name: str, **facts: Any) -> Handler:  # noqa: ANN401 - the other fields of Handler
    token = f"random:index/{name[:1].lower()}{name[1:]}:{name}"
    return Handler(token=token, read=_read, delete=_delete, regional=False, **facts)


HANDLERS = {
    each.token: each
    for each in (
        _handler("RandomId", create=_id, required=frozenset({"byteLength"})),
        _handler(
            "RandomPassword",
            create=_password,
            required=frozenset({"length"}),
            secret_outputs=frozenset({"result", "bcryptHash"}),
            validate=_long_enough,
        ),
        _handler("RandomString", create=_string, required=frozenset({"length"}), validate=_long_enough),
        _handler("RandomUuid", create=_uuid),
        _handler("RandomPet", create=_pet),
        _handler("RandomInteger", create=_integer, required=frozenset({"min", "max"}), validate=_ordered),
    )
}
