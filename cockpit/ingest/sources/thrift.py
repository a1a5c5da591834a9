"""Thrift's compact protocol, in which Parquet writes down where its data stand: read without believing it."""

from typing import Any

STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(13)
BITS = {I16: 16, I32: 32, I64: 64}
DEEPEST = 32

Struct = dict[int, Any]
"""Values by the number of their field: int, bool, bytes, a list of one kind, or another Struct.

A double is bytes, and of a map only the size is told.
"""


class MalformedError(ValueError):
    """The bytes are no such structure, whatever follows them."""


class CutOffError(MalformedError):
    """The bytes end inside the structure."""


def read_struct(data: bytes, at: int = 0, depth: int = 0) -> tuple[Struct, int]:
    """Return the structure that begins at byte `at`, and where it ends.

    Raises CutOffError or MalformedError, also for a field that stands twice, and for a number that its type
    can't hold.
    """
    if depth > DEEPEST:
        raise MalformedError
    fields: Struct = {}
    number = 0
    try:
        while kind := data[at]:
            at += 1
            if kind >> 4:
                number += kind >> 4
            else:
                number, at = _integer(data, at, I16)
            if number in fields:
                raise MalformedError
            kind &= 15
            if kind in (TRUE, FALSE):
                fields[number] = kind == TRUE
            else:
                fields[number], at = _value(data, at, kind, depth)
    except IndexError:
        raise CutOffError from None
    return fields, at + 1


def _value(data: bytes, at: int, kind: int, depth: int) -> tuple[Any, int]:
    if kind in BITS:
        return _integer(data, at, kind)
    if kind in (BINARY, DOUBLE):
        size, at = (8, at) if kind == DOUBLE else _varint(data, at)
        if at + size > len(data):
            raise CutOffError
        return data[at : at + size], at + size
    if kind == STRUCT:
        return read_struct(data, at, depth + 1)
    if kind in (LIST, SET):
        return _list(data, at, depth)
    if kind == MAP:
        return _map(data, at, depth)
    if kind in (TRUE, FALSE, BYTE):  # a flag takes a byte of its own inside a list
        return data[at], at + 1
    raise MalformedError


def _list(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    head = data[at]
    size, at = (head >> 4, at + 1) if head < 0xF0 else _varint(data, at + 1)
    found = []
    for _number in range(size):
        value, at = _value(data, at, head & 15, depth + 1)
        found.append(value)
    return found, at


def _map(data: bytes, at: int, depth: int) -> tuple[int, int]:
    size, at = _varint(data, at)
    if size:
        kinds, at = data[at], at + 1
        for _number in range(size):
            _key, at = _value(data, at, kinds >> 4, depth + 1)
            _held, at = _value(data, at, kinds & 15, depth + 1)
    return size, at


def _integer(data: bytes, at: int, kind: int) -> tuple[int, int]:
    written, at = _varint(data, at)
    if written >> BITS[kind]:
        raise MalformedError
    return (written >> 1) ^ -(written & 1), at


def _varint(data: bytes, at: int) -> tuple[int, int]:
    byte = data[at]
    if byte < 0x80:
        return byte, at + 1
    value, shift = byte & 0x7F, 7
    while shift < 70:
        at += 1
        byte = data[at]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at + 1
        shift += 7
    raise MalformedError
