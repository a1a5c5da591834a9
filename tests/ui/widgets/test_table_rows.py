import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.ui.widgets.table_rows import PAGE_ROWS, Rows, matching, ordering


def test_numbers_sort_by_value_with_null_and_nan_last_either_way():
    frame = pl.DataFrame({"v": [2.0, None, 10.0, float("nan"), -1.0]})
    assert ordering(frame, "v", False).to_list()[:3] == [4, 0, 2]
    assert ordering(frame, "v", True).to_list()[:3] == [2, 0, 4]
    assert set(ordering(frame, "v", True).to_list()[3:]) == {1, 3}


def test_text_sorts_without_case_and_ties_keep_their_order():
    frame = pl.DataFrame({"name": ["b", "A", "a", None, "B"]})
    assert ordering(frame, "name", False).to_list() == [1, 2, 0, 4, 3]
    assert ordering(frame, "name", True).to_list() == [0, 4, 1, 2, 3]


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5))), st.booleans())
def test_order_is_that_of_a_stable_sort(values: list[int | None], descending: bool):
    frame = pl.DataFrame({"v": values}, schema={"v": pl.Int64})
    known = [row for row, value in enumerate(values) if value is not None]
    expected = sorted(known, key=lambda row: values[row] * (-1 if descending else 1))
    expected += [row for row, value in enumerate(values) if value is None]
    assert ordering(frame, "v", descending).to_list() == expected


def test_an_index_limits_what_is_sorted_and_marked():
    frame = pl.DataFrame({"v": [5, 4, 3, 2, 1], "name": list("abcde")})
    base = pl.Series([0, 2, 4], dtype=pl.UInt32)
    rows = Rows(frame, ("v", "name"), base)
    rows.arrange(ordering(frame, "v", False, base))
    assert rows.index.to_list() == [4, 2, 0]
    rows.marks[2] = True
    rows.invert_marks()
    assert rows.marked().to_list() == [4, 0]
    assert rows.marked_count == 2
    assert rows.position_of(2) == 1
    assert rows.position_of(1) is None


def test_nested_values_keep_their_order():
    frame = pl.DataFrame({"tags": [["b"], ["a"]]})
    assert ordering(frame, "tags", True).to_list() == [0, 1]


def test_a_search_is_literal_and_knows_no_case():
    frame = pl.DataFrame(
        {"name": ["ØSTBY (1.5)", "Ostby", None], "city": ["x", "a.c", "abc"], "n": [1, 2, 3]},
        schema_overrides={"city": pl.Categorical},
    )
    assert matching(frame, ("name", "city", "n"), "østby (1.").tolist() == [True, False, False]
    assert matching(frame, ("name", "city", "n"), "A.C").tolist() == [False, True, False]
    assert matching(frame, ("n",), "1").tolist() == [False, False, False]


def test_marks_and_place_follow_a_key_into_a_new_frame():
    before = Rows(pl.DataFrame({"id": [10, 20, 30]}), ("id",))
    before.marks[[0, 2]] = True
    after = Rows(pl.DataFrame({"id": [30, 40, 20]}), ("id",))
    assert after.follow(before, "id", 1) == 2
    assert after.marks.tolist() == [True, False, False]


@pytest.fixture(scope="module")
def million() -> pl.DataFrame:
    count = 1_000_000
    return pl.select(
        pl.concat_str(pl.lit("Customer "), pl.int_range(count)).alias("name"),
        pl.concat_str(pl.lit("user"), pl.int_range(count), pl.lit("@example.com")).alias("email"),
        (pl.int_range(count) * 7919 % count).alias("value"),
    )


def test_of_a_million_rows_a_page_is_fetched(million):
    rows = Rows(million, ("name", "email", "value"))
    rows.arrange(ordering(million, "value", True))
    for position in range(100_000, 900_000, 100_000):
        page, place = rows.page(position)
        assert page.values[place][2] == 999_999 - position
        assert len(page.values) == PAGE_ROWS


def test_a_million_rows_are_searched_without_case(million):
    assert matching(million, ("name", "email", "value"), "USER999999@").sum() == 1
