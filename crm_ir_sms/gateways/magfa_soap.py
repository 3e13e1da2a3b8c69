from zeep.helpers import serialize_object

from .base import Failure, documented
from .magfa import Magfa
from .soap import Soap

_BINDING = "{webservice.magfa.com}MagfaSoapServerPortBinding"
# An operation wants all of its parameters.
_UNUSED = {
    "send": {"encodings": [], "udhs": [], "priorities": []},
    "messages": {"shortNumber": ""},
}


class MagfaSoap(Soap, Magfa):
    """Magfa SOAP v2, messaging.magfa.com/ui/?public/wiki/api/soap_v2."""

    key = "magfa_soap"
    title = "Magfa (SOAP)"
    base_url = "https://sms.magfa.com/api/soap/sms/v2/server"

    codes = {**Magfa.codes, "Client": Failure.REQUEST}

    def __init__(self, door, setup):
        super().__init__(door, setup)
        client = self._client("magfa.wsdl", auth=self._login)
        self._service = client.create_service(_BINDING, "")

    def _ask(self, operation, read, **arguments):
        given = {**arguments, **_UNUSED.get(operation, {})}
        result = self._invoke(
            self._service,
            operation,
            **{
                name: {"item": value} if isinstance(value, list) else value
                for name, value in given.items()
            },
        )
        with documented():
            return read(self._accepted(serialize_object(result, dict)))
