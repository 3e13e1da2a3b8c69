from pathlib import Path
from types import SimpleNamespace

from zeep import Client, Settings, Transport
from zeep.exceptions import Error
from zeep.loader import parse_xml

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from .base import documented

_WSDL = Path(__file__).parent / "wsdl"
_SETTINGS = Settings(forbid_dtd=True, forbid_entities=True, forbid_external=True)
_FAULT = "{{{0}}}Body/{{{0}}}Fault".format("http://schemas.xmlsoap.org/soap/envelope/")
# Faults that SOAP 1.1 (4.4.1) gives before anything is done. A fault of the server may
# come in the middle of its work.
_UNDONE = ("VersionMismatch", "MustUnderstand", "Client")


class _Transport(Transport):
    """The library's way to the network, through our door; descriptions are our files."""

    def __init__(self, gateway, options):
        super().__init__()
        self._gateway = gateway
        self._options = options

    def load(self, url):
        return Path(url).read_bytes()

    def post(self, address, message, headers):
        answer = self._gateway._call(
            "POST", address, data=message, headers=headers, **self._options
        )
        return SimpleNamespace(status_code=200, content=answer.body, headers={})


class Soap:
    """For a gateway that speaks SOAP 1.1, as one of our files in ``wsdl/`` describes."""

    def _client(self, description, **options):
        """A client of the ``description``; ``options`` are those of the door's calls."""
        return Client(
            str(_WSDL / description),
            transport=_Transport(self, options),
            settings=_SETTINGS,
        )

    def _invoke(self, service, operation, **arguments):
        """Call an operation of a client's service and return its result."""
        try:
            with documented():
                return service[operation](**arguments)
        except Error as error:
            raise InDoubt(f"the answer does not fit {operation}: {error!r}") from None

    def _open(self, answer):
        try:
            fault = parse_xml(answer.body, None, settings=_SETTINGS).find(_FAULT)
        except Error:
            raise InDoubt("the answer is not plain XML", answer) from None
        if fault is None:
            return answer
        code = fault.findtext("faultcode", "").rpartition(":")[2].strip()
        words = fault.findtext("faultstring", "")
        if code in _UNDONE:
            raise Refused(code, words, answer)
        raise InDoubt(f"a fault of the server: {code} {words}", answer)
