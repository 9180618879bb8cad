"""ClaimReview as microdata: `itemscope`, `itemtype` and `itemprop` in the elements of a page."""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

_DEEPEST: Final = 20
_MOST_ITEMS: Final = 200
_ADDRESSES: Final = {"a": "href", "link": "href", "area": "href", "img": "src", "audio": "src", "video": "src",
                     "iframe": "src", "object": "data"}  # fmt: skip


def microdata_of(page: str) -> Iterator[dict[str, Any]]:
    """The items of type ClaimReview, as JSON-LD would write them."""
    if "ClaimReview" not in page or "itemtype" not in page.lower():
        return
    try:
        tree = etree.fromstring(page.encode("utf-8", "replace"), etree.HTMLParser(no_network=True, encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return
    if tree is None:
        return
    found = 0
    for element in tree.iter(etree.Element):
        if "ClaimReview" in (element.get("itemtype") or "") and found < _MOST_ITEMS:
            found += 1
            yield _item(element, 0)


def _item(element: Any, depth: int) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": (element.get("itemtype") or "").strip().split("/")[-1]}
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        scope = child.get("itemscope") is not None
        for name in (child.get("itemprop") or "").split()[:10]:
            value = _item(child, depth + 1) if scope and depth < _DEEPEST else _value(child)
            item[name] = value if name not in item else [*_listed(item[name]), value][:50]
        if not scope:
            waiting += reversed(child)
    return item


def _value(element: Any) -> str:
    if (content := element.get("content")) is not None:
        return str(content)
    if element.tag in _ADDRESSES:
        return str(element.get(_ADDRESSES[element.tag]) or "")
    if element.tag == "time" and element.get("datetime"):
        return str(element.get("datetime"))
    return " ".join("".join(element.itertext()).split())


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
