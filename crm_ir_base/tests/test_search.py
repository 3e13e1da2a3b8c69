import json
import re
import threading
from contextlib import closing
from unittest.mock import patch

import psycopg2
from psycopg2 import sql

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.db import FunctionStatus
from odoo.modules.registry import Registry
from odoo.orm.registry import _unaccent
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, HttpCase, TransactionCase, new_test_user, tagged
from odoo.tests.common import get_db_name
from odoo.tools import SQL, file_open, file_path, mute_logger

from ..models.crm_ir_search_index import PREFIX, build
from ..tools import text

with file_open("crm_ir_base/tests/vectors/text.json") as vectors:
    CASES = [case for case in json.load(vectors) if "search" in case]

SPELLINGS = [
    ("علی", "علي"),
    ("می‌خواهم", "میخواهم"),
    ("۱۲۳", "123"),
    ("١٢٣", "۱۲۳"),
    ("مسئول", "مسيول"),
    ("کریمی", "كـريمي"),
    ("محمّد", "محمد"),
]


class TestSearchDefinition(TransactionCase):
    def test_postgresql_compares_what_python_compares(self):
        self.env.cr.execute(
            "SELECT crm_ir_normalize(t.text) FROM unnest(%s) WITH ORDINALITY AS t (text, i)"
            " ORDER BY i",
            [[case["in"] for case in CASES]],
        )
        found = [row[0] for row in self.env.cr.fetchall()]
        self.assertEqual(found, [case["search"] for case in CASES])

    def test_the_browser_has_the_same_table(self):
        with open(file_path("crm_ir_base/static/src/core/persian_text.js")) as source:
            tables = dict(
                re.findall(r'const (SEARCH_\w+) =\s*("[^"]*")', source.read())
            )
        self.assertEqual(json.loads(tables["SEARCH_FROM"]), text.SEARCH_FROM)
        self.assertEqual(json.loads(tables["SEARCH_TO"]), text.SEARCH_TO)

    def test_a_new_table_is_in_force_at_once(self):
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION crm_ir_normalize(text) RETURNS text
            LANGUAGE sql IMMUTABLE AS $$ SELECT 'former' $$;
            CREATE INDEX crm_ir_test ON res_partner USING gin
                (crm_ir_normalize(name) gin_trgm_ops);
        """)
        partner = self.env["res.partner"].create({"name": "محمد علي كاشاني"})
        partner.flush_recordset()
        self.env["crm.ir.search"].init()
        self.env.cr.execute("""
            SET LOCAL enable_seqscan = off;
            SELECT id FROM res_partner WHERE crm_ir_normalize(name) LIKE '%علی کاشانی%'
        """)
        self.assertEqual(self.env.cr.fetchall(), [(partner.id,)])


@tagged("post_install", "-at_install")
class TestSearch(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(
            cls.env, "persian_seller", "base.group_user,sales_team.group_sale_salesman"
        )
        cls.env = cls.env(user=user)

    def test_a_contact_is_found_in_either_spelling(self):
        Partner = self.env["res.partner"].sudo().with_user(self.env.user)
        for pair in SPELLINGS:
            for typed, stored in (pair, pair[::-1]):
                with self.subTest(typed=typed, stored=stored):
                    partner = Partner.sudo().create({"name": f"صبا {stored} پور"})
                    partner = partner.with_user(self.env.user)
                    self.assertIn(partner, Partner.search([("name", "ilike", typed)]))
                    self.assertIn(
                        partner,
                        Partner.search([("name", "=ilike", f"صبا {typed} پور")]),
                    )
                    self.assertIn(
                        partner.id,
                        [id_ for id_, name in Partner.name_search(typed, limit=None)],
                    )
                    self.assertNotIn(
                        partner, Partner.search([("name", "not ilike", typed)])
                    )
                    self.assertTrue(partner.filtered_domain([("name", "ilike", typed)]))
                    partner.sudo().unlink()

    def test_a_lead_is_found_by_the_name_of_its_contact(self):
        partner = self.env["res.partner"].sudo().create({"name": "شركت آريا"})
        lead = self.env["crm.lead"].create({"name": "پروژه", "partner_id": partner.id})
        domain = [("partner_id", "ilike", "شرکت آریا")]
        self.assertEqual(self.env["crm.lead"].search(domain), lead)
        self.assertEqual(lead.filtered_domain(domain), lead)

    def test_a_translated_word_is_found(self):
        self.env["res.lang"].sudo()._activate_lang("fa_IR")
        tag = self.env["crm.tag"].sudo().create({"name": "Special"})
        tag.with_context(lang="fa_IR").name = "ويژه"
        Tag = self.env["crm.tag"].with_context(lang="fa_IR")
        self.assertEqual(Tag.search([("name", "ilike", "ویژه")]), tag)

    def test_exact_operators_stay_exact(self):
        partner = self.env["res.partner"].sudo().create({"name": "علي"})
        for operator in ("=", "like", "=like"):
            self.assertNotIn(
                partner, self.env["res.partner"].search([("name", operator, "علی")])
            )

    def test_a_latin_search_finds_what_stock_finds(self):
        names = ["Élodie", "elodie", "100% Öko", "O'Neil\\Sons", "a_b", "Łódź 12"]
        self.env["res.partner"].sudo().create([{"name": name} for name in names])
        terms = ["é", "E", "100\\%", "%", "_", "'", "12", "ö", "o'n", "lodie"]

        def search():
            Partner = self.env["res.partner"]
            return [Partner.search([("name", "ilike", term)]).ids for term in terms]

        ours = search()
        search_model = self.env["crm.ir.search"]
        self.addCleanup(search_model._register_hook)
        search_model._unregister_hook()
        self.assertEqual(ours, search())

    def test_the_hook_keeps_unaccent_and_every_type_of_sql(self):
        registry, search_model = self.env.registry, self.env["crm.ir.search"]
        self.addCleanup(search_model._register_hook)
        search_model._unregister_hook()
        stock = registry.unaccent
        with patch.object(registry, "unaccent", _unaccent):
            search_model._register_hook()
            search_model._register_hook()
            self.assertEqual(registry.unaccent("x"), "unaccent(crm_ir_normalize(x))")
            self.assertEqual(
                registry.unaccent(SQL("%s", "x")),
                SQL("unaccent(%s)", SQL("crm_ir_normalize(%s)", SQL("%s", "x"))),
            )
            composed = registry.unaccent(sql.SQL("x"))
            self.assertEqual(
                composed.as_string(self.env.cr._cnx), "unaccent(crm_ir_normalize(x))"
            )
            search_model._unregister_hook()
            self.assertIs(registry.unaccent, _unaccent)
        self.assertIs(registry.unaccent, stock)

    def test_an_uninstall_leaves_nothing_but_a_working_search(self):
        self.addCleanup(self.env["crm.ir.search"]._register_hook)
        partner = self.env["res.partner"].sudo().create({"name": "بهار"})
        self.env["crm.ir.search"].sudo()._uninstall()
        self.env.cr.execute(
            "SELECT proname FROM pg_proc WHERE proname = 'crm_ir_normalize'"
            " UNION SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%%crm_ir_normalize%%'"
        )
        self.assertEqual(self.env.cr.fetchall(), [])
        self.assertIn(
            partner, self.env["res.partner"].search([("name", "ilike", "بهار")])
        )


@tagged("post_install", "-at_install")
class TestPhoneSearch(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(
            cls.env, "phone_seller", "base.group_user,sales_team.group_sale_salesman"
        )
        iran = cls.env.ref("base.ir").id
        values = {"name": "Nader", "country_id": iran, "phone": "+989121234567"}
        cls.records = [
            cls.env["res.partner"].create(values).with_user(user),
            cls.env["crm.lead"].create(values | {"user_id": user.id}).with_user(user),
        ]

    def assertFound(self, typed, operator="ilike"):
        for record in self.records:
            with self.subTest(model=record._name, typed=typed):
                self.assertIn(
                    record, record.search([("phone_mobile_search", operator, typed)])
                )

    def test_an_iranian_number_is_found_as_people_say_it(self):
        for typed in (
            "0912 123 4567",
            "09121234567",
            "0912-123",
            "912 123 4567",
            "123 4567",
            "۰۹۱۲۱۲۳۴۵۶۷",
            "٠٩١٢ ١٢٣ ٤٥٦٧",
            "989121234567",
            "+98 912 123 4567",
            "0098912",
            "\u200e+989121234567",
        ):
            self.assertFound(typed)
        self.assertFound("09121234567", "=")

    def test_another_number_is_not_found(self):
        for record in self.records:
            found = record.search([("phone_mobile_search", "ilike", "0912 123 4568")])
            self.assertNotIn(record, found)
            others = record.search([("phone_mobile_search", "not ilike", "0912 123")])
            self.assertNotIn(record, others)

    def test_a_foreign_number_is_found_as_in_stock(self):
        france = self.env.ref("base.fr").id
        self.records = self.env["res.partner"].create(
            {"name": "Marie", "country_id": france, "phone": "01 23 45 67 89"}
        )
        for typed in ("0123", "01 23 45", "45 67"):
            self.assertFound(typed)


@tagged("post_install", "-at_install")
class TestSearchIndexBuild(BaseCase):
    """Works on committed tables: the indexes it leaves are those of the product."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        cr = self.enterContext(closing(db_connect(get_db_name()).cursor()))
        cr.connection.autocommit = True
        self.cr = cr

    def _indexes(self):
        self.cr.execute(
            "SELECT relname, indisvalid FROM pg_class JOIN pg_index ON indexrelid = oid"
            " WHERE starts_with(relname, %s)",
            [PREFIX],
        )
        return dict(self.cr.fetchall())

    def test_an_interrupted_build_is_mended(self):
        build(self.registry)
        complete = self._indexes()
        name = f"{PREFIX}res_partner_ref"
        self.assertIn(name, complete)
        self.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
        ):
            self.cr.execute(
                SQL(
                    "CREATE UNIQUE INDEX CONCURRENTLY %s ON res_partner ((true))",
                    SQL.identifier(name),
                )
            )
        self.assertIs(self._indexes()[name], False)
        build(self.registry)
        self.assertEqual(self._indexes(), complete)
        self.assertTrue(all(complete.values()))

    def test_a_second_build_changes_nothing(self):
        build(self.registry)
        query = "SELECT oid FROM pg_class WHERE starts_with(relname, %s) ORDER BY oid"
        self.cr.execute(query, [PREFIX])
        before = self.cr.fetchall()
        build(self.registry)
        self.cr.execute(query, [PREFIX])
        self.assertEqual(self.cr.fetchall(), before)

    def test_an_index_nobody_wants_any_more_is_dropped(self):
        name = f"{PREFIX}res_partner_former"
        self.cr.execute(
            SQL("CREATE INDEX %s ON res_partner (id)", SQL.identifier(name))
        )
        build(self.registry)
        self.assertNotIn(name, self._indexes())

    def test_nothing_is_built_where_an_index_is_impossible(self):
        for attribute, value in (
            ("has_trigram", False),
            ("has_unaccent", FunctionStatus.PRESENT),
        ):
            with (
                patch.object(self.registry, attribute, value),
                patch(f"{build.__module__}.db_connect") as connect,
            ):
                build(self.registry)
                connect.assert_not_called()

    def test_the_scheduled_job_does_not_wait_for_the_build(self):
        with patch(f"{build.__module__}.build") as slow_build:
            running = threading.Event()
            slow_build.side_effect = lambda registry: running.wait(10)
            with closing(self.registry.cursor()) as cr:
                Environment(cr, SUPERUSER_ID, {})["crm.ir.search.index"]._cron_build()
            running.set()
        slow_build.assert_called_once_with(self.registry)


@tagged("post_install", "-at_install")
class TestSearchIndexUse(TransactionCase):
    @classmethod
    def setUpClass(cls):
        # before the transaction of the tests, which a build would wait for
        build(Registry(get_db_name()))
        super().setUpClass()

    def _plan(self, model, domain):
        query = self.env[model].with_context(active_test=False)._search(domain).select()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(SQL("EXPLAIN %s", query))
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def test_a_search_uses_the_index(self):
        for model, fname in (
            ("res.partner", "name"),
            ("res.partner", "complete_name"),
            ("res.partner", "l10n_ir_national_code"),
            ("crm.lead", "contact_name"),
            ("crm.lead", "email_normalized"),
        ):
            for operator in ("ilike", "=ilike"):
                table = self.env[model]._table
                self.assertIn(
                    f"{PREFIX}{table}_{fname}",
                    self._plan(model, [(fname, operator, "کریمی")]).replace(
                        "unaccent_", ""
                    ),
                )

    def test_every_field_that_stock_indexes_has_our_index(self):
        self.env.cr.execute("SELECT indexname FROM pg_indexes")
        indexes = {name for (name,) in self.env.cr.fetchall()}
        prefix = PREFIX + ("unaccent_" if self.env.registry.has_unaccent else "")
        for Model in self.env.registry.values():
            for field in Model._fields.values():
                if field.index == "trigram" and field.store and Model._auto:
                    self.assertIn(f"{prefix}{Model._table}_{field.name}"[:63], indexes)


@tagged("post_install", "-at_install")
class TestSearchInBrowser(HttpCase):
    CODE = """
        const { normalize, SEARCH_FROM, SEARCH_TO } = odoo.loader.modules.get(
            "@crm_ir_base/core/persian_text"
        );
        const { fuzzyTest } = odoo.loader.modules.get("@web/core/utils/search");
        const failures = %s.filter((case_) => normalize(case_.in) !== case_.search);
        if (failures.length) {
            console.error(JSON.stringify(failures));
        } else if (!fuzzyTest("علی", "حسن علي پور") || fuzzyTest("علی", "حسن")) {
            console.error("The web client does not filter in Persian");
        } else {
            console.log("test successful");
        }
    """
    READY = "odoo.loader.modules.has('@web/core/utils/search')"

    def test_the_web_client_compares_what_python_compares(self):
        self.browser_js(
            "/odoo", self.CODE % json.dumps(CASES), self.READY, login="admin"
        )

    def test_a_public_page_compares_what_python_compares(self):
        self.browser_js("/web/login", self.CODE % json.dumps(CASES), self.READY)
