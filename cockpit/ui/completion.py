"""What may be meant by the word that is being typed in a statement: tables, columns, parameters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Vocabulary = Mapping[str, tuple[str, ...]]
"""Tables and macros with their columns; the parameters stand under `PARAMETERS`."""

PARAMETERS = "$"
MOST = 50
KEYWORDS = (
    "select", "from", "where", "group by", "order by", "having", "limit", "join", "left join", "using",
    "with", "union all", "distinct", "between", "is not distinct from", "is null", "is not null", "case when",
    "count(*)", "sum", "avg", "median", "quantile_cont", "date_diff", "date_trunc", "coalesce", "desc",
)  # fmt: skip

_TYPED = re.compile(r"(?:(?P<owner>\w+)\.)?(?P<word>\$?\w*)\Z")
_NAMED = re.compile(
    r"\b(?:from|join)\s+(?P<table>\w+)(?:\s*\([^)]*\))?(?:\s+(?:as\s+)?(?P<alias>\w+))?", re.I
)
_QUOTED_OR_SAID = re.compile(r"'(?:[^']|'')*\Z|--[^\n]*\Z")


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that may be meant, and what it is: a table, the table of a column, a parameter, or SQL's own."""

    word: str
    what: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What the last `typed` letters before the cursor may become; the likeliest first."""

    typed: int
    offers: tuple[Offer, ...]


NOTHING = Completion(0, ())


def complete(before: str, after: str, vocabulary: Vocabulary) -> Completion:
    """What may be meant where the cursor stands between these two parts of a statement.

    After `table.` or `alias.` its columns; after `$` the parameters; else the columns of the tables that the
    statement names, then tables and macros, then SQL's own words. Nothing within a text or a comment, for no
    letters, and for a word that is whole.
    """
    line = before.rpartition("\n")[2]
    match = _TYPED.search(before)
    if match is None or _QUOTED_OR_SAID.search(line) or re.match(r"\w", after):
        return NOTHING
    owner, word = match["owner"], match["word"]
    if not word and owner is None:
        return NOTHING
    wanted = word.lower()
    found = []
    for offer in _meant(owner, word, f"{before} {after}", vocabulary):
        if offer.word.lower() == wanted:
            return NOTHING
        if offer.word.lower().startswith(wanted):
            found.append(offer)
    return Completion(len(word), tuple(found[:MOST]))


def _meant(owner: str | None, word: str, statement: str, vocabulary: Vocabulary) -> Iterator[Offer]:
    named = _named(statement, vocabulary)
    if owner is not None:
        table = named.get(owner.lower(), owner.lower())
        yield from (Offer(column, table) for column in vocabulary.get(table, ()))
        return
    if word.startswith(PARAMETERS):
        yield from (Offer(f"${name}", "parameter") for name in vocabulary.get(PARAMETERS, ()))
        return
    seen = set()
    for table in dict.fromkeys(named.values()):
        for column in vocabulary[table]:
            if column not in seen:
                seen.add(column)
                yield Offer(column, table)
    yield from (Offer(name, "table") for name in vocabulary if name != PARAMETERS and name not in seen)
    yield from (Offer(keyword, "SQL") for keyword in KEYWORDS)


def _named(statement: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The tables that a statement names, by their names and by their aliases."""
    named = {}
    for match in _NAMED.finditer(statement):
        table, alias = match["table"].lower(), (match["alias"] or "").lower()
        if table in vocabulary:
            named[table] = table
            if alias and alias not in _AFTER_A_TABLE:
                named[alias] = table
    return named


_AFTER_A_TABLE = {
    "where", "group", "order", "having", "limit", "join", "left", "right", "full", "inner", "cross", "on",
    "using", "union", "select", "qualify", "window", "as", "asof", "semi", "anti", "positional",
}  # fmt: skip
