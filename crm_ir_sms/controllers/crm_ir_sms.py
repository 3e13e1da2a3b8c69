import hmac
import json

from odoo.http import Controller, request, route

_LARGEST = 65536  # bytes of a body


class CrmIrSmsController(Controller):
    @route(
        # no database knows a greater id
        "/crm_ir_sms/<int(max=2147483647):account>/<token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        max_content_length=_LARGEST,
    )
    def push(self, account, token, **_params):
        """Take what a gateway pushes: reports as hints to ask, texts to be handled.

        Gateways sign nothing and repeat what is not answered at once: who knows the
        token is believed, and is told the same whatever the form held.
        """
        account = request.env["crm.ir.sms.account"].sudo().browse(account).exists()
        known = (account.active and account.push_token) or ""
        if not hmac.compare_digest(known.encode(), token.encode()):
            raise request.not_found()
        account._take_push(_form(request.httprequest))
        return request.make_response("OK", [("Content-Type", "text/plain")])


def _form(httprequest):
    """The texts of query, form and JSON body, without what no database stores."""
    form = {**httprequest.args, **httprequest.form}
    try:
        data = json.loads(httprequest.get_data() or "{}")
    except (ValueError, RecursionError):
        data = {}
    if isinstance(data, dict):
        form.update((name, str(one)) for name, one in data.items() if _is_scalar(one))
    return {_storable(name): _storable(value) for name, value in form.items()}


def _is_scalar(value):
    return isinstance(value, str | int | float)


def _storable(text):
    return text.encode("utf-8", "ignore").decode().replace("\0", "")
