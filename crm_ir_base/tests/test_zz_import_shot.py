import base64, time, os
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

@tagged("post_install", "-at_install")
class TestShot(HttpCase):
    def test_shot(self):
        self.env.company.country_id = self.env.ref("base.ir")
        admin = self.env.ref("base.user_admin")
        admin.lang = os.environ.get("LANG_", "en_US")
        with file_open("crm_ir_base/demo/sample_contacts.xlsx", "rb") as f:
            data = base64.b64encode(f.read()).decode()
        code = """
(async () => {
 const wait = async (sel) => { for (let i=0;i<200;i++){ const e=document.querySelector(sel); if(e) return e; await new Promise(r=>setTimeout(r,200)); } throw new Error("no "+sel); };
 const input = await wait('.o_control_panel input[type=file], .o_file_input input, input.o_input_file, input[type=file]');
 const bytes = Uint8Array.from(atob(DATA), c=>c.charCodeAt(0));
 const dt = new DataTransfer(); dt.items.add(new File([bytes], "sample_contacts.xlsx", {type:"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}));
 input.files = dt.files; input.dispatchEvent(new Event("change",{bubbles:true}));
 await wait('.o_crm_ir_import_changes summary');
 document.querySelector('.o_crm_ir_import_changes').open = true;
 if (STEP === "preview") { throw new Error("shot"); }
 const sel = document.querySelector('select[name=crm_ir_errors]'); sel.value='report'; sel.dispatchEvent(new Event("change",{bubbles:true}));
 await new Promise(r=>setTimeout(r,6000));
 const buttons = [...document.querySelectorAll('.o_control_panel button')]; console.log(buttons.map(b=>b.textContent).join("|"));
 buttons.filter(b=>b.offsetParent)[STEP === "test" ? 0 : 1].click();
 await wait('.o_crm_ir_import_outcome');
 await new Promise(r=>setTimeout(r,1500));
 console.log("OUTCOME " + document.querySelector('.o_crm_ir_import_outcome b').textContent + " | " + [...document.querySelectorAll('.o_control_panel button')].map(b=>b.textContent).join("|") + " | " + [...document.querySelectorAll('.alert')].map(e=>e.textContent.slice(0,80)).join(" # "));
 throw new Error("shot");
})().catch(e => console.error(e.message));
""".replace("DATA", repr(data)).replace("STEP", repr(os.environ.get("STEP", "preview")))
        self.browser_js("/odoo/action-base.action_partner_form/import", code, "document.querySelector('.o_import_action')", login="admin", timeout=180)
