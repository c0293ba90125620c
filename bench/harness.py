"""`python -m bench.harness --project DIR --stack NAME`: preview a program, without policies and without a report.

The same for every program that is compared, so that what differs is the program alone. Prints what was registered and
how much processor time each preview took inside the process; from the second one on every class is loaded.
"""

import argparse
import gc
import json
import sys
import time
from pathlib import Path

from aws_mobile_cli.project import open_project
from pulumi_aws_sandbox.in_process import PreviewMocks


def main() -> None:
    """Preview the program as often as asked for, with the garbage collector off as for `aws-mobile preview`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()

    gc.disable()
    seconds: list[float] = []
    resources = 0
    for _ in range(options.times):
        if seconds:
            gc.collect()  # what the last preview left behind is not this one's to carry
        started = time.process_time()
        recording = open_project(options.project, options.stack).run(PreviewMocks(), preview=True)
        seconds.append(time.process_time() - started)
        resources = sum(resource.custom for resource in recording)
    json.dump({"resources": resources, "seconds": seconds}, sys.stdout)
    gc.freeze()  # the interpreter would look for cycles in all of it before it goes


if __name__ == "__main__":
    main()
