import { t } from "../../model/message.ts";
import { known, likelyText, mapText, unknown, type Value } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";

/**
 * socat: each address that listens, `TCP-LISTEN:80,fork`, `UDP4-RECVFROM:53` (dest-unreach.org/socat/doc/socat.html).
 */
export const socat: Technology = {
	name: "socat",
	title: "socat",
	async command(process) {
		if (programName(textOf(process.argv[0]) ?? "") !== "socat") return undefined;
		const found = process.argv.slice(1).flatMap((word) => {
			const text = likelyText(word) ?? "";
			const match = /^(tcp|udp|sctp|openssl|ssl)([46])?-?(l|listen|recv|recvfrom|datagram-listen):/i.exec(text);
			if (!match) return [];
			const bind = /,\s*bind=([^,:]+)/i.exec(text)?.[1] ?? "";
			const kind = match[1]?.toLowerCase();
			return [
				predictClaim({
					port: mapText(word, (one, from) => known(one.slice(match[0].length).split(",")[0] ?? "", ...from)),
					address: known(bind),
					protocol: kind === "udp" || kind === "sctp" ? kind : "tcp",
					anyAddress: match[2] === "6" ? "::" : "0.0.0.0",
					evidence: process.evidence,
				}),
			];
		});
		return mergePredictions(found);
	},
};

/** nc, ncat and netcat: they listen with `-l` (man.openbsd.org/nc, nmap.org/ncat/guide, BusyBox); else they are clients. */
export const netcat: Technology = {
	name: "netcat",
	title: "netcat",
	async command(process) {
		const name = programName(textOf(process.argv[0]) ?? "");
		if (!/^(nc|ncat|netcat|nc\.openbsd|nc\.traditional)$/.test(name)) return undefined;
		const args = process.argv.slice(1);
		const flags = args.map((arg) => likelyText(arg) ?? "");
		const isFlag = (letter: string, long: string) => flags.some((flag) => new RegExp(`^-[a-zA-Z]*${letter}`).test(flag) || flag === long);
		if (!isFlag("l", "--listen")) return { listeners: [], gaps: [] };
		const numbers = args.filter((arg) => /^\d+$/.test(likelyText(arg) ?? ""));
		const port: Value = joinedPort(flags) ?? flagValue(args, ["-p"]) ?? numbers.at(-1) ?? unknown(t("no port is given"));
		return predictClaim({
			port,
			address: known(""),
			protocol: isFlag("u", "--udp") ? "udp" : "tcp",
			// ncat has a port of its own when none is given.
			byConvention: false,
			anyAddress: "0.0.0.0",
			evidence: process.evidence,
		});
	},
};

/** The port behind joined letters: `-lp 80`, `-klp80`. */
function joinedPort(flags: readonly string[]): Value | undefined {
	for (const [i, flag] of flags.entries()) {
		const joined = /^-[a-zA-Z]+p(\d*)$/.exec(flag);
		if (joined) return known(joined[1] || (flags[i + 1] ?? ""));
	}
	return undefined;
}
