import json

from odoo.tests import BaseCase, HttpCase, new_test_user, tagged
from odoo.tools.misc import file_open

from ..tools.text import FOOTER, has_footer, has_link, parts, with_footer


def vectors(name):
    """The cases of vectors/<name>.json, each text written as often as it says."""
    with file_open(f"crm_ir_sms/tests/vectors/{name}.json") as source:
        return [
            {**case, "text": case["text"] * case.get("times", 1)}
            for case in json.load(source)
        ]


class TestText(BaseCase):
    def test_parts_are_counted_as_operators_count_them(self):
        for case in vectors("parts"):
            with self.subTest(case):
                self.assertEqual(parts(case["text"]), case["parts"])

    def test_a_link_is_found_wherever_a_gateway_finds_one(self):
        for case in vectors("links"):
            with self.subTest(case):
                self.assertEqual(has_link(case["text"]), case["link"])

    def test_a_way_out_is_added_once(self):
        for case in vectors("footers"):
            with self.subTest(case):
                self.assertEqual(has_footer(case["text"]), case["footer"])
                whole = with_footer(case["text"])
                self.assertTrue(has_footer(whole))
                added = whole.removeprefix(case["text"])
                self.assertEqual(added, "" if case["footer"] else f"\n{FOOTER}")


@tagged("post_install", "-at_install")
class TestBrowserText(HttpCase):
    """The browser finds in a text what the server finds."""

    READY = "odoo.loader.modules.has('@crm_ir_sms/sms_widget/sms_widget_patch')"
    CODE = """
        const module = (name) => odoo.loader.modules.get(name);
        const text = module("@crm_ir_sms/sms_widget/sms_text");
        const {SmsWidget} = module("@sms/components/sms_widget/fields_sms_widget");
        const {session} = module("@web/session");
        const {user} = module("@web/core/user");
        session.crm_ir_sms_companies = [user.activeCompany.id];
        const widgetOf = (body) =>
            Object.assign(Object.create(SmsWidget.prototype), {
                props: {name: "body", record: {data: {body}}},
            });
        const vectors = %s;
        const CHECKS = {
            parts: (one) => widgetOf(one.text).nbrSMS === one.parts,
            links: (one) => text.hasLink(one.text) === one.link,
            footers: (one) =>
                text.hasFooter(one.text) === one.footer &&
                text.withFooter(one.text).length ===
                    one.text.length + (one.footer ? 0 : 6),
        };
        const failures = Object.entries(CHECKS).flatMap(([name, check]) =>
            vectors[name].filter((one) => !check(one)).map((one) => [name, one])
        );
        const empty = Object.keys(CHECKS).filter((name) => !vectors[name].length);
        if (failures.length || empty.length) {
            console.error(JSON.stringify([failures, empty]));
        } else {
            console.log("test successful");
        }
    """

    def test_the_browser_agrees_with_every_vector(self):
        cases = {name: vectors(name) for name in ("parts", "links", "footers")}
        new_test_user(self.env, "leila", "base.group_user")
        self.browser_js(
            "/odoo", self.CODE % json.dumps(cases), self.READY, login="leila"
        )
