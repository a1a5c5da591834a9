"""The command line as a process: what it imports, what it leaves on its streams, how it ends."""

import os
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cockpit.cli.arguments import COMMANDS, OPEN

ROOT = Path(__file__).resolve().parent.parent
DATA_LIBRARIES = {"polars", "duckdb", "numpy", "scipy", "textual", "rich", "plotext", "babel"}
COCKPIT = [sys.executable, "-m", "cockpit"]


def _run(*words, **options):
    return subprocess.run(
        [*COCKPIT, *words],
        cwd=options.pop("cwd", ROOT),
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})},
        **options,
    )


@pytest.mark.parametrize(
    "script",
    [
        "import cockpit",
        "import cockpit.cli.commands",
        "import cockpit.ui.start",
        "from cockpit.cli import main; main(['report', '--help'])",
        "from cockpit.cli import main; main(['reprot'])",
        "from cockpit.cli import main; main(['report', 'a.csv', '--period', 'week'])",
        "from cockpit.cli import main; main(['no_such.csv'])",
    ],
)
def test_no_data_library_is_imported_before_a_file_is_read(script):
    code = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {script}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    loaded = {name.partition(".")[0] for name in done.stderr.splitlines()[-1].split()}
    assert "cockpit" in loaded
    assert loaded & DATA_LIBRARIES == set()


def test_help_takes_no_time():
    def seconds(*words):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    # Processor time, so that a busy machine doesn't count.
    bare = min(seconds("-c", "") for _ in range(3))
    helped = min(seconds("-m", "cockpit", "--help") for _ in range(3))
    assert helped - bare < 0.1


def test_help_and_version_go_to_standard_output():
    for words in ((), ("--help",), ("--version",)):
        done = _run(*words)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"cockpit" in done.stdout


@pytest.mark.parametrize("where", ["stdout", "stderr"])
def test_a_closed_stream_is_no_crash(where):
    shell = f"{shlex.join([*COCKPIT, 'list'])} {'>&-' if where == 'stdout' else '2>&-'}"
    done = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True, check=False)
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", [*COMMANDS.values()], ids=lambda command: command.name)
def test_the_example_of_each_command_works(command, small_sample, tmp_path):
    (tmp_path / "sample_data").symlink_to(small_sample.parent)
    words = shlex.split(command.example)
    assert words[0] == "cockpit"
    done = _run(*words[1:], cwd=tmp_path)
    if command.wants_files:
        assert done.returncode == 0
        assert done.stderr == b"" or command.name == "list"
        assert done.stdout or (tmp_path / "at_risk.csv").stat().st_size
    else:
        _asks_for_a_terminal(done)


def test_without_a_terminal_the_cockpit_says_so_at_once():
    done = _run(*shlex.split(OPEN.example)[1:])
    _asks_for_a_terminal(done)


def _asks_for_a_terminal(done):
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"cockpit report" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.csv", None), ("empty.csv", b""), ("fake.parquet", b"PAR1 no"), ("words.csv", b"a,b\n1,2\n")],
)
def test_a_file_that_cant_be_used_is_one_sentence(tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = _run("check", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"cockpit: ")
    assert name.encode() in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_reader_that_leaves_is_no_error():
    shell = f"{shlex.join([*COCKPIT, 'list', 'customers', 'sample_data/shop.parquet'])} | head -1"
    done = subprocess.run(
        ["bash", "-c", f"{shell}; exit ${{PIPESTATUS[0]}}"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.stdout.count(b"\n") == 1
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_a_full_disk_is_said(small_sample):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    shell = f"{shlex.join([*COCKPIT, 'check', str(small_sample)])} > /dev/full"
    done = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"cockpit: The output can't be written: No space left on device.\n")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_quietly_and_leaves_nothing_behind(tmp_path, sent, status):
    statement = "select sum(a.value * b.value) from customers a, customers b, customers c"
    running = subprocess.Popen(
        [*COCKPIT, "sql", statement, "sample_data/shop.parquet"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("cockpit-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)  # by now it builds tables, or answers
    running.send_signal(sent)
    out, err = running.communicate(timeout=60)
    # Python ends itself by the signal where a library met it; a shell calls both 130.
    assert running.returncode in (status, -sent)
    assert (out, err) == (b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_json_and_csv_are_utf_8_and_text_fits_any_terminal(small_sample):
    env = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    csv = _run("list", "customers", str(small_sample), env=env)
    assert "å" in csv.stdout.decode("utf-8")
    page = _run("check", str(small_sample), env=env)
    assert page.returncode == 0
    assert page.stdout.isascii()
