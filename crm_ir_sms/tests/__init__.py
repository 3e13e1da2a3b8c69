from . import test_gateway_kavenegar
