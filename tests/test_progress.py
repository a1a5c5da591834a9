"""Where work stands: shares never go back, rates and ends are those of the work at hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.cli.opening import sample_shop
from cockpit.errors import Cancelled
from cockpit.progress import Meter, Pace, Pass, Standing, Step, silent
from cockpit.shop import Shop


class Watch:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def standings(*timed: tuple[float, Step]) -> list[Standing]:
    watch = Watch()
    pace = Pace(watch)
    found = []
    for now, step in timed:
        watch.now = now
        found.append(pace.take(step))
    return found


def test_a_rate_and_an_end_are_told_once_they_mean_something():
    first, early, later = standings(
        (0.0, Step("reading", 0, 100_000_000)),
        (0.1, Step("reading", 9_000_000, 100_000_000)),
        (2.0, Step("reading", 20_000_000, 100_000_000)),
    )
    assert (first.share, first.pace) == (0.0, "")
    assert (early.share, early.pace) == (0.09, "")
    assert (later.share, later.rate, later.left) == (0.2, 10_000_000, 8.0)
    assert later.pace == "10 MB/s, about 8 s left"


@pytest.mark.parametrize(
    ("step", "pace"),
    [
        (Step("cleaning", 1_230_000, 0), "1,200,000 rows/s"),
        (Step("cleaning", 1_000, 2_001_000), "1,000 rows/s, about 33 min left"),
        (Step("tables", 10, 100_000), "10 rows/s, about 3 h left"),
        (Step("reading", 1_500_000, 0), "1.5 MB/s"),
        (Step("reading", 0, 10), ""),
    ],
)
def test_paces_are_said_in_the_units_of_their_stage(step: Step, pace: str):
    assert standings((0.0, Step(step.stage, 0, step.total)), (1.0, step))[-1].pace == pace


def test_a_stage_begins_at_its_own_pace():
    told = standings(
        (0.0, Step("reading", 0, 10)), (5.0, Step("reading", 10, 10)), (5.1, Step("cleaning", 0, 4))
    )
    assert (told[-1].share, told[-1].rate) == (0.0, None)


def test_work_that_has_to_be_done_again_has_its_own_pace_and_moves_the_share_on():
    first, half, again, on = standings(
        (0.0, Step("reading", 0, 100)),
        (1.0, Step("reading", 80, 100)),
        (1.1, Step("reading", 80, 180)),
        (2.1, Step("reading", 90, 180)),
    )
    assert (first.share, half.share, again.share) == (0.0, 0.8, 0.8)
    assert on.share == pytest.approx(0.82)
    assert on.rate == pytest.approx(10)
    assert on.left == pytest.approx(9)


@given(
    st.lists(st.tuples(st.integers(1, 50), st.lists(st.integers(0, 60), max_size=6)), min_size=1, max_size=5)
)
def test_what_is_done_never_goes_back_however_often_files_are_read(files: list[tuple[int, list[int]]]):
    steps: list[Step] = []
    meter = Meter(steps.append, "reading", sum(size for size, _told in files))
    for size, told in files:
        file = Pass(meter, size)
        for done in told:
            file.at(done)
        file.end()
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert steps[-1].done == steps[-1].total == meter.total
    pace = Pace()
    shares = [pace.take(step).share or 0.0 for step in steps]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_a_file_read_again_says_so():
    steps: list[Step] = []
    file = Pass(Meter(steps.append, "cleaning", 10), 10, "a.csv")
    for done in (0, 4, 0, 10):
        file.at(done)
    assert [(step.done, step.total, step.note) for step in steps] == [
        (0, 10, "a.csv"), (4, 10, "a.csv"), (4, 14, "a.csv once more"), (14, 14, "a.csv once more"),
    ]  # fmt: skip


def test_work_beyond_what_is_planned_has_no_total():
    steps: list[Step] = []
    Meter(steps.append, "reading").move(5)
    assert steps == [Step("reading", 5, 0)]


def test_who_is_told_may_stop_the_work():
    def stop(step: Step) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Meter(stop, "tables").move()
    silent(Step("tables"))


def test_the_bar_is_full_only_when_all_is_done():
    steps: list[Step] = []
    with Shop.open(sample_shop(), progress=steps.append):
        last = steps[-1]
    assert last.done == last.total > 0
    assert [step.note for step in steps if step.stage == last.stage and step.done == step.total] == [
        last.note
    ]
