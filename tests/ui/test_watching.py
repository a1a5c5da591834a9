"""A file that changes while it is open is told once, when it has come to rest."""

import os

from cockpit.ui.watching import Watch, seen


def test_a_change_is_told_once_when_it_holds_still(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("a\n1\n")
    watch = Watch([file], seen([file]))
    assert not watch.look()
    file.write_text("a\n1\n2\n")
    assert not watch.look()
    file.write_text("a\n1\n2\n3\n")
    assert not watch.look()
    assert watch.look()
    assert not watch.look()


def test_a_file_replaced_by_one_of_the_same_size_is_told(tmp_path):
    file, other = tmp_path / "orders.csv", tmp_path / "new.csv"
    file.write_text("a\n1\n")
    other.write_text("a\n2\n")
    watch = Watch([file], seen([file]))
    os.utime(other, ns=(file.stat().st_mtime_ns, file.stat().st_mtime_ns))
    other.replace(file)
    assert [watch.look(), watch.look()] == [False, True]


def test_a_file_that_is_gone_for_a_while_is_told_when_it_is_back(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("a\n1\n")
    watch = Watch([file], seen([file]))
    file.unlink()
    assert [watch.look(), watch.look()] == [False, False]
    file.write_text("a\n1\n2\n")
    assert [watch.look(), watch.look()] == [False, True]


def test_a_folder_is_its_files(tmp_path):
    (tmp_path / "january.csv").write_text("a\n")
    watch = Watch([tmp_path], seen([tmp_path]))
    (tmp_path / "february.csv").write_text("a\n")
    assert [watch.look(), watch.look()] == [False, True]


def test_what_was_never_there_is_no_change(tmp_path):
    watch = Watch([tmp_path / "made.csv"], ())
    assert [watch.look(), watch.look()] == [False, False]
