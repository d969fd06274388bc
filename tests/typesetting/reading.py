"""Reads PDFs back with two libraries that share no code with the one that writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject
from pypdfium2 import PdfDocument


@dataclass(frozen=True)
class Printed:
    """A file, and what its readers get of it."""

    content: bytes

    @cached_property
    def _reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.content), strict=True)

    @cached_property
    def _tree(self) -> DictionaryObject:
        found = self._reader.root_object["/StructTreeRoot"].get_object()
        assert isinstance(found, DictionaryObject)
        return found

    def root(self, name: str) -> object:
        """What the file says of itself as a whole."""
        return self._reader.root_object[name]

    @property
    def properties(self) -> dict[str, str]:
        """What a file manager shows of it."""
        return {key: str(value) for key, value in (self._reader.metadata or {}).items()}

    @property
    def claims(self) -> str:
        """The description in XML, where the standards are named that it keeps."""
        described = self._reader.root_object["/Metadata"].get_object()
        assert isinstance(described, StreamObject)
        return described.get_data().decode()

    @property
    def bookmarks(self) -> list[str]:
        """The headings as a reader lists them beside the page."""
        return list(_titles(self._reader.outline))

    @cached_property
    def elements(self) -> list[DictionaryObject]:
        """All of the structure, in the order in which it is read aloud."""
        return list(_elements(self._tree["/K"]))

    @property
    def tags(self) -> list[str]:
        """What each part of the structure is."""
        return [_tag(element) for element in self.elements]

    def attribute(self, tag: str, name: str) -> list[str]:
        """What is said by this name of each part that is tagged so."""
        tagged = [element for element in self.elements if _tag(element) == tag]
        return [str(element.get(f"/{name}", "")) for element in tagged]

    @property
    def scopes(self) -> list[str]:
        """Of what each cell of a table's head is the head."""
        heads = [element for element in self.elements if _tag(element) == "TH"]
        told = [attribute for head in heads for attribute in _attributes(head)]
        return [str(attribute["/Scope"]) for attribute in told if "/Scope" in attribute]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page as people copy it."""
        opened = PdfDocument(self.content)
        pages = [page.get_textpage().get_text_range() for page in opened]
        opened.close()
        # A hyphen at the end of a line is told from one that was typed.
        return [page.replace("\ufffe", "").replace("\r\n", "\n") for page in pages]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def in_a_row(self) -> str:
        """The text without the ends of its lines."""
        return "".join(self.text.split("\n"))

    def inked(self) -> list[int]:
        """How many different shades each page shows; paper alone is one."""
        opened = PdfDocument(self.content)
        shades = [len(set(bytes(page.render(scale=0.5).buffer))) for page in opened]
        opened.close()
        return shades


def _elements(node: PdfObject | None) -> Iterator[DictionaryObject]:
    found = node.get_object() if node is not None else None
    if isinstance(found, ArrayObject):
        for each in found:
            yield from _elements(each)
    elif isinstance(found, DictionaryObject) and "/S" in found:
        yield found
        yield from _elements(found.get("/K"))


def _tag(element: DictionaryObject) -> str:
    return str(element["/S"]).removeprefix("/")


def _attributes(element: DictionaryObject) -> Iterator[DictionaryObject]:
    """What is said of an element: of how it looks, and of its place in a table."""
    told = element["/A"].get_object()
    assert isinstance(told, ArrayObject)
    for each in told:
        found = each.get_object()
        assert isinstance(found, DictionaryObject)
        yield found


def _titles(outline: object) -> Iterator[str]:
    if isinstance(outline, list):
        for each in outline:
            yield from _titles(each)
    else:
        yield str(getattr(outline, "title", ""))
