"""Who is who: an e-mail and a platform id seen on one order are the same customer.

A key that meets more than `SHARED` others is a till, a `guest@…` or a family address: it links nothing and
identifies nobody. A telephone number serves only where both e-mail and id are missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from cockpit.formats import harmless
from cockpit.ingest.dialects import words
from cockpit.ingest.intake import Notes
from cockpit.language import gettext as _
from cockpit.language import ngettext

SHARED = 5
ADDRESS = r"([^\s<>,;:\"']+@[^\s<>,;:\"']+)"
UNUSUAL = r"[^a-z0-9@._+-]"
POINTED = r"^\d+\.0$"
LISTED = 3
MANY = 500_000  # pairs that may wait to be compared


def normalised(orders: pl.DataFrame) -> pl.DataFrame:
    """Return the orders with comparable keys: e-mails in lower case, without a name; placeholders null."""
    frame = orders.with_columns(_ids(orders["customer_id"]), _phones(orders["phone"]))
    if frame["customer_id"].str.contains("@", literal=True).any():
        mail = pl.col("customer_id").str.contains("@", literal=True)
        frame = frame.with_columns(
            email=pl.coalesce("email", pl.when(mail).then(pl.col("customer_id"))),
            customer_id=pl.when(~mail).then(pl.col("customer_id")),
        )
    return frame.with_columns(_mails(frame["email"]))


@dataclass(slots=True)
class KeysSeen:
    """What the orders read so far show of customers' keys: which e-mails and ids meet, and how many ids.

    `pointed` tells whether all ids end in `.0`, as whole numbers do that were stored as floats.
    """

    pairs: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema={"email": pl.String, "customer_id": pl.String})
    )
    ids: int = 0
    pointed: bool = True
    _waiting: list[pl.DataFrame] = field(default_factory=list)

    def add(self, other: "KeysSeen") -> None:
        """Add what further orders show."""
        self._waiting += [other.pairs, *other._waiting]
        if sum(frame.height for frame in self._waiting) > self.pairs.height + MANY:
            self.settle()
        self.ids += other.ids
        self.pointed &= other.pointed

    def settle(self) -> pl.DataFrame:
        """Return the pairs, each once, in order of appearance."""
        self.pairs = pl.concat([self.pairs, *self._waiting]).unique(maintain_order=True)
        self._waiting.clear()
        return self.pairs


def keys_seen(orders: pl.DataFrame) -> KeysSeen:
    """Return what normalised orders show of customers' keys."""
    ids = orders["customer_id"].drop_nulls()
    pairs = orders.select("email", "customer_id").drop_nulls().unique(maintain_order=True)
    return KeysSeen(pairs, len(ids), bool(ids.str.contains(POINTED).all()))


@dataclass(slots=True)
class Identities:
    """Who is who among all orders, once their keys have been seen."""

    pointed: bool
    shared_mails: pl.Series
    shared_ids: pl.Series
    mail_of_id: pl.DataFrame
    main_mail: pl.DataFrame

    def of(self, orders: pl.DataFrame) -> pl.DataFrame:
        """Return normalised orders with `customer_id` replaced by the identity; null is anonymous."""
        known = self._known(orders)
        if self.mail_of_id.is_empty():
            return orders.with_columns(known.select(customer_id=pl.coalesce("mail", "ident", "phone")))
        identity = (
            known.join(self.mail_of_id, on="ident", how="left", maintain_order="left")
            .with_columns(mail=pl.coalesce("mail", "mail_of_id"))
            .join(self.main_mail, on="mail", how="left", maintain_order="left")
            .select(customer_id=pl.coalesce("main mail", "mail", "ident", "phone"))
        )
        return orders.with_columns(identity)

    @property
    def shares(self) -> bool:
        """Whether some keys are shared by many and identify nobody."""
        return len(self.shared_mails) + len(self.shared_ids) > 0

    def only_shared(self, orders: pl.DataFrame) -> int:
        """Count the orders that have no other key than shared ones."""
        known = self._known(orders)
        had_key = orders["email"].is_not_null() | orders["customer_id"].is_not_null()
        return int((had_key & known["mail"].is_null() & known["ident"].is_null()).sum())

    def _known(self, orders: pl.DataFrame) -> pl.DataFrame:
        ids = _without_point(orders["customer_id"]) if self.pointed else orders["customer_id"]
        nameless = orders["email"].is_null() & ids.is_null()
        return pl.DataFrame(
            {
                "mail": _unless(orders["email"], self.shared_mails),
                "ident": _unless(ids, self.shared_ids),
                "phone": orders["phone"].set(~nameless, None),
            }
        )


def settled_identities(seen: KeysSeen, notes: Notes) -> Identities:
    """Return who is who among the orders of which all keys have been seen."""
    pairs = seen.settle()
    if seen.pointed:
        pairs = (
            pairs.with_columns(_without_point(pairs["customer_id"])).drop_nulls().unique(maintain_order=True)
        )
    if _one_id_per_order(seen.ids, pairs):
        notes.assume(_("The customer id differs on every order, so customers are told apart by e-mail."))
        pairs = pairs.clear()
    mails = _shared(pairs, "email", "customer_id", notes)
    ids = _shared(pairs, "customer_id", "email", notes)
    links = pairs.filter(~pl.col("email").is_in(mails.implode()), ~pl.col("customer_id").is_in(ids.implode()))
    return Identities(seen.pointed, mails, ids, *_merged(links, notes))


def say_only_shared(count: int, notes: Notes) -> None:
    """Say how many orders have no other key than shared ones."""
    if count:
        notes.warn(
            ngettext(
                "{count} order has only such a shared key and counts as anonymous.",
                "{count} orders have only such a shared key and count as anonymous.",
                count,
            ).format(count=f"{count:,}")
        )


def _merged(links: pl.DataFrame, notes: Notes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the e-mail of each id, and the first e-mail of the component of each e-mail."""
    manifold = (pl.len().over("email") > 1) | (pl.len().over("customer_id") > 1)
    several = links.filter(manifold)
    components = _Components()
    for mail, ident in several.iter_rows():
        components.join(("mail", mail), ("id", ident))
    renamed = pl.DataFrame(
        list(components.mails()), schema={"mail": pl.String, "main mail": pl.String}, orient="row"
    )
    by_id = links.unique("customer_id", keep="first", maintain_order=True).select(
        ident="customer_id", mail_of_id="email"
    )
    moved = renamed.filter(pl.col("mail") != pl.col("main mail"))
    if moved.height:
        listed = "; ".join(
            _("{mail} into {main}").format(mail=harmless(mail, 60), main=harmless(main, 60))
            for mail, main in moved.head(LISTED).iter_rows()
        )
        more = moved.height - LISTED
        notes.assume(
            ngettext(
                "{count} e-mail address was merged into another one, because a customer id connects them: "
                "{listed}.",
                "{count} e-mail addresses were merged into others, because customer ids connect them: "
                "{listed}.",
                moved.height,
            ).format(
                count=f"{moved.height:,}",
                listed=listed + (_(" and {count} more").format(count=f"{more:,}") if more > 0 else ""),
            )
        )
    return by_id, renamed


Key = tuple[Literal["mail", "id"], str]


@dataclass(slots=True)
class _Components:
    """Connected components by union and find; the root is the e-mail that was seen first."""

    parent: dict[Key, Key] = field(default_factory=dict)
    seen: dict[Key, int] = field(default_factory=dict)

    def root(self, key: Key) -> Key:
        """Return the key that stands for the component, shortening the way to it."""
        self.seen.setdefault(key, len(self.seen))
        parent = self.parent.setdefault(key, key)
        while parent != self.parent[parent]:
            self.parent[key] = parent = self.parent[parent]
        return parent

    def join(self, mail: Key, ident: Key) -> None:
        """Make the two keys one customer."""
        first, second = sorted(
            (self.root(mail), self.root(ident)), key=lambda key: (key[0] == "id", self.seen[key])
        )
        self.parent[second] = first

    def mails(self) -> Iterator[tuple[str, str]]:
        """Yield each e-mail with the one that stands for its component."""
        for key in list(self.parent):
            if key[0] == "mail":
                yield key[1], self.root(key)[1]


def _shared(pairs: pl.DataFrame, key: str, other: str, notes: Notes) -> pl.Series:
    """Return the keys that meet more than `SHARED` others, and say so."""
    counts = pairs.group_by(key, maintain_order=True).agg(pl.col(other).n_unique().alias("others"))
    shared = counts.filter(pl.col("others") > SHARED).sort("others", descending=True, maintain_order=True)
    if shared.height:
        listed = ", ".join(
            f"{harmless(value, 60)} ({others:,})" for value, others in shared.head(LISTED).iter_rows()
        )
        more = _(" and {count} more").format(count=shared.height - LISTED) if shared.height > LISTED else ""
        template = (
            _("These e-mails have more than {limit} customer ids each and identify nobody: {listed}{more}.")
            if key == "email"
            else _(
                "These customer ids have more than {limit} e-mails each and identify nobody: {listed}{more}."
            )
        )
        notes.warn(template.format(limit=SHARED, listed=listed, more=more))
    return shared[key]


def _one_id_per_order(ids: int, pairs: pl.DataFrame) -> bool:
    """Tell whether the id is made anew for each order, while e-mails repeat: then it identifies nobody."""
    if not pairs.height or pairs.height != ids:
        return False
    return pairs.height > pairs["email"].n_unique() and pairs["customer_id"].n_unique() == ids


def _unless(keys: pl.Series, shared: pl.Series) -> pl.Series:
    return keys.set(keys.is_in(shared.implode()).fill_null(value=False), None) if len(shared) else keys


def _mails(mails: pl.Series) -> pl.Series:
    """Return e-mails in lower case without what stands around them; those of nobody are null."""
    if mails.null_count() == len(mails):
        return mails
    nobodies = "|".join(re.escape(name) for name in sorted(words().nobody_mail))
    odd = pl.col(mails.name).str.contains(rf"{UNUSUAL}|^(?:{nobodies})@|^[^@]*$").fill_null(value=False)
    places = pl.LazyFrame([mails]).select(odd.arg_true()).collect(engine="streaming").to_series()
    if not len(places):
        return mails
    lower = (
        mails.gather(places)
        .str.to_lowercase()
        .str.replace_all("\u200d", "", literal=True)
        .str.strip_chars("' ")
    )
    found = pl.select(pl.coalesce(lower.str.extract(ADDRESS), lower)).to_series()
    nobody = found.str.contains(rf"^(?:{nobodies})@") | found.is_in(list(words().nobody))
    return mails.scatter(places, found.set(nobody, None))


def _ids(ids: pl.Series) -> pl.Series:
    if ids.null_count() == len(ids):
        return ids
    if ids.str.starts_with("'").any():
        ids = ids.str.strip_prefix("'")
    return _without_nobody(ids)


def _without_point(ids: pl.Series) -> pl.Series:
    """Return ids that all end in `.0` without it."""
    return _without_nobody(ids.str.strip_suffix(".0"))


def _without_nobody(ids: pl.Series) -> pl.Series:
    nobody = ids.str.to_lowercase().is_in(list(words().nobody))
    return ids.set(nobody.fill_null(value=False), None) if nobody.any() else ids


def _phones(phones: pl.Series) -> pl.Series:
    if phones.null_count() == len(phones):
        return phones
    digits = phones.str.replace_all(r"[^\d+]", "")
    return digits.set(digits.str.count_matches(r"\d") < 6, None)
