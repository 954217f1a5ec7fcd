import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { own } from "../../model/table.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";

const MASTER = "/etc/postfix/master.cf";

/** Names of services in /etc/services that master.cf of Postfix's packages uses. */
const SERVICES: Readonly<Record<string, string>> = { smtp: "25", submission: "587", submissions: "465", smtps: "465" };

/**
 * Postfix: each service of master.cf whose type is `inet`, by its name or number (postfix.org/master.5.html); 25 in the file that it
 * comes with.
 */
export const postfix: Technology = {
	name: "postfix",
	title: "Postfix",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "postfix") return undefined;
		if (!process.argv.some((word) => /^start(-fg)?$/.test(likelyText(word) ?? ""))) return { listeners: [], gaps: [] };
		const read = await scene.files.read(MASTER);
		const at = process.evidence.at(-1);
		if (read.kind === "text") return readMaster(process, read.file);
		const { scripts = [] } = await scene.buildOf(MASTER);
		const isEdited = read.kind === "unknown" || scripts.some((text) => /master\.cf\b|\bpostconf\s+-[MPF#]/.test(text));
		if (!isEdited) return claim(process, "25", "", true);
		const reason = read.kind === "unknown" ? read.reason : t("{0} writes {1}", "a RUN step", "master.cf");
		return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
	},
};

function readMaster(process: Process, file: TextFile): Prediction {
	const found: Prediction[] = [];
	for (const line of file.text.matchAll(/^(?![#\s])(\S+)\s+inet\s.*$/gm)) {
		const [, host = "", name = ""] = /^(?:(.*):)?([^:]+)$/.exec(line[1] ?? "") ?? [];
		const at = evidenceIn(file, rangeBetween(file.text, line.index, line.index + line[0].length), line[0]);
		found.push(claim(process, own(SERVICES, name) ?? name, host.replace(/^\[(.*)\]$/, "$1"), false, at));
	}
	return mergePredictions(found);
}

function claim(process: Process, port: string, address: string, byConvention: boolean, at?: Evidence): Prediction {
	return predictClaim({
		port: known(port, ...(at ? [at] : [])),
		address: known(address),
		byConvention,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}
