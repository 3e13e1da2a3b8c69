import base64
from html import escape

from lxml import etree
from werkzeug import Response

from .payamak import PanelService
from .telecom import Refusal

_ENVELOPE = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
    "<soap:Body>{}</soap:Body></soap:Envelope>"
)
_FAULT = (
    "<soap:Fault><faultcode>soap:{}</faultcode>"
    "<faultstring>{}</faultstring><detail /></soap:Fault>"
)
_BODY = "{http://schemas.xmlsoap.org/soap/envelope/}Body"
_NS = "{http://tempuri.org/}"


class PayamakSoapService(PanelService):
    """The SOAP 1.1 protocol of payamak-panel: Send.asmx and receive.asmx."""

    name = "payamak_soap"
    title = "Melipayamak (SOAP)"
    routes = (("/post/Send.asmx", "call"), ("/post/receive.asmx", "call"))
    _methods = {
        "/post/Send.asmx": {
            "SendSms": "send",
            "SendByBaseNumber2": "send_pattern",
            "GetDeliveries": "deliveries",
            "GetCredit": "credit",
        },
        "/post/receive.asmx": {"GetMessages": "messages"},
    }

    def answer(self, method, request, values):
        self._asked = request.headers.get("SOAPAction", "").strip('"')
        return super().answer(method, request, values)

    def refuse(self, code, words):
        if not str(code).lstrip("-").isdigit():
            return self.fault(code, words)
        return self._reply(str(code))

    def fault(self, code, words=""):
        """The server's fault, which comes with an HTTP status of failure."""
        return _xml(_FAULT.format(code, escape(words)), 500)

    def call(self, request):
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            ((asked,),) = etree.fromstring(request.get_data(), parser).iter(_BODY)
            name = asked.tag.removeprefix(_NS)
            method = self._methods[request.path][name]
        except (etree.XMLSyntaxError, ValueError, KeyError):
            raise Refusal("Client", "Server was unable to read request.") from None
        if f"http://tempuri.org/{name}" != self._asked:
            raise Refusal("Client", "Server did not recognize the HTTP Header.")
        if not request.content_type.startswith("text/xml"):
            return Response("", 415)
        fields = {one.tag.removeprefix(_NS): one for one in asked}
        self.enter(*(fields[key].text for key in ("username", "password")))
        return getattr(self, method)(fields)

    def send(self, fields):
        numbers = _items(fields["to"], "string")
        ids = self.take(numbers, fields["from"].text, fields["text"].text)
        longs = "".join(f"<long>{one}</long>" for one in ids)
        states = base64.b64encode(bytes(len(ids))).decode()
        return self._reply("1", f"<recId>{longs}</recId><status>{states}</status>")

    def send_pattern(self, fields):
        if not fields["bodyId"].text.isdecimal():
            raise Refusal("Client", "Input string was not in a correct format.")
        values = (fields["text"].text or "").split(";")
        record = self.take_pattern(values, fields["to"].text, fields["bodyId"].text)
        return self._reply(str(record))

    def deliveries(self, fields):
        records = map(int, _items(fields["recIds"], "long"))
        return self._reply(
            "".join(f"<int>{self.delivery(record)}</int>" for record in records)
        )

    def credit(self, _fields):
        return self._reply(repr(float(self.telecom.account.credit)))

    def messages(self, fields):
        index, count = int(fields["index"].text), int(fields["count"].text)
        rows = []
        if fields["location"].text == "1":
            rows = self.received(fields["from"].text or "", index, count)
        return self._reply(
            "".join(
                "<MessagesBL>{}</MessagesBL>".format(
                    "".join(
                        f"<{name}>{escape(_written(value), quote=False)}</{name}>"
                        for name, value in row.items()
                    )
                )
                for row in rows
            )
        )

    def _reply(self, result, more=""):
        name = self._asked.rpartition("/")[2]
        return _xml(
            f'<{name}Response xmlns="http://tempuri.org/">'
            f"<{name}Result>{result}</{name}Result>{more}</{name}Response>"
        )


def _items(element, name):
    return [one.text for one in element if one.tag == _NS + name]


def _written(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def _xml(body, status=200):
    return Response(
        _ENVELOPE.format(body), status, content_type="text/xml; charset=utf-8"
    )
