"""What market places, tills, payment services and offices export."""

import csv
from collections.abc import Mapping, Sequence
from datetime import timedelta

from tests.ingest.written import Cells, Order, in_utc, one_of, padded, table


def etsy(orders: Sequence[Order]) -> Mapping[str, str]:
    totals = (
        {
            "Sale Date": f"{order.at:%m/%d/%y}", "Order ID": order.number, "Buyer User ID": order.customer_id,
            "Full Name": order.name, "Ship Country": order.country, "Currency": "NOK",
            "Coupon Code": order.discount_code, "Discount Amount": order.discount, "Shipping": order.shipping,
            "Sales Tax": order.tax, "Order Total": order.gross, "Order Type": order.channel,
            "Status": one_of(order, cancelled="Canceled", other="Completed"),
            "Adjusted Order Total": round(order.gross - order.refund, 2) if order.refund else "",
        }
        for order in orders
    )  # fmt: skip
    items = (
        {
            "Sale Date": f"{order.at:%m/%d/%y}", "Item Name": line.product, "Buyer": order.name,
            "Quantity": line.quantity, "Price": line.unit_price, "Discount Amount": 0, "Order Shipping": 0,
            "Order Sales Tax": 0, "Item Total": line.value, "Currency": "NOK", "SKU": line.sku,
            "Transaction ID": f"{order.number}{place:03d}", "Order ID": order.number,
        }
        for order in orders
        for place, line in enumerate(order.lines)
    )  # fmt: skip
    return {"EtsySoldOrders.csv": table(totals), "EtsySoldOrderItems.csv": table(items)}


def ebay(orders: Sequence[Order]) -> Mapping[str, str]:
    rows: list[Cells] = []
    for order in orders:
        order_cells = {"Sales Record Number": order.number, "Order Number": padded(order)}
        whole = {
            **order_cells, "Buyer Username": order.customer_id, "Buyer Name": order.name,
            "Ship To Phone": order.phone, "Ship To Country": order.country, "Item Title": "",
            "Custom Label": "",
            "Quantity": "", "Sold For": "", "Shipping And Handling": f"NOK {order.shipping:,.2f}",
            "Seller Collected Tax": f"NOK {order.tax:,.2f}", "Total Price": f"NOK {order.gross:,.2f}",
            "Sale Date": f"{order.at:%b-%d-%y}",
            "Paid On Date": one_of(order, pending="", other=f"{order.at:%b-%d-%y}"),
        }  # fmt: skip
        items = [
            {"Item Title": line.product, "Custom Label": line.sku, "Quantity": line.quantity,
             "Sold For": f"NOK {line.unit_price:,.2f}"}
            for line in order.lines
        ]  # fmt: skip
        if len(items) == 1:
            rows.append(whole | items[0])
        else:
            rows += [whole, *(order_cells | item for item in items)]
    header, *data = table(rows).splitlines()
    commas = "," * header.count(",")
    footers = [f"{len(orders)},record(s) downloaded,from a to b", "Seller ID : shop"]
    return {"eBay-OrdersReport.csv": "\n".join([commas, header, commas, *data, "", *footers, ""])}


def square(orders: Sequence[Order]) -> Mapping[str, str]:
    transactions, items = [], []
    for order in orders:
        row = {
            "Date": f"{order.at:%Y-%m-%d}", "Time": f"{order.at:%H:%M:%S}", "Time Zone": "Oslo",
            "Gross Sales": f"${order.goods:,.2f}", "Discounts": f"-${order.discount:,.2f}",
            "Tax": f"${order.tax:,.2f}", "Transaction ID": f"SQ{order.number}", "Event Type": "Payment",
            "Customer ID": order.customer_id, "Customer Name": order.name, "Channel": order.channel,
        }  # fmt: skip
        status = one_of(order, cancelled="Canceled", other="Complete")
        transactions.append(
            {**row, "Total Collected": f"${order.gross:,.2f}", "Discount Name": order.discount_code,
             "Transaction Status": status}
        )  # fmt: skip
        if order.refund and order.status != "cancelled":
            later = order.at + timedelta(days=3)
            transactions.append(
                {**row, "Date": f"{later:%Y-%m-%d}", "Gross Sales": f"-${order.refund:,.2f}",
                 "Discounts": "$0.00",
                 "Tax": "$0.00", "Total Collected": f"-${order.refund:,.2f}", "Event Type": "Refund"}
            )  # fmt: skip
        items += [
            {**row, "Category": line.category, "Item": line.product, "Qty": f"{line.quantity:.1f}",
             "SKU": line.sku,
             "Gross Sales": f"${line.value:,.2f}", "Discounts": "$0.00", "Net Sales": f"${line.value:,.2f}",
             "Tax": "$0.00"}
            for line in order.lines
        ]  # fmt: skip
    return {"transactions.csv": table(transactions), "items.csv": table(items)}


def stripe(orders: Sequence[Order]) -> Mapping[str, str]:
    return {"payments.csv": table(
        {
            "id": f"ch_{order.number}", "Created (UTC)": in_utc(order), "Amount": order.gross,
            "Amount Refunded": order.refund, "Currency": "nok", "Tax": order.tax,
            "Mode": one_of(order, test="Test", other="Live"),
            "Status": one_of(order, refunded="Refunded", pending="Failed", other="Paid"),
            "Customer ID": f"cus_{order.customer_id}" if order.customer_id else "",
            "Customer Description": order.name, "Customer Email": order.email,
            "Captured": one_of(order, pending="false", other="true"), "Card Address Country": order.country,
        }
        for order in orders
    )}  # fmt: skip


def paypal(orders: Sequence[Order]) -> Mapping[str, str]:
    rows = []
    for order in orders:
        row = {
            "Date": f"{order.at:%d/%m/%Y}", "Time": f"{order.at:%H:%M:%S}", "TimeZone": "CET",
            "Name": order.name,
            "Type": "Express Checkout Payment", "Status": "Completed", "Currency": "NOK",
            "Gross": f"{order.gross:,.2f}", "Fee": "-1.00", "Net": f"{order.gross - 1:,.2f}",
            "From Email Address": order.email, "To Email Address": "shop@example.com",
            "Transaction ID": f"T{order.number}", "Reference Txn ID": "", "Sales Tax": order.tax,
            "Shipping and Handling Amount": order.shipping, "Country Code": order.country,
        }  # fmt: skip
        rows.append(row)
        if order.refund:
            rows.append({**row, "Type": "Payment Refund", "Gross": f"-{order.refund:,.2f}",
            "From Email Address":
                         "shop@example.com", "Transaction ID": f"R{order.number}",
                         "Reference Txn ID": f"T{order.number}"})  # fmt: skip
    return {"Download.CSV": "\ufeff" + table(rows, quoting=csv.QUOTE_ALL, lineterminator="\r\n")}


def shopware(orders: Sequence[Order]) -> Mapping[str, str]:
    rows = []
    for order in orders:
        first, _, last = (order.name or "").rpartition(" ")
        rows.append({
            "id": f"{order.number:032x}", "order_number": order.number, "customer_firstname": first,
            "customer_lastname": last, "customer_email": order.email, "amount_total": order.gross,
            "order_state_id": f"{7:032x}", "order_date_time": f"{order.at}.000",
            "line_items": "|".join(f"{line.quantity}x {line.product}" for line in order.lines),
        })  # fmt: skip
    return {"default_orders.csv": table(rows, delimiter=";")}


def odoo(orders: Sequence[Order]) -> Mapping[str, str]:
    rows: list[Cells] = []
    for order in orders:
        own = {
            "Order Reference": f"S{order.number}", "Order Date": order.at, "Customer": order.name,
            "Customer/Email": order.email, "Total": order.gross, "Currency": "NOK",
            "Status": one_of(order, cancelled="Cancelled", pending="Quotation Sent", other="Sales Order"),
        }  # fmt: skip
        for place, line in enumerate(order.lines):
            rows.append({
                **(own if place == 0 else dict.fromkeys(own, "")), "Order Lines/Product": line.product,
                "Order Lines/Quantity": line.quantity, "Order Lines/Unit Price": line.unit_price,
                "Order Lines/Subtotal": line.value,
            })  # fmt: skip
    return {"sale.order.csv": table(rows, quoting=csv.QUOTE_ALL)}


def invoice_lines(orders: Sequence[Order]) -> Mapping[str, str]:
    return {"retail.csv": table(
        {
            "Invoice": order.number, "StockCode": line.sku, "Description": line.product,
            "Quantity": line.quantity,
            "InvoiceDate": f"{order.at:%Y-%m-%d %H:%M:%S}", "Price": line.unit_price,
            "Customer ID": f"{order.customer_id[1:]}.0" if order.customer_id else "",
            "Country": order.country,
        }
        for order in orders
        for line in order.lines
    )}  # fmt: skip


def home_made(orders: Sequence[Order]) -> Mapping[str, str]:
    """A German table of lines, as a spreadsheet writes it."""

    def amount(value: float) -> str:
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))

    return {"Bestellungen.csv": table(
        (
            {
                "Bestellnummer": order.number, "Kundennummer": order.customer_id, "E-Mail": order.email,
                "Kundenname": order.name, "Bestelldatum": f"{order.at:%d.%m.%Y %H:%M}", "Land": order.country,
                "Bestellstatus": one_of(
                    order, cancelled="Storniert", refunded="Erstattet", partially_refunded="Teilerstattet",
                    pending="Offen", test="Test", other="Bezahlt",
                ),
                "Gesamtbetrag": amount(order.gross), "Rabatt": amount(order.discount),
                "Versand": amount(order.shipping), "MwSt": amount(order.tax), "Refund": amount(order.refund),
                "Währung": "NOK", "Channel": order.channel, "Artikelnummer": line.sku,
                "Artikel": line.product,
                "Kategorie": line.category, "Menge": line.quantity, "Einzelpreis": amount(line.unit_price),
            }
            for order in orders
            for line in order.lines
        ),
        delimiter=";",
    )}  # fmt: skip
