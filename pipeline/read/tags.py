"""What a tagged PDF says of its paragraphs (ISO 32000-1, 14.7 and 14.8): word processors and browsers write down which text
makes a paragraph, an item, a cell or a note, and what is an artifact of the page."""

from __future__ import annotations

from msgspec import Struct

from pipeline.read.pdfium import TagApi, tag_api

ARTIFACT = -1  # the number of what belongs to the page and not to the document

# elements whose text is a paragraph by itself; what stands in any other belongs to the one around it
_PARAGRAPHS = frozenset((
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "TD", "TH", "Caption", "TOCI", "Note", "FENote", "BibEntry",
    "BlockQuote", "Quote", "Aside", "Code", "Div", "DT", "DD",
))
# hold no text of their own
_PARTED = frozenset((
    "Document", "DocumentFragment", "Part", "Sect", "Art", "L", "TOC", "Table", "THead", "TBody", "TFoot", "TR",
))
_DEEPEST = 40
_MOST = 50_000  # elements of a page
_EMPTY = 64  # kids in a row that stand on other pages: those of this one are behind us

_Path = tuple[int, ...]  # of an element: which kid of which kid of which root it is


class PageTags(Struct, frozen=True):
    """``numbers`` of the paragraphs of one page, by the marked-content identifier that their text carries."""

    numbers: dict[int, int]
    api: TagApi

    def of(self, item: int) -> int:
        """The number of the paragraph that a text object (its address) belongs to; :data:`ARTIFACT` or 0 for none."""
        mark = self.api.content_of(item)
        if mark >= 0:
            return self.numbers.get(mark, 0)
        return ARTIFACT if self.api.is_artifact(item) else 0


class Tags:
    """The structure tree of one document, asked page by page in order. An element keeps its number on all pages: PDFium gives
    each page a tree of its own, but the path from the root is the same in all of them."""

    def __init__(self, document: int):
        self._numbers: dict[_Path, int] = {}
        self._last: dict[_Path, int] = {}  # where the kids of an element were that stood on the page before
        self._count = self._left = 0
        api = tag_api()
        self._api = api if api.tagged(document) else None

    def page(self, page: int) -> PageTags | None:
        """What the tags say of a page, given by its address; None where there are none."""
        api = self._api
        tree = api.tree(page) if api else None
        if not api or not tree:
            return None
        found: dict[int, int] = {}
        self._left = _MOST
        try:
            for k in range(min(api.roots(tree), _MOST)):
                if root := api.root(tree, k):
                    self._walk(api, root, (k,), 0, [], found)
        finally:
            api.close(tree)
        return PageTags(found, api) if found else None

    def _walk(self, api: TagApi, element: int, path: _Path, number: int, item: list[int], found: dict[int, int]) -> None:
        """Note for all marked content under ``element`` the number of its paragraph; ``number`` is that of the one around.
        ``item`` holds that of a list item whose first paragraph is still to come: it goes on behind the label."""
        kind = api.kind(element)
        if kind == "LI":
            item = [] if path in self._numbers else [self._number(path)]
            number = self._number(path)
        elif kind in _PARAGRAPHS:
            if kind == "P" and item and path not in self._numbers:
                self._numbers[path] = item.pop()
            number = self._number(path)
        elif kind in _PARTED:
            number = 0
        self._left -= 1
        if len(path) > _DEEPEST or self._left < 0:
            return
        empty = -_MOST
        for k in range(self._last.get(path, 0), api.kids(element)):
            content = api.content(element, k)
            kid = api.kid(element, k) if content < 0 else None
            if content >= 0:
                found[content] = number
            elif kid:
                self._walk(api, kid, (*path, k), number, item, found)
            if kid or content >= 0:
                self._last[path], empty = k, 0
            elif (empty := empty + 1) > _EMPTY:
                break

    def _number(self, path: _Path) -> int:
        number = self._numbers.get(path)
        if number is None:
            self._count += 1
            number = self._numbers[path] = self._count
        return number
