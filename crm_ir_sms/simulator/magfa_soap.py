from lxml import etree
from werkzeug.wrappers import Response

from .magfa import MagfaService

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_NAMESPACE = "webservice.magfa.com"
_TEXTS, _NUMBERS = (list, str), (list, int)
_PARAMETERS = {
    "send": {
        "messages": _TEXTS,
        "senders": _TEXTS,
        "recipients": _TEXTS,
        "uids": _NUMBERS,
        "encodings": _NUMBERS,
        "udhs": _TEXTS,
        "priorities": _NUMBERS,
    },
    "mid": {"uid": int},
    "statuses": {"mids": _NUMBERS},
    "messages": {"count": int, "shortNumber": str},
    "balance": {},
}


class MagfaSoapService(MagfaService):
    """Magfa SOAP v2: messaging.magfa.com/ui/?public/wiki/api/soap_v2."""

    name = "magfa_soap"
    title = "Magfa (SOAP)"
    routes = (("/", "call"),)

    def answer(self, method, request, values):
        try:
            self._operation, arguments = _read(request.data)
        except (ValueError, LookupError, etree.XMLSyntaxError) as error:
            return _fault("Client", str(error))
        return super().answer(method, request, {**values, "arguments": arguments})

    def call(self, _request, arguments):
        operations = {
            "send": self.take,
            "mid": self.known,
            "statuses": self.dlrs,
            "messages": lambda count, shortNumber: self.inbox(count),  # noqa: N803
            "balance": self.credit,
        }
        return operations[self._operation](**arguments)

    def refuse(self, code, words):
        if not str(code).isdecimal():
            return _fault(code, words)
        return self.say({"status": int(code)})

    def say(self, data, status=200):
        response = etree.Element(f"{{{_NAMESPACE}}}{self._operation}Response")
        _fill(etree.SubElement(response, "return"), data)
        return _envelope(response, status)


def _read(body):
    """The operation that is called, and its arguments."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    (call,) = etree.fromstring(body, parser).find(f"{{{_SOAP}}}Body")
    name = etree.QName(call)
    parameters = _PARAMETERS[name.localname]
    if name.namespace != _NAMESPACE or [part.tag for part in call] != [*parameters]:
        raise LookupError(f"no operation {call.tag} with these parts")
    return name.localname, {
        part.tag: _value(part, parameters[part.tag]) for part in call
    }


def _value(part, kind):
    if isinstance(kind, type):
        return kind(part.text or "")
    _list, kind = kind
    return [kind(item.text or "") for item in part.findall("item")]


def _fill(element, data):
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            child = etree.SubElement(element, name)
            if isinstance(one, dict):
                # a message that was sent has its fields in the order of the alphabet
                _fill(child, dict(sorted(one.items())) if "userId" in one else one)
            else:
                child.text = str(one)


def _fault(code, words):
    fault = etree.Element(f"{{{_SOAP}}}Fault", nsmap={"soap": _SOAP})
    etree.SubElement(fault, "faultcode").text = f"soap:{code}"
    etree.SubElement(fault, "faultstring").text = words
    return _envelope(fault, 500)


def _envelope(content, status):
    envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap={"soap": _SOAP})
    etree.SubElement(envelope, f"{{{_SOAP}}}Body").append(content)
    body = etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
    return Response(body, status, mimetype="text/xml")
