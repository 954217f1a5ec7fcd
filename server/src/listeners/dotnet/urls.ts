import { t } from "../../model/message.ts";
import { known, mapText, outcomes, unknown, type Value } from "../../model/value.ts";

/** One address that a server is told to listen on. */
export interface Binding {
	readonly port: Value;
	readonly address: Value;
	readonly secure: boolean;
	/** A Unix socket or a named pipe. */
	readonly noPort: boolean;
}

/** Kestrel binds a wildcard to the unspecified IPv6 address, which takes IPv4 too. */
export const ANY = "::";

/** The bindings of a list of URLs with `;` between them (ASP.NET Core, "Configure endpoints for Kestrel": "URL formats"). */
export function bindingsOf(urls: Value): Binding[] {
	const texts = outcomes(urls).known.map((one) => split(one.text));
	const count = Math.max(0, ...texts.map((one) => one.length));
	if (count === 0) return texts.length > 0 ? [] : [{ port: withoutText(urls), address: known(ANY), secure: false, noPort: false }];
	return Array.from({ length: count }, (_, i) => {
		const one = texts.find((parts) => parts[i] !== undefined)?.[i] ?? "";
		return {
			port: mapText(urls, (text, from) => {
				const port = parse(split(text)[i] ?? "")?.port;
				return port === undefined ? unknown(t("the URL is not understood")) : known(port, ...from);
			}),
			address: mapText(urls, (text, from) => known(parse(split(text)[i] ?? "")?.address ?? ANY, ...from)),
			secure: /^https:/i.test(one),
			noPort: /^\w+:\/\/(unix|pipe):/i.test(one),
		};
	});
}

/** The bindings of a list of ports (`8080;9090`) on every interface (ASP.NET Core, "Specify ports only"). */
export function portsOf(ports: Value, secure: boolean): Binding[] {
	const count = Math.max(0, ...outcomes(ports).known.map((one) => split(one.text).length));
	return Array.from({ length: count }, (_, i) => ({
		port: mapText(ports, (text, from) => known(split(text)[i] ?? "", ...from)),
		address: known(ANY),
		secure,
		noPort: false,
	}));
}

function withoutText(urls: Value): Value {
	return mapText(urls, (text, from) => known(text, ...from));
}

function split(text: string): string[] {
	return text
		.split(";")
		.map((one) => one.trim())
		.filter(Boolean);
}

function parse(url: string): { readonly port: string; readonly address: string } | undefined {
	const match = /^(https?):\/\/(\[[^\]]*\]|[^:/]*)(?::([^/]*))?/i.exec(url);
	// Nothing but `;` separates URLs: Kestrel refuses to start on what else stands between them.
	if (!match || /[,\s]/.test(url)) return undefined;
	const [, scheme = "", host = "", port] = match;
	return { port: port ?? (/s$/i.test(scheme) ? "443" : "80"), address: addressOf(host) };
}

/** Only an IP address or localhost is that; every other name binds all interfaces. */
function addressOf(host: string): string {
	if (/^localhost$/i.test(host)) return "127.0.0.1";
	if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return host;
	return /^\[.*\]$/.test(host) ? host.slice(1, -1) : ANY;
}
