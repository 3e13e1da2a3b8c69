from decimal import Decimal

from odoo.addons.crm_ir_base.tools.http import Refused

from .base import Report, national
from .payamak_panel import PayamakPanel, is_code, is_id


class Payamak(PayamakPanel):
    """The REST protocol of payamak-panel: Melipayamak, Farapayamak, many white labels.

    RetStatus says 1 for refusals too, and something else for messages that were taken:
    the id in Value is the only proof.
    """

    key = "payamak"
    title = "Melipayamak (REST)"
    base_url = "https://rest.payamak-panel.com"

    def send(self, texts):
        return self._ask(
            "SendSMS",
            lambda data: self._receipts(texts, data["Value"].split(",")),
            {
                "to": ",".join(national(text.number) for text in texts),
                "from": self.setup.sender,
                "text": texts[0].body,
                "isFlash": "false",
            },
        )

    def send_patterns(self, patterns):
        (pattern,) = patterns
        return self._ask(
            "BaseServiceNumber",
            lambda data: self._pattern_receipts(pattern, data["Value"]),
            {
                "text": ";".join(pattern.values.values()),
                "to": national(pattern.number),
                "bodyId": pattern.code,
            },
        )

    def reports(self, sent):
        (one,) = sent

        def read(data):
            code = data["Value"]
            return [Report(one.external_id, self.status(code), code)]

        return self._ask("GetDeliveries2", read, {"recID": one.external_id})

    def inbox(self, after):
        return self._ask(
            "GetMessages",
            lambda data: self._incoming(data["Data"], after),
            {"location": 1, "from": self.setup.sender, "index": 0, "count": 100},
        )

    def credit(self):
        return self._ask("GetCredit", lambda data: Decimal(data["Value"]))

    def lines(self):
        return self._ask(
            "GetUserNumbers", lambda data: [entry["Number"] for entry in data["Data"]]
        )

    def _ask(self, method, read, fields=None):
        return self._call(
            "POST",
            f"/api/SendSMS/{method}",
            read,
            data={**self._login(), **(fields or {})},
        )

    def _open(self, answer):
        data = answer.json()
        verdict = data.get("MyBase", data)
        value, status = verdict["Value"] or "", int(verdict["RetStatus"])
        if status != 1 and not any(map(is_id, value.split(","))):
            code = value if is_code(value) else status
            raise Refused(code, str(verdict.get("StrRetStatus", "")), answer)
        return data
