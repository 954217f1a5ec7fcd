import type { Technology } from "../technology.ts";
import { endpointOf, fieldOf, itemsOf } from "./address.ts";

/**
 * What Prometheus and its exporters listen with (github.com/prometheus/exporter-toolkit, web/README.md): the addresses of
 * `--web.listen-address`.
 */
export const exporterToolkit: Technology = {
	name: "exporter-toolkit",
	title: "Prometheus exporter toolkit",
	calls: {
		go: {
			"github.com/prometheus/exporter-toolkit/web.ListenAndServe": (call) => {
				const addresses = fieldOf(call.positional[1], "WebListenAddresses");
				if (addresses) return itemsOf(addresses).map((one) => endpointOf(one, { port: "80" }, call));
				// Before version 0.8 the address was the server's, and the second argument a file.
				return endpointOf(fieldOf(call.positional[0], "Addr"), {}, call);
			},
			"github.com/prometheus/exporter-toolkit/https.Listen": (call) =>
				endpointOf(fieldOf(call.positional[0], "Addr"), { port: "80" }, call),
		},
	},
};
