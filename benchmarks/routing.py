"""Measures what routing costs, and what it reaches on the development examples if they are present.

    python -m benchmarks.routing

The figures of cross-validation are printed by the training: `python -m kaz_bot.routing.training`.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from statistics import median, quantiles

from kaz_bot.routing import Router, corpus
from kaz_bot.routing.figures import calibration_error, reliability, share
from tests.routing import development
from tests.routing.development import Asked, Said

MOST_SECONDS_TO_LOAD = 1.0
MOST_MEBIBYTES = 80
MOST_MILLISECONDS = 5.0
GROWTH = """
import tracemalloc
tracemalloc.start()
from kaz_bot.routing import Router
Router.shipped().classify("Wer schreibt das Protokoll?")
print(tracemalloc.get_traced_memory()[1])
"""
HUGE = "Verlängert sich der Rahmenvertrag für Notebooks automatisch? " * 1100


def loaded() -> tuple[Router, bool]:
    start = time.perf_counter()
    router = Router.shipped()
    router.classify("Die erste Frage liest auch die Wortlisten.")
    seconds = time.perf_counter() - start
    print(f"ready after                {seconds:6.2f} s    (at most {MOST_SECONDS_TO_LOAD})")
    return router, seconds <= MOST_SECONDS_TO_LOAD


def memory() -> bool:
    """Of a process of its own, so that nothing is loaded yet when it begins."""
    told = subprocess.run([sys.executable, "-c", GROWTH], check=True, capture_output=True)
    mebibytes = int(told.stdout) / 2**20
    print(f"memory at its peak         {mebibytes:6.1f} MiB  (at most {MOST_MEBIBYTES})")
    return mebibytes <= MOST_MEBIBYTES


def speed(router: Router) -> bool:
    texts = [example.text for example in (*corpus.questions(), *corpus.chatter())]
    taken = [_milliseconds(router, text) for text in texts]
    print(f"one message, median        {median(taken):6.2f} ms   (at most {MOST_MILLISECONDS})")
    print(f"one message, 99 in 100     {quantiles(taken, n=100)[98]:6.2f} ms")
    print(f"a message of 64 KiB        {_milliseconds(router, HUGE):6.2f} ms")
    return median(taken) <= MOST_MILLISECONDS


def _milliseconds(router: Router, text: str) -> float:
    start = time.perf_counter()
    router.classify(text)
    return (time.perf_counter() - start) * 1000


def areas(router: Router, questions: Sequence[Asked]) -> None:
    found = [(router.classify(asked.text), asked) for asked in questions]
    calls = [(called.confidence, called.area in asked.right) for called, asked in found]
    print(f"area (or also)             {share([right for _, right in calls])}")
    print(f"expected calibration error {calibration_error(calls):6.3f}")
    for group in reliability(calls):
        print(f"  called with {group.confidence:.2f}         {group.right}")
    urgent = [called.urgent for called, asked in found if asked.urgent]
    calm = [called.urgent for called, asked in found if not asked.urgent]
    print(f"urgent, recall             {share(urgent)}")
    print(f"urgent, false alarms       {share(calm)}")


def intent(router: Router, messages: Sequence[Said]) -> None:
    found = [(router.classify(said.text).is_question, said) for said in messages]
    unwanted = [offered for offered, said in found if not said.is_question]
    print(f"question or chatter        {share([one == said.is_question for one, said in found])}")
    print(f"false offers               {share(unwanted)}")


def main() -> int:
    router, quick = loaded()
    kept = (quick, memory(), speed(router))
    if development.FOLDER.exists():
        areas(router, development.asked())
        intent(router, development.said())
    else:
        print("development examples       not run: they are not beside the repository")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
