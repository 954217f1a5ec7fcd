import { t } from "../../model/message.ts";
import type { Gap, Prediction } from "../../model/port.ts";
import type { Evidence } from "../../model/text.ts";
import { known, unknown, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { plainValue } from "../sourceCall.ts";
import type { Configuration } from "./configuration.ts";
import { ANY, type Binding, bindingsOf, portsOf } from "./urls.ts";

/** What is known of a web application. */
export interface WebApplication {
	readonly calls: readonly LibraryCall[];
	readonly configuration: Configuration;
	/** It uses the minimal hosting model (`WebApplication.CreateBuilder`), where UseUrls wins over the configuration. */
	readonly minimal: boolean;
	readonly evidence: readonly Evidence[];
}

/**
 * Where Kestrel listens: the endpoints of code and of `Kestrel:Endpoints`, else the URLs that the application adds, else
 * the key `urls`, else `http_ports` and `https_ports`, else localhost:5000 (ASP.NET Core, "Configure endpoints for the
 * ASP.NET Core Kestrel web server").
 */
export function predictKestrel(application: WebApplication): Prediction {
	const { configuration, calls } = application;
	const endpoints = [...calls.flatMap(ofListen), ...ofConfiguredEndpoints(configuration)];
	if (endpoints.length > 0) return predict(endpoints, application);
	const added = calls.flatMap(ofAddedUrl);
	if (added.length > 0) return predict(added, application);
	const used = calls.flatMap(ofUseUrls);
	const urls = configuration.ofApplication("urls");
	const first = application.minimal ? used : [];
	if (first.length > 0) return predict(first, application);
	if (urls) return predict(fixed(bindingsOf(urls)), application);
	if (used.length > 0) return predict(used, application);
	const hosted = configuration.get("urls");
	if (hosted && !(hosted.kind === "known" && hosted.text.trim() === "")) return predict(fixed(bindingsOf(hosted)), application);
	const [http, https] = [configuration.get("http_ports"), configuration.get("https_ports")];
	const ports = [...(http ? portsOf(http, false) : []), ...(https ? portsOf(https, true) : [])];
	if (ports.length > 0) return predict(fixed(ports), application);
	const byDefault = { port: known("5000"), address: known("127.0.0.1"), secure: false, noPort: false };
	return predict([{ binding: byDefault, byConvention: true }], application);
}

/** The calls that `predictKestrel` looks at. */
export const KESTREL_CALLS = [
	"ListenAnyIP",
	"ListenLocalhost",
	"Listen",
	"Run",
	"RunAsync",
	"Urls.Add",
	"Addresses.Add",
	"UseUrls",
	"UseSetting",
	"UseHttps",
	"UseLettuceEncrypt",
	"AddLettuceEncrypt",
];

interface Found {
	readonly binding: Binding;
	readonly call?: LibraryCall;
	readonly byConvention?: boolean;
}

function predict(found: readonly Found[], application: WebApplication): Prediction {
	const gaps: Gap[] = [];
	const predictions: Prediction[] = [];
	for (const { binding, call, byConvention } of found) {
		if (binding.noPort) continue;
		const at = call?.at ?? application.evidence.at(-1);
		if (binding.secure && !hasCertificate(application)) {
			gaps.push({ reason: t("HTTPS needs a certificate"), ...(at ? { evidence: at } : {}) });
			continue;
		}
		predictions.push(
			predictClaim({
				port: binding.port,
				address: binding.address,
				anyAddress: ANY,
				evidence: call ? [...application.evidence, call.at] : application.evidence,
				...(byConvention ? { byConvention } : {}),
				...(call && !call.decided ? { decided: false } : {}),
				...(call?.hangsOn ? { hangsOn: call.hangsOn } : {}),
			}),
		);
	}
	return mergePredictions([...predictions, { listeners: [], gaps }]);
}

/** A certificate that the configuration or the source names; Kestrel refuses to start without one. */
function hasCertificate({ configuration, calls }: WebApplication): boolean {
	return (
		configuration.children("Kestrel:Certificates").length > 0 ||
		configuration
			.children("Kestrel:Endpoints")
			.some((name) => configuration.children(`Kestrel:Endpoints:${name}:Certificate`).length > 0) ||
		calls.some(({ callee, positional }) => callee === "UseHttps" && positional.length > 0) ||
		calls.some(({ callee }) => callee === "UseLettuceEncrypt" || callee === "AddLettuceEncrypt")
	);
}

function fixed(bindings: readonly Binding[]): Found[] {
	return bindings.map((binding) => ({ binding }));
}

/** `ListenAnyIP(port)`, `ListenLocalhost(port)`, `Listen(address, port)`, `Listen(endpoint)` of KestrelServerOptions. */
function ofListen(call: LibraryCall): Found[] {
	const [first, second] = call.positional;
	const binding = (port: Argument | undefined, address: Value): Found[] =>
		port ? [{ call, binding: { port: plainValue(port), address, secure: false, noPort: false } }] : [];
	switch (call.callee) {
		case "ListenAnyIP":
			return binding(first ?? call.keywords.get("port"), known(ANY));
		case "ListenLocalhost":
			return binding(first ?? call.keywords.get("port"), known("127.0.0.1"));
		case "Listen": {
			if (!first || /^(Socket|TcpListener|Tcp\w*|.*Listener)$/.test(call.on?.kind === "object" ? call.on.origin : "")) return [];
			if (first.kind === "object" && first.origin === "IPEndPoint") return binding(first.fields.get("1"), ipAddress(first.fields.get("0")));
			// Socket.Listen takes a backlog, and Kestrel's options no number alone.
			return second && second.kind !== "function" && second.kind !== "nothing" ? binding(second, ipAddress(first)) : [];
		}
		default:
			return [];
	}
}

/** `IPAddress.Any`, `IPAddress.Parse("10.0.0.1")`, a text. */
export function ipAddress(argument: Argument | undefined): Value {
	if (argument?.kind === "object") {
		const { origin } = argument;
		if (/IPAddress\.(Any|IPv6Any)$/.test(origin)) return known(origin.endsWith("IPv6Any") ? "::" : "0.0.0.0");
		if (/IPAddress\.(IPv6)?Loopback$/.test(origin)) return known(origin.endsWith("IPv6Loopback") ? "::1" : "127.0.0.1");
		const text = /IPAddress#Parse$/.test(origin) ? argument.fields.get("0") : undefined;
		return text ? plainValue(text) : unknown(t("the address is not known"));
	}
	return argument ? plainValue(argument) : known(ANY);
}

/** Endpoints of the configuration: `Kestrel:Endpoints:{name}:Url`. */
function ofConfiguredEndpoints(configuration: Configuration): Found[] {
	return configuration.children("Kestrel:Endpoints").flatMap((name) => {
		const url = configuration.get(`Kestrel:Endpoints:${name}:Url`);
		return url ? fixed(bindingsOf(url)) : [];
	});
}

/** `app.Run("http://…")`, `app.Urls.Add("http://…")`: they replace every other URL. */
function ofAddedUrl(call: LibraryCall): Found[] {
	const [first] = call.positional;
	if (first === undefined || !["Run", "RunAsync", "Urls.Add", "Addresses.Add"].includes(call.callee)) return [];
	if (first.kind === "function" || first.kind === "nothing" || first.kind === "record" || first.kind === "list" || first.kind === "object")
		return [];
	const on = call.on?.kind === "object" ? call.on.origin : undefined;
	if (call.callee.startsWith("Run") && on !== undefined && !/^WebApplication/.test(on)) return [];
	const bindings = bindingsOf(first).filter((one) => one.noPort || one.port.kind !== "unknown");
	if (bindings.length > 0) return bindings.map((binding) => ({ binding, call }));
	const unclear =
		call.callee.endsWith("Add") || (first.kind === "unknown" && on !== undefined && first.reason !== t("the value is not a plain one"));
	return unclear ? [{ call, binding: { port: plainValue(first), address: known(ANY), secure: false, noPort: false } }] : [];
}

/** `UseUrls("http://*:5000", …)`, `UseSetting("urls", …)`. */
function ofUseUrls(call: LibraryCall): Found[] {
	const [key, value] = call.positional;
	if (call.callee === "UseSetting")
		return key?.kind === "known" && key.text.toLowerCase() === "urls" && value
			? bindingsOf(plainValue(value)).map((binding) => ({ binding, call }))
			: [];
	if (call.callee !== "UseUrls") return [];
	return call.positional.flatMap((one) => {
		const bindings = bindingsOf(plainValue(one));
		const open = { port: plainValue(one), address: known(ANY), secure: false, noPort: false };
		return (bindings.length > 0 ? bindings : [open]).map((binding) => ({ binding, call }));
	});
}
