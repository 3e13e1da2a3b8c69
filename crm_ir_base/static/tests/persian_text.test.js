import {describe, expect, test} from "@odoo/hoot";

import {normalize, normalizeWithPositions} from "@crm_ir_base/core/persian_text";
import {normalizedMatch, normalizedMatches} from "@web/core/l10n/utils";
import {fuzzyLookup, fuzzyTest} from "@web/core/utils/search";

describe.current.tags("headless");

test("a word is found in whichever spelling it was stored", () => {
    const pairs = [
        ["علی", "علي"],
        ["کیمیا", "كيميا"],
        ["می\u200cخواهم", "میخواهم"],
        ["مسئول", "مسيول"],
        ["123", "۱۲۳"],
        ["123", "١٢٣"],
    ];
    for (const [left, right] of pairs) {
        expect(fuzzyTest(left, right)).toBe(true);
        expect(fuzzyTest(right, left)).toBe(true);
        expect(normalizedMatch(left, right).match).toBe(left);
        expect(normalizedMatch(right, left).match).toBe(right);
    }
});

test("what is found is highlighted where it stands in the original", () => {
    expect(normalizedMatch("آقای عَلِي رضایی", "علی")).toEqual({
        start: 5,
        end: 10,
        match: "عَلِي",
    });
    expect(normalizedMatches("علي و علی", "علی")).toEqual([
        {start: 0, end: 3, match: "علي"},
        {start: 6, end: 9, match: "علی"},
    ]);
    expect(normalizedMatch("علی", "رضا")).toEqual({start: -1, end: -1, match: ""});
    expect(normalizedMatch("علی", "")).toEqual({start: 0, end: 0, match: ""});
});

test("positions count the characters that vanish", () => {
    expect(normalizeWithPositions("می\u200cخواهم")).toEqual({
        normalized: "میخواهم",
        positions: [0, 1, 3, 4, 5, 6, 7, 8],
    });
});

test("Latin text is compared as ever", () => {
    const names = ["Ángel Núñez", "Jørgen", "Großkreutz", "𝔖𝔥𝔯𝔢𝔨"];
    for (const name of names) {
        expect(normalize(name)).toBe(name);
    }
    expect(fuzzyLookup("nunez", names, (name) => name)).toEqual(["Ángel Núñez"]);
    expect(normalizedMatch("Ángel Núñez", "nunez")).toEqual({
        start: 6,
        end: 11,
        match: "Núñez",
    });
});
