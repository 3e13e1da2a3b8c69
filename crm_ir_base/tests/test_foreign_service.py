import base64
import contextlib
import json
import re
from unittest.mock import patch

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger
from odoo.tools.convert import convert_file

from .foreign_service_common import ForeignServiceCommon

QUIET_LOGGERS = (
    "odoo.addons.iap.models.iap_account",
    "odoo.addons.iap.tools.iap_tools",
    "odoo.addons.mail.models.mail_push",
    "odoo.addons.mail.models.mail_thread",
    "odoo.addons.website.models.website",
    "odoo.http",
    "odoo.tools.translate",
)


@tagged("post_install", "-at_install")
class TestForeignService(ForeignServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson = new_test_user(
            cls.env,
            login="quiet_salesperson",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
        )

    def run(self, result):
        with mute_logger(*QUIET_LOGGERS):
            return super().run(result)

    # the list and its switches

    def test_nothing_is_blocked_until_somebody_chooses(self):
        services = self.env["crm.ir.foreign.service"].search([])
        self.assertEqual(set(services.mapped("blocked")), {False})
        self.assertFalse(
            self.env["res.config.settings"].create({}).l10n_ir_no_foreign_services
        )
        self.assertFalse(
            self.env["ir.config_parameter"].search_count(
                [("key", "=like", "crm\\_ir\\_base.no\\_%")]
            )
        )

    def test_one_switch_blocks_and_frees_all_services(self):
        services = self.env["crm.ir.foreign.service"].search([])
        for chosen in (True, False):
            with Form(self.env["res.config.settings"]) as settings:
                settings.l10n_ir_no_foreign_services = chosen
            settings.record.execute()
            services.invalidate_recordset()
            self.assertEqual(set(services.mapped("blocked")), {chosen})

    def test_the_demo_data_block_every_service(self):
        demo = "demo/crm_ir_foreign_service_demo.xml"
        convert_file(self.env, "crm_ir_base", demo, {}, mode="init")
        services = self.env["crm.ir.foreign.service"].search([])
        self.assertEqual(set(services.mapped("blocked")), {True})

    def test_saving_other_settings_keeps_the_choice_of_single_services(self):
        self.service("web_push").blocked = True
        self.env["res.config.settings"].create({}).execute()
        self.assertTrue(self.service("web_push").blocked)
        self.assertFalse(self.service("web_fonts").blocked)

    def test_freeing_a_service_restores_an_address_of_the_administrator(self):
        params = self.env["ir.config_parameter"]
        params.set_param("iap.endpoint", "https://iap.example.ir")
        service = self.service("iap_account")
        service.blocked = False
        self.assertEqual(params.get_param("iap.endpoint"), "https://iap.example.ir")
        service.blocked = True
        service.blocked = True
        self.assertNotEqual(params.get_param("iap.endpoint"), "https://iap.example.ir")
        service.blocked = False
        self.assertEqual(params.get_param("iap.endpoint"), "https://iap.example.ir")

    def test_uninstalling_frees_every_service(self):
        params = self.env["ir.config_parameter"].search([])
        self.block_all()
        self.env["crm.ir.foreign.service"]._uninstall()
        self.assertEqual(self.env["ir.config_parameter"].search([]), params)

    def test_only_administrators_see_the_switches(self):
        with self.assertRaises(AccessError):
            self.env["crm.ir.foreign.service"].with_user(self.salesperson).search([])

    # each switch stops its call

    def test_weekly_report_to_odoo(self):
        contract = self.env["publisher_warranty.contract"]
        self.assertSwitched(
            "publisher_warranty", contract.update_notification, "services.odoo.com"
        )

    def test_links_in_messages(self):
        lead = self.env["crm.lead"].with_user(self.salesperson).create({"name": "Lead"})
        message = lead.message_post(
            body=fields.Html().convert_to_cache(
                '<a href="https://example.ir/page">page</a>', lead
            )
        )
        self.authenticate("quiet_salesperson", "quiet_salesperson")
        self.assertSwitched(
            "link_preview",
            lambda: self.make_jsonrpc_request(
                "/mail/link_preview", {"message_id": message.id}
            ),
            "example.ir",
        )

    def test_links_in_notes(self):
        self.authenticate("quiet_salesperson", "quiet_salesperson")
        self.assertSwitched(
            "link_preview",
            lambda: self.make_jsonrpc_request(
                "/html_editor/link_preview_external",
                {"preview_url": "https://example.ir/page"},
            ),
            "example.ir",
        )

    def test_push_notifications(self):
        self.env["mail.push.device"].get_web_push_vapid_public_key()
        point = ec.generate_private_key(ec.SECP256R1()).public_key()
        public = point.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.env["mail.push.device"].create(
            {
                "partner_id": self.salesperson.partner_id.id,
                "endpoint": "https://fcm.googleapis.com/fcm/send/device",
                "keys": json.dumps(
                    {
                        "p256dh": base64.urlsafe_b64encode(public).decode(),
                        "auth": base64.urlsafe_b64encode(bytes(16)).decode(),
                    }
                ),
            }
        )
        self.salesperson.notification_type = "inbox"
        lead = self.env["crm.lead"].create({"name": "Lead"})
        self.assertSwitched(
            "web_push",
            lambda: lead.message_post(
                body="Call them",
                partner_ids=self.salesperson.partner_id.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            ),
            "fcm.googleapis.com",
        )

    def test_queued_push_notifications_are_dropped(self):
        device = self.env["mail.push.device"].create(
            {"endpoint": "https://fcm.googleapis.com/fcm/send/device", "keys": "{}"}
        )
        self.env["mail.push"].create(
            {"mail_push_device_id": device.id, "payload": "{}"}
        )
        self.service("web_push").blocked = True
        self.env["mail.push"]._push_notification_to_endpoint()
        self.assertFalse(self.env["mail.push"].search_count([]))
        self.assertFalse(self.hosts)

    def test_a_call_asks_only_servers_of_the_company(self):
        ice_server = self.env["mail.ice.server"]
        ice_server.search([]).unlink()
        self.service("google_stun").blocked = False
        self.assertFalse(
            ice_server._get_ice_servers(), "the browser falls back to Google"
        )
        self.service("google_stun").blocked = True
        (server,) = ice_server._get_ice_servers()
        self.assertEqual(server["urls"], "stun:127.0.0.1:9")
        ice_server.create({"server_type": "stun", "uri": "stun.example.ir:3478"})
        (server,) = ice_server._get_ice_servers()
        self.assertEqual(server["urls"], "stun:stun.example.ir:3478")

    def test_fonts_of_printed_documents(self):
        def remote():
            bundle = self.env["ir.qweb"]._get_asset_bundle(
                "web.report_assets_common", js=False
            )
            css = bundle.preprocess_css()
            self.assertIn("Lato", css, "local fonts stay")
            return bundle.get_version("css"), re.findall(
                r"url\(['\"]?https?:[^)]*", css
            )

        self.service("web_fonts").blocked = False
        stock_version, urls = remote()
        self.assertTrue(urls)
        self.service("web_fonts").blocked = True
        version, urls = remote()
        self.assertFalse(urls)
        self.assertNotEqual(
            version, stock_version, "no cache serves the other stylesheet"
        )

    def test_text_generation(self):
        self.authenticate("quiet_salesperson", "quiet_salesperson")

        def ask():
            with self.assertRaises(
                JsonRpcException
            ):  # the user reads that it is unreachable
                self.make_jsonrpc_request(
                    "/html_editor/generate_text",
                    {"prompt": "Hello", "conversation_history": []},
                )

        self.assertSwitched("text_generation", ask, "olg.api.odoo.com")

    def test_illustrations(self):
        self.authenticate("quiet_salesperson", "quiet_salesperson")

        def search():
            with contextlib.suppress(JsonRpcException):
                self.make_jsonrpc_request(
                    "/html_editor/media_library_search", {"query": "tree", "offset": 0}
                )

        self.assertSwitched("media_library", search, "media-api.odoo.com")

    def test_calls_of_modules_that_may_be_absent(self):
        for name, host, call in (
            ("iap_account", "iap.odoo.com", self._read_balance),
            ("lead_enrichment", "iap-services.odoo.com", self._enrich_lead),
            ("lead_mining", "iap-services.odoo.com", self._mine_leads),
            ("sms", "sms.api.odoo.com", self._send_sms),
            ("snailmail", "iap-snailmail.odoo.com", self._send_letter),
            ("website_configurator", "website.api.odoo.com", self._configure_website),
        ):
            if self.service(name).module in self.env.registry._init_modules:
                with self.subTest(name):
                    self.hosts.clear()
                    self.assertSwitched(name, call, host)

    def _read_balance(self):
        self.env["iap.account"].get("reveal")
        self.env["iap.account"].get_credits("reveal")

    def _enrich_lead(self):
        self.env["crm.lead"].create({"name": "Lead", "email_from": "ali@example.ir"})
        self.env["crm.lead"]._iap_enrich_leads_cron()

    def _mine_leads(self):
        with self.assertRaises(UserError):
            self.env["crm.iap.lead.mining.request"].create({}).action_submit()

    def _send_sms(self):
        from odoo.addons.sms.tools.sms_api import SmsApi

        with self.assertRaises(AccessError):
            SmsApi(self.env)._send_sms_batch(
                [
                    {
                        "content": "Hello",
                        "numbers": [{"number": "+989120000000", "uuid": "1"}],
                    }
                ]
            )

    def _send_letter(self):
        letter = self.env["snailmail.letter"]
        with (
            patch.object(
                type(letter), "_snailmail_create", lambda *a: {"documents": []}
            ),
            self.assertRaises(AccessError),
        ):
            letter._snailmail_print_valid_address()

    def _configure_website(self):
        self.assertEqual(self.env["website"].configurator_init()["industries"], [])

    # a day and its night, everything blocked

    def test_a_day_of_work_calls_nobody_abroad(self):
        self.block_all()
        env = self.env(user=self.salesperson)
        company = env["res.partner"].create(
            {"name": "Example", "is_company": True, "website": "https://example.ir"}
        )
        lead = env["crm.lead"].create(
            {"name": "Lead", "email_from": "ali@example.ir", "partner_id": company.id}
        )
        lead.message_post(body="https://example.ir", partner_ids=company.ids)
        lead.action_set_won()
        self.env["res.company"].create(
            {"name": "Branch", "website": "https://example.ir"}
        )
        self.env["res.config.settings"].create({}).execute()
        self.assertEqual(self.hosts, [])

    def test_scheduled_actions_call_nobody_abroad(self):
        self.block_all()
        self.env["crm.lead"].create({"name": "Lead", "email_from": "ali@example.ir"})
        for cron in self.env["ir.cron"].search([]):
            cron.method_direct_trigger()
        self.assertEqual(self.hosts, [])

    def test_a_day_in_the_browser_calls_nobody_abroad(self):
        self.block_all()
        self.start_tour("/odoo/crm", "crm_ir_base_day", login="quiet_salesperson")
        self.assertEqual(self.hosts, [])

    def test_an_administrator_finds_the_switches_in_the_settings(self):
        self.block_all()
        self.start_tour("/odoo/settings", "crm_ir_base_foreign_services", login="admin")
        self.assertEqual(self.hosts, [])

    def test_public_pages_load_nothing_from_abroad(self):
        for blocked in (False, True):
            self.env["crm.ir.foreign.service"].search([]).blocked = blocked
            self.hosts.clear()
            self.browser_js("/web/login", "console.log('test successful')")
            if blocked:
                self.assertEqual(self.hosts, [])
            elif "website" in self.env.registry._init_modules:
                self.assertIn("fonts.googleapis.com", self.hosts)
