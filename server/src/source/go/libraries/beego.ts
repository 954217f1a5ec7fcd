import { list, NOTHING, plain, type Thing } from "../../core/thing.ts";
import type { Go } from "../go.ts";
import { configFile } from "./configFiles.ts";
import { converted, type Model, textOf } from "./model.ts";

const CALLEE = /^github\.com\/(?:beego|astaxie)\/beego(?:\/(?:server\/web|core\/config|pkg))?\.(?:AppConfig\.)?(\w+)$/;

/**
 * Beego's configuration, `conf/app.conf` below the working directory (github.com/beego/beedoc, en-US/mvc/controller/config.md):
 * keys of any case, sections for run modes, `${NAME||default}` for variables. `Run` without an address takes `httpport`.
 */
export const beego: Model = (go, call, callee) => {
	const name = CALLEE.exec(callee.origin)?.[1];
	if (name === undefined) return undefined;
	const [first, second] = call.positional;
	if (name === "Run" && /^github/.test(callee.origin)) {
		const given = first?.kind === "list" ? first.items[0] : first;
		const port = given === undefined || textOf(given) === "" ? setting(go, "httpport", call.at) : undefined;
		if (!port || port.kind === "nothing") return undefined;
		const address = setting(go, "httpaddr", call.at);
		go.run.record(callee.origin, { ...call, positional: [joined(address, port)] }, callee.of);
		return NOTHING;
	}
	const get = callee.origin.includes(".AppConfig.") ? /^(Default)?(String|Int|Int64|Bool)$/.exec(name) : undefined;
	const key = textOf(first);
	if (!get || key === undefined) return undefined;
	const found = setting(go, key, call.at);
	const type = get[2] ?? "String";
	const value = found.kind === "nothing" ? (get[1] ? (second ?? NOTHING) : plain(type === "String" ? "" : 0)) : converted(type, found);
	// Only the second version's getters return an error too, and the first one's number getters.
	return get[1] || (type === "String" && callee.origin.includes("astaxie")) ? value : list([value, NOTHING], call.at);
};

function joined(address: Thing, port: Thing): Thing {
	if (port.kind === "variable") return { ...port, fallback: joined(address, port.fallback) };
	return port.kind === "plain" ? plain(`${textOf(address) ?? ""}:${port.value}`, port.from) : port;
}

function setting(go: Go, key: string, at: Parameters<Model>[1]["at"]): Thing {
	const data = configFile(go, "conf/app.conf", "ini");
	if (data?.kind === "unknown") return data;
	if (data?.kind !== "structure") return NOTHING;
	const mode = textOf(fieldOf(data, "runmode"));
	const section = mode === undefined ? undefined : fieldOf(data, mode);
	const found = (section && fieldOf(section, key)) ?? fieldOf(data, key) ?? NOTHING;
	const variable = /^\$\{(\w+)(?:\|\|(.*))?\}$/.exec(textOf(found) ?? "");
	return variable ? go.run.variable(variable[1] ?? "", plain(variable[2] ?? "", found.kind === "plain" ? found.from : []), at) : found;
}

function fieldOf(data: Thing, name: string): Thing | undefined {
	if (data.kind !== "structure") return undefined;
	const wanted = name.toLowerCase();
	return [...data.fields].find(([key]) => key.toLowerCase() === wanted)?.[1];
}
