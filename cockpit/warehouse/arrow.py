"""How frames come to duckdb and back: as an Arrow stream, and nothing else.

This module does not import duckdb: polars remembers every type it was ever handed, and a type whose
module holds duckdb would keep duckdb alive past the end, which prints pages of leak warnings.
"""

from typing import Any


class ArrowOnly:
    """A frame or relation that shows nothing but its Arrow stream.

    duckdb asks for pyarrow as soon as it recognises polars.
    """

    def __init__(self, source: Any) -> None:
        self._source = source

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the stream on (Arrow PyCapsule interface)."""
        return self._source.__arrow_c_stream__(requested_schema)

    def release(self) -> None:
        """Let go of what it shows; duckdb keeps the object itself as long as a transaction lasts."""
        self._source = None


class Submitted:
    """The answer of a statement that was given to duckdb at once: what it holds, and its Arrow stream."""

    def __init__(self, result: Any) -> None:
        self._result = result
        self._is_handed_on = False

    @property
    def description(self) -> list[tuple[Any, ...]]:
        """Name and type of every column, first of each."""
        return list(self._result.description)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the stream on (Arrow PyCapsule interface)."""
        self._is_handed_on = True
        return self._result.arrow_capsule()

    def close(self) -> None:
        """Let go of an answer that nobody reads; one that is read closes itself at its end."""
        if not self._is_handed_on:
            self._result.close()
