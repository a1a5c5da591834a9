"""Platforms that write headers and words in the owner's language are read as themselves, not as any table."""

from collections.abc import Callable
from datetime import datetime

import pytest

from cockpit.ingest import Intake

ReadText = Callable[..., Intake]

EBAY = """;;;;;;;;;;;
Verkaufsprotokollnummer;Bestellnummer;Nutzername des Käufers;Name des Käufers;Angebotstitel;Bestandseinheit;\
Anzahl;Verkauft für;Verpackung und Versand;Gesamtbetrag;Verkauft am;Zahlungsdatum
1;23-1;buyer;Pat;Lampe;L1;1;111,99 €;5,00 €;116,99 €;10-Dez-25;10-Dez-25
2;23-2;buyer2;Sam;Lampe;L1;2;50,00 €;5,00 €;105,00 €;11-Dez-25;
"""
PAYPAL = """\ufeff"Datum","Uhrzeit","Name","Typ","Status","Währung","Brutto","Gebühr","Netto",\
"Absender E-Mail-Adresse","Transaktionscode","Artikelbezeichnung","Zugehöriger Transaktionscode",\
"Auswirkung auf Guthaben"
"27.09.2026","10:12:00","Ada","Express-Zahlung","Abgeschlossen","EUR","1.224,90","0,00","1","a@b.de","1AB","x","","Haben"
"28.09.2026","10:12:00","Ada","Rückzahlung","Abgeschlossen","EUR","-24,90","0,00","1","s@s.de","2AB","x","1AB","Soll"
"29.09.2026","10:12:00","","Allgemeine Abbuchung","Abgeschlossen","EUR",\
"-9,00","0,00","1","s@s.de","3AB","","","Soll"
"29.09.2026","10:12:00","","Bankgutschrift auf PayPal-Konto","Abgeschlossen","EUR",\
"9,00","0","1","","4AB","","","Haben"
"30.09.2026","10:12:00","Bob","Website-Zahlung","Ausstehend","EUR","10,00","0,00","1","b@b.de","5AB","x","","Haben"
"""


def test_ebay_in_german(read_text: ReadText):
    intake = read_text(EBAY)
    assert (intake.files["dialect"][0], intake.currency) == ("ebay", "EUR")
    chosen = intake.orders.select("order_id", "customer_id", "ordered_at", "status", "gross", "shipping")
    assert chosen.rows() == [
        ("23-1", "buyer", datetime(2025, 12, 10), "paid", 116.99, 5.0),
        ("23-2", "buyer2", datetime(2025, 12, 11), "pending", 105.0, 5.0),
    ]


def test_paypal_in_german(read_text: ReadText):
    intake = read_text(PAYPAL)
    assert intake.files["dialect"][0] == "paypal"
    chosen = intake.orders.select("order_id", "customer_id", "status", "gross", "refund", "row_count")
    assert chosen.rows() == [("1AB", "a@b.de", "partially_refunded", 1224.9, 24.9, 2)]
    assert intake.lines.height == 1  # what was given back is not bought again
    assert intake.excluded["reason"].to_list() == ["not_an_order"] * 3


@pytest.mark.parametrize(
    ("header", "paid", "cancelled"),
    [
        (
            "ID;Référence;Nouveau client;Livraison;Client;Total;Paiement;État;Date",
            "Paiement accepté",
            "Annulé",
        ),
        ("ID;Referencia;Cliente nuevo;Entrega;Cliente;Total;Pago;Estado;Fecha", "Pago aceptado", "Cancelado"),
        (
            "ID;Riferimento;Nuovo cliente;Consegna;Cliente;Totale;Pagamento;Stato;Data",
            "Consegnato",
            "Annullato",
        ),
        (
            "ID;Referentie;Nieuwe klant;Levering;Klant;Totaal;Betaling;Status;Datum",
            "Verzonden",
            "Geannuleerd",
        ),
        (
            "ID;Referenz;Neukunde;Lieferung;Kunde;Gesamt;Zahlung;Status;Datum",
            "Zahlung eingegangen",
            "Storniert",
        ),
    ],
)
def test_prestashop_in_the_languages_of_its_shops(
    read_text: ReadText, header: str, paid: str, cancelled: str
):
    rows = f"5;KHW;1;Italie;A. Name;20,50 €;X;{paid};2024-05-01 10:11:12\n"
    rows += f"6;XKB;0;Italie;B. Name;1250,00 €;X;{cancelled};2024-05-02 09:00:00\n"
    intake = read_text(f"{header}\n{rows}")
    assert intake.files["dialect"][0] == "prestashop"
    chosen = intake.orders.select("order_id", "customer_id", "status", "gross", "country")
    assert chosen.rows() == [
        ("5", "A. Name", "paid", 20.5, "Italie"),
        ("6", "B. Name", "cancelled", 1250.0, "Italie"),
    ]
    assert not any("status words" in warning for warning in intake.warnings)


@pytest.mark.parametrize(
    "header",
    [
        "Date,Order #,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales",
        "Datum,Bestellnummer #,Status,Kunde,Kundentyp,Produkt(e),Verkaufte Artikel,Gutschein(e),Nettoumsatz",
        "Fecha,Pedido #,Estado,Cliente,Tipo de cliente,Producto(s),Artículos,Cupón(es),Ingresos netos",
        "Date,Commande n°,État,Client,Type de client,Produit(s),Articles vendus,Code(s) promo,Ventes nettes",
    ],
)
def test_woocommerce_analytics_in_the_languages_of_its_shops(read_text: ReadText, header: str):
    rows = '2024-05-01 10:11:12,7,completed,Ada,new,"2× Print, 1× Tote",3,FALL5,42\n'
    rows += "2024-05-03 09:00:00,7,refunded,Ada,new,1× Tote,-1,,-12\n"
    intake = read_text(f"{header}\n{rows}")
    assert intake.files["dialect"][0] == "woocommerce"
    chosen = intake.orders.select(
        "order_id", "customer_id", "status", "gross", "refund", "discount_code", "tags"
    )
    assert chosen.rows() == [("7", "Ada", "partially_refunded", 42.0, 12.0, "FALL5", "new")]
    assert intake.lines["product"].to_list() == ["Print", "Tote"]


def test_any_table_says_its_status_in_another_language(read_text: ReadText):
    text = "commande;courriel;date de commande;montant;statut\n1;a@x.fr;2024-01-05;5,00;annulée\n"
    assert read_text(text).orders["status"].to_list() == ["cancelled"]
