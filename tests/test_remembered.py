"""Answers given before, and what makes them answers to another question."""

from dataclasses import dataclass, replace

from cockpit import remembered
from cockpit.conditions import parse
from cockpit.remembered import Remembered
from tests.shops import shop_from

ORDERS = [
    ("ann", "2024-01-05", 10.0), ("ann", "2024-06-05", 20.0), ("bob", "2024-03-01", 5.0),
    ("cat", "2024-08-01", 7.0), ("cat", "2024-12-01", 9.0), ("dan", "2024-12-30", 3.0),
]  # fmt: skip
TWICE = (parse("purchases>=2"),)


@dataclass(frozen=True)
class Answer:
    says: str
    generation: int

    def under(self, generation: int) -> "Answer":
        return replace(self, generation=generation)


def test_the_same_question_is_asked_once_and_its_answer_is_about_the_scope_of_today():
    held = Remembered()
    assert held.answer("q", 1, lambda: Answer("first", 1)) == Answer("first", 1)
    assert held.answer("q", 2, lambda: Answer("second", 2)) == Answer("first", 2)
    assert held.answer("another", 2, lambda: Answer("second", 2)) == Answer("second", 2)


def test_what_was_not_asked_for_long_is_forgotten():
    held = Remembered()
    for number in range(remembered.MOST_KEPT + 1):
        held.answer(number, 1, lambda: Answer("first", 1))
        held.answer(0, 1, lambda: Answer("again", 1))
    assert held.answer(0, 2, lambda: Answer("anew", 2)).says == "first"
    assert held.answer(1, 2, lambda: Answer("anew", 2)).says == "anew"


def test_an_answer_of_an_earlier_filter_opens_to_the_same_customers_when_the_filter_comes_back():
    with shop_from(ORDERS, window=90) as shop:
        everyone = shop.panel("bridge"), shop.kpi("active_customers")
        shop.filter(TWICE)
        narrowed = shop.panel("bridge"), shop.kpi("active_customers")
        shop.filter(())
        again = shop.panel("bridge"), shop.kpi("active_customers")
        assert again[0].frame.equals(everyone[0].frame)
        assert again[1].value == everyone[1].value != narrowed[1].value
        assert again[0].generation == again[1].figures.generation == shop.generation
        assert shop.open_figure(again[1].figures, "value").frame.height == again[1].value


def test_under_another_definition_the_same_filter_is_another_question():
    with shop_from(ORDERS, window=90) as shop:
        narrow = shop.kpi("active_customers").value
        shop.change(window=365)
        assert shop.kpi("active_customers").value > narrow
        shop.change(window=90)
        assert shop.kpi("active_customers").value == narrow
