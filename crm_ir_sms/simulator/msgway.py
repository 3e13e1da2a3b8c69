import json

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from .service import SmsService
from .telecom import Refusal


class MsgWayService(SmsService):
    """MSGWay: api.msgway.com. It sends approved templates only."""

    name = "msgway"
    title = "MSGWay"
    routes = (("/send", "send"),)

    def refuse(self, code, words):
        return self._answer(
            {"status": "error", "error": {"message": words or str(code)}}
        )

    def send(self, request):
        account = self.telecom.account
        body = request.get_json(silent=True)
        if request.headers.get("apiKey") != account.api_key:
            raise Refusal("", "apiKey is invalid")
        if not isinstance(body, dict) or body.get("method") != "sms":
            raise Refusal("", "method is invalid")
        number = to_e164(body.get("mobile"))
        if not number:
            raise Refusal("", "mobile is invalid")
        code = body.get("templateID")
        template = account.templates.get(str(code)) if type(code) is int else None
        values = body.get("params", [])
        if template is None or len(values) != len(template.names) or not all(values):
            raise Refusal("", "template is invalid")
        sms = self.telecom.take(
            account.lines[0],
            number,
            template.fill(dict(zip(template.names, values, strict=True))),
            pattern=str(code),
        )
        return self._answer({"status": "success", "referenceID": str(sms.id)})

    def _answer(self, body):
        return Response(
            json.dumps(body, ensure_ascii=False), mimetype="application/json"
        )
