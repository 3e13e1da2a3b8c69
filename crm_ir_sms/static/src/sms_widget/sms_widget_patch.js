import {encodingOf, hasFooter, hasLink, unitsOf, withFooter} from "./sms_text";
import {SmsWidget} from "@sms/components/sms_widget/fields_sms_widget";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {patch} from "@web/core/utils/patch";
import {session} from "@web/session";
import {user} from "@web/core/user";

/**
 * Where the company sends by a domestic gateway, the widget counts as gateways do, and
 * the composer says before sending what it will cost.
 */
patch(SmsWidget.prototype, {
    get isByGateway() {
        const companies = session.crm_ir_sms_companies ?? [];
        return companies.includes(user.activeCompany?.id);
    },

    get sentText() {
        return this._getValueForSmsCounts(
            this.props.record.data[this.props.name] || ""
        );
    },

    get encoding() {
        return this.isByGateway ? encodingOf(this.sentText) : super.encoding;
    },

    get nbrChar() {
        const count = super.nbrChar;
        if (!this.isByGateway) {
            return count;
        }
        // Stock counts each end of line twice; what other modules add stays
        const text = this.sentText;
        const stock = text.length + (text.match(/\n/g) ?? []).length;
        return count - stock + unitsOf(text);
    },

    get capacity() {
        if (!this.isByGateway) {
            return 160 * this.nbrSMS;
        }
        const [single, several] = this.encoding === "GSM7" ? [160, 153] : [70, 67];
        return this.nbrSMS > 1 ? several * this.nbrSMS : single;
    },

    get isAdvertising() {
        const {l10n_ir_forecast: forecast, l10n_ir_purpose: purpose} =
            this.props.record.data;
        return Boolean(forecast) && purpose === "promotional";
    },

    _getValueForSmsCounts(value) {
        const text = super._getValueForSmsCounts(value);
        return text && this.isAdvertising ? withFooter(text) : text;
    },

    /** What the composer says under the text, a sentence each. */
    get forecastNotes() {
        const forecast = this.props.record.data.l10n_ir_forecast;
        const text = this.props.record.data[this.props.name] || "";
        if (!forecast || !text) {
            return [];
        }
        const total = forecast.recipients * this.nbrSMS;
        const numbers = {
            recipients: formatInteger(forecast.recipients),
            parts: formatInteger(this.nbrSMS),
            total: formatInteger(total),
            cost: formatInteger(total * forecast.part_price),
        };
        const notes = [
            forecast.part_price
                ? _t(
                      "%(recipients)s recipient(s) × %(parts)s part(s) ≈ %(cost)s Rial",
                      numbers
                  )
                : _t(
                      "%(recipients)s recipient(s) × %(parts)s part(s) = %(total)s",
                      numbers
                  ),
        ];
        if (this.isAdvertising && !hasFooter(text)) {
            notes.push(_t("«لغو۱۱» is added as the last line."));
        }
        return notes;
    },

    /** Counts while one types: stock waits until the field is left. */
    onTyped(ev) {
        this.props.record.update({[this.props.name]: ev.target.value});
    },

    get hasRefusedLink() {
        const forecast = this.props.record.data.l10n_ir_forecast;
        return forecast?.allows_links === false && hasLink(this.sentText);
    },
});
