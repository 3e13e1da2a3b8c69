from .base import (
    Approved,
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
from .asanak import Asanak
from .farazsms import FarazSms
from .generic import Generic
from .ghasedak import Ghasedak
from .ippanel import IPPanel
from .kavenegar import Kavenegar
from .magfa import Magfa
from .magfa_soap import MagfaSoap
from .payamak import Payamak
from .payamak_soap import PayamakSoap
from .smsir import SmsIr

GATEWAYS = {
    gateway.key: gateway
    for gateway in (
        Asanak,
        FarazSms,
        Generic,
        Ghasedak,
        IPPanel,
        Kavenegar,
        Magfa,
        MagfaSoap,
        Payamak,
        PayamakSoap,
        SmsIr,
    )
}

__all__ = [
    "GATEWAYS",
    "Approved",
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
