"""Learns the version that the package carries: `python -m kaz_bot.routing.learning`."""

import textwrap
from functools import partial

from kaz_bot.routing import corpus
from kaz_bot.routing.compounds import PARTS, worth_knowing
from kaz_bot.routing.learning.making import made, sizes
from kaz_bot.routing.shipped import SHIPPED, folder
from kaz_bot.routing.words import cut, weighed


def write_parts() -> int:
    """Write the list of words to be looked for in compounds; how many there are."""
    texts = (example.text for example in (*corpus.questions(), *corpus.asked()))
    known = worth_knowing(word.folded for text in texts for word in cut(weighed(text)))
    lines = textwrap.wrap(" ".join(known), 118, break_long_words=False)
    (folder() / PARTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(known)


def main() -> None:
    """Learn, tell the cross-validated figures, and write the version."""
    tell = partial(print, flush=True)
    tell(sizes())
    tell(f"{write_parts()} words that compounds are made of")
    version = made(tell)
    path = folder() / SHIPPED
    path.write_bytes(version.to_bytes())
    tell(f"{path.name}: {path.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
