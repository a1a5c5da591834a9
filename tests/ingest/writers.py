"""Every platform that has orders with customers, how it writes them, and what it can't say."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.ingest import market_writers as market
from tests.ingest import shop_writers as shop
from tests.ingest.written import Platform, hashed, in_utc, midnight, net, net_back, padded, to_minute

GOODS = ("sku", "product", "quantity", "value")
MONEY = ("discount", "shipping", "tax")
NO_REFUNDS = MappingProxyType({"partially_refunded": "paid", "refunded": "paid"})
WORDLESS = MappingProxyType({"paid": "unknown", "partially_refunded": "unknown", "refunded": "unknown"})

PLATFORMS: Mapping[str, Platform] = {
    "shopify": Platform(
        shop.shopify, "email",
        carries=("email", "phone", "name", *MONEY, "country", "channel", "discount_code", "tags"),
        lines=GOODS, not_written=(), number=hashed,
    ),
    "shopify_api": Platform(
        shop.shopify_api, "customer_id", carries=("email", "discount", "tax", "country", "channel", "tags"),
        lines=GOODS, not_written=(), number=hashed,
    ),
    "squarespace": Platform(
        shop.squarespace, "email",
        carries=("email", "phone", "name", *MONEY, "country", "channel", "discount_code"), lines=GOODS,
    ),
    "woocommerce": Platform(  # net of shipping and tax; refunds are rows of their own; names are all it knows
        shop.woocommerce, "name", carries=("name", "channel", "discount_code"), lines=("product", "quantity"),
        gross=net, refund=net_back, currency=None,
    ),
    "woocommerce_suite": Platform(
        shop.woocommerce_suite, "customer_id",
        carries=("email", "phone", "name", *MONEY, "country", "discount_code"), lines=GOODS,
    ),
    "bigcommerce": Platform(
        shop.bigcommerce, "customer_id",
        carries=("email", "phone", "name", "shipping", "tax", "country", "channel",
        "discount_code"), lines=GOODS,
    ),
    "magento": Platform(  # no lines, no currency, no country of its own
        shop.magento, "email", carries=("email", "name", "shipping", "channel"), number=padded, currency=None,
    ),
    "prestashop": Platform(  # names only, nothing about partial refunds, no lines, no currency
        shop.prestashop, "name", carries=("name", "country"), currency=None, refund=None,
        reads_as={"partially_refunded": "paid"},
    ),
    "wix": Platform(
        shop.wix, "email",
        carries=("email", "phone", "name", "shipping", "tax", "country", "discount_code"), lines=GOODS,
    ),
    "etsy_orders": Platform(  # the day only; no e-mail
        market.etsy, "customer_id",
        carries=("name", *MONEY, "country", "channel", "discount_code"), lines=GOODS,
        not_written=("test", "pending"), shown=midnight,
    ),
    "ebay": Platform(  # the day only; neither refunds nor cancellations
        market.ebay, "customer_id", carries=("name", "phone", "shipping", "tax", "country"), lines=GOODS,
        not_written=("test", "cancelled"), number=padded, shown=midnight, refund=None, reads_as=NO_REFUNDS,
    ),
    "square": Platform(
        market.square, "customer_id", carries=("name", "discount", "tax", "channel", "discount_code"),
        lines=("sku", "product", "category", "quantity", "value"), not_written=("test", "pending"),
        number=lambda order: f"SQ{order.number}", currency="USD",
    ),
    "stripe": Platform(  # UTC; payments, not goods; what was called off was paid back or never taken
        market.stripe, "customer_id", carries=("email", "name", "tax", "country"),
        not_written=("cancelled",), number=lambda order: f"ch_{order.number}", shown=in_utc,
    ),
    "paypal": Platform(  # payments that were completed, and no others
        market.paypal, "email", carries=("email", "name", "shipping", "tax", "country"),
        not_written=("test", "cancelled", "pending"), number=lambda order: f"T{order.number}",
    ),
    "shopware": Platform(  # states are ids: nothing is known to be cancelled, unpaid or refunded
        market.shopware, "email", carries=("email", "name"), lines=("product", "quantity"),
        not_written=("test", "cancelled", "pending"), refund=None, reads_as=WORDLESS, currency=None,
    ),
    "odoo": Platform(  # refunds are documents of their own, which the list of orders does not have
        market.odoo, "email", carries=("email", "name"), lines=("product", "quantity", "value"),
        number=lambda order: f"S{order.number}", refund=None, reads_as=NO_REFUNDS,
    ),
    "online_retail": Platform(  # lines of invoices, worth what the lines say
        market.invoice_lines, "customer_id", carries=("country",), lines=GOODS,
        not_written=("test", "cancelled", "pending"), refund=None, reads_as=NO_REFUNDS,
        gross=lambda order: order.goods, currency="GBP",
    ),
    "generic": Platform(
        market.home_made, "customer_id", carries=("email", "name", *MONEY, "country", "channel"),
        lines=("sku", "product", "category", "quantity", "value"), not_written=(), shown=to_minute,
    ),
}  # fmt: skip
