import { t } from "../../model/message.ts";
import { known, mapText, unknown, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import type { Endpoint, ReadCall } from "../sourceCall.ts";

type Listening = Exclude<Endpoint, "nothing">;

/** What counts where an address leaves something out. */
export interface AddressDefaults {
	/** For an empty address; without one an empty address is not understood. */
	readonly port?: string;
	/** `::` where Go listens on both families, which it does unless the network is tcp4 or udp4. */
	readonly anyAddress?: string;
	readonly protocol?: "tcp" | "udp";
	readonly byConvention?: boolean;
}

/** Ports that Go knows by name in any image (Go, net: lookupPortMap; /etc/services may be missing). */
const NAMED: Readonly<Record<string, string>> = { http: "80", https: "443", domain: "53", smtp: "25", ftp: "21", ssh: "22", telnet: "23" };

/** Around the reason why a part of a text is not known (source/go/operators.ts). */
const HOLE = "\u0000";

/** Reads calls that take an address (`:8080`, `127.0.0.1:80`) as their argument at this position. */
export function readAddress(position: number, defaults: AddressDefaults = {}): ReadCall {
	return (call) => endpointOf(call.positional[position], defaults, call);
}

/** Reads calls on an object that holds the address in a field: `http.Server{Addr: ":80"}.ListenAndServe()`. */
export function readField(field: string, defaults: AddressDefaults = {}): ReadCall {
	return (call) => endpointOf(fieldOf(call.on, field), defaults, call);
}

/** A field of an object or of a struct. */
export function fieldOf(argument: Argument | undefined, name: string): Argument | undefined {
	return argument?.kind === "object" || argument?.kind === "record" ? argument.fields.get(name) : undefined;
}

/** The items of a list, which may also be given one by one. */
export function itemsOf(argument: Argument | undefined): readonly Argument[] {
	if (!argument) return [];
	return argument.kind === "list" ? argument.items : [argument];
}

/** What an address means (Go, net: Dial and Listen). */
export function endpointOf(argument: Argument | undefined, defaults: AddressDefaults, call: LibraryCall): Endpoint {
	const common = { anyAddress: defaults.anyAddress ?? "::", ...(defaults.protocol ? { protocol: defaults.protocol } : {}) };
	if (argument === undefined || argument.kind === "nothing") {
		const port = defaults.port === undefined ? unknown(t("no address is given"), call.at) : known(defaults.port, call.at);
		return { ...common, port, address: known(""), byConvention: defaults.port !== undefined };
	}
	const structured = socketAddress(argument, common);
	if (structured) return structured;
	const value = asValue(argument);
	if (isUnixPath(value)) return "nothing";
	return {
		...common,
		port: mapText(value, (text, from) => portOf(text, from, defaults)),
		address: mapText(value, (text, from) => hostOf(text, from)),
		byConvention: defaults.byConvention === true || (value.kind === "known" && value.text === "" && defaults.port !== undefined),
	};
}

/** `net.TCPAddr{IP: …, Port: 80}`. */
function socketAddress(argument: Argument, common: Pick<Listening, "anyAddress" | "protocol">): Listening | undefined {
	if (argument.kind !== "object" || !/\b(TCP|UDP)Addr\{\}$/.test(argument.origin)) return undefined;
	const [ip, port] = [argument.fields.get("IP"), argument.fields.get("Port")];
	return {
		...common,
		port: port ? asValue(port) : known("0"),
		address: ip && ip.kind !== "nothing" ? asValue(ip) : known(""),
		byConvention: false,
	};
}

export function asValue(argument: Argument): Value {
	switch (argument.kind) {
		case "object":
			return unknown(t("the address comes from {0}", shortName(argument.origin)));
		case "record":
		case "list":
		case "function":
		case "nothing":
			return unknown(t("the address is not a plain value"));
		default:
			return argument;
	}
}

/** `viper.New().GetString()` of a path that nobody wants to read whole. */
function shortName(origin: string): string {
	return origin.slice(origin.lastIndexOf("/") + 1).slice(0, 60);
}

function isUnixPath(value: Value): boolean {
	return value.kind === "known" && /^(unix:|\/|@)/.test(value.text);
}

function portOf(text: string, from: (Value & { kind: "known" })["from"], defaults: AddressDefaults): Value {
	if (text === "" && defaults.port !== undefined) return known(defaults.port, ...from);
	const port = /^\d+$/.test(text) ? text : text.slice(text.lastIndexOf(":") + 1);
	if (port.includes(HOLE)) return unknown(reasonIn(port));
	if (!text.includes(":") && !/^\d+$/.test(text)) return unknown(t("{0} is not an address", text.slice(0, 40) || t("an empty text")));
	return known(NAMED[port] ?? port, ...from);
}

function hostOf(text: string, from: (Value & { kind: "known" })["from"]): Value {
	const host = text.includes(":") ? text.slice(0, text.lastIndexOf(":")).replace(/^\w+:\/\//, "") : "";
	if (host.includes(HOLE)) return unknown(reasonIn(host));
	return known(host === "[::]" ? "::" : host, ...from);
}

/** The reason that stands in a hole. */
function reasonIn(text: string): string {
	return text.split(HOLE)[1] || t("a part of the address is not known");
}
