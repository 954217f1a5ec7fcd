import assert from "node:assert/strict";
import { test } from "node:test";
import { addresses } from "../../../../client/src/containers/addresses.ts";
import { items } from "../../../../client/src/containers/item.ts";
import { container, report } from "../../../support/containerReports.ts";

test("every address is found, in projects too, with its container and network", () => {
	const shop = container({ name: "web", project: "shop", networks: [{ name: "shop_default", ip: "172.18.0.3", ip6: "fd00::3" }] });
	assert.deepEqual(addresses(items(report(container(), shop))), [
		{ address: "172.18.0.3", container: "web", network: "shop_default" },
		{ address: "fd00::3", container: "web", network: "shop_default" },
		{ address: "172.17.0.3", container: "flask", network: "bridge" },
	]);
});
