"""The way of a request through a stage: route, caller, limits, validation, integration, answer, log."""

import logging
import secrets
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import regions
from pulumi_aws_sandbox.runtime.gateway import (
    answers,
    authorization,
    lambda_integration,
    stage_logs,
    static_integration,
    validation,
)
from pulumi_aws_sandbox.runtime.gateway.answers import Response
from pulumi_aws_sandbox.runtime.gateway.definition import Operation
from pulumi_aws_sandbox.runtime.gateway.http_integration import Backends
from pulumi_aws_sandbox.runtime.gateway.incoming import Incoming, Passage
from pulumi_aws_sandbox.runtime.gateway.refusals import (
    API_CONFIGURATION_ERROR,
    MISSING_AUTHENTICATION_TOKEN,
    REQUEST_TOO_LARGE,
    GatewayRefusedError,
    refuse,
)
from pulumi_aws_sandbox.runtime.gateway.stages import Directory, Target
from pulumi_aws_sandbox.runtime.gateway.throttling import Limits

_LOGGER = logging.getLogger(__name__)


class Pipeline:
    """Answers requests to every stage of a sandbox."""

    def __init__(self, backends: Backends) -> None:
        """Reach backends over `backends`."""
        self._backends = backends
        self._directory = Directory()
        self._limits = Limits()
        # A function that takes too long is left to end by itself; its thread waits for it.
        self._workers = ThreadPoolExecutor(64, "gateway-function")

    def close(self) -> None:
        """Let go of connections and threads."""
        self._backends.close()
        self._workers.shutdown(wait=False, cancel_futures=True)

    def answer(self, incoming: Incoming, *, too_large: bool = False) -> Response:
        """Return the answer to a request; raise `UnreachableError` where its Region is cut."""
        began = time.perf_counter()
        passage = Passage(incoming, {}, _context(incoming))
        target: Target | None = None
        try:
            target = self._directory.find(incoming)
            response = self._through(incoming, target, passage, too_large=too_large)
        except GatewayRefusedError as refusal:
            response = _refused(refusal, target, passage)
        except regions.UnreachableError:
            raise
        except Exception as error:
            _LOGGER.exception("a request to %s failed", incoming.path)
            why = f"{type(error).__name__}: {error}"
            response = _refused(GatewayRefusedError(API_CONFIGURATION_ERROR, why=why), target, passage)
        context = passage.context
        response.headers += [
            ("x-amzn-RequestId", context["requestId"]),
            ("x-amz-apigw-id", context["extendedRequestId"]),
            ("X-Amzn-Trace-Id", context["xrayTraceId"]),
        ]
        if target is not None:
            context["status"] = str(response.status)
            context["responseLength"] = str(len(response.body))
            context["responseLatency"] = str(round((time.perf_counter() - began) * 1000))
            stage_logs.write_access(target, passage)
        return response

    def _through(self, incoming: Incoming, target: Target, passage: Passage, *, too_large: bool) -> Response:
        _describe(target, passage)
        found = target.definition.routes.find(target.path, incoming.method)
        if found is None:
            if "authorization" in incoming.lowered:
                authorization.check_claim(incoming, target.region)
            refuse(MISSING_AUTHENTICATION_TOKEN)
        operation, passage.path_parameters = found
        passage.context |= {"resourceId": operation.resource_id, "resourcePath": operation.resource_path}
        if operation.name:
            passage.context["operationName"] = operation.name
        if too_large:
            refuse(REQUEST_TOO_LARGE)
        identity = authorization.authorize(incoming, target, operation)
        passage.context |= {f"identity.{name}": value for name, value in identity.items()}
        if operation.api_key_required:
            key = self._limits.check_key(incoming, target)
            passage.context |= {f"identity.{name}": value for name, value in key.items()}
        self._limits.check_method(target, operation)
        validation.check(operation, passage)
        return self._integrate(target, operation, passage)

    def _integrate(self, target: Target, operation: Operation, passage: Passage) -> Response:
        began = time.perf_counter()
        integration = operation.integration
        try:
            if integration.kind == "MOCK":
                return static_integration.answer(integration, passage)
            if integration.kind == "AWS_PROXY":
                response = lambda_integration.answer(target, operation, passage, self._workers)
                passage.context["integration.status"] = str(response.status)
                return response
            response = self._backends.answer(integration, target.definition, passage, iam=operation.iam)
            passage.context["integration.status"] = passage.context["integrationStatus"] = str(response.status)
            answers.content(target.definition, passage.incoming, response)
            return response
        finally:
            latency = str(round((time.perf_counter() - began) * 1000))
            passage.context |= {"integrationLatency": latency, "integration.latency": latency}


def _context(incoming: Incoming) -> dict[str, str]:
    now = datetime.now(UTC)
    return {
        "accountId": ACCOUNT,
        "extendedRequestId": f"{secrets.token_urlsafe(11)}=",
        "httpMethod": incoming.method,
        "identity.sourceIp": incoming.source_ip,
        "identity.userAgent": incoming.header("user-agent") or "",
        "path": incoming.path,
        "protocol": incoming.protocol,
        "requestId": str(uuid.uuid4()),
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": str(int(now.timestamp() * 1000)),
        "xrayTraceId": f"Root=1-{int(now.timestamp()):08x}-{secrets.token_hex(12)}",
    }


def _describe(target: Target, passage: Passage) -> None:
    """Write down what is known of the stage."""
    on_own_domain = not target.domain_name.startswith(f"{target.api_id}.execute-api.")
    passage.stage_variables = target.stage.variables or {}
    passage.context |= {
        "apiId": target.api_id,
        "deploymentId": str(target.stage.deployment_id),
        "domainName": target.domain_name,
        "domainPrefix": target.domain_name.split(".", 1)[0],
        "path": target.whole_path if on_own_domain else f"/{target.stage_name}{target.path}",
        "stage": target.stage_name,
    }
    if target.stage.web_acl_arn:
        passage.context["webaclArn"] = target.stage.web_acl_arn


def _refused(refusal: GatewayRefusedError, target: Target | None, passage: Passage) -> Response:
    if target is not None and refusal.why:
        passage.context["integrationErrorMessage"] = passage.context["integration.error"] = refusal.why
        stage_logs.write_error(target, passage, refusal.why, callers=refusal.kind.family == "DEFAULT_4XX")
    return answers.of_refusal(refusal, passage, target.definition if target is not None else None)
