# The few commands a newcomer needs; `.venv` comes from the README's second command.

python := ".venv/bin/python"

# ruff and mypy
check:
    {{python}} -m pip install -q -e '.[test,check]'
    {{python}} -m ruff check
    {{python}} -m ruff format --check
    {{python}} -m mypy

# all tests on two cores, or those named
test *which:
    {{python}} -m pytest -n 2 {{which}}

# draw the golden screens anew, then look at what changed
golden:
    {{python}} -m pytest tests/screens --update-golden
    git diff --stat tests/screens

# what is fast, as ratios against something a reader knows
bench:
    for each in load forecast; do {{python}} benchmarks/$each.py; done

# twenty thousand damaged files, in about ten minutes: none may break anything
damage *options:
    {{python}} benchmarks/damage.py {{options}}

# the parts of the README that are made of the code
readme:
    {{python}} -m tests.readme

# the cockpit on the sample shop
demo:
    {{python}} -m cockpit demo
