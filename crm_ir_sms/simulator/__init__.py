from .asanak import AsanakService
from .farazsms import FarazSmsService
from .generic import GenericService
from .ghasedak import GhasedakService
from .ippanel import IPPanelService
from .kavenegar import KavenegarService
from .limosms import LimoSmsService
from .magfa import MagfaService
from .magfa_soap import MagfaSoapService
from .msgway import MsgWayService
from .payamak import PayamakService
from .payamak_soap import PayamakSoapService
from .payamresan import PayamResanService
from .smsir import SmsIrService

SERVICES = (
    AsanakService,
    FarazSmsService,
    GenericService,
    GhasedakService,
    IPPanelService,
    KavenegarService,
    LimoSmsService,
    MagfaService,
    MagfaSoapService,
    MsgWayService,
    PayamakService,
    PayamakSoapService,
    PayamResanService,
    SmsIrService,
)
