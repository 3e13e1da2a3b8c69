from . import test_card_on_invoice
from . import test_identity_on_invoice
from . import test_rial_entries
from . import test_toman
