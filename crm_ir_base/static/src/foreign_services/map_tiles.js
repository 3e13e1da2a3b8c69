import {assets, AssetsLoadingError} from "@web/core/assets";
import {patch} from "@web/core/utils/patch";
import {blockedServices} from "./blocked_services";

/** Without this library no map asks for a tile: the user reads that it cannot be loaded. */
const MAP_LIBRARY = "https://unpkg.com/leaflet";

function isBlocked(url) {
    return blockedServices.has("map_tiles") && url.startsWith(MAP_LIBRARY);
}

patch(assets, {
    loadCSS(url) {
        if (isBlocked(url)) {
            return Promise.reject(new AssetsLoadingError(`${url} is switched off`));
        }
        return super.loadCSS(...arguments);
    },
    loadJS(url) {
        if (isBlocked(url)) {
            return Promise.reject(new AssetsLoadingError(`${url} is switched off`));
        }
        return super.loadJS(...arguments);
    },
});
