import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cockpit import files
from cockpit.errors import InputError, UsageError
from cockpit.files import write_together, write_whole


def writing(content: bytes):
    return lambda file: file.write(content)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_holds_what_was_written_for_its_owner_only(tmp_path):
    old_mask = os.umask(0)
    try:
        write_whole(tmp_path / "list.csv", writing(b"a,b\n1,2\n"))
    finally:
        os.umask(old_mask)
    assert (tmp_path / "list.csv").read_bytes() == b"a,b\n1,2\n"
    assert stat.S_IMODE((tmp_path / "list.csv").stat().st_mode) == 0o600
    assert names(tmp_path) == {"list.csv"}


def test_a_bare_name_means_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_whole(Path("list.csv"), writing(b"x"))
    assert names(tmp_path) == {"list.csv"}


def test_an_existing_file_is_kept_unless_told(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    with pytest.raises(UsageError, match=r"exists already.*--force"):
        write_whole(path, writing(b"new"))
    assert path.read_bytes() == b"old"
    write_whole(path, writing(b"new"), overwrite=True)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == {"list.csv"}


def test_a_file_made_meanwhile_is_kept_too(tmp_path):
    path = tmp_path / "list.csv"
    with pytest.raises(UsageError, match="exists already"):
        write_whole(path, lambda file: path.write_bytes(b"theirs"))
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == {"list.csv"}


def test_a_disk_without_hard_links_gets_the_file_as_well(tmp_path, monkeypatch):
    def refuse(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_whole(tmp_path / "list.csv", writing(b"x"))
    assert names(tmp_path) == {"list.csv"}
    with pytest.raises(UsageError, match="exists already"):
        write_whole(tmp_path / "list.csv", writing(b"y"))


def test_links_folders_and_devices_are_refused(tmp_path):
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    (tmp_path / "link.csv").symlink_to(target)
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("link.csv", "dangling.csv", "folder.csv", "pipe.csv"):
        with pytest.raises(UsageError, match="Name another file"):
            write_whole(tmp_path / name, writing(b"x"), overwrite=True)
    assert target.read_bytes() == b"precious"
    assert not (tmp_path / "nowhere").exists()


def test_what_the_folder_refuses_is_said_plainly(tmp_path, monkeypatch):
    with pytest.raises(InputError, match=r"There is no folder .*missing"):
        write_whole(tmp_path / "missing" / "list.csv", writing(b"x"))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="There is no folder"):
        write_whole(tmp_path / "file" / "list.csv", writing(b"x"))
    with pytest.raises(InputError, match="too long"):
        write_whole(tmp_path / ("x" * 300), writing(b"x"))

    def forbid(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", forbid)
    with pytest.raises(InputError, match="may not write into the folder"):
        write_whole(tmp_path / "list.csv", writing(b"x"))


def test_a_full_disk_leaves_the_old_file(tmp_path):
    """The kernel refuses more than 64 kB a file, as a full disk would."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    code = """
import pathlib, resource, sys
from cockpit.errors import InputError
from cockpit.files import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    write_whole(pathlib.Path(sys.argv[1]), lambda file: file.write(b"x" * 1_000_000), overwrite=True)
except InputError as error:
    print(error)
"""
    said = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("The disk is full")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"list.csv"}


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt])
def test_a_writer_that_fails_leaves_nothing(tmp_path, raised):
    def fail(file):
        file.write(b"half")
        raise raised

    with pytest.raises(raised):
        write_whole(tmp_path / "list.csv", fail)
    assert names(tmp_path) == set()


def test_together_is_all_or_none(tmp_path):
    def fail(file):
        raise ValueError

    one, two = tmp_path / "list.csv", tmp_path / "list.csv.about.json"
    with pytest.raises(ValueError):
        write_together({one: writing(b"1"), two: fail})
    assert names(tmp_path) == set()
    two.write_bytes(b"old")
    with pytest.raises(UsageError, match=r"about\.json exists"):
        write_together({one: writing(b"1"), two: writing(b"2")})
    assert names(tmp_path) == {two.name}
    write_together({one: writing(b"1"), two: writing(b"2")}, overwrite=True)
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")


def test_only_leftovers_of_dead_runs_are_swept(tmp_path):
    (tmp_path / ".cockpit-0123.part").write_bytes(b"left by a killed run")
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / ".cockpit-link.part").symlink_to(tmp_path / "precious")
    (tmp_path / ".cockpit-notes.txt").write_bytes(b"somebody else's")

    def write_another_meanwhile(file):
        file.write(b"outer")
        write_whole(tmp_path / "inner.csv", writing(b"inner"))

    write_whole(tmp_path / "outer.csv", write_another_meanwhile)
    assert (tmp_path / "outer.csv").read_bytes() == b"outer"
    assert (tmp_path / "inner.csv").read_bytes() == b"inner"
    assert names(tmp_path) == {
        "outer.csv",
        "inner.csv",
        "precious",
        ".cockpit-link.part",
        ".cockpit-notes.txt",
    }


def test_a_killed_run_leaves_a_whole_file(tmp_path):
    path = tmp_path / "list.csv"
    code = """
import itertools, pathlib, sys
from cockpit.files import write_whole
def fill(letter):
    def write(file):
        for _ in range(64):
            file.write(letter * 8192)
            file.flush()
    return write
for letter in itertools.cycle((b"a", b"b")):
    write_whole(pathlib.Path(sys.argv[1]), fill(letter), overwrite=True)
"""
    moments = random.Random(2)
    for _ in range(8):
        run = subprocess.Popen([sys.executable, "-c", code, path])
        patience = time.monotonic() + 20
        while not path.exists() and time.monotonic() < patience:
            time.sleep(0.01)
        time.sleep(moments.uniform(0.05, 0.12))
        run.send_signal(signal.SIGKILL)
        run.wait()
        content = path.read_bytes()
        assert len(content) == 64 * 8192
        assert len(set(content)) == 1
    write_whole(path, writing(b"done"), overwrite=True)
    assert names(tmp_path) == {"list.csv"}
