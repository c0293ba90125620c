"""Requests held to what their method declares, by the validator that it names."""

from pulumi_aws_sandbox.runtime.gateway.definition import Operation
from pulumi_aws_sandbox.runtime.gateway.incoming import Passage
from pulumi_aws_sandbox.runtime.gateway.refusals import BAD_REQUEST_BODY, BAD_REQUEST_PARAMETERS, refuse


def check(operation: Operation, passage: Passage) -> None:
    """Refuse a request without its parameters, or with a body that does not fit the schema of its media type.

    A body of a media type that the method does not declare is not looked at, as on AWS.
    """
    missing = [name for kind, name in operation.required if not _value(kind, name, passage)]
    if missing:
        refuse(BAD_REQUEST_PARAMETERS, f"Missing required request parameters: [{', '.join(missing)}]")
    media_type = passage.incoming.media_type
    for model in operation.models:
        if model.media_type == media_type and not model.accepts(passage.incoming.body):
            refuse(BAD_REQUEST_BODY)


def _value(kind: str, name: str, passage: Passage) -> str | None:
    if kind == "path":
        return passage.path_parameters.get(name)
    incoming = passage.incoming
    return incoming.parameter(name) if kind == "query" else incoming.header(name)
