import polars as pl
from polars.testing import assert_frame_equal

from sample_data import truth
from sample_data.large import write_large


def test_a_big_shop_has_about_two_orders_a_customer_in_order_of_time(tmp_path, lines):
    count = write_large(tmp_path / "big.parquet", customers=5_000, seed=1)
    big = pl.read_parquet(tmp_path / "big.parquet")
    assert len(big) == count
    assert big["customer_id"].n_unique() == 5_000
    assert 1.7 < count / 5_000 < 2.7
    assert big["ordered_at"].is_sorted()
    assert big["ordered_at"].dt.date().is_between(truth.FIRST_DAY, truth.LAST_DAY).all()
    assert big["order_id"].is_unique().all()
    assert big.schema.items() <= lines.schema.items()


def test_the_same_seed_gives_the_same_big_shop(tmp_path):
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        write_large(tmp_path / name, customers=200, seed=seed)
    one, same, other = (pl.read_parquet(tmp_path / name) for name in ("one", "same", "other"))
    assert_frame_equal(one, same)
    assert not one.equals(other)
