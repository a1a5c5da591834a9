"""What shop systems export: the platforms on which a shop runs."""

import csv
import json
from collections.abc import Mapping, Sequence

from tests.ingest.written import ZONE, Cells, Order, hashed, net, net_back, one_of, padded, table


def shopify(orders: Sequence[Order]) -> Mapping[str, str]:
    rows = []
    for order in orders:
        created = order.at.replace(tzinfo=ZONE).strftime("%Y-%m-%d %H:%M:%S %z")
        own = {
            "Financial Status": one_of(
                order, cancelled="voided", refunded="refunded", pending="pending",
                partially_refunded="partially_refunded", other="paid",
            ),
            "Currency": "NOK", "Shipping": order.shipping, "Taxes": order.tax, "Total": order.gross,
            "Discount Code": order.discount_code, "Discount Amount": order.discount, "Created at": created,
            "Billing Name": order.name, "Shipping Country": order.country, "Phone": order.phone,
            "Cancelled at": created if order.status == "cancelled" else "",
            "Payment Method": one_of(order, test="bogus", other="Vipps"),
            "Refunded Amount": order.refund, "Source": order.channel, "Tags": order.tags,
        }  # fmt: skip
        for place, line in enumerate(order.lines):
            rows.append({
                "Name": hashed(order), "Email": order.email, **(own if place == 0 else {}),
                "Lineitem quantity": line.quantity, "Lineitem name": line.product,
                "Lineitem price": line.unit_price, "Lineitem sku": line.sku,
            })  # fmt: skip
    return {"orders_export.csv": table(rows)}


def shopify_api(orders: Sequence[Order]) -> Mapping[str, str]:
    documents = [
        {
            "name": hashed(order), "email": order.email,
            "created_at": order.at.replace(tzinfo=ZONE).isoformat(),
            "total_price": f"{order.gross:.2f}", "total_discounts": f"{order.discount:.2f}",
            "current_total_price": f"{order.gross - order.refund:.2f}", "total_tax": f"{order.tax:.2f}",
            "currency": "NOK", "financial_status": order.status if order.status != "test" else "paid",
            "test": order.status == "test", "source_name": order.channel, "tags": order.tags or "",
            "cancelled_at": order.at.isoformat() if order.status == "cancelled" else None,
            "customer": {"id": int(order.customer_id[1:])} if order.customer_id else None,
            "shipping_address": {"country_code": order.country},
            "line_items": [
                {"sku": line.sku, "title": line.product, "quantity": line.quantity,
                 "price": f"{line.unit_price}"}
                for line in order.lines
            ],
        }
        for order in orders
    ]  # fmt: skip
    return {"orders.json": json.dumps({"orders": documents})}


def squarespace(orders: Sequence[Order]) -> Mapping[str, str]:
    rows: list[Cells] = []
    for order in orders:
        own = {
            "Email": order.email,
            "Financial Status": one_of(order, refunded="REFUNDED", pending="PENDING", other="PAID"),
            "Currency": "NOK", "Shipping": order.shipping, "Taxes": order.tax,
            "Amount Refunded": order.refund,
            "Total": order.gross, "Discount Code": order.discount_code, "Discount Amount": order.discount,
            "Created at": f"{order.at:%Y-%m-%d %H:%M:%S} +0100", "Billing Name": order.name,
            "Billing Phone": order.phone, "Shipping Country": order.country, "Channel Name": order.channel,
            "Cancelled at": f"{order.at:%Y-%m-%d %H:%M:%S} +0100" if order.status == "cancelled" else "",
        }  # fmt: skip
        for place, line in enumerate(order.lines):
            rows.append({
                "Order ID": order.number, **(own if place == 0 else {}), "Lineitem quantity": line.quantity,
                "Lineitem name": line.product, "Lineitem price": line.unit_price, "Lineitem sku": line.sku,
            })  # fmt: skip
    return {"orders.csv": table([*rows, {}])}


def woocommerce(orders: Sequence[Order]) -> Mapping[str, str]:
    rows = []
    for order in orders:
        row = {
            "Date": order.at, "Order #": order.number, "N. Revenue (formatted)": f"kr {net(order):,.2f}",
            "Status": one_of(order, cancelled="cancelled", pending="on-hold", other="completed"),
            "Customer": order.name, "Customer type": "new",
            "Product(s)": ", ".join(f"{line.quantity}× {line.product}" for line in order.lines),
            "Items sold": sum(line.quantity for line in order.lines), "Coupon(s)": order.discount_code,
            "Net Sales": round(net(order), 2), "Attribution": order.channel,
        }  # fmt: skip
        rows.append(row)
        if back := net_back(order):
            rows.append({**row, "Status": "refunded", "Net Sales": -back, "Product(s)": "",
                         "N. Revenue (formatted)": f"'-kr {back:,.2f}"})  # fmt: skip
    return {"analytics.csv": table(rows)}


def woocommerce_suite(orders: Sequence[Order]) -> Mapping[str, str]:
    rows = []
    for order in orders:
        first, _, last = (order.name or "").rpartition(" ")
        at = order.at
        row = {
            "order_id": order.number, "order_number": order.number,
            "order_date": f"{at.month}/{at.day}/{at.year} {at:%H:%M:%S}",
            "status": one_of(order, cancelled="cancelled", refunded="refunded", pending="on-hold",
            other="completed"),
            "shipping_total": order.shipping, "tax_total": order.tax, "discount_total": order.discount,
            "order_total": order.gross, "order_currency": "NOK",
            "customer_id": order.customer_id[1:] if order.customer_id else 0, "billing_email": order.email,
            "billing_first_name": first, "billing_last_name": last, "billing_phone": order.phone,
            "billing_country": order.country,
            "coupon_items": f"code:{order.discount_code}|amount:1" if order.discount_code else "",
            "refund_items": f"amount:{order.refund}|reason:|date:{at}" if order.refund else "",
            "line_item_1": "",
        }  # fmt: skip
        for place, line in enumerate(order.lines, 1):
            row[f"line_item_{place}"] = (
                f"name:{line.product}|product_id:1|sku:{line.sku}|quantity:{line.quantity}|total:{line.value}"
            )
        rows.append(row)
    return {"orders.csv": table(rows)}


def bigcommerce(orders: Sequence[Order]) -> Mapping[str, str]:
    return {"orders.csv": table(
        {
            "Order ID": order.number, "Customer ID": order.customer_id[1:] if order.customer_id else 0,
            "Customer Name": order.name, "Customer Email": order.email, "Customer Phone": order.phone,
            "Order Date": f"{order.at:%m/%d/%Y}", "Order Time": f"{order.at:%H:%M:%S}",
            "Order Status": one_of(
                order, cancelled="Cancelled", refunded="Refunded", pending="Awaiting Payment",
                partially_refunded="Partially Refunded", other="Completed",
            ),
            "Tax Total": order.tax, "Shipping Cost (inc tax)": order.shipping,
            "Order Total (inc tax)": f"kr {order.gross:,.2f}", "Refund Amount": order.refund,
            "Coupon Details": order.discount_code, "Order Currency Code": "NOK",
            "Exchange Rate": "1.0000000000",
            "Shipping Country": order.country, "Channel Name": order.channel,
            "Product Details": "|".join(
                f"Product ID: 1, Product Qty: {line.quantity}, Product SKU: {line.sku}, "
                f"Product Name: {line.product}, Product Weight: 0.1000, "
                f"Product Unit Price: {line.unit_price:.2f}, "
                f"Product Total Price: {line.value:.2f}"
                for line in order.lines
            ),
        }
        for order in orders
    )}  # fmt: skip


def magento(orders: Sequence[Order]) -> Mapping[str, str]:
    return {"export.csv": table(
        (
            {
                "ID": padded(order), "Purchase Point": order.channel,
                "Purchase Date": f"{order.at:%b} {order.at.day}, {order.at:%Y %I:%M:%S %p}",
                "Bill-to Name": order.name, "Grand Total (Base)": f"{order.gross:.4f}",
                "Grand Total (Purchased)": f"{order.gross:.4f}",
                "Status": one_of(order, cancelled="canceled", refunded="closed", pending="pending",
                other="complete"),
                "Customer Email": order.email,
                "Customer Group": "General" if order.email else "NOT LOGGED IN",
                "Shipping and Handling": f"{order.shipping:.4f}", "Customer Name": order.name,
                "Total Refunded": f"{order.refund:.4f}" if order.refund else "",
            }
            for order in orders
        ),
        quoting=csv.QUOTE_ALL,
    )}  # fmt: skip


def prestashop(orders: Sequence[Order]) -> Mapping[str, str]:
    return {"order_export.csv": table(
        (
            {
                "ID": order.number, "Reference": f"REF{order.number}", "New client": 1,
                "Delivery": order.country,
                "Customer": order.name, "Total": f"{order.gross:.6f}", "Payment": "Bank wire",
                "Status": one_of(
                    order, cancelled="Canceled", refunded="Refunded", pending="Awaiting bank wire payment",
                    other="Payment accepted",
                ),
                "Date": order.at,
            }
            for order in orders
        ),
        delimiter=";",
    )}  # fmt: skip


def wix(orders: Sequence[Order]) -> Mapping[str, str]:
    return {"orders.csv": table(
        (
            {
                "Order number": order.number, "Date created": f"{order.at:%b} {order.at.day}, {order.at:%Y}",
                "Time": f"{order.at:%I:%M:%S %p}", "Contact email": order.email, "Item": line.product,
                "SKU": line.sku, "Qty": line.quantity, "Price": line.unit_price, "Billing name": order.name,
                "Billing phone": order.phone, "Delivery country": order.country,
                "Payment status": one_of(
                    order, refunded="Refunded", partially_refunded="Partially Refunded", pending="Unpaid",
                    other="Paid",
                ),
                "Coupon code": order.discount_code, "Shipping rate": order.shipping, "Total tax": order.tax,
                "Total": order.gross, "Currency": "NOK", "Refunded amount": order.refund,
                "Fulfillment status": one_of(order, cancelled="Canceled", other="Fulfilled"),
            }
            for order in orders
            for line in order.lines
        ),
        quoting=csv.QUOTE_ALL,
    )}  # fmt: skip
