"""What a function writes is in its log group, if its role may write there."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

from sandbox.functions.conftest import Deploy

SOURCE = """
    import logging
    def handle(event, context):
        print("printed")
        logging.getLogger("app").warning("warned of %s", event)
        logging.getLogger("app").info("told")
        if event == "fail":
            raise ValueError("bad")
"""
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def test_a_plain_log_has_lambdas_lines_around_the_functions(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    function("rain")
    start, printed, warned, end, report = function.log()
    assert re.fullmatch(r"START RequestId: \S{36} Version: \$LATEST", start)
    assert printed == "printed"
    assert re.fullmatch(rf"\[WARNING\]\t{_MOMENT}\t\S{{36}}\twarned of rain", warned)
    assert end == start.replace("START", "END").removesuffix(" Version: $LATEST")
    assert re.fullmatch(
        r"REPORT RequestId: \S{36}\tDuration: \S+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB", report
    )


def test_a_plain_log_holds_an_error_with_its_stack(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    function.failure("fail")
    assert function.log()[3].startswith(
        '[ERROR] ValueError: bad\nTraceback (most recent call last):\n  File "/var/task/index.py", line 8, in handle\n'
    )


def _json(group: str, **levels: str) -> dict[str, str]:
    return {"logFormat": "JSON", "logGroup": group, **levels}


def test_a_json_log_is_made_of_objects(deploy: Deploy) -> None:
    function = deploy(SOURCE, loggingConfig=_json("audit", applicationLogLevel="INFO", systemLogLevel="INFO"))
    function.failure("fail")
    lines = function.log()
    assert lines[1] == "printed"
    start, warned, told, failed, report = (json.loads(line) for line in lines if line != "printed")
    assert (start["type"], start["record"]["version"]) == ("platform.start", "$LATEST")
    assert (warned["level"], warned["logger"], warned["message"]) == ("WARNING", "app", "warned of fail")
    assert told["message"] == "told"
    assert (failed["log_level"], failed["errorType"], failed["errorMessage"]) == ("ERROR", "ValueError", "bad")
    assert (report["type"], report["record"]["status"]) == ("platform.report", "error")
    assert {each["requestId"] for each in (warned, told, failed)} == {start["record"]["requestId"]}


def test_a_json_log_can_be_told_to_hold_less(deploy: Deploy) -> None:
    function = deploy(SOURCE, loggingConfig=_json("audit", applicationLogLevel="ERROR", systemLogLevel="WARN"))
    function("rain")
    assert function.log() == ["printed"]


def test_a_timeout_stands_in_the_log(deploy: Deploy) -> None:
    function = deploy("import time\ndef handle(event, context):\n    print('begun')\n    time.sleep(60)\n", timeout=1)
    function.failure()
    assert function.log()[1] == "begun"
    assert function.log()[2].endswith("Task timed out after 1.00 seconds")


def test_what_its_role_may_not_write_is_lost(deploy: Deploy) -> None:
    function = deploy(SOURCE, actions=())
    function.world.make("aws:cloudwatch/logGroup:LogGroup", {"name": function.log_group})
    function("rain")
    assert function.log() == []


def test_one_environment_writes_to_one_stream(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    for _ in range(3):
        function("rain")
    logs = function.world.sandbox.clients("logs")
    (stream,) = logs.describe_log_streams(logGroupName=function.log_group)["logStreams"]
    assert re.fullmatch(r"\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}", stream["logStreamName"])


def test_environments_that_begin_at_once_lose_no_line(deploy: Deploy) -> None:
    function = deploy("import time\ndef handle(event, context):\n    time.sleep(0.2)\n", timeout=60)
    with ThreadPoolExecutor(4) as callers:
        list(callers.map(function, range(4)))
    assert len([line for line in function.log() if line.startswith("START ")]) == 4
