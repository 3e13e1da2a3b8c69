"""What the Jalali calendar adds to the load of the web client: gzipped bytes of
`web.assets_web`, scripts and styles together, and requests.

Both databases have crm_ir_base here; only one has crm_ir_jalali.
"""

import gzip
import json
import os
import re
import time
from collections import Counter
from urllib.parse import urlsplit

from browser import web_client
from common import environments

from odoo.modules.registry import Registry

GOAL_BYTES = 20 * 1024
GOAL_REQUESTS = 0
# Seconds in which the web client has asked for whatever it loads after its first view.
SETTLING = 5


def bundle_bytes(env):
    bundle = env["ir.qweb"]._get_asset_bundle("web.assets_web", css=True, js=True)
    content = bundle.js().raw, bundle.css().raw
    return sum(len(gzip.compress(part, mtime=0)) for part in content)


def requests_at_load(database):
    """Paths that the web client asks for, less what differs at each start."""
    with web_client(database) as page:
        time.sleep(SETTLING)
        page.evaluate("0")  # reads what has arrived
        paths = (urlsplit(url).path for url in page.requested)
        return Counter(re.sub(r"/assets/[^/]+/|/\d+(?=/)", "/", path) for path in paths)


if __name__ == "__main__":
    ours, stock = os.environ["BENCH_DB"], os.environ["BENCH_STOCK_DB"]
    for database, module in ((ours, "crm_ir_jalali"), (stock, "crm_ir_base")):
        Registry.new(database, update_module=True, install_modules=[module])
    with environments() as sides:
        added_bytes, base_bytes = (bundle_bytes(side) for side in sides)
        added_bytes -= base_bytes
    seen = requests_at_load(ours)
    added = seen - requests_at_load(stock)
    print(
        json.dumps(
            {
                "bench": "jalali_bundle",
                "added_bytes": added_bytes,
                "goal": GOAL_BYTES,
                "met": added_bytes <= GOAL_BYTES and added.total() <= GOAL_REQUESTS,
                "bundle_bytes": base_bytes,
                "requests": seen.total(),
                "added_requests": sorted(added.elements()),
                "goal_requests": GOAL_REQUESTS,
            }
        ),
        flush=True,
    )
