from . import test_identity_fields
from . import test_phone_fields
from . import test_places
from . import test_places_data
