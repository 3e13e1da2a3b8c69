from .base import (
    Failure,
    Gateway,
    Incoming,
    Pattern,
    Receipt,
    Report,
    Sent,
    Setup,
    Status,
    Text,
)
from .kavenegar import Kavenegar

GATEWAYS = {gateway.key: gateway for gateway in (Kavenegar,)}

__all__ = [
    "GATEWAYS",
    "Failure",
    "Gateway",
    "Incoming",
    "Pattern",
    "Receipt",
    "Report",
    "Sent",
    "Setup",
    "Status",
    "Text",
]
