"""Reader comments in the common markup of pages: each with its author and words. They are taken out of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.ingest.authors import author_line
from kg.stages.ingest.buttons import is_junk

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element

_SPACE = re.compile(r"\s+")
# <ol class="comment-list"><li class="comment">; <div id="comments">; <article class="Comment__item">.
_SECTION = re.compile(
    r"(?:^|[-_\s])(?:comments?|disqus_thread|commentlist|responses|replies)(?:$|[-_\s]|list|section|area|thread)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:^|[-_\s])(?:comments?|commentitem|reply|post)(?:$|[-_\s]+(?:item|\d+|body|wrap(?:per)?|container|entry|node|"
    r"card|box))",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"author|user(?:-?name)?|(?:^|[-_])name|nickname|byline|(?:^|\s)fn(?:\s|$)|commenter|handle",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:^|[-_\s])(?:text|content|body|message|copy)(?:$|[-_\s])|comment-?(?:text|content|body|message)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"avatar|meta|date|time|vote|actions?|reply-?link|likes?|count|footer|score|toolbar|badge",
    re.IGNORECASE,
)


def take_comments(tree: Element) -> list[tuple[str, str]]:
    """Author and words of each comment, in order of the page; the sections that held them are removed from the tree."""
    sections = [
        element
        for element in tree.iter("div", "section", "ol", "ul", "aside", "article", "main")
        if _SECTION.search(_marks(element)) and element.tag != "main" and not _holds_article(element)
    ]
    outer = [element for element in sections if not any(parent in sections for parent in element.iterancestors())]
    found: list[tuple[str, str]] = []
    for section in outer:
        for line_break in section.iter("br"):
            line_break.tail = f"\n{line_break.tail or ''}"
        found += _comments(section)
        parent = section.getparent()
        if parent is not None:
            section.drop_tree()
    return found


def _marks(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _holds_article(element: Element) -> bool:
    return any(child.tag == "h1" for child in element.iter("h1"))


def _comments(section: Element) -> list[tuple[str, str]]:
    """The items of a section: the innermost elements that hold both an author and words."""
    found: list[tuple[str, str]] = []
    done: set[Element] = set()
    for author in [e for e in section.iter() if isinstance(e.tag, str) and _is_author(e)]:
        item = _item(author, section)
        if item is None or item in done:
            continue
        done.add(item)
        name = author_line(_words(author))
        words = _comment_words(item, author)
        if words:
            found.append((name.name if name else _words(author), words))
    return found


def _is_author(element: Element) -> bool:
    words = _words(element)
    marked = _AUTHOR.search(_marks(element)) or element.get("itemprop") in ("author", "name") or element.tag == "cite"
    inner = any(isinstance(e.tag, str) and _AUTHOR.search(_marks(e)) for e in element.iterdescendants())
    return bool(marked and words and len(words) <= 60 and not inner and not is_junk(words))


def _item(author: Element, section: Element) -> Element | None:
    """The nearest element around the author that also holds the comment's words."""
    for element in author.iterancestors():
        if _comment_words(element, author):
            return element
        if element is section:
            return None
    return None


def _comment_words(item: Element, author: Element) -> str:
    marked = [
        e for e in item.iterdescendants()
        if isinstance(e.tag, str) and _WORDS.search(_marks(e)) and author not in e.iterdescendants() and e is not author
    ]  # fmt: skip
    source = marked[:1] or [e for e in item.iterdescendants("p", "blockquote") if not _around(e, item, author)]
    lines = [_words(p) for e in source for p in (list(e.iterdescendants("p")) or [e])]
    return "\n".join(line for line in lines if line and not is_junk(line))


def _around(element: Element, item: Element, author: Element) -> bool:
    """Inside the author's line, a reply, or the buttons of the item."""
    if author is element or author in element.iterdescendants() or element in author.iterdescendants():
        return True
    for parent in (element, *element.iterancestors()):
        if parent is item:
            return False
        if _AROUND.search(_marks(parent)) or _ITEM.search(_marks(parent)):
            return True
    return False


def _words(element: Element) -> str:
    return _SPACE.sub(" ", element.text_content()).strip()
