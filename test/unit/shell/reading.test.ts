import assert from "node:assert/strict";
import { test } from "node:test";
import { started } from "../../support/script.ts";

for (const [script, expected] of [
	["read -r P <<< 80; a $P", "a 80"],
	["IFS=: read -r H P <<< h:80:81; a $H $P", "a h 80:81"],
	["IFS=, read -ra L <<< a,b; a ${L[1]} ${#L[@]}", "a b 2"],
	["read -r P < /app/port; a $P", "a 80"],
	["mapfile -t L < /app/port; a ${L[0]}", "a 80"],
	["A=h:80; IFS=:; set -- $A; a $2", "a 80"],
	["read -p 'Port? ' P; a $P", "a …"],
	["while read -r line; do X=$line; done < /app/port; a $X", "a …"],
	["declare -A m=([web]=80); m[x]=81; a ${m[web]} ${m[x]}", "a 80 81"],
	["l=(1 2 3); l[1]=9; a ${l[@]:1} ${l[-1]}", "a 9 3 3"],
] as const)
	test(script, async () => assert.equal((await started(script, { "/app/port": "80\n" }))[0], expected));
