"""The command line. No data library is imported before a file has to be read."""

import os
import sys
from collections.abc import Sequence

from cockpit.cli import output
from cockpit.cli.arguments import Request, parse
from cockpit.errors import Cancelled, CockpitError

__all__ = ["main"]

DEBUG = "COCKPIT_DEBUG"
"""Set this environment variable to see tracebacks and what the libraries print."""

INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run `cockpit` with these arguments (default: the process's) and return its exit status.

    0 is done, 1 says that the input can't be used, 2 that the usage is wrong, and 128 + n that signal n
    ended it. Whatever happens is one sentence on standard error, never a traceback.
    """
    try:
        request = parse(sys.argv[1:] if argv is None else argv)
        status = _run(request)
        output.flush()
    except CockpitError as error:
        output.say(str(error))
        return error.exit_status
    except (KeyboardInterrupt, Cancelled):
        return INTERRUPTED
    except BrokenPipeError:
        output.forget()
        return BROKEN_PIPE
    except SystemExit:
        raise
    except OSError as error:
        output.forget()
        output.say(output.system_said(error))
        return 1
    except BaseException as error:  # polars panics with a BaseException of its own
        if os.environ.get(DEBUG):
            raise
        output.say(output.unforeseen(error))
        return 1
    return status


def _run(request: Request) -> int:
    from cockpit.cli import opening

    if request.command in opening.COMMANDS:
        return opening.run(request)
    from cockpit.cli import commands

    return commands.run(request)
