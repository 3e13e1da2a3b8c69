import {LoginScreen} from "@point_of_sale/app/screens/login_screen/login_screen";
import {SaverScreen} from "@point_of_sale/app/screens/saver_screen/saver_screen";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {isJalali} from "@crm_ir_jalali/core/calendar";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

/** @returns {Object} anew, for `super` belongs to one patch */
const makePatch = () => ({
    setup() {
        super.setup();
        if (isJalali()) {
            const {time} = this;
            this.time = {
                // read from the stock clock, whose ticks make the screen render
                get hours() {
                    return time.hours;
                },
                get day() {
                    return time.day;
                },
                get date() {
                    return format(DateTime.now(), "d MMMM yyyy");
                },
            };
        }
    },
});

patch(LoginScreen.prototype, makePatch());
patch(SaverScreen.prototype, makePatch());
