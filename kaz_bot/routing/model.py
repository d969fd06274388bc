"""Weighs features into probabilities, and tells which of them decided."""

import math
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self
from zlib import crc32

from kaz_bot.routing.features import Feature

# Weights and rarities are kept as whole parts of these: half the memory, and equal everywhere.
WEIGHT_PARTS, RARITY_PARTS = 4000, 4000
MOST_PARTS = 32767

_HEAD = struct.Struct("<4sIIf")
_MAGIC = b"KZM1"


class BrokenModel(ValueError):
    """The bytes are no model, or one of another make."""


@dataclass(frozen=True, kw_only=True)
class LinearModel:
    """A linear classifier of texts, its confidence made honest by a temperature.

    A feature is known by the checksum of its name: `keys` are sorted, and beside each stand its
    rarity (how much the feature counts, whatever it speaks for) and a weight for each label.
    What a text has of the features is brought to length 1, so that long texts shout no louder.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    keys: "array[int]"
    rarities: "array[int]"
    weights: "array[int]"
    temperature: float = 1.0

    def scores(self, features: Sequence[Feature]) -> list[float]:
        """How much the features speak for each label."""
        sums = [0.0] * len(self.labels)
        square = 0.0
        for at, strength, _ in self._known(features):
            square += strength * strength
            row = at * len(sums)
            for label in range(len(sums)):
                sums[label] += strength * self.weights[row + label]
        length = WEIGHT_PARTS * math.sqrt(square) if square else 1.0
        return [bias + value / length for bias, value in zip(self.bias, sums, strict=True)]

    def probabilities(self, features: Sequence[Feature]) -> dict[str, float]:
        """How likely each label is; together they are 1."""
        chances = softmax(self.scores(features), self.temperature)
        return dict(zip(self.labels, chances, strict=True))

    def reasons(self, features: Sequence[Feature], label: str) -> dict[int, float]:
        """How much each word spoke for `label` against the average of the others."""
        chosen, count = self.labels.index(label), len(self.labels)
        reasons: dict[int, float] = {}
        square = 0.0
        for at, strength, words in self._known(features):
            square += strength * strength
            row = self.weights[at * count : (at + 1) * count]
            against = (sum(row) - row[chosen]) / (count - 1)
            share = strength * (row[chosen] - against) / WEIGHT_PARTS / max(1, len(words))
            for word in words:
                reasons[word] = reasons.get(word, 0.0) + share
        length = math.sqrt(square) or 1.0
        return {word: reason / length for word, reason in reasons.items()}

    def strengths(self, features: Sequence[Feature]) -> Iterator[tuple[int, float]]:
        """Where each known feature stands in the model, and how much it counts by its rarity."""
        return ((at, strength) for at, strength, _ in self._known(features))

    def _known(self, features: Sequence[Feature]) -> Iterator[tuple[int, float, tuple[int, ...]]]:
        """Where each feature the model knows stands, how much it counts, and its words."""
        keys, rarities, end = self.keys, self.rarities, len(self.keys)
        for name, value, words in features:
            key = key_of(name)
            at = bisect_left(keys, key)
            if at < end and keys[at] == key:
                yield at, value * rarities[at] / RARITY_PARTS, words

    def at(self, temperature: float) -> Self:
        """The same opinions, held with more doubt (above 1) or with less."""
        return replace(self, temperature=temperature)

    def shifted(self, **more: float) -> Self:
        """With another bias for some labels: what is rarer in life than in the corpus."""
        bias = (
            value + more.get(label, 0.0)
            for label, value in zip(self.labels, self.bias, strict=True)
        )
        return replace(self, bias=tuple(bias))

    def to_bytes(self) -> bytes:
        """The same model, to be read by `from_bytes` on any machine."""
        labels = "\n".join(self.labels).encode()
        head = _HEAD.pack(_MAGIC, len(labels), len(self.keys), self.temperature)
        bias = struct.pack(f"<{len(self.bias)}d", *self.bias)
        return b"".join(
            (head, labels, bias, *map(_little, (self.keys, self.rarities, self.weights)))
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> Self:
        """Raises BrokenModel."""
        try:
            magic, named, count, temperature = _HEAD.unpack_from(source)
            start = _HEAD.size + named
            labels = tuple(source[_HEAD.size : start].decode().split("\n"))
            bias = struct.unpack_from(f"<{len(labels)}d", source, start)
        except (struct.error, UnicodeDecodeError) as problem:
            raise BrokenModel(str(problem)) from problem
        start += 8 * len(labels)
        parts = (("I", 4, count), ("H", 2, count), ("h", 2, count * len(labels)))
        if magic != _MAGIC or len(source) != start + sum(size * many for _, size, many in parts):
            raise BrokenModel("not a model of this make, or cut short")
        tables = []
        for code, size, many in parts:
            tables.append(_array(code, source[start : start + size * many]))
            start += size * many
        keys, rarities, weights = tables
        return cls(
            labels=labels,
            bias=bias,
            keys=keys,
            rarities=rarities,
            weights=weights,
            temperature=temperature,
        )


def key_of(name: str) -> int:
    """The checksum by which a model knows a feature."""
    return crc32(name.encode("utf-8", "surrogatepass"))


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Probabilities from scores; a higher temperature brings them closer together."""
    highest = max(scores)
    parts = [math.exp((score - highest) / temperature) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]


def _little(table: "array[int]") -> bytes:
    if struct.pack("=H", 1) == struct.pack("<H", 1):
        return table.tobytes()
    turned = array(table.typecode, table)
    turned.byteswap()
    return turned.tobytes()


def _array(code: str, source: bytes) -> "array[int]":
    table: array[int] = array(code)
    table.frombytes(source)
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        table.byteswap()
    return table
