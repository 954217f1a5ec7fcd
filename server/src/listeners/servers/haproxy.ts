import { resolvePath } from "../../dockerfile/walk.ts";
import { evidenceIn, rangeBetween } from "../../model/text.ts";
import { known, likelyText, mapText } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { readMatching } from "./files.ts";
import { fillIn } from "./placeholders.ts";

/**
 * HAProxy: every `bind` of frontends and listens, `<address>:<port>[-<port>][,…]`, with `quic4@` and `udp@` as UDP
 * (docs.haproxy.org, "bind"). Without a configuration it does not start.
 */
export const haproxy: Technology = {
	name: "haproxy",
	title: "HAProxy",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "haproxy") return undefined;
		const args = process.argv.slice(1);
		if (args.some((arg) => /^-(c|v|vv)$/.test(likelyText(arg) ?? ""))) return { listeners: [], gaps: [] };
		const path = likelyText(flagValue(args, ["-f"])) ?? "/usr/local/etc/haproxy/haproxy.cfg";
		const folder = (await scene.files.look(resolvePath(process.cwd, path))).kind === "folder";
		const found = await readMatching(scene.files, process.cwd, folder ? `${path}/*.cfg` : path);
		const reasons = [...found.hidden, ...(found.missing === undefined ? [] : [found.missing])];
		const evidence = process.evidence.at(-1);
		const predictions = found.files.flatMap((file) => {
			let offset = 0;
			return file.text.split("\n").flatMap((line) => {
				const start = offset;
				offset += line.length + 1;
				const [name, targets = ""] = line.replace(/#.*/, "").trim().split(/\s+/);
				if (name !== "bind") return [];
				const at = evidenceIn(file, rangeBetween(file.text, start + line.indexOf("bind"), start + line.trimEnd().length), line);
				return targets.split(",").flatMap((target) => {
					if (/^(unix@|abns@|fd@|sockpair@|\/)/.test(target)) return [];
					const protocol = /^(quic[46]|udp[46]?)@/.test(target) ? "udp" : "tcp";
					const value = fillIn(target.replace(/"/g, "").replace(/^\w+@/, ""), process.environment, at);
					const range = /:(\d+)-(\d+)$/.exec(likelyText(value) ?? "");
					const count = range ? Math.min(Math.max(Number(range[2]) - Number(range[1]) + 1, 0), 200) : 1;
					return Array.from({ length: count }, (_, i) =>
						predictClaim({
							port: mapText(value, (text, from) =>
								known(range ? String(Number(range[1]) + i) : (/:([^:]*)$/.exec(text)?.[1] ?? text), ...from),
							),
							address: mapText(value, (text, from) => known(/^(.*):[^:]*$/.exec(text)?.[1] ?? "", ...from)),
							protocol,
							anyAddress: "0.0.0.0",
							evidence: [...process.evidence, at],
						}),
					);
				});
			});
		});
		return mergePredictions([
			...predictions,
			{ listeners: [], gaps: reasons.map((reason) => (evidence ? { reason, evidence } : { reason })) },
		]);
	},
};
