"""How a command answers when it cannot finish: one clear message and the exit code that scripts read."""

import functools
import json
import sys
from collections.abc import Callable
from typing import ParamSpec

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_sandbox.errors import SandboxError, UnsupportedError
from pulumi_aws_sandbox.in_process import RefusedInputsError

from .exits import Exit, UsageError
from .pages import PageError
from .project import ProgramError

P = ParamSpec("P")


def answered(command: Callable[P, Exit]) -> Callable[P, Exit]:
    """Turn what a command raises into a message on standard error and an exit code.

    With `as_json` the same is printed as a JSON document on standard output.
    """

    @functools.wraps(command)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Exit:
        try:
            return command(*args, **kwargs)
        except ArgsError as error:
            problems = [{"path": p.path, "got": p.got, "allowed": p.allowed, "fix": p.fix} for p in error.problems]
            return _say(Exit.USAGE, str(error), kwargs, subject=error.subject, problems=problems)
        except (UsageError, UnsupportedError) as error:
            return _say(Exit.USAGE, str(error), kwargs)
        except (PageError, ProgramError, RefusedInputsError, SandboxError) as error:
            return _say(Exit.FAILED, _with_notes(str(error), error), kwargs)

    return answer


def _say(code: Exit, message: str, options: object, **more: object) -> Exit:
    if isinstance(options, dict) and options.get("as_json"):
        json.dump({"error": message, "exit": int(code), **more}, sys.stdout)
        sys.stdout.write("\n")
    print(f"aws-mobile: {message}", file=sys.stderr)  # noqa: T201 - a command line prints
    return code


def _with_notes(message: str, error: BaseException) -> str:
    return "\n".join([message, *getattr(error, "__notes__", [])])
