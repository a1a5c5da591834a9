"""Damage many export files at random, and see that each is read whole or refused in one sentence.

    python benchmarks/damage.py [--mutations 20000] [--seed 1]

The same machinery runs with fewer files among the tests. The seed makes a failure repeatable: the damaged
file is left where the last line says.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.ingest.test_damage import damaged, kinds, try_damaged


def main() -> int:
    """Damage the files in turn and count what became of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, whole, came_of = random.Random(asked.seed), kinds(), Counter[tuple[str, str]]()
    began = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="damage-"))
    for number in range(asked.mutations):
        kind = list(whole)[number % len(whole)]
        path = folder / kind
        path.write_bytes(damaged(whole[kind], chance))
        try:
            came_of[kind, try_damaged(path)] += 1
        except BaseException:
            print(f"Mutation {number} of seed {asked.seed} is {path}.", file=sys.stderr)
            raise
        path.unlink()
    folder.rmdir()
    print(f"{'file':12}{'read':>8}{'refused':>10}")
    for kind in whole:
        print(f"{kind:12}{came_of[kind, 'read']:8,}{came_of[kind, 'refused']:10,}")
    print(f"{asked.mutations:,} damaged files in {time.perf_counter() - began:.0f} s: none broke anything.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
