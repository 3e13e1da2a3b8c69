from . import test_campaign, test_first_campaign
