import { t } from "../../model/message.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { type Endpoint, isGiven, settled } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";

/**
 * FastMCP, of the Model Context Protocol's Python SDK and of the package fastmcp: `run()` talks over standard input and
 * output unless its transport is one over HTTP; then 127.0.0.1 and 8000, or what `run` or the constructor says
 * (github.com/modelcontextprotocol/python-sdk, "Streamable HTTP Transport"; gofastmcp.com, "Running Your Server").
 */
export const mcp: Technology = {
	name: "mcp",
	title: "FastMCP",
	calls: {
		python: Object.fromEntries(
			["mcp.server.fastmcp.FastMCP", "mcp.server.FastMCP", "fastmcp.FastMCP", "fastmcp.server.FastMCP"].flatMap((make) => [
				[`${make}().run`, readRun],
				[`${make}().run_async`, readRun],
				...["run_http_async", "run_sse_async", "run_streamable_http_async"].map((name) => [`${make}().${name}`, readHttp]),
			]),
		),
	},
};

function readRun(call: LibraryCall): Endpoint {
	const transport = call.keywords.get("transport") ?? call.positional[0];
	if (!isGiven(transport) || transport === undefined) return "nothing";
	if (transport.kind === "known") return transport.text === "stdio" ? "nothing" : readHttp(call);
	const endpoint = readHttp(call);
	if (endpoint === "nothing") return endpoint;
	const byDefault = transport.kind === "variable" || transport.kind === "argument" ? transport.fallback : undefined;
	if (byDefault?.kind === "known") return byDefault.text === "stdio" ? "nothing" : endpoint;
	return { ...endpoint, port: { kind: "unknown", reason: t("the transport is not known"), at: call.at } };
}

function readHttp(call: LibraryCall): Endpoint {
	const made = call.on?.kind === "object" ? call.on.fields : new Map<string, Argument>();
	const set = made.get("settings");
	const settings = set?.kind === "object" ? set.fields : new Map<string, Argument>();
	const find = (name: string) => call.keywords.get(name) ?? settings.get(name) ?? made.get(name);
	const port = find("port");
	return {
		port: settled(port, "8000", call),
		address: settled(find("host"), "127.0.0.1", call),
		byConvention: !isGiven(port),
		anyAddress: "0.0.0.0",
	};
}
