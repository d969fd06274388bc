"""Brings a document into the form that `report.typ` takes: every word of it can be printed."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from kaz_bot.typesetting.characters import LONGEST_WORD, shown
from kaz_bot.typesetting.documents import (
    Block,
    Document,
    Facts,
    Figure,
    Heading,
    Items,
    KeyFigures,
    Paragraph,
    Quote,
    Table,
)
from kaz_bot.typesetting.widths import room, widths

_Form = Mapping[str, object]
# A file without a title, or a picture without words for it, is not accessible.
_NAMELESS = "–"
_DEEPEST = 3
# How many letters wide the labels of facts are; the same in the whole document.
_NARROWEST_LABEL, _WIDEST_LABEL = 12, 30
# What repeats on every page, or stands in one piece, has no more letters than this.
_MOST_IN_NAME = 200
_MOST_IN_HEADING = 1000


@dataclass(frozen=True)
class Fitting:
    """Fits documents to these letters, given by their code points."""

    letters: Set[int]

    def document(self, document: Document) -> _Form:
        """The whole, as JSON can say it."""
        return {
            "language": document.language.value,
            "title": self._name(document.title, _MOST_IN_HEADING) or _NAMELESS,
            "subtitle": self._words(document.subtitle),
            "author": self._name(document.author),
            "subject": self._name(document.subject, _MOST_IN_HEADING),
            "page_words": self._name(document.page_words),
            "label_width": _label_width(document),
            "banner": document.banner,
            "blocks": list(self._blocks(document.blocks)),
            "notes": [note for note in map(self._words, document.notes) if note],
        }

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[_Form]:
        """The blocks that say anything. A heading is at most one level below the one before."""
        level = 0
        for block in blocks:
            if isinstance(block, Heading):
                if text := self._name(block.text, _MOST_IN_HEADING):
                    level = max(1, min(block.level, level + 1, _DEEPEST))
                    yield {"kind": "heading", "level": level, "text": text}
            elif form := self._block(block):
                yield form

    def _block(self, block: Block) -> _Form:
        match block:
            case Paragraph():
                text = self._words(block.text)
                return {"kind": "paragraph", "text": text, "quiet": block.quiet} if text else {}
            case Facts():
                return self._facts(block)
            case Table():
                return self._table(block)
            case Items():
                texts = [self._words(text) for text in block.texts]
                return (
                    {"kind": "items", "texts": texts, "numbered": block.numbered} if texts else {}
                )
            case Quote():
                text, source = self._words(block.text), self._words(block.source)
                return {"kind": "quote", "text": text, "source": source} if text else {}
            case Figure():
                return self._figure(block)
            case KeyFigures():
                return self._key_figures(block)
        return {}

    def _facts(self, block: Facts) -> _Form:
        facts = [
            {
                "label": self._name(fact.label, width=_NARROWEST_LABEL),
                "value": self._words(fact.value),
            }
            for fact in block.facts
        ]
        return {"kind": "facts", "facts": facts} if facts else {}

    def _table(self, block: Table) -> _Form:
        wide = widths(block)
        return {
            "kind": "table",
            "caption": self._name(block.caption, _MOST_IN_HEADING),
            "widths": wide,
            "numeric": [column.numeric for column in block.columns],
            "dense": block.dense,
            "summed": block.summed,
            "headings": [
                self._name(column.heading, width=room(width))
                for column, width in zip(block.columns, wide, strict=True)
            ],
            "rows": [
                [self._words(cell, room(width)) for cell, width in zip(row, wide, strict=True)]
                for row in block.rows
            ],
        }

    def _figure(self, block: Figure) -> _Form:
        return {
            "kind": "figure",
            "content": list(block.content),
            "format": block.format.value,
            "alternative": self._words(block.alternative) or _NAMELESS,
            "caption": self._name(block.caption, _MOST_IN_HEADING),
            "above": block.above,
        }

    def _key_figures(self, block: KeyFigures) -> _Form:
        figures = [
            {
                "value": self._name(figure.value, width=_NARROWEST_LABEL),
                "label": self._name(figure.label, width=_NARROWEST_LABEL),
                "note": self._name(figure.note, width=_NARROWEST_LABEL),
            }
            for figure in block.figures
        ]
        return {"kind": "key_figures", "figures": figures} if figures else {}

    def _name(self, text: str, most: int = _MOST_IN_NAME, *, width: int = LONGEST_WORD) -> str:
        """In one paragraph, and cut when it is too long for its place."""
        cut = text if len(text) <= most else f"{text[: most - 1]}…"
        return " ".join(self._words(cut, width).split("\n"))

    def _words(self, text: str, width: int = LONGEST_WORD) -> str:
        return shown(text, self.letters, min(width, LONGEST_WORD))


def _label_width(document: Document) -> int:
    facts = (block.facts for block in document.blocks if isinstance(block, Facts))
    longest = max((len(fact.label) for each in facts for fact in each), default=0)
    return max(_NARROWEST_LABEL, min(longest, _WIDEST_LABEL))
