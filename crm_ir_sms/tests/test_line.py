from odoo.tests import BaseCase, tagged

from ..tools.line import blocks_line, plain_line


@tagged("post_install", "-at_install")
class TestLine(BaseCase):
    def test_eleven_blocks_however_it_is_written(self):
        for text in (
            "11",
            "۱۱",
            "١١",
            " ۱۱ \n",
            "لغو11",
            "لغو ۱۱",
            "لغو\u200c۱۱",
            "لغو ١١",
            "«لغو ۱۱»",
            "\u200fلغو۱۱.",
        ):
            self.assertIs(blocks_line(text), True, text)

    def test_twelve_lifts_and_other_texts_do_neither(self):
        for text in ("12", "۱۲", "١٢", "لغو ۱۲", "لغو12"):
            self.assertIs(blocks_line(text), False, text)
        for text in ("", "لغو", "111", "ساعت ۱۱", "11 12", "۱۱ بهمن", "1", "بله"):
            self.assertIsNone(blocks_line(text), text)

    def test_a_line_is_one_however_the_gateway_writes_it(self):
        for raw in (
            "10008888",
            "+9810008888",
            "9810008888",
            "009810008888",
            "۱۰۰۰۸۸۸۸",
        ):
            self.assertEqual(plain_line(raw), "10008888")
        self.assertEqual(plain_line("+982188776655"), plain_line("02188776655"))
        self.assertEqual(plain_line("5000980098"), "5000980098")
        self.assertEqual(plain_line("MyBrand"), "mybrand")
        self.assertEqual(plain_line(""), "")
