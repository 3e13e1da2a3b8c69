"""Our modules' demo data in a database made without demo: input of `odoo shell`.

Stock demo data, which is English, stays out. All is committed at once, so that a
failure leaves a database to which the same can be done again. `MODULES`, in order
of dependency, and `env` are there when this runs.
"""

from odoo.modules import Manifest
from odoo.tools import convert_file

for module in env["ir.module.module"].search(  # noqa: F821
    [("name", "in", MODULES), ("state", "=", "installed"), ("demo", "=", False)]  # noqa: F821
).sorted(lambda module: MODULES.index(module.name)):  # noqa: F821
    for filename in Manifest.for_addon(module.name)["demo"]:
        convert_file(env, module.name, filename, {}, "init", noupdate=True)  # noqa: F821
    module.demo = True
env["res.users"].browse(2).write({"lang": "fa_IR", "tz": "Asia/Tehran"})  # noqa: F821
env.cr.commit()  # noqa: F821
