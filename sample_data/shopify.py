"""The same orders as Shopify writes them: one row a line, an order's own cells on its first row only."""

import polars as pl

TIME_ZONE = "Europe/Oslo"
HEADER = tuple("""
    Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,
    Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,
    Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,
    Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,
    Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,
    Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,
    Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,
    Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,
    Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,
    Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,
    Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,
    Payment References
""".replace("\n    ", "").strip().split(","))  # fmt: skip

_IDS_FROM = 5_300_000_000_000
_UNTIL_CANCELLED = pl.duration(minutes=4)
_ON_EVERY_ROW = ("Name", "Email", "Vendor")


def orders_export(lines: pl.DataFrame) -> pl.DataFrame:
    """The 79 columns as text, null where the cell is empty, from `orders.order_lines` (money in øre)."""
    called_off = pl.col("status") == "cancelled"
    paid_back_whole = pl.col("refund") == pl.col("total")
    at_the_till = pl.col("channel") == "pos"
    voided = called_off & ~paid_back_whole
    test = pl.col("status") == "test"
    paid = (pl.col("status") != "pending") & ~voided
    created = _with_offset(pl.col("ordered_at"))
    cells = {
        "Name": pl.col("order_id"),
        "Email": pl.col("email"),
        "Financial Status": pl.when(voided)
        .then(pl.lit("voided"))
        .when(called_off)
        .then(pl.lit("refunded"))
        .when(test)
        .then(pl.lit("paid"))
        .otherwise("status"),
        "Paid at": pl.when(paid).then(created),
        "Fulfillment Status": pl.when(at_the_till | pl.col("delivered_at").is_not_null())
        .then(pl.lit("fulfilled"))
        .otherwise(pl.lit("unfulfilled")),
        "Accepts Marketing": pl.col("consent"),
        "Currency": pl.col("currency"),
        "Subtotal": _money(pl.col("total") - pl.col("shipping")),
        "Shipping": _money(pl.col("shipping")),
        "Taxes": _money(pl.col("tax")),
        "Total": _money(pl.col("total")),
        "Discount Code": pl.col("discount_code"),
        "Discount Amount": _money(pl.col("discount")),
        "Created at": created,
        "Lineitem quantity": pl.col("quantity").cast(pl.String),
        "Lineitem name": pl.col("product"),
        "Lineitem price": _money(pl.col("unit_price")),
        "Lineitem sku": pl.col("sku"),
        "Billing Name": pl.col("name"),
        "Billing Country": pl.col("country"),
        "Shipping Country": pl.when(~at_the_till).then("country"),
        "Note Attributes": pl.format("delivered_at: {}", "delivered_at"),
        "Cancelled at": pl.when(called_off).then(_with_offset(pl.col("ordered_at") + _UNTIL_CANCELLED)),
        "Payment Method": pl.when(test).then(pl.lit("bogus")).otherwise(pl.lit("Vipps")),
        "Refunded Amount": _money(pl.col("refund")),
        "Vendor": pl.col("product").str.extract(r"^(\S+)"),
        "Id": (_IDS_FROM + pl.col("order_id").str.slice(1).cast(pl.Int64)).cast(pl.String),
        "Tags": pl.col("tags"),
        "Source": pl.col("channel"),
        "Phone": pl.col("phone"),
    }
    first_row = pl.col("order_id").is_first_distinct()
    return lines.select(
        _cell(name, cells.get(name), first_row).alias(name) for name in HEADER
    )  # fmt: skip


def _cell(name: str, value: pl.Expr | None, first_row: pl.Expr) -> pl.Expr:
    if value is None:
        return pl.lit(None, dtype=pl.String)
    return value if name in _ON_EVERY_ROW or name.startswith("Lineitem") else pl.when(first_row).then(value)


def _money(oere: pl.Expr) -> pl.Expr:
    return pl.format("{}.{}", oere // 100, (oere % 100).cast(pl.String).str.zfill(2))


def _with_offset(local: pl.Expr) -> pl.Expr:
    return local.dt.replace_time_zone(TIME_ZONE).dt.strftime("%Y-%m-%d %H:%M:%S %z")
