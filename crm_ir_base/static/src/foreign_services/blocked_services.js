import {session} from "@web/session";

/** Foreign services that an administrator has switched off. */
export const blockedServices = new Set(session.crm_ir_blocked_services);
