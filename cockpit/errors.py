"""What went wrong and what to do, in words for the owner of the shop."""


class CockpitError(Exception):
    """Something the owner can mend; `str()` is one sentence or two: the problem, then the way out."""

    exit_status = 1

    def __init__(self, problem: str, remedy: str = "") -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}".strip())


class InputError(CockpitError):
    """The file or folder named can't be used."""


class NotRecognisedError(InputError):
    """It is not understood which column of a table is which; `file` is the table's name."""

    def __init__(self, problem: str, remedy: str = "", *, file: str) -> None:
        super().__init__(problem, remedy)
        self.file = file


class UsageError(CockpitError):
    """The command line, a setting or a filter is wrong."""

    exit_status = 2


class QueryError(CockpitError):
    """A SQL statement, or a query file, can't be run."""


class Cancelled(Exception):  # noqa: N818 - not an error
    """The owner asked to stop; nothing is wrong."""
