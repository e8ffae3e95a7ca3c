"""Reader comments in many styles: nothing of them may reach the article, and nothing of the article them."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.model import BlockKind, Document
from kg.stages.ingest.document import document

HERE = Path(__file__).resolve().parent
SITES = tomllib.loads((HERE / "data/comment_sections.toml").read_text(encoding="utf-8"))["site"]
CORPORA = ("agency", "dev", "press", "wire", "field", "paper")

ARTICLE = """\
date 2025-06-28
Ministers speak twice as tariff talks drag on
By Ada Brook

OSLO, June 28 (Example Wire) -- Trade Minister Ken Tanaka spoke with Commerce Secretary Jane Doe twice on Saturday.

Tanaka, who has extended his stay in Oslo, spoke to Doe for about 15 minutes in the morning.

Talks will resume next week, the ministry said.
"""
LAST = "Talks will resume next week, the ministry said."
ONE, TWO = "They never settle anything.", "Wait and see."

STYLES = {
    "count, author with date": "\n3 Comments\n\nA  June 28  04:12 pm JST\n1\n\n+3 ( +5 / -2 )\n\nB  June 28  05:00 "
        "pm JST\n2\n\n"
    "0 ( +0 / -0 )\nLogin to leave a comment\n",
    "relative times and buttons": "\nComments\n\nA - 2 hours ago\n1\nReply\n\nB · 1h\n2\nLike  Reply  2\n\nComments "
        "are closed.\n",
    "liked, with hearts": "\nMOST LIKED COMMENTS\n\nA (♥ 212)\n1\n\nB (♥ 48)\n2\n",
    "answers behind an arrow": "\nJoin the conversation (2)\n\nA, 28.06.2025, 17:51\n1\n\n    "
    "↳ Reply by B, 28.06.2025, 18:07\n    2\n",
    "wrote": "\nReader comments (2)\n\nA wrote:\n1\n\nB wrote on June 28, 2025 at 4:12 pm:\n2\n",
    "numbers in brackets, day and month": "\nwhat you wrote (2)\n\n[1] >> A, Leeds, 31/10 09:12\n1\n\n"
    "[2] >> B, 31/10 11:40\n2\n",
    "comment posted by": "\nComments (2) - Editors' picks\n\nComment posted by A, at 20:03 15 Dec\n1\n\n"
    "Comment posted by B, at 20:15 15 Dec\n2\n",
    "posted by": "\nJoin the discussion\n\nPosted by A at 10:32 on June 28\n1\n\nPosted by B at 11:05 on June 28\n2\n",
    "handles": "\nCOMMENTS\n\n@A\n1\n\n@B\nIn reply to A\n2\n",
    "one line": "\n2 comments\n\nA: 1\nB: 2\n",
    "numbered": "\nComments:\n1. A: 1\n2. B: 2\n",
    "one line with time": "\n--- Comments ---\n\nA (28 June, 10:02): 1\n\nB (28 June, 11:02): 2\n",
    "blank lines everywhere": "\nComments\n\nA\n\n1\n\nB\n\n2\n",
    "no blank lines": "Comments (2)\nA\n1\nB\n2\n",
    "markdown, then a list of articles": "\n## Comments\n\n**A** (2 hours ago)\n1\n\n**B** (1 hour ago)\n2\n\n"
    "Related articles\nDoe flies to Rome\nTanaka to resign\n\n© 2025 Example Wire\n",
    "time below the author": "\nComments (2)\n\nA\nJune 28, 2025 at 4:12 pm\n1\nReply\n    B\n    June 28, 2025 at "
        "5:12 pm\n    2\n"
    "    Reply\n",
    "says, replied to": "\nCOMMENTS (2)\n\nA says:\nJune 28, 2025 at 4:12 pm\n1\n\nB replied to A:\n2\n",
    "places": "\nHave your say\n\nA, Leeds, United Kingdom, 3 hours ago\n1\n\nB, Porto, 2 hours ago\n2\n",
    "brackets": "\nDiscussion\n\n[A] 28 June 2025, 16:12\n1\n\n[B] 28 June 2025, 17:12\n2\n",
    "from": "\nCOMMENTS (2)\n------------\nFrom: A\n1\n\nFrom: B\n2\n",
    "likes below the author": "\nTop comments\n\nA\n12 likes\n1\n\nB\n3 likes\n2\n",
    "forum": "\nComments\n\nu/A · 4h\n1\n\n    u/B · 3h\n    2\n",
    "signed below": "\nWhat readers say\n\n1\n- A, Leeds\n\n2\n- B, Hull\n",
    "signed below, places in brackets": "\nREADERS' PANEL\n\n1\nA (Leeds, UK)\n\n2\nB (Hull)\n",
    "a sign before some names": "\nWhat readers say\n\n@A\n1\n\nB\n2\n",
    "colon behind bare names": "\nDiscussion\n\nA:\n1\n\nB:\n2\n",
    "stars": "\nMOST LIKED COMMENTS\n\n★ A\n1\n👍 12 👎 3\n\n★ B\n2\n👍 2 👎 30\n",
    "reply by": "\nHave your say\n\nA  |  1 August 2025\n1\n\nReply to A by B  |  2 August 2025\n2\n",
    "reply below its addressee": "\nComments (2)\n\nA · 2 days ago\n1\nReply\n\n  In reply to A\n  B\n  2\n  Like\n",
    "after the credit": "© 2025 Example Wire\nA\n1\nB\n2\n",
    "after a blank line": "\nA\n1\n\nB\n2\n",
    "timed, without heading": "\nA  June 28  04:12 pm\n1\nB  June 28  05:12 pm\n2\n",
}
NAMES = [("garden_gnome", "bobby99"), ("TomTheBaker", "Ann Lee"), ("Zoë_Müller", "Nguyễn Văn An")]
NO_SPACES = {"handles", "forum"}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("first", "second"), NAMES)
def test_every_style_gives_the_two_comments_and_the_whole_article(style: str, first: str, second: str) -> None:
    if " " in second and style in NO_SPACES:
        second = second.replace(" ", "_")
    tail = _fill(STYLES[style], first, second)
    doc = document("a.txt", ARTICLE + tail)
    assert [(c.author, c.text) for c in doc.comments] == [(first, ONE), (second, TWO)]
    assert _paragraphs(doc)[-1] == LAST
    assert not any(ONE in words or TWO in words for words in _paragraphs(doc))


def _fill(style: str, first: str, second: str) -> str:
    # Placeholders are single characters between blanks or signs of the style, so that words keep their letters.
    lines = []
    for line in style.split("\n"):
        if line.strip() in ("1", "2"):
            line = line.replace("1", ONE).replace("2", TWO)
        elif line.strip().endswith((": 1", ": 2")):
            line = line.replace(": 1", f": {ONE}").replace(": 2", f": {TWO}")
        for mark, name in (("A", first), ("B", second)):
            words = [_swap(word, mark, name) for word in line.split(" ")]
            line = " ".join(words)
        lines.append(line)
    return "\n".join(lines)


def _swap(word: str, mark: str, name: str) -> str:
    bare = word.strip("@[]*:,").removeprefix("u/")
    return word.replace(mark, name) if bare == mark else word


def _paragraphs(doc: Document) -> list[str]:
    return [doc.text[b.start : b.end] for b in doc.blocks if b.kind is not BlockKind.META]


def test_a_comment_keeps_its_paragraphs_its_quotation_and_its_link() -> None:
    text = ARTICLE + (
        "\nCOMMENTS (1)\n\ngarden_gnome\n“Tanaka,  who has extended his stay in Oslo, spoke to Doe”\n\nLol.\n\n"
        "See https://example.org/a?b=1.\n"
    )
    (comment,) = document("a.txt", text).comments
    assert comment.text.endswith("See https://example.org/a?b=1.")
    assert text[comment.start : comment.end] == comment.text
    assert [text[a:b] for a, b in comment.quotes] == ["Tanaka, who has extended his stay in Oslo, spoke to Doe"]
    assert comment.links == ("https://example.org/a?b=1",)


def test_a_quoted_line_is_a_quotation_and_four_words_are_none() -> None:
    head = ARTICLE + "\nCOMMENTS (1)\n\ngarden_gnome\n"
    (quoting,) = document("a.txt", head + "> Talks will resume next week, the ministry said.\nReally?\n").comments
    (short,) = document("a.txt", head + 'They said "talks will resume next", so what.\n').comments
    assert [head[a:b] for a, b in quoting.quotes] == ["Talks will resume next week, the ministry said"]
    assert short.quotes == ()


ENDINGS = {
    "subheads": "\nWhat Next\nTanaka will fly to Rome on Monday.\n\nBackground\nThe two have negotiated since March.\n",
    "a product's name": "\niPhone\nThe phone maker said it would raise prices.\n\nYouTube\nThe site said it would "
        "not.\n",
    "people": "\nKen Tanaka\nTrade minister since 2024. He is 61.\n\nJane Doe\nCommerce secretary since January.\n",
    "days": "\nApril 2\nDoe announces a tariff.\n\nMay 7\nThe two meet in Oslo.\n",
    "a section called comments": "\nComments\n\nThe minister noted that tariffs are high.\n\nThe talks will go on, "
        "he said.\n",
    "bullets": "\n- 2 tons of rice\n- 300 tons of beef, from 2027\nBoth sides agreed.\n",
    "questions": "\nQ: Will you meet again?\nA: On Monday, in Rome.\nQ: And then?\nA: We will see.\n",
    "a signed agreement": "\nSigned in Oslo on 28 June 2025\n\nKen Tanaka\nMinister of Trade\n\nJane Doe\nSecretary of "
    "Commerce\n",
    "answers of governments": "\nReply from Washington: The White House said it would study the offer.\n\n"
    "Reply from Oslo: None so far, the ministry said.\n",
    "reactions": "\nReactions\n\nAnn Lee, farmers' union: We welcome it.\n\nBo Ek, car makers: The rate is high.\n",
    "a tariff removed": "\nRemoved by the United States in May, the tariff came back in June.\n",
    "a wire after the text": "\nHe will be back on Monday. (Example Wire)\n",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_last_lines_of_an_article_are_no_comments(ending: str) -> None:
    doc = document("a.txt", ARTICLE + ENDINGS[ending])
    assert doc.comments == ()
    read = " ".join(" ".join(words.split()) for words in _paragraphs(doc))
    for line in ENDINGS[ending].split("\n"):
        words = line.removeprefix("- ").removeprefix("Q: ").removeprefix("A: ").removesuffix(" (Example Wire)").strip()
        assert words in read


@pytest.mark.parametrize("line", ["A (Porto)", "A (Porto) says:",
                                  "A (Porto) · 2 hours ago", "A from Porto (3 hours ago)"])
def test_a_place_that_belongs_to_the_name_shown_stays_with_it(line: str) -> None:
    shown = line.replace("A", "Ann B.").split(" says")[0].split(" ·")[0].split(" (3")[0]
    doc = document("a.txt", ARTICLE + f"\nComments\n\ngarden_gnome\n{TWO}\n\n{line.replace('A', 'Ann B.')}\n{ONE}\n")
    assert shown in [c.author for c in doc.comments]
    doc = document("a.txt", ARTICLE + f"\nComments\n\n{line.replace('A', 'Ann B.')}\n{ONE}\n")
    assert [(c.author, c.text) for c in doc.comments] == [(shown, ONE)]


@pytest.mark.parametrize("role", [" (author)", " [moderator]", ""])
def test_an_author_may_show_a_role_before_whom_the_reply_is_for(role: str) -> None:
    text = ARTICLE + f"\n2 comments\n\ngarden_gnome\n{TWO}\n\nAnn Lee{role} in reply to garden_gnome\n{ONE}\n"
    assert [c.author for c in document("a.txt", text).comments] == ["garden_gnome", "Ann Lee"]


def test_comments_without_authors_below_a_counted_heading_are_no_article() -> None:
    doc = document("a.txt", ARTICLE + f"\n2 comments\n\n{ONE} They should all go home and stay there.\n\n{TWO} I do.\n")
    assert [c.author for c in doc.comments] == ["anonymous"]
    assert _paragraphs(doc)[-1] == LAST


@pytest.mark.parametrize("site", SITES, ids=[site["style"] for site in SITES])
def test_comment_sections_of_many_sites(site: dict[str, Any]) -> None:
    doc = document("a.txt", site["text"])
    assert [[c.author, c.text] for c in doc.comments] == site["comments"]
    assert _paragraphs(doc)[-1] == LAST


@pytest.mark.parametrize("name", CORPORA)
def test_an_article_without_its_comments_has_none_in_any_order(name: str) -> None:
    for path in sorted((HERE / "corpus" / name).glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        doc = document(path.name, text)
        article = text[: doc.blocks[-1].end]
        for seed in range(12):
            assert document(path.name, article).comments == (), (path.name, seed)
            parts = re.split(r"\n\n+", article)
            article = "\n\n".join(sorted(parts, key=lambda part: hashlib.sha256(f"{seed}{part}".encode()).digest()))
