import globals from "globals";
import js from "@eslint/js";

export default [
    {ignores: [".odoo/", ".venv/", ".run/", "**/static/lib/"]},
    js.configs.recommended,
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {
                ...globals.browser,
                luxon: "readonly",
                odoo: "readonly",
                owl: "readonly",
            },
        },
        rules: {
            complexity: ["error", 15],
            eqeqeq: "error",
            "no-alert": "error",
            "no-duplicate-imports": "error",
            "no-empty-function": "error",
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-lonely-if": "error",
            "no-return-assign": "error",
            "no-self-compare": "error",
            "no-throw-literal": "error",
            "no-unneeded-ternary": "error",
            "no-unused-expressions": "error",
            "no-var": "error",
            "operator-assignment": ["error", "always"],
            "prefer-const": "error",
            radix: "error",
            yoda: "error",
        },
    },
];
