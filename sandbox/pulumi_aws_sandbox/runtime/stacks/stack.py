"""One stack: what it is made of, how far it has come, and what happened in it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime import clock, stacks
from pulumi_aws_sandbox.runtime.stacks import templates
from pulumi_aws_sandbox.runtime.stacks.kind import Aws, Made, generated_name
from pulumi_aws_sandbox.runtime.stacks.kinds import KINDS
from pulumi_aws_sandbox.runtime.stacks.templates import Place, TemplateError, Worker

_KEPT = {"Retain"}
_KEPT_UNLESS_CREATING = {"Retain", "RetainExceptOnCreate"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a stack."""

    id: str
    at: datetime
    logical_id: str
    physical_id: str
    kind: str
    status: str
    reason: str


@dataclass(slots=True)
class Resource:
    """One resource of a stack."""

    logical_id: str
    kind: str
    definition: Mapping[str, Any]
    properties: Mapping[str, Any] = field(default_factory=dict)
    made: Made | None = None
    status: str = ""
    reason: str = ""
    at: datetime = field(default_factory=clock.today)


class Stack:
    """A stack, from its creation to long after its deletion."""

    def __init__(self, region: str, name: str, body: str, given: Mapping[str, str], about: Mapping[str, Any]) -> None:
        """Check everything that CloudFormation checks first; raise `TemplateError` for what it refuses."""
        self.region, self.name = region, name
        self.id = f"arn:{PARTITION}:cloudformation:{region}:{ACCOUNT}:stack/{name}/{uuid.uuid4()}"
        self.about = dict(about)
        """What was said with the request and is told again: role, tags, capabilities, token."""
        self.created = clock.today()
        self.updated: datetime | None = None
        self.deleted: datetime | None = None
        self.status, self.reason = "CREATE_IN_PROGRESS", "User Initiated"
        self.events: list[Event] = []
        self.outputs: dict[str, str] = {}
        self.resources: dict[str, Resource] = {}
        self._take(body, given)
        self._creating = True
        self._tell(self.status, self.reason)

    @property
    def template(self) -> str:
        """The template as it was given."""
        return self._body

    @property
    def description(self) -> str:
        """What its template says of it."""
        return str(self._template.get("Description", ""))

    @property
    def parameters(self) -> dict[str, Any]:
        """The values of its parameters."""
        return dict(self._parameters)

    def go_on(self) -> None:
        """Do what can be done by now."""
        if self.status in {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"}:
            try:
                if self._make():
                    self._finish()
            except Exception as error:  # noqa: BLE001 - whatever AWS refuses is the stack's to tell
                self._fail(error)

    def update(self, body: str, given: Mapping[str, str], about: Mapping[str, Any]) -> None:
        """Bring it to another template or other values: what is new is made and what is gone is deleted."""
        before = self._body, self._template, self._parameters, self._order, self.resources
        old, old_order = self.resources, self._order
        tags = about.get("Tags", self.about.get("Tags"))
        try:
            self._take(body, given)
            self._require_change((body, self._parameters, tags), (before[0], before[2], self.about.get("Tags")))
        except TemplateError:
            self._body, self._template, self._parameters, self._order, self.resources = before
            raise
        self.about |= about
        self.updated, self._creating = clock.today(), False
        self.status, self.reason = "UPDATE_IN_PROGRESS", "User Initiated"
        self._tell(self.status, self.reason)
        kept: dict[str, Resource] = {}
        for name, resource in self.resources.items():
            was = old.get(name)
            if was is not None and was.definition == resource.definition:
                kept[name] = was
            elif was is not None:
                message = f"the sandbox does not change {name} ({was.kind}) in place; give it another logical id"
                self.resources, self._order = old, old_order
                self._fail(TemplateError(message))
                return
        self.resources |= kept
        gone = [old[name] for name in reversed(old_order) if name not in self.resources]
        self._remove(gone, _KEPT)
        self.go_on()

    def delete(self) -> None:
        """Delete it, with its resources unless they are to stay."""
        self.status, self.reason = "DELETE_IN_PROGRESS", "User Initiated"
        self._tell(self.status, self.reason)
        left = [self.resources[name] for name in reversed(self._order) if self.resources[name].made is not None]
        failed = self._remove(left, _KEPT_UNLESS_CREATING)
        if failed:
            names = ", ".join(each.logical_id for each in failed)
            self.status = "DELETE_FAILED"
            self.reason = f"The following resource(s) failed to delete: [{names}]. "
        else:
            self.status, self.reason, self.deleted = "DELETE_COMPLETE", "", clock.today()
        self._tell(self.status, self.reason)

    @staticmethod
    def _require_change(wanted: tuple[Any, ...], now: tuple[Any, ...]) -> None:
        if wanted == now:
            message = "No updates are to be performed."
            raise TemplateError(message)

    @property
    def _place(self) -> Place:
        return Place(self.name, self.id, self.region)

    def _aws(self) -> Aws:
        clients = stacks.clients()
        return lambda service: clients(service, self.region)

    def _take(self, body: str, given: Mapping[str, str]) -> None:
        template = templates.read(body)
        unknown = sorted({str(about.get("Type")) for about in template["Resources"].values()} - KINDS.keys())
        if unknown:
            message = f"Template format error: Unrecognized resource types: [{', '.join(unknown)}]"
            raise TemplateError(message)
        values = templates.parameters(template, given)
        order = templates.in_order(template, frozenset({*values, *self._pseudo()}))
        self._body, self._template, self._parameters, self._order = body, template, values, order
        worker = self._worker()
        made = {
            name: Resource(name, template["Resources"][name]["Type"], template["Resources"][name])
            for name in order
            if "Condition" not in template["Resources"][name]
            or worker.holds(str(template["Resources"][name]["Condition"]))
        }
        self._order = [name for name in order if name in made]
        self.resources = made

    def _pseudo(self) -> dict[str, Any]:
        return self._place.pseudo()

    def _worker(self) -> Worker:
        names = self._pseudo() | self._parameters
        names |= {name: each.made.physical_id for name, each in self.resources.items() if each.made is not None}
        return Worker(self._template, names, self._attribute)

    def _attribute(self, name: str, attribute: str) -> Any:  # noqa: ANN401 - whatever AWS answers
        resource = self.resources.get(name)
        made = resource.made if resource is not None else None
        if made is None or attribute not in made.attributes:
            message = f"Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt"
            raise TemplateError(message)
        return made.attributes[attribute]

    def _make(self) -> bool:
        """Make what is to be made, one after another; tell whether all of it is there."""
        aws = self._aws()
        for name in self._order:
            resource = self.resources[name]
            kind = KINDS[resource.kind]
            try:
                if resource.made is None:
                    resource.properties = self._worker().work_out(resource.definition.get("Properties", {}))
                    self._note(resource, "CREATE_IN_PROGRESS")
                    made = kind.make(aws, resource.properties, generated_name(self._place, name))
                    resource.made = made
                if resource.status != "CREATE_COMPLETE":
                    ready = kind.ready(aws, resource.made)
                    if ready is None:
                        # Nothing here goes on beside another resource, as nothing is slow beside the last ones.
                        return False
                    resource.made = ready
                    self._note(resource, "CREATE_COMPLETE")
            except Exception as error:
                self._note(resource, "CREATE_FAILED", _said(error))
                raise
        return True

    def _finish(self) -> None:
        worker = self._worker()
        self.outputs = {
            name: str(worker.work_out(about["Value"]))
            for name, about in self._template.get("Outputs", {}).items()
            if "Condition" not in about or worker.holds(str(about["Condition"]))
        }
        self.status, self.reason = ("CREATE_COMPLETE" if self._creating else "UPDATE_COMPLETE"), ""
        self._tell(self.status, self.reason)

    def _fail(self, error: Exception) -> None:
        """Undo what was made, unless that is not wanted."""
        failed = [each.logical_id for each in self.resources.values() if each.status == "CREATE_FAILED"]
        reason = f"The following resource(s) failed to create: [{', '.join(failed)}]. " if failed else _said(error)
        if not self._creating:
            self.status, self.reason = "UPDATE_ROLLBACK_COMPLETE", reason
            self._tell(self.status, reason)
            return
        if self.about.get("OnFailure") == "DO_NOTHING":
            self.status, self.reason = "CREATE_FAILED", reason
            self._tell(self.status, reason)
            return
        self.status, self.reason = "ROLLBACK_IN_PROGRESS", f"{reason}Rollback requested by user."
        self._tell(self.status, self.reason)
        left = [self.resources[name] for name in reversed(self._order) if self.resources[name].made is not None]
        undone = not self._remove(left, _KEPT)
        self.status = "ROLLBACK_COMPLETE" if undone else "ROLLBACK_FAILED"
        self._tell(self.status, "")
        if undone and self.about.get("OnFailure") == "DELETE":
            self.status, self.deleted = "DELETE_COMPLETE", clock.today()
            self._tell(self.status, "")

    def _remove(self, left: list[Resource], kept: set[str]) -> list[Resource]:
        """Delete resources, in this order, and return those that could not be."""
        aws, failed = self._aws(), []
        for resource in left:
            if resource.made is None:
                continue
            if resource.definition.get("DeletionPolicy") in kept:
                self._note(resource, "DELETE_SKIPPED")
                continue
            try:
                KINDS[resource.kind].remove(aws, resource.made, resource.properties)
            except Exception as error:  # noqa: BLE001 - whatever AWS refuses is the stack's to tell
                if not _is_gone(error):
                    self._note(resource, "DELETE_FAILED", _said(error))
                    failed.append(resource)
                    continue
            self._note(resource, "DELETE_COMPLETE")
            resource.made = None
        return failed

    def _note(self, resource: Resource, status: str, reason: str = "") -> None:
        resource.status, resource.reason, resource.at = status, reason, clock.today()
        physical = resource.made.physical_id if resource.made is not None else ""
        self._add(resource.logical_id, physical, resource.kind, status, reason)

    def _tell(self, status: str, reason: str) -> None:
        self._add(self.name, self.id, "AWS::CloudFormation::Stack", status, reason)

    def _add(self, logical_id: str, physical_id: str, kind: str, status: str, reason: str) -> None:
        event = Event(str(uuid.uuid4()), clock.today(), logical_id, physical_id, kind, status, reason)
        self.events.append(event)


def _said(error: Exception) -> str:
    about = getattr(error, "response", {}).get("Error", {})
    return f"{about['Message']} (Service: {about['Code']})" if "Message" in about else str(error)


def _is_gone(error: Exception) -> bool:
    code = str(getattr(error, "response", {}).get("Error", {}).get("Code", ""))
    return "NotFound" in code
