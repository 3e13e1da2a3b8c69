/**
 * Lets `patch` change the exports of an ES module before any other module imports them:
 * importers keep a copy of a function from their start on, so that a later change would
 * not reach them. The caller's file must come before the patched one in its bundle.
 *
 * @param {string} moduleName
 * @param {(exports: Object) => void} patch
 */
export function patchExports(moduleName, patch) {
    const {loader} = odoo;
    const exports = loader.modules.get(moduleName);
    if (exports) {
        patch(exports);
        return;
    }
    loader.bus.addEventListener("module-started", ({detail}) => {
        if (detail.moduleName === moduleName) {
            patch(detail.module);
        }
    });
}
