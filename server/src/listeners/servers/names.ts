import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { fillIn } from "./placeholders.ts";

/**
 * CoreDNS: the ports of the Corefile's server blocks, 53 without one, 443 for https://, 853 for tls://; `health` on 8080, `ready`
 * on 8181, `prometheus` on localhost:9153 (coredns.io/manual/toc, coredns.io/plugins).
 */
export const coredns: Technology = {
	name: "coredns",
	title: "CoreDNS",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "coredns") return undefined;
		const args = process.argv.slice(1);
		const flag = flagValue(args, ["-dns.port"]);
		const given = likelyText(flagValue(args, ["-conf"]));
		const read = await scene.files.read(resolvePath(process.cwd, given ?? "Corefile"));
		const at = process.evidence.at(-1);
		if (read.kind !== "text") {
			if (given === undefined && read.kind === "absent") return both(process, flag ?? known("53"), flag === undefined, at);
			const reason = read.reason ?? t("{0} is not in the image", "Corefile");
			return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
		}
		return readCorefile(process, read.file, flag);
	},
};

function readCorefile(process: Process, file: TextFile, flag: Value | undefined): Prediction {
	const found: Prediction[] = [];
	let depth = 0;
	let offset = 0;
	for (const line of file.text.split("\n")) {
		const start = offset;
		offset += line.length + 1;
		const words = line.replace(/#.*/, "").trim().split(/\s+/).filter(Boolean);
		const at = evidenceIn(file, rangeBetween(file.text, start, start + line.trimEnd().length), line);
		if (depth === 0 && words.at(-1) === "{" && !words[0]?.startsWith("(")) {
			for (const word of words.slice(0, -1)) {
				const value = fillIn(word.replace(/\{\$(\w+)\}/g, "${$1}"), process.environment, at);
				const text = likelyText(value) ?? "";
				const port = /:(\d+)$/.exec(text)?.[1];
				const scheme = /^([a-z]+):\/\//.exec(text)?.[1];
				const standard = scheme === "https" || scheme === "grpc" ? "443" : scheme === "tls" || scheme === "quic" ? "853" : "53";
				const number = port ? known(port, at) : (flag ?? known(standard));
				found.push(
					scheme && scheme !== "dns" ? tcp(process, number, "", port === undefined, at) : both(process, number, port === undefined, at),
				);
			}
		} else if (depth === 1) {
			const [name, address] = words;
			const plugin = PLUGINS[name ?? ""];
			if (plugin) {
				const [, host, port] = /^(.*):(\d+)$/.exec(address ?? "") ?? [];
				found.push(tcp(process, known(port ?? plugin.port, at), host ?? plugin.address, port === undefined, at));
			}
		}
		depth = Math.max(depth + (line.match(/\{(?=\s|$)/g)?.length ?? 0) - (line.match(/(?:^|\s)\}/g)?.length ?? 0), 0);
	}
	return mergePredictions(found);
}

const PLUGINS: Readonly<Record<string, { readonly port: string; readonly address: string }>> = {
	health: { port: "8080", address: "" },
	ready: { port: "8181", address: "" },
	prometheus: { port: "9153", address: "localhost" },
};

/**
 * BIND: `listen-on [port N]` and `listen-on-v6`, 53 on every address without them, TCP and UDP; `named -p`
 * (bind9.readthedocs.io, "listen-on").
 */
export const bind: Technology = {
	name: "bind",
	title: "BIND",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "named") return undefined;
		const args = process.argv.slice(1);
		if (args.some((arg) => /^-[vV]$/.test(likelyText(arg) ?? ""))) return { listeners: [], gaps: [] };
		const flag = flagValue(args, ["-p"]);
		const at = process.evidence.at(-1);
		const given = likelyText(flagValue(args, ["-c"]));
		const texts: TextFile[] = [];
		for (const path of given === undefined ? ["/etc/bind/named.conf", "/etc/bind/named.conf.options", "/etc/named.conf"] : [given]) {
			const read = await scene.files.read(resolvePath(process.cwd, path));
			if (read.kind === "text") texts.push(read.file);
			else if (read.kind === "unknown" || given !== undefined) {
				const reason = read.reason ?? t("{0} is not in the image", programName(path));
				return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
			}
		}
		const found = texts.flatMap((file) => {
			// Comments are blanked so that places stay.
			const text = file.text.replace(/\/\*[\s\S]*?\*\/|(?:\/\/|#)[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
			return [...text.matchAll(/\blisten-on(-v6)?\s+(?:port\s+(\d+)\s*)?\{([^}]*)\}/g)].flatMap((match) => {
				const place = evidenceIn(file, rangeBetween(file.text, match.index, match.index + match[0].length), match[0]);
				const hosts = (match[3] ?? "")
					.split(";")
					.map((one) => one.trim())
					.filter((one) => one !== "" && one !== "none");
				return hosts.flatMap((host) => {
					const address = host === "any" ? (match[1] ? "::" : "0.0.0.0") : host;
					return [both(process, match[2] ? known(match[2], place) : (flag ?? known("53")), !match[2], place, address)];
				});
			});
		});
		return found.length > 0 ? mergePredictions(found) : both(process, flag ?? known("53"), flag === undefined, at);
	},
};

function both(process: Process, port: Value, byConvention: boolean, at: Evidence | undefined, address = ""): Prediction {
	return mergePredictions([tcp(process, port, address, byConvention, at), tcp(process, port, address, byConvention, at, "udp")]);
}

function tcp(
	process: Process,
	port: Value,
	address: string,
	byConvention: boolean,
	at: Evidence | undefined,
	protocol: "tcp" | "udp" = "tcp",
): Prediction {
	return predictClaim({
		port,
		address: known(address),
		protocol,
		byConvention,
		anyAddress: "0.0.0.0",
		evidence: [...process.evidence, ...(at ? [at] : [])],
	});
}
