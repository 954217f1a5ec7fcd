import assert from "node:assert/strict";
import { test } from "node:test";
import { isBuiltByConstraint } from "../../../../server/src/source/go/constraints.ts";

const cases: readonly (readonly [lines: string, expected: boolean])[] = [
	["//go:build linux && !pprof", true],
	["//go:build pprof", false],
	["// +build pprof", false],
	["// +build linux,amd64 darwin", true],
	["// +build !windows\n// +build debug", false],
	["//go:build linux\n// +build ignored", true],
	["// about +build lines", true],
];
for (const [lines, expected] of cases)
	test(`${lines.replace("\n", " and ")}: ${expected}`, () =>
		assert.equal(isBuiltByConstraint(`${lines}\n\npackage main\n`, new Set()), expected));
