import assert from "node:assert/strict";
import { test } from "node:test";
import { started } from "../../support/script.ts";

const script =
	'while getopts "p:hv" o; do case $o in p) P=$OPTARG;; v) V=1;; h) exit 0;; esac; done; shift $((OPTIND - 1)); a "$P" "$V" "$@"';

for (const [args, expected] of [
	["-p 80", "a 80 "],
	["-p80 x", "a 80  x"],
	["-vp 80 x", "a 80 1 x"],
	["-v -p 80 -- -x", "a 80 1 -x"],
	["x", "a   x"],
] as const)
	test(args, async () =>
		assert.equal((await started(script.replace('"$P" "$V"', '"${P-}" "${V-}"'), {}, args.split(" ")))[0]?.replace(/ \(.*/, ""), expected),
	);
