from decimal import Decimal

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from .base import Gateway, Receipt, Report, digits, documented, national
from .generic_options import check_options, read_options, text_at


class Generic(Gateway):
    """A service with an HTTP interface of its own, as the account's options describe it.

    See `generic_options` for them. The answers are JSON. An answer is a success where
    the options say so, and a refusal where it clearly says something else and holds no
    id; everything else is in doubt. Raises `BadOptions` where the options are wrong.
    """

    key = "generic"
    title = "HTTP"
    base_url = ""
    credentials = ()

    rial_per_unit = None

    codes = {}
    statuses = {}

    def __init__(self, door, setup):
        super().__init__(door, setup)
        self._options = read_options(setup.options)
        self.codes = self._options.failures
        self.statuses = self._options.statuses
        self._account = {
            "sender": setup.sender,
            "api_key": setup.api_key,
            "username": setup.username,
            "password": setup.password,
        }

    @classmethod
    def check_options(cls, options):
        return list(map(str, check_options(options)))

    def send(self, texts):
        (text,) = texts
        call = self._options.send
        data = self._ask(call, text=text.body, **_of(text))
        with documented():
            external_id = self._id(data)
            if call.result and not external_id:
                raise ValueError("the answer has no id")
            return [Receipt(text.reference, external_id)]

    def reports(self, sent):
        (one,) = sent
        call = self._options.status
        if call is None or not one.external_id:
            return []
        data = self._ask(call, id=one.external_id, **_of(one))
        with documented():
            code = text_at(data, call.result)
            report = Report(one.external_id, self.status(code), code, one.number)
            return [report] if code else []

    def credit(self):
        call = self._options.credit
        if call is None:
            raise NotImplementedError
        data = self._ask(call)
        with documented():
            return Decimal(text_at(data, call.result))

    def _ask(self, call, **values):
        method, path, options = call.fill({**self._account, **values})
        return self._call(method, path, **options)

    def _id(self, data):
        """The id that the answer holds, "" where it is none."""
        found = text_at(data, self._options.send.result)
        return "" if found.lstrip("-").isdecimal() and int(found) <= 0 else found

    def _open(self, answer):
        # whose fault it was, a service that failed cannot tell
        if answer.status >= 500:
            raise InDoubt(f"HTTP status {answer.status}", answer)
        options, data = self._options, answer.json()
        value = text_at(data, options.success_path)
        if value.casefold() == options.success_value:
            return data
        code = text_at(data, options.code_path)
        if self._id(data) or not (value or code):
            raise ValueError("the answer says neither yes nor no")
        if answer.status >= 300:
            value = f"HTTP {answer.status}"
        raise Refused(code or value, text_at(data, options.words_path), answer)


def _of(message):
    """What the placeholders of a message stand for, besides its text."""
    return {
        "reference": message.reference,
        "number": message.number,
        "local_number": national(message.number),
        "digits_number": digits(message.number),
    }
