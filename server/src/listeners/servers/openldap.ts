import { known, likelyText, mapText } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";

/** Ports of the schemes of `-h`; `ldapi` is a Unix socket. */
const PORTS: Readonly<Record<string, string>> = { ldap: "389", ldaps: "636", cldap: "389", pldap: "389", pldaps: "636" };

/** OpenLDAP: the URLs of `-h`, `ldap:///` without it (openldap.org, slapd(8)). */
export const openldap: Technology = {
	name: "slapd",
	title: "OpenLDAP",
	async command(process) {
		if (programName(textOf(process.argv[0]) ?? "") !== "slapd") return undefined;
		const args = process.argv.slice(1);
		if (args.some((arg) => /^-(T.*|V+)$/.test(likelyText(arg) ?? ""))) return { listeners: [], gaps: [] };
		const given = flagValue(args, ["-h"]) ?? known("ldap:///");
		const urls = (likelyText(given) ?? "").split(/\s+/).filter(Boolean);
		if (urls.length === 0) return predictClaim({ port: given, address: known(""), anyAddress: "0.0.0.0", evidence: process.evidence });
		return mergePredictions(
			urls.flatMap((url) => {
				const [, scheme = "", host = "", port] = /^(\w+):\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(url) ?? [];
				const standard = PORTS[scheme.toLowerCase()];
				if (standard === undefined) return [];
				return [
					predictClaim({
						port: mapText(given, (_, from) => known(port ?? standard, ...from)),
						address: known(host.replace(/^\[(.*)\]$/, "$1")),
						protocol: scheme.toLowerCase() === "cldap" ? "udp" : "tcp",
						byConvention: port === undefined,
						anyAddress: "0.0.0.0",
						evidence: process.evidence,
					}),
				];
			}),
		);
	},
};
