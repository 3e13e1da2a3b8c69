from . import crm_ir_customer_stat
from . import survey_question
from . import survey_survey
from . import survey_user_input
