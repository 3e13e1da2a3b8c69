"""What failures look like in stock's own fields."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Each reason for which a message did not arrive: its label, and what to do about it.
# Labels are translated as those of the fields' selections.
FAILURES = {
    "away": (
        "Gateway Did Not Answer",
        _lt("The gateway could not be reached. The message waits and is tried again."),
    ),
    "busy": (
        "Gateway Is Busy",
        _lt("The gateway asked to wait. The message is tried again by itself."),
    ),
    "login": (
        "Wrong Key or Password",
        _lt(
            "The gateway does not accept the account: check its key, user name and"
            " password, and whether it is active."
        ),
    ),
    "address": (
        "Server Address Not Allowed",
        _lt(
            "Add the address of your server to the allowed IPs in the gateway's panel."
        ),
    ),
    "credit": (
        "Insufficient Credit",
        _lt("The account has no credit left: charge it in the gateway's panel."),
    ),
    "line": (
        "Line Not Allowed",
        _lt(
            "The account may not send from this line: correct the line of the account."
        ),
    ),
    "hours": (
        "Outside Allowed Hours",
        _lt("Advertising is not sent at this hour. The message waits for the morning."),
    ),
    "text": (
        "Text Not Accepted",
        _lt(
            "The gateway does not accept the text: it is empty, too long, or has a"
            " filtered word. Change it and send again."
        ),
    ),
    "link": (
        "Link Not Allowed",
        _lt("This line may not send links: remove the link, or use another line."),
    ),
    "pattern": (
        "Wrong Pattern",
        _lt(
            "The pattern is not approved at the gateway, or its values do not fit:"
            " correct the pattern."
        ),
    ),
    "number": (
        "Wrong Number",
        _lt("This is not a mobile number that can receive texts: correct the number."),
    ),
    "invalid_number": (
        "Wrong Number",
        _lt("This is not a mobile number that can receive texts: correct the number."),
    ),
    "telecom_blacklist": (
        "Refuses Advertising",
        _lt(
            "The receiver refuses advertising texts at the operator: only a service line"
            " or a pattern reaches this number."
        ),
    ),
    "line_blocked": (
        "Blocked This Line",
        _lt("The receiver answered 11 to this line: do not write from it again."),
    ),
    "undelivered": (
        "Not Delivered",
        _lt("The operator could not deliver: the phone was off or out of reach."),
    ),
    "rejected": (
        "Rejected by the Gateway",
        _lt("The gateway looked at the text and did not let it pass: change the text."),
    ),
    "cancelled": (
        "Cancelled by the Gateway",
        _lt("The gateway cancelled the message: ask its support why."),
    ),
    "failed": (
        "Failed at the Operator",
        _lt("The operator could not send the message: send it again later."),
    ),
    "request": (
        "Request Not Understood",
        _lt("The gateway did not understand the request: tell your administrator."),
    ),
    "other": (
        "Refused",
        _lt("The gateway refused with a code that is not published: ask its support."),
    ),
    "no_line": (
        "No Line for It",
        _lt(
            "No active account of this company may send it: advertising needs an account"
            " with a promotional line."
        ),
    ),
    "expired": (
        "Expired",
        _lt("It could not be sent in time: send it again if it is still of use."),
    ),
}
FAILURE_SELECTION = [(key, label) for key, (label, _sentence) in FAILURES.items()]
# the same as values of stock's failure types
FAILURE_TYPES = [(f"crm_ir_{key}", label) for key, label in FAILURE_SELECTION]
