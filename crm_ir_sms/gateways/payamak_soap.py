from decimal import Decimal

from lxml import etree

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from .base import Failure, Receipt, Report, documented, national
from .payamak_panel import PayamakPanel, is_id
from .soap import Soap

_TAKEN = 1
_NOT_SENT = 1


class PayamakSoap(Soap, PayamakPanel):
    """The SOAP 1.1 protocol of payamak-panel, for panels that offer nothing else."""

    key = "payamak_soap"
    title = "Melipayamak (SOAP)"
    base_url = "https://api.payamak-panel.com"
    reports_per_call = 100

    codes = {**PayamakPanel.codes, "Client": Failure.REQUEST}

    def __init__(self, door, setup):
        super().__init__(door, setup)
        client = self._client("payamak.wsdl")
        self._send, self._receive = (
            client.create_service(f"{{http://tempuri.org/}}{name}Soap", path)
            for name, path in (
                ("Send", "/post/Send.asmx"),
                ("Receive", "/post/receive.asmx"),
            )
        )

    def send(self, texts):
        answer = self._ask(
            self._send,
            "SendSms",
            to={"string": [national(text.number) for text in texts]},
            text=texts[0].body,
            isflash=False,
            udh="",
            **{"from": self.setup.sender},
        )
        with documented():
            ids = [str(one) for one in answer.recId.long] if answer.recId else []
            code = int(answer.SendSmsResult)
            if code != _TAKEN:
                if any(map(is_id, ids)):
                    raise InDoubt(f"refused with {code}, and yet there are ids")
                raise Refused(code)
            # the ids are the proof where there is nothing else
            states = answer.status or bytes(len(texts))
            return [
                Receipt(text.reference, failure=Failure.OTHER)
                if state == _NOT_SENT
                else self._taken(text.reference, one)
                for text, one, state in zip(texts, ids, states, strict=True)
            ]

    def send_patterns(self, patterns):
        (pattern,) = patterns
        value = self._ask(
            self._send,
            "SendByBaseNumber2",
            text=";".join(pattern.values.values()),
            to=national(pattern.number),
            bodyId=pattern.code,
        )
        with documented():
            return self._pattern_receipts(pattern, value)

    def reports(self, sent):
        codes = self._ask(
            self._send,
            "GetDeliveries",
            recIds={"long": [one.external_id for one in sent]},
        )
        with documented():
            return [
                Report(one.external_id, self.status(code), str(code))
                for one, code in zip(sent, codes, strict=True)
            ]

    def inbox(self, after):
        entries = self._ask(
            self._receive,
            "GetMessages",
            location=1,
            index=0,
            count=100,
            **{"from": self.setup.sender},
        )
        with documented():
            return self._incoming(map(_fields, entries or ()), after)

    def credit(self):
        credit = self._ask(self._send, "GetCredit")
        with documented():
            # it says nothing else of a wrong password
            if credit == 0:
                raise Refused(0)
            return Decimal(str(credit))

    def _ask(self, service, method, **fields):
        return self._invoke(service, method, **self._login(), **fields)

    def _taken(self, reference, value):
        if not is_id(value):
            raise InDoubt(f"no id of a message: {value[:40]!r}")
        return Receipt(reference, external_id=value)


def _fields(message) -> dict[str, str | None]:
    """The fields of a message, whichever and in whatever order the panel gives."""
    return {etree.QName(one).localname: one.text for one in message._value_1}
