// The table of tools/text.py: a character of SEARCH_FROM becomes the one at the same
// place of SEARCH_TO, or nothing where SEARCH_TO has ended.
export const SEARCH_FROM =
    "يىئكأإٱآؤةۀەہۂھ۰٠۱١۲٢۳٣۴٤۵٥۶٦۷٧۸٨۹٩\u0640ء\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0653\u0654\u0655\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\ufeff";
export const SEARCH_TO = "یییکااااوهههههه00112233445566778899";

const SPELLINGS = new Map(
    Array.from(SEARCH_FROM, (char, i) => [char, SEARCH_TO[i] ?? ""])
);
// one alternative a character: in a class, marks would join the letter before them
const UNUSUAL = new RegExp(Array.from(SEARCH_FROM).join("|"), "g");

/**
 * Unifies the spellings of a Persian text: letters of the Arabic keyboard, hamza
 * carriers, digits; non-joiners, kashida, harakat and invisible controls vanish.
 * Anything else, Latin accents and letter case included, is untouched.
 *
 * @param {string} text
 * @returns {string}
 */
export function normalize(text) {
    return text.replace(UNUSUAL, (char) => SPELLINGS.get(char));
}

/**
 * Normalizes a text and remembers where each of its characters stood before.
 *
 * @param {string} text
 * @returns {{ normalized: string, positions: number[] }} positions has one entry more
 *  than the normalized text has characters: the length of the original text
 */
export function normalizeWithPositions(text) {
    let normalized = "";
    const positions = [];
    for (let i = 0; i < text.length; i++) {
        const char = normalize(text[i]);
        if (char) {
            normalized += char;
            positions.push(i);
        }
    }
    positions.push(text.length);
    return {normalized, positions};
}
