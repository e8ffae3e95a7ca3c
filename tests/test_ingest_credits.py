"""Who took a picture, edited, translated or helped is nobody in the news: credits of pictures and of texts."""

from __future__ import annotations

import pytest

from kg.model import BlockKind, Document
from kg.stages.ingest.document import document
from tests.pages import CAPTIONS, CREDITS

FIRST = "Trade Minister Ken Tanaka met Commerce Secretary Jane Doe on Tuesday for an hour, his office said."
LAST = "The two will meet again next week, the ministry said."
MORE = (
    " (Mia Lund, Example Photo)", " / Photo: Mia Lund", " | Photo: Mia Lund / EPX", " Photo: EPX/Mia Lund",
    " Foto: Mia Lund", " REUTERS/Mia Lund", " AP Photo/Mia Lund", " Mia Lund/Getty Images", " © Mia Lund / Example",
    " (Image: Mia Lund)", " [Mia Lund/EPX]", " [Image credit: Mia Lund]", " (Photograph: Mia Lund/EPX)",
    " (Mia Lund / EPX / Handout)", " PHOTO: MIA LUND, EXAMPLE TIMES", " | EPX/Mia Lund", " — Photo by Mia Lund",
    " (Courtesy of Mia Lund)", " (Handout photo by Mia Lund)", " EPX-EFX/Mia Lund", " Photographer: Mia Lund/Example",
)  # fmt: skip
PAGES = {
    "head": "date 2025-03-18\nMinisters end talks\n\n{caption}\n\n{first}\n\n{last}\n",
    "deck": "date 2025-03-18\nMinisters end talks\n\nHe is back.\n\n{caption}\n\nBy Al Roe\n\n{first}\n\n{last}\n",
    "body": "date 2025-03-18\nMinisters end talks\n\n{first}\n\n{caption}\n\n{last}\n",
}
TAILS = (
    "Additional reporting by Mia Lund in Oslo.", "Additional reporting: Mia Lund", "Translated by Mia Lund",
    "Translation: Mia Lund", "Edited by Mia Lund/ab", "(Edited by Mia Lund)", "With files from Mia Lund in Ottawa",
    "Mia Lund contributed reporting from Washington.", "Photographs by Mia Lund", "Photo: Mia Lund", "Editor: Mia Lund",
    "Translated from the Spanish by Mia Lund", "Copy editing: Mia Lund", "Produced by Mia Lund", "(mlu/Mia Lund)",
    "Mia Lund reported from Oslo.", "Mia Lund reported from Oslo and Sam Holt from Rome.",
    "--With assistance from Mia Lund.",
    "Reporting: Mia Lund. Editing: Sam Holt.", "Follow Mia Lund on X", "Write to Mia Lund at mia.lund@example.com",
    "Edição: Mia Lund", "Redacción: Mia Lund", "Texto: Mia Lund / Foto: Sam Holt", "Traduction : Mia Lund",
    "Web editor: Mia Lund", "About the author: Mia Lund advises firms.", "Mia Lund writes about trade in Lagos.",
    "(Mia Lund)", "— Mia Lund", "Adapted from German by Mia Lund/ts", "Interview by Mia Lund", "Video: Mia Lund",
    "The writer, Mia Lund, is a fellow of the Example Institute.", "Mia Lund is Europe editor of the Example Times.",
    "The author is Mia Lund, a fellow of the Example Institute", "Fact-checked by Mia Lund", "Press officer: Mia Lund",
)  # fmt: skip


def _read(doc: Document) -> list[str]:
    return [doc.text[b.start : b.end] for b in doc.blocks if b.kind not in {BlockKind.META, BlockKind.DATELINE}]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("credit", [*CREDITS, *MORE])
def test_the_credit_of_a_picture_is_not_read_and_its_caption_is(credit: str, page: str) -> None:
    for caption in (*CAPTIONS, "Ken Tanaka, left, with Jane Doe in Rome"):
        doc = document("a.txt", PAGES[page].format(caption=caption + credit, first=FIRST, last=LAST))
        assert caption.rstrip(".") in {words.rstrip(".") for words in _read(doc)}
        assert {FIRST, LAST} <= set(_read(doc))


@pytest.mark.parametrize("tail", TAILS)
def test_who_worked_on_a_text_is_not_read(tail: str) -> None:
    doc = document("a.txt", f"date 2025-03-18\nMinisters end talks\n\nBy Al Roe\n\n{FIRST}\n\n{LAST}\n\n{tail}\n")
    assert _read(doc) == ["Ministers end talks", FIRST, LAST]


@pytest.mark.parametrize("sign", ["EXA", "EXA ABC DEF", "KYODO"])
def test_the_sign_of_an_agency_ends_a_paragraph_and_makes_no_caption_of_it(sign: str) -> None:
    doc = document("a.txt", f"date 2025-03-18\nMinisters end talks\n\n{FIRST}\n\n{LAST} {sign}\n")
    assert [b.kind for b in doc.blocks][-3:] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.META]
    assert _read(doc) == ["Ministers end talks", FIRST, LAST]


@pytest.mark.parametrize(
    "sentence",
    [
        "The two sides differ over steel, and over who answers to whom (GATT/WTO).",
        "Mia Lund, the chief negotiator, reported from Oslo that the talks go on.",
        "The author of the plan is Mia Lund, who left the ministry in May.",
        "\"We are close,\" said Mia Lund/Sam Holt as one, in the words of an aide.",
        "The talks were translated from the Spanish, aides to Mia Lund said.",
        "He showed a photo by Mia Lund to the ministers, who laughed.",
    ],
)
def test_sentences_with_the_words_of_credits_are_read(sentence: str) -> None:
    doc = document("a.txt", f"date 2025-03-18\nMinisters end talks\n\n{FIRST}\n\n{sentence}\n\n{LAST}\n")
    assert _read(doc) == ["Ministers end talks", FIRST, sentence, LAST]
