/**
 * The rules of the text of a short message: those of tools/text.py, tested against the
 * same vectors.
 */

// GSM 03.38: the characters that take one septet, and those that take two
const GSM =
    /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€\f]*$/;
const GSM_TWICE = /[\^{}\\[~\]|€\f]/g;
const FOOTER = "لغو۱۱";
const FOOTER_AT_END = /لغو[\s\u200c]*[1۱١]{2}\s*$/;
const LINK =
    /https?:\/\/|www\.|[\p{L}\p{N}_][\p{L}\p{N}_-]*\.(?:ir|com|net|org|io|app|me|shop|link)(?![\p{L}\p{N}_])/iu;

/**
 * @param {String} text
 * @returns {"GSM7"|"UNICODE"} as stock's widget calls them
 */
export function encodingOf(text) {
    return GSM.test(text) ? "GSM7" : "UNICODE";
}

/**
 * @param {String} text
 * @returns {Number} septets of GSM 03.38, or code units of UTF-16
 */
export function unitsOf(text) {
    const twice = encodingOf(text) === "GSM7" ? text.match(GSM_TWICE) : null;
    return text.length + (twice?.length ?? 0);
}

/**
 * @param {String} text
 * @returns {Boolean} whether it ends with a way out («لغو ۱۱», in any digits)
 */
export function hasFooter(text) {
    return FOOTER_AT_END.test(text);
}

/**
 * @param {String} text
 * @returns {String} with «لغو۱۱» as its last line, where it has none
 */
export function withFooter(text) {
    return hasFooter(text) ? text : `${text}\n${FOOTER}`;
}

/**
 * @param {String} text
 * @returns {Boolean} whether it holds what a gateway takes for a link
 */
export function hasLink(text) {
    return LINK.test(text);
}
