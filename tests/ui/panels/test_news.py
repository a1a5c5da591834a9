from dataclasses import replace

import polars as pl
import pytest

from cockpit.formats import Formatter
from cockpit.ui.panels.news import news

POUNDS = Formatter.for_currency("GBP")


@pytest.fixture
def told(shop):
    """The sentence about one topic, its row changed."""
    figures = shop.panel("worth_knowing")

    def make(topic="churn", *, brief=False, **changed):
        row = {
            "topic": topic, "missing": 20, "of_all": 100, "share": 0.2, "share_low": 0.13, "share_high": 0.29,
            "compared": "year", "share_then": 0.05, "difference": 0.15, "difference_low": 0.06,
            "difference_high": 0.24, "verdict": "rose", "money": 1_234_567.0, "mostly": "once",
            "why_null": None, **changed,
        }  # fmt: skip
        frame = pl.DataFrame([row], schema=figures.frame.schema)
        return news(replace(figures, frame=frame), POUNDS, brief=brief)[0]

    return make


def plain(said):
    return said.drawn.plain.replace("\u00a0", " ")


def test_the_words_follow_the_verdict(told):
    who = "20 of 100 customers lost, worth £1.2 M so far, mostly one-time buyers."
    assert plain(told()) == f"▲ Churn rose to 20.0% (13.0–29.0%) from 5.0% a year earlier: {who}"
    assert plain(told(verdict="fell", share_then=0.4)) == (
        f"▼ Churn fell to 20.0% (13.0–29.0%) from 40.0% a year earlier: {who}"
    )
    assert plain(told(verdict="unclear", compared="before")) == (
        f"≈ Churn is 20.0% (13.0–29.0%), no clear change from 5.0% in the span before: {who}"
    )
    assert plain(told(verdict="alone", compared=None, share_then=None)) == (
        f"· Churn is 20.0% (13.0–29.0%): {who}"
    )


def test_nothing_is_said_of_kind_or_worth_that_is_not_known(told):
    assert plain(told(mostly="mixed", money=None)).endswith(": 20 of 100 customers lost.")
    assert plain(told(mostly=None, missing=0, money=None)).endswith(": 0 of 100 customers lost.")
    assert plain(told(brief=True)).endswith(": 20 of 100 customers lost.")
    assert plain(told(of_all=1, missing=1, brief=True)).endswith(": 1 of 1 customer lost.")


def test_each_topic_has_words_of_its_own(told):
    assert plain(told("silent", mostly="repeat")) == (
        "▲ The share at risk rose to 20.0% (13.0–29.0%) from 5.0% a year earlier:"
        " 20 of 100 active customers, worth £1.2 M so far, mostly repeat buyers."
    )
    assert plain(told("no_second")) == (
        "▲ The share without a second order rose to 20.0% (13.0–29.0%) from 5.0% a year earlier:"
        " 20 of 100 newcomers not back within 90 days."
    )


def test_a_share_that_is_not_known_says_why(told):
    said = told(verdict=None, why_null="unfinished")
    assert plain(said) == "· Churn is not known: the span is not over yet."
