"""The OpenAPI document that a stack's API is deployed with, from the project's program; no account is asked."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pulumi

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import Project
from pulumi_aws_mobile.api import component
from pulumi_aws_sandbox.in_process import PreviewMocks

_API = "aws-mobile:index:Api"
_RECOVERY = "aws-mobile:index:RecoverySite$"

Document = dict[str, Any]


def document(project: Project, api: str | None) -> Document:
    """Return the document of the API of this name; of the one outside of recovery sites, if no name is given."""
    with _documents() as documents:
        recording = project.run(PreviewMocks(project.region), preview=True)
    # A recovery site's API has the same operations: it stands in for the primary one.
    primary = [each.name for each in recording.of_type(_API) if _RECOVERY not in each.urn]
    return documents[_chosen(project.stack, sorted(documents), primary, api)]


@contextmanager
def _documents() -> Iterator[Mapping[str, Document]]:
    """Keep the documents of all APIs that are made meanwhile, by the component's name.

    Their text is of no use before a deployment: it names functions and roles that only AWS can name, and no client
    sees those.
    """
    documents: dict[str, Document] = {}
    write = component.write

    def kept(result: Document) -> pulumi.Output[str]:
        documents[result["info"]["title"]] = result
        return write(result)

    with patch.object(component, "write", kept):
        yield documents


def _chosen(stack: str, names: Sequence[str], primary: Sequence[str], api: str | None) -> str:
    if not names:
        message = f'the stack "{stack}" has no API to make clients of'
        raise UsageError(message)
    if api is None and len(primary) == 1:
        return primary[0]
    if api is None:
        message = f'the stack "{stack}" has several APIs; name one with --api: {", ".join(names)}'
        raise UsageError(message)
    if api not in names:
        message = f'the stack "{stack}" has no API "{api}"; it has: {", ".join(names)}'
        raise UsageError(message)
    return api
