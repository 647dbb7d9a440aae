"""What may be shown of a text that someone else wrote."""

from __future__ import annotations

import json
import unicodedata

from tyngdepunkt.report import printable as texts
from tyngdepunkt.report.printable import clean, drawable, printable


def test_the_report_s_fonts_draw_every_letter_that_is_let_through():
    import typst

    letters = [chr(c) for low, high in texts._DRAWN for c in range(low, high + 1)]
    letters = [c for c in (*letters, *texts._DRAWN_ALSO) if unicodedata.category(c) not in {"Cn", "Cc"}]
    page = b"""#set document(title: "x")
    #set text(lang: "en", font: "Libertinus Serif")
    = x
    #json(bytes(sys.inputs.text))"""
    given = {"text": json.dumps(" ".join(letters))}
    assert typst.compile(page, sys_inputs=given, ignore_system_fonts=True, pdf_standards="ua-1")


def test_signs_that_act_unseen_are_dropped():
    assert clean("a\u202eb\u202c\x07c\u200bd\u2066") == "abcd"
    assert clean("one\ntwo\tthree\u2028four") == "one two three four"


def test_letters_without_a_font_are_replaced_and_others_kept():
    assert printable("Kåfjord – Gáivuotna – Kaivuono") == "Kåfjord – Gáivuotna – Kaivuono"
    assert printable("漢字 Á") == "\ufffd\ufffd Á"


def test_a_picture_keeps_its_markup():
    assert drawable("<svg>\n<text>Å漢</text></svg>") == "<svg>\n<text>Å\ufffd</text></svg>"


def test_words_that_no_line_can_hold_get_places_to_break():
    assert printable("x" * 100).replace("\u200b", "") == "x" * 100
    assert max(len(part) for part in printable("x" * 100).split("\u200b")) <= 32
    assert printable("short words stay") == "short words stay"
