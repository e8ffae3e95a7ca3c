"""Pages: the article's text, what the page says of itself, comments of common markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.stages.ingest.document import document
from kg.stages.ingest.html import read_page

if TYPE_CHECKING:
    from kg.model import Document

PARAGRAPHS = [
    "Trade Minister Ken Tanaka spoke with Commerce Secretary Jane Doe by phone twice on Saturday, an official said.",
    "Tanaka, who has extended his stay in Oslo, spoke to Doe for about 15 minutes in the morning and again later.",
    "The two will meet again next week in Rome, where the prime minister is expected to join them for a day.",
]
HEAD = """<title>Ministers speak twice | Example Times</title>
<link rel="canonical" href="https://example.org/news/1"><meta property="og:site_name" content="Example Times Online">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
"headline": "Ministers speak twice", "datePublished": "2025-06-28T23:30:00+09:00",
"publisher": {"name": "Example Times"},
"author": [{"name": "Ada Brook"}]}]}</script>"""
COMMENTS = {
    "list": '<ol class="comment-list"><li class="comment" id="comment-1"><div class="comment-author vcard"><cite '
        'class="fn">'
    'garden_gnome</cite> <span class="says">says:</span></div><div class="comment-meta"><a>June 28, 2025 at 4 '
    'pm</a></div>'
    '<div class="comment-content"><p>They never settle.</p><p>Never.</p></div><div class="reply"><a>Reply</a></div>'
    '<ol class="children"><li class="comment"><div class="comment-author"><cite class="fn">Ann Lee</cite></div>'
    '<div class="comment-content"><p>Wait and see.</p></div></li></ol></li></ol>',
    "divs": '<section id="comments"><h2>2 comments</h2><div class="Comment"><span '
        'class="Comment__username">garden_gnome</span>'
    '<time class="Comment__time">2h</time><div class="Comment__body">They never '
    'settle.<br>Never.</div><button>Like</button></div>'
    '<div class="Comment"><span class="Comment__username">Ann Lee</span><div class="Comment__body">Wait and '
    'see.</div></div></section>',
    "paragraphs": '<div class="comments-area"><article class="comment"><header><b '
        'class="author">garden_gnome</b></header>'
    "<p>They never settle.</p><p>Never.</p></article><article class=\"comment\"><header><b class=\"author\">Ann "
    "Lee</b></header>"
    "<p>Wait and see.</p></article></div>",
}


def page(comments: str = "", head: str = HEAD, body: str | None = None) -> str:
    text = body if body is not None else "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return (
        f"<!doctype html><html><head>{head}</head><body><nav><a>Home</a> "
        f"<a>World</a></nav><main><article><h1>Ministers "
        f"speak twice</h1>{text}</article></main>{comments}<aside><h3>Related</h3><ul><li><a>Doe flies to "
        f"Rome</a></li></ul>"
        "</aside><footer>© 2025 Example Times</footer></body></html>"
    )


def read(markup: str) -> Document:
    text, given = read_page(markup, "a.html")
    return document(given.url or "a.html", text, given)


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    doc = read(page())
    assert doc.text == "\n\n".join(["Ministers speak twice", *PARAGRAPHS])
    assert (doc.id, doc.url) == ("https://example.org/news/1", "https://example.org/news/1")
    assert (doc.published, doc.publisher, doc.authors) == ("2025-06-28", "Example Times", ("Ada Brook",))
    assert doc.headline == "Ministers speak twice"
    assert doc.extracted


@pytest.mark.parametrize("markup", COMMENTS)
def test_comments_in_common_markup_keep_their_authors_and_leave_the_article(markup: str) -> None:
    doc = read(page(COMMENTS[markup]))
    found = [(c.author, " ".join(c.text.split())) for c in doc.comments]
    assert found == [("garden_gnome", "They never settle. Never."), ("Ann Lee", "Wait and see.")]
    assert all(doc.text[c.start : c.end] == c.text for c in doc.comments)
    assert doc.text[doc.blocks[-1].start : doc.blocks[-1].end] == PARAGRAPHS[-1]


def test_lists_and_tables_of_a_page_are_bullets_and_rows() -> None:
    items = "<ul><li>The tariff on cars falls.</li><li>The quota goes up.</li></ul>"
    cells = "<tr><th>Name</th><th>Rate</th></tr><tr><td>India</td><td>25%</td></tr><tr><td>Laos</td><td>40%</td></tr>"
    first, second, last = (f"<p>{words}</p>" for words in PARAGRAPHS)
    body = f"{first}<p>The points are:</p>{items}{second}<table>{cells}</table>{last}"
    doc = read(page(body=body))
    kinds = [(b.kind.value, doc.text[b.start : b.end]) for b in doc.blocks]
    assert ("bullet", "The tariff on cars falls.") in kinds
    assert ("table row", "India | 25%") in kinds
    assert ("paragraph", PARAGRAPHS[2]) in kinds


def test_text_lost_to_deep_nesting_is_said() -> None:
    def nested(depth: int) -> Document:
        deep = "<div>" * depth + f"<p>{PARAGRAPHS[1]}</p>" + "</div>" * depth
        return read(page(body=f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>{deep}"))

    assert PARAGRAPHS[1] in nested(600).text  # lxml keeps 255 by default
    assert not any("deep nesting" in warning for warning in nested(600).warnings)
    assert PARAGRAPHS[1] not in nested(3000).text
    assert any("deep nesting" in warning for warning in nested(3000).warnings)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2025-06-28T01:00:00Z">', "2025-06-28"),
        ("<title>No date</title>", None),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="2025-06-27">', "2025-06-27"),
    ],
)
def test_the_date_comes_from_the_page_or_stays_unknown(head: str, published: str | None) -> None:
    assert read(page(head=head)).published == published
