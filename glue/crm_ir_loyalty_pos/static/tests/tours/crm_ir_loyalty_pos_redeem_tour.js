import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as PosLoyalty from "@pos_loyalty/../tests/tours/utils/pos_loyalty_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import {registry} from "@web/core/registry";

// A cashier pays a part of a sale with the points of its customer, earned before.
registry.category("web_tour.tours").add("crm_ir_loyalty_pos_redeem", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.clickPartnerButton(),
            ProductScreen.clickCustomer("AAA Club Member"),
            ProductScreen.addOrderline("Tea of the club", "5"),
            ProductScreen.clickControlButtonMore(),
            {
                content: "open the rewards",
                trigger: ".control-buttons button.highlight:has(.text-favourite)",
                run: "click",
            },
            {trigger: ".selection-item:contains('Club discount')", run: "click"},
            PosLoyalty.hasRewardLine("Club discount", "-10.00", "1"),
            PosLoyalty.orderTotalIs("40.00"),
            PosLoyalty.finalizeOrder("Cash", "40"),
        ].flat(),
});

// Points that are pending pay for nothing, those of the sale itself as little.
registry.category("web_tour.tours").add("crm_ir_loyalty_pos_pending", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.clickPartnerButton(),
            ProductScreen.clickCustomer("AAA Club Member"),
            ProductScreen.addOrderline("Tea of the club", "50"),
            ProductScreen.clickControlButtonMore(),
            {trigger: ".control-buttons button.disabled:has(.text-favourite)"},
            {trigger: ".modal header .btn-close", run: "click"},
            PosLoyalty.finalizeOrder("Cash", "500"),
        ].flat(),
});
