"""Day first or month first: files of one layout that prove nothing follow those that do."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cockpit.ingest.dialects import plain
from cockpit.ingest.intake import Notes
from cockpit.ingest.row_dates import ORDER_NAMES
from cockpit.ingest.rows import Rows
from cockpit.ingest.values.dates import Order
from cockpit.language import gettext as _


def proven_elsewhere(read_files: Sequence[Rows], notes: Notes) -> Iterator[tuple[int, Order, str]]:
    """Yield (number, order, file that proves it) for each file to be read again in another order.

    Files are of one layout if dialect, header and the column of the date are the same. Where the files of a
    layout contradict each other, each is left as it was read, and that is said.
    """
    layouts: dict[tuple[object, ...], list[Rows]] = defaultdict(list)
    for rows in read_files:
        if rows.date_order is not None:
            header = tuple(plain(name) for name in rows.table.header)
            dated = tuple(plain(name) for name in rows.mapping.columns.get("ordered_at", ()))
            layouts[rows.dialect.name, header, dated].append(rows)
    for files in layouts.values():
        proofs = {rows.date_order: rows.file for rows in reversed(files) if rows.date_is_proven}
        if len(proofs) > 1:
            told = "; ".join(f"{file}: {_(ORDER_NAMES[order])}" for order, file in proofs.items() if order)
            notes.warn(
                _("Files with the same columns write their dates in different orders ({told}).").format(
                    told=told
                )
            )
            continue
        for order, file in proofs.items():
            for rows in files:
                if order is not None and not rows.date_is_proven:
                    yield rows.file_no, order, file
