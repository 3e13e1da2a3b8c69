import json
import re

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import convert_file

STOCK_LANG_PARAMETERS = {
    "id",
    "code",
    "date_format",
    "decimal_point",
    "direction",
    "grouping",
    "name",
    "short_time_format",
    "thousands_sep",
    "time_format",
    "url_code",
    "week_start",
}


class ChoiceCase:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        languages = cls.env["res.lang"]
        languages._activate_lang("fa_IR")
        cls.persian = cls._new_user("persian", lang="fa_IR")
        cls.english = cls._new_user("english", lang="en_US")

    @classmethod
    def _new_user(cls, login, groups="base.group_user", **values):
        return new_test_user(cls.env, login, groups=groups, **values)

    def _style(self, user, lang=None):
        """The style in which a request of this user is answered."""
        env = self.env(user=user.id, su=False)
        context = dict(env["res.users"].context_get())
        env = env(context=context | ({"lang": lang} if lang else {}))
        return env["res.lang"]._date_style()


@tagged("post_install", "-at_install")
class TestChoice(ChoiceCase, TransactionCase):
    def test_only_persian_is_jalali_by_default(self):
        languages = self.env["res.lang"].with_context(active_test=False).search([])
        jalali = languages.filtered(lambda lang: lang.calendar == "jalali")
        self.assertEqual(jalali.mapped("code"), ["fa_IR"])
        self.assertEqual(set(languages.mapped("digits")), {"latn"})

    def test_a_new_user_has_the_calendar_of_the_language(self):
        self.assertEqual(self._style(self.persian), (True, "latn", "fa"))
        self.assertEqual(self._style(self.english), (False, "latn", "en"))

    def test_a_user_chooses_for_themselves(self):
        self.english.with_user(self.english).write({"calendar": "jalali"})
        self.assertEqual(self._style(self.english), (True, "latn", "en"))
        self.persian.with_user(self.persian).write({"calendar": "gregorian"})
        self.assertFalse(self._style(self.persian).jalali)
        self.persian.with_user(self.persian).write(
            {"calendar": "language", "digits": "arabext"}
        )
        self.assertEqual(self._style(self.persian), (True, "arabext", "fa"))

    def test_a_choice_counts_in_the_own_language_only(self):
        """What a user sends in another language is written as its readers expect."""
        self.english.with_user(self.english).calendar = "gregorian"
        self.assertTrue(self._style(self.english, "fa_IR").jalali)
        self.persian.with_user(self.persian).calendar = "jalali"
        self.assertFalse(self._style(self.persian, "en_US").jalali)

    def test_the_choice_of_one_user_is_not_that_of_another(self):
        colleague = self._new_user("colleague", lang="fa_IR")
        self.persian.with_user(self.persian).calendar = "gregorian"
        self.assertTrue(self._style(colleague).jalali)

    def test_a_user_cannot_choose_for_another(self):
        with self.assertRaises(AccessError):
            self.english.with_user(self.persian).calendar = "jalali"

    def test_a_portal_user_chooses_too(self):
        customer = self._new_user("customer", "base.group_portal", lang="fa_IR")
        customer.with_user(customer).write({"calendar": "gregorian"})
        self.assertFalse(self._style(customer).jalali)

    def test_a_change_is_seen_at_once(self):
        for choice in ("jalali", "gregorian", "language"):
            self.english.with_user(self.english).calendar = choice
            context = self.env["res.users"].with_user(self.english).context_get()
            self.assertEqual(context.get("crm_ir_calendar", "language"), choice)

    def test_a_change_of_the_language_is_seen_at_once(self):
        self.assertTrue(self._style(self.persian).jalali)
        self.env["res.lang"].search([("code", "=", "fa_IR")]).calendar = "gregorian"
        self.assertFalse(self._style(self.persian).jalali)

    def test_the_context_of_who_did_not_choose_is_that_of_stock(self):
        context = self.env["res.users"].with_user(self.english).context_get()
        self.assertFalse([key for key in context if key.startswith("crm_ir_")])

    def test_an_upgrade_keeps_what_was_chosen(self):
        language = self.env["res.lang"].search([("code", "=", "fa_IR")])
        language.calendar, language.digits = "gregorian", "arabext"
        self.persian.calendar = "jalali"
        convert_file(
            self.env,
            "crm_ir_jalali",
            "data/res_lang_data.xml",
            idref={},
            mode="update",
        )
        self.env.invalidate_all()
        self.assertEqual(language.calendar, "gregorian")
        self.assertEqual(language.digits, "arabext")
        self.assertEqual(self.persian.calendar, "jalali")


@tagged("post_install", "-at_install")
class TestChoiceInBrowser(ChoiceCase, HttpCase):
    def _page_info(self, path):
        """The session info that a page gives to its JavaScript."""
        page = self.url_open(path).text
        text = re.search(r"odoo\.__session_info__ = (\{.*?\});\s*\n", page)[1]
        return json.loads(text)

    def _lang_parameters(self, lang):
        answer = self.url_open(f"/web/webclient/translations?lang={lang}").json()
        return answer["lang_parameters"], answer["hash"]

    def _assert_info(self, path, calendar, digits="latn"):
        info = self._page_info(path)
        self.assertEqual(info["crm_ir_calendar"], calendar)
        self.assertEqual(info["crm_ir_digits"], digits)

    def test_the_web_client_knows_the_choice(self):
        self.authenticate("persian", "persian")
        self._assert_info("/odoo", "jalali")
        self.persian.calendar = "gregorian"
        self._assert_info("/odoo", "gregorian")
        self.persian.write({"calendar": "jalali", "digits": "arabext"})
        self._assert_info("/odoo", "jalali", "arabext")
        answer = self.make_jsonrpc_request("/web/session/get_session_info")
        self.assertEqual(answer["crm_ir_digits"], "arabext")
        self.assertEqual(answer["user_context"]["crm_ir_digits"], "arabext")

    def test_the_web_client_in_english_is_gregorian(self):
        self.authenticate("english", "english")
        self._assert_info("/odoo", "gregorian")

    def test_the_portal_knows_the_choice(self):
        customer = self._new_user("customer", "base.group_portal", lang="fa_IR")
        self.authenticate("customer", "customer")
        self._assert_info("/my", "jalali")
        customer.calendar = "gregorian"
        self._assert_info("/my", "gregorian")

    def test_a_choice_is_not_in_what_browsers_share(self):
        """The language parameters are cached for all users of a language."""
        self.authenticate("persian", "persian")
        before = self._lang_parameters("fa_IR")
        self.assertLessEqual(set(before[0]), STOCK_LANG_PARAMETERS)
        self.persian.write({"calendar": "gregorian", "digits": "arabext"})
        self.assertEqual(self._lang_parameters("fa_IR"), before)
