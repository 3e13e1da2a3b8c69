"""Our modules' demo data in a database made without demo: input of `odoo shell`.

Stock demo data, which is English, stays out. All is committed at once, so that a
failure leaves a database to which the same can be done again. `env`, and `MODULES`
in order of dependency, are there when this runs.
"""

# ruff: noqa: F821
from odoo.modules import Manifest
from odoo.tools import convert_file

modules = env["ir.module.module"].search(
    [("name", "in", MODULES), ("state", "=", "installed"), ("demo", "=", False)]
)
for module in modules.sorted(lambda module: MODULES.index(module.name)):
    for filename in Manifest.for_addon(module.name)["demo"]:
        convert_file(env, module.name, filename, {}, "init", noupdate=True)
    module.demo = True
env.ref("base.user_admin").write({"lang": "fa_IR", "tz": "Asia/Tehran"})
env.cr.commit()
