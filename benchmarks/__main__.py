"""Runs all benchmarks, each in a process of its own; exit status 1 if one misses its goal.

python -m benchmarks [latency] [store] [reminders] [routing] [search]
"""

import subprocess
import sys

BENCHMARKS = ("latency", "store", "reminders", "routing", "search")


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(BENCHMARKS)
    if unknown:
        print(f"There are {', '.join(BENCHMARKS)}, but no {', '.join(sorted(unknown))}.")
        return 2
    missed = [name for name in wanted or BENCHMARKS if not _reaches_its_goal(name)]
    print(f"\nGoals missed by: {', '.join(missed)}" if missed else "\nAll goals reached")
    return 1 if missed else 0


def _reaches_its_goal(name: str) -> bool:
    print(f"\n== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
