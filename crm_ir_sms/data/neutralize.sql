-- a copy for tests sends nothing and knows no secret
UPDATE crm_ir_sms_account
   SET api_key = NULL, username = NULL, password = NULL, options = NULL, proxy = NULL,
       push_token = NULL, active = false;
