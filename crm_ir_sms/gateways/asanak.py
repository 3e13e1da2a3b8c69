from decimal import Decimal

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from .base import Failure, Gateway, Receipt, Report, Status, national

_FAILED_WITHIN = "1004"


class Asanak(Gateway):
    """Asanak v2rest, as asanak.com/api-docs/sms and its clients say.

    What the codes of delivery in its table mean is not known here. One client measured
    two on its own account: 6 on a text that had arrived; 20, which is in no table, on free
    texts of a service line, which were never charged and did not arrive. Why is not known,
    nor whether 20 means the same elsewhere: it is read as still at the gateway.

    Unless told otherwise it also sends to those who refuse advertising; a promotional
    line must not.
    """

    key = "asanak"
    title = "Asanak"
    base_url = "https://sms.asanak.ir"
    credentials = ("username", "password")

    texts_per_call = 100  # its own limit is unknown
    patterns_per_call = 1
    numbers_patterns = True

    codes = {
        "401": Failure.LOGIN,
        "429": Failure.BUSY,
        "1001": Failure.PATTERN,
        "1002": Failure.LINE,
        "1005": Failure.CREDIT,
        "1006": Failure.CREDIT,
        "1008": Failure.REQUEST,
        "1009": Failure.BUSY,
        "1010": Failure.NUMBER,
        "1013": Failure.HOURS,
        "1014": Failure.LINK,
        "1015": Failure.LOGIN,
    }
    statuses = {"6": Status.DELIVERED, "20": Status.QUEUED}

    def send(self, texts):
        form = {
            "source": self.setup.sender,
            "destination": ",".join(national(text.number) for text in texts),
            "message": texts[0].body,
            "send_to_blacklist": int(not self.setup.is_promotional),
        }
        return self._send("sendsms", form, texts)

    def send_patterns(self, patterns):
        (pattern,) = patterns
        code = pattern.code
        form = {
            "template_id": int(code) if code.isdecimal() else code,
            "destination": national(pattern.number),
            "parameters": dict(pattern.values),
            "send_to_blacklist": 1,  # a pattern is never advertising
        }
        return self._send("template", form, patterns)

    def reports(self, sent):
        (one,) = sent

        def read(data):
            if not data:
                return []
            (row,) = data
            code = {name.lower(): value for name, value in row.items()}["status"]
            return [Report(one.external_id, self.status(code), str(code))]

        return self._ask("msgstatus", {"msgid": one.external_id}, read)

    def credit(self):
        return self._ask("getrialcredit", {}, lambda data: Decimal(data["credit"]))

    def _send(self, method, form, messages):
        def read(data):
            return [
                Receipt(message.reference, _id(value))
                for message, value in zip(messages, data, strict=True)
            ]

        return self._ask(method, form, read)

    def _ask(self, method, form, read):
        proof = {"username": self.setup.username, "password": self.setup.password}
        path = f"/webservice/v2rest/{method}"
        return self._call("POST", path, read, json={**proof, **form})

    def _open(self, answer):
        envelope = answer.json()
        code, words = str(int(envelope["meta"]["status"])), envelope["meta"]["message"]
        # a failure within the gateway says not how far it got
        if answer.status >= 500 or code == _FAILED_WITHIN:
            raise InDoubt(f"the gateway failed with {code}", answer)
        if code == "200":
            return envelope["data"]
        # a wrong password has the code of any wrong value
        raise Refused(401 if answer.status == 401 else code, str(words), answer)


def _id(value):
    if int(value) <= 0:
        raise ValueError("no id of a message")
    return str(int(value))
