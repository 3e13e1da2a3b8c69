import {normalize, normalizeWithPositions} from "@crm_ir_base/core/persian_text";
import {patchExports} from "@crm_ir_base/core/patch_exports";

const STOCK_MODULE = "@web/core/l10n/utils/normalize";

/**
 * Makes the comparison functions of the web client see every spelling of a Persian word.
 * Everything that filters in the browser uses them: command palette, menus, settings,
 * dropdowns, mentions, point of sale.
 *
 * @param {Object} stock exports of STOCK_MODULE
 */
function readPersian(stock) {
    const {normalize: stockNormalize, normalizedMatch, normalizedMatches} = stock;

    stock.normalize = (str) => stockNormalize(normalize(str));

    stock.normalizedMatch = (src, substr) => {
        const {normalized, positions} = normalizeWithPositions(src);
        return toOriginal(
            src,
            positions,
            normalizedMatch(normalized, normalize(substr))
        );
    };

    stock.normalizedMatches = (src, substr) => {
        const {normalized, positions} = normalizeWithPositions(src);
        return normalizedMatches(normalized, normalize(substr)).map((result) =>
            toOriginal(src, positions, result)
        );
    };
}

function toOriginal(src, positions, result) {
    if (!result.match) {
        return result;
    }
    const start = positions[result.start];
    const end = positions[result.end];
    return {start, end, match: src.slice(start, end)};
}

patchExports(STOCK_MODULE, readPersian);
