from .kavenegar import KavenegarService

SERVICES = (KavenegarService,)
