"""The options of the generic gateway: its calls, and how their answers are read.

They are the object of a JSON document. Of the three calls, ``send``, ``status`` and
``credit``, only the first is required. Each is an object:

=============  =========================================================================
method         "GET" or "POST" (default)
path           what follows the address of the service, such as "/api/send"
query          object: the parameters in the address
form           object: a form as the body
json           a body of JSON
result         where the answer holds the id of the message, the code of its delivery or
               the credit; for ``send`` only where the service gives ids
=============  =========================================================================

What the calls share stands beside them:

=============  =========================================================================
headers        object: sent with every call
success_path   where every answer tells whether the service did as asked,
success_value  and what stands there then; letter case does not matter
code_path      where a refusal has its code
words_path     where a refusal has its words
failures       object: what the codes of refusals mean, as values of `Failure`
statuses       object: what the codes of deliveries mean, as values of `Status`
=============  =========================================================================

A place in an answer is written with dots, such as ``Result.0.Id``; letter case does not
matter. Texts in path, query, form, json and headers may hold placeholders, such as
``{number}``; ``{number:int}``, alone in a text of ``json``, becomes a JSON number where
its digits make one.
"""

import enum
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from .base import Failure, Status

_ACCOUNT = frozenset({"sender", "api_key", "username", "password"})
_NUMBERS = frozenset({"number", "local_number", "digits_number"})
_PLACEHOLDERS = {
    "send": _ACCOUNT | _NUMBERS | {"text", "reference"},
    "status": _ACCOUNT | _NUMBERS | {"id", "reference"},
    "credit": _ACCOUNT,
}
_PATHS = ("success_path", "code_path", "words_path")
_SHARED = (*_PATHS, "success_value", "headers", "failures", "statuses")
_IN_CALL = ("method", "path", "query", "form", "json", "result")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)(:int)?\}")


class Problem(str, enum.Enum):
    """What is wrong with an option."""

    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    FORM = "form"
    VALUE = "value"
    PLACEHOLDER = "placeholder"
    CONFLICT = "conflict"


_SENTENCES = {
    Problem.UNKNOWN_KEY: "{key}: there is no such option.",
    Problem.MISSING: "{key}: this is required.",
    Problem.FORM: "{key}: this is not of the form that is taken here.",
    Problem.VALUE: "{key}: {detail} cannot stand here.",
    Problem.PLACEHOLDER: "{key}: {detail} is no placeholder that can stand here.",
    Problem.CONFLICT: "{key}: a call has one body, and one by GET has none.",
}


class Finding(NamedTuple):
    """A ``problem`` of the option ``key``, such as send.path; ``detail`` has it."""

    key: str
    problem: Problem
    detail: str = ""

    def __str__(self):
        return _SENTENCES[self.problem].format(key=self.key, detail=self.detail)


class BadOptions(ValueError):
    """The options do not describe a gateway: see ``findings``."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = list(findings)
        super().__init__(" ".join(map(str, self.findings)))


@dataclass(frozen=True)
class Call:
    """One call: ``templates`` by the names of the door's options."""

    method: str
    path: str
    templates: Mapping[str, Any]
    result: str

    def fill(self, values: Mapping[str, object]) -> tuple[str, str, dict]:
        """Return method, path and options of the call, with ``values`` in their places."""
        path = _PLACEHOLDER.sub(
            lambda found: quote(str(values[found[1]]), safe=""), self.path
        )
        return self.method, path, _fill(self.templates, values)


@dataclass(frozen=True)
class Options:
    """What the options say: a call is None where it is not described."""

    send: Call
    status: Call | None
    credit: Call | None
    success_path: str
    success_value: str
    code_path: str
    words_path: str
    failures: Mapping[str, Failure]
    statuses: Mapping[str, Status]


def check_options(options: object) -> list[Finding]:
    """Return what is wrong with ``options``, [] where they describe a gateway."""
    return _Reader(options).findings


def read_options(options: object) -> Options:
    """Return what ``options`` say; raises `BadOptions`."""
    reader = _Reader(options)
    if reader.findings:
        raise BadOptions(reader.findings)
    return reader.read


def text_at(data: object, path: str) -> str:
    """Return what stands in ``data`` at ``path`` as text, "" where nothing does.

    Raises `ValueError` where it is not one value.
    """
    if not path:
        return ""
    for step in path.split("."):
        if isinstance(data, Mapping):
            folded = {name.casefold(): value for name, value in data.items()}
            data = data.get(step, folded.get(step.casefold()))
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return ""
    return _text(data)


def _text(value):
    if isinstance(value, Mapping | list):
        raise ValueError("not one value")
    if isinstance(value, bool):
        return json.dumps(value)
    return "" if value is None else str(value).strip()


def _fill(template, values):
    if isinstance(template, Mapping):
        return {name: _fill(value, values) for name, value in template.items()}
    if isinstance(template, list):
        return [_fill(value, values) for value in template]
    if not isinstance(template, str):
        return template
    whole = _PLACEHOLDER.fullmatch(template)
    if whole and whole[2] and re.fullmatch("[0-9]+", str(values[whole[1]])):
        return int(values[whole[1]])
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), template)


class _Reader:
    """Reads options into ``read`` and collects what is wrong with them."""

    def __init__(self, options):
        self.findings: list[Finding] = []
        options = self._of(Mapping, "options", options, {})
        self._check_keys("", options, (*_PLACEHOLDERS, *_SHARED))
        for key in ("send", "success_path", "success_value"):
            if options.get(key) in (None, ""):
                self._find(key, Problem.MISSING)
        headers = self._texts("headers", options.get("headers", {}), _ACCOUNT)
        value = options.get("success_value", "")
        self.read = Options(
            **{
                name: self._call(name, options[name], headers)
                if name in options
                else None
                for name in _PLACEHOLDERS
            },
            **{key: self._of(str, key, options.get(key, ""), "") for key in _PATHS},
            success_value=_text(
                self._of(str | int, "success_value", value, "")
            ).casefold(),
            failures=self._table("failures", options.get("failures", {}), Failure),
            statuses=self._table("statuses", options.get("statuses", {}), Status),
        )

    def _call(self, name, call, headers):
        call = self._of(Mapping, name, call, {})
        names = _PLACEHOLDERS[name]
        self._check_keys(f"{name}.", call, _IN_CALL)
        for key in ("path",) if name == "send" else ("path", "result"):
            if key not in call:
                self._find(f"{name}.{key}", Problem.MISSING)
        method = call.get("method", "POST")
        if method not in ("GET", "POST"):
            self._find(f"{name}.method", Problem.VALUE, str(method))
        path = self._of(str, f"{name}.path", call.get("path", ""), "")
        if (path and path[0] != "/") or set(path) & set("?#"):
            self._find(f"{name}.path", Problem.VALUE, path)
        self._check_placeholders(f"{name}.path", path, names, in_json=False)
        bodies = [key for key in ("form", "json") if key in call]
        if len(bodies) > 1 or (bodies and method == "GET"):
            self._find(f"{name}.{bodies[-1]}", Problem.CONFLICT)
        templates = {"headers": headers}
        for key, option in (("query", "params"), ("form", "data")):
            if key in call:
                templates[option] = self._texts(f"{name}.{key}", call[key], names)
        if "json" in call:
            templates["json"] = call["json"]
            self._check_json(f"{name}.json", call["json"], names)
        result = self._of(str, f"{name}.result", call.get("result", ""), "")
        return Call(method, path, templates, result)

    def _table(self, key, table, kinds):
        known = {}
        for code, kind in self._of(Mapping, key, table, {}).items():
            try:
                known[code] = kinds(kind)
            except ValueError:
                self._find(f"{key}.{code}", Problem.VALUE, str(kind))
        return known

    def _texts(self, key, fields, names):
        """Read a form: only texts can be written into one, several for one name."""
        fields = self._of(Mapping, key, fields, {})
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                text = self._of(str, f"{key}.{name}", one, "")
                self._check_placeholders(f"{key}.{name}", text, names, in_json=False)
        return fields

    def _check_json(self, key, template, names):
        if isinstance(template, Mapping):
            for name, value in template.items():
                self._check_json(f"{key}.{name}", value, names)
        elif isinstance(template, list):
            for index, value in enumerate(template):
                self._check_json(f"{key}.{index}", value, names)
        elif isinstance(template, str):
            self._check_placeholders(key, template, names, in_json=True)

    def _check_placeholders(self, key, text, names, *, in_json):
        for found in _PLACEHOLDER.finditer(text):
            is_misplaced = found[2] and not (in_json and found[0] == text)
            if found[1] not in names or is_misplaced:
                self._find(key, Problem.PLACEHOLDER, found[0])

    def _check_keys(self, prefix, given, known):
        for key in given:
            if key not in known:
                self._find(f"{prefix}{key}", Problem.UNKNOWN_KEY)

    def _of(self, kind, key, value, default):
        if isinstance(value, kind):
            return value
        self._find(key, Problem.FORM)
        return default

    def _find(self, key, problem, detail=""):
        self.findings.append(Finding(key, problem, detail))
