"""Rewrite the files of this folder: `python sample_data/generate.py`. Same seed, same content."""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    sys.path.insert(0, str(FOLDER.parent))  # so that the folder is a package, from wherever this is started
    from sample_data import made

    made.write(made.make(), FOLDER)


if __name__ == "__main__":
    main()
