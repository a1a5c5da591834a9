from tests.shops import Order, intake_from, open_intake, shop_from


def test_a_shop_is_made_of_purchases():
    with shop_from(
        [("ann", "2025-01-01", 20.0), ("ann", "2025-03-01", 30.0), ("bob", "2025-03-05", None)]
    ) as shop:
        assert (shop.facts.orders, shop.facts.customers, shop.facts.value) == (3, 2, 50.0)
        assert shop.facts.as_of.isoformat() == "2025-03-05"


def test_settings_and_left_out_rows_reach_the_shop():
    orders = [
        Order("ann", "2025-01-01"),
        Order(None, "2025-01-02"),
        Order("ann", "2025-06-02", status="cancelled"),
    ]
    intake = intake_from(orders, excluded=[("blank", "")], warnings=("Look.",))
    with open_intake(intake, value="goods") as shop:
        assert shop.settings.value == "goods"
        assert shop.facts.excluded == {"anonymous": 1, "cancelled": 1, "blank": 1}
        assert shop.facts.warnings == ("Look.",)


def test_the_regulars_have_a_churn_rate(regular_shop):
    assert regular_shop.kpi("churn_rate").value is not None
    assert regular_shop.listing("at_risk").frame.columns[0] == "customer_key"
