import {registry} from "@web/core/registry";

// A member looks at their club and tells it their birthday.
registry.category("web_tour.tours").add("crm_ir_loyalty_club", {
    steps: () => [
        {
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/club']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "[name='balance'] [name='points'][data-points='150.0']"},
        {trigger: "[name='tier'] [data-measure='points'][data-need='500.0']"},
        {trigger: "[name='rewards_ready'] li"},
        {trigger: "[name='rewards_ahead'] li"},
        {trigger: "tr[data-kind='spend']"},
        {trigger: "[name='referral'] input[name='referral_url']"},
        {
            content: "a day that does not exist",
            trigger: "input[name='birthdate_date']",
            run: "edit ۱۳۷۰/۱۳/۰۱",
        },
        {
            trigger: "[name='days'] button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "input[name='birthdate_date'].is-invalid",
            run: "edit ۱۳۷۰/۰۵/۲۳",
        },
        {
            trigger: "[name='days'] button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the club knows the day and asks no more",
            trigger: ".o_crm_ir_club:not(:has([name='days'])) [name='balance']",
        },
    ],
});
