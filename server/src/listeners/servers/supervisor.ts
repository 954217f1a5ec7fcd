import { t } from "../../model/message.ts";
import { knownText, unknown } from "../../model/value.ts";
import { INET_HTTP_SERVER } from "../../process/launchers/supervisord.ts";
import { predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { readEndpoints } from "./endpoint.ts";

/** supervisord's own HTTP server, when its configuration has one (supervisord.org/configuration.html#inet-http-server-section-settings). */
export const supervisor: Technology = {
	name: "supervisor",
	title: "supervisord's HTTP server",
	async command(process) {
		const [program, where] = process.argv;
		if (knownText(program) !== INET_HTTP_SERVER || !where) return undefined;
		const [endpoint] = readEndpoints(where);
		if (!endpoint) return { listeners: [], gaps: [] };
		return predictClaim({
			port: endpoint.port ?? unknown(t("the port of inet_http_server is not set")),
			address: endpoint.address,
			protocol: "tcp",
			anyAddress: "0.0.0.0",
			evidence: process.evidence,
		});
	},
};
