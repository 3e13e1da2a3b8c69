from . import test_identity_fields
from . import test_phone_fields
from . import test_places
from . import test_places_data
from . import test_portal
from . import test_search
from . import test_text_clean
