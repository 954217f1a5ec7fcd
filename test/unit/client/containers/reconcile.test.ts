import assert from "node:assert/strict";
import { test } from "node:test";
import { items } from "../../../../client/src/containers/item.ts";
import { reconcile } from "../../../../client/src/containers/reconcile.ts";
import type { Item } from "../../../../client/src/containers/row.ts";
import { container, port, report } from "../../../support/containerReports.ts";

const web = container({ name: "web", project: "shop", ports: [port()] });
const db = container({ name: "db", project: "shop", ports: [port({ port: 5432 })] });
const alone = container({ name: "alone" });

function after(shown: readonly Item[], next: readonly Item[]): { rows: readonly Item[]; changed: string[] | "all" } {
	const { rows, changed } = reconcile(shown, next);
	return { rows, changed: changed === "all" ? "all" : changed.map(({ id }) => id) };
}

test("the same report changes nothing, and the rows stay the same objects", () => {
	const shown = items(report(web, db, alone));
	const { rows, changed } = reconcile(shown, items(report(web, db, alone)));
	assert.deepEqual(changed, []);
	assert.deepEqual(
		rows.map((row, index) => row === shown[index]),
		[true, true],
	);
});

test("a port that changes is drawn alone, as the object that VS Code knows", () => {
	const shown = items(report(web, db, alone));
	const known = shown[0]?.children[1]?.children[1];
	const { rows, changed } = reconcile(shown, items(report({ ...web, ports: [port({ process: "httpd" })] }, db, alone)));
	assert.deepEqual(changed, [known]);
	assert.match(known?.description ?? "", /httpd$/);
	assert.equal(rows[0]?.children[1]?.children[1], known);
});

test("what appears or leaves draws its parent again, and nothing below is named twice", () => {
	const shown = items(report(web, db, alone));
	assert.deepEqual(after(shown, items(report(web, alone))).changed, ["compose:default/shop"]);
	const broken = { ...web, ports: [port({ live: false, addresses: [], verdict: "nothing-listens" as const })] };
	assert.deepEqual(after(items(report(web, db)), items(report(broken, db))).changed, ["compose:default/shop"]);
});

test("another top level is drawn as a whole", () => {
	const shown = items(report(web, db));
	const { rows, changed } = after(shown, items(report(web, db, alone)));
	assert.equal(changed, "all");
	assert.equal(rows[0], shown[0]);
});

test("what is no longer said of a row is forgotten", () => {
	const item = (address?: string): Item => ({
		id: "a",
		kind: "ip",
		label: "a",
		description: "",
		tooltip: "",
		icon: { name: "globe" },
		spoken: "",
		...(address === undefined ? {} : { address }),
		children: [],
	});
	const shown = [item("172.17.0.2")];
	reconcile(shown, [item()]);
	assert.equal("address" in (shown[0] ?? {}), false);
});

test("a thousand containers, of which one changes, are compared in a blink", () => {
	const many = Array.from({ length: 1000 }, (_, index) => container({ name: `c${index}`, ports: [port(), port({ port: 81 })] }));
	const shown = items(report(...many));
	const started = performance.now();
	const next = items(report(...many.map((one, index) => (index === 500 ? { ...one, state: "paused" } : one))));
	const { changed } = reconcile(shown, next);
	const took = performance.now() - started;
	assert.deepEqual(changed === "all" ? changed : changed.map(({ id }) => id), ["container:default/c500"]);
	assert.ok(took < 500, `${took} ms`);
});
