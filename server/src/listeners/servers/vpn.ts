import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import { evidenceIn, rangeBetween } from "../../model/text.ts";
import { known, likelyText } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import { predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { fillIn } from "./placeholders.ts";

/** WireGuard: `ListenPort` of the interface that `wg-quick up` starts, UDP; a random port without it (man7.org, wg(8)). */
export const wireguard: Technology = {
	name: "wireguard",
	title: "WireGuard",
	async command(process, scene) {
		const [program, verb, name] = process.argv.map((word) => likelyText(word));
		if (programName(textOf(process.argv[0]) ?? program ?? "") !== "wg-quick") return undefined;
		if (verb !== "up" || name === undefined) return { listeners: [], gaps: [] };
		const read = await scene.files.read(name.endsWith(".conf") ? resolvePath(process.cwd, name) : `/etc/wireguard/${name}.conf`);
		const at = process.evidence.at(-1);
		if (read.kind !== "text") {
			const reason = read.reason ?? t("{0}.conf is not in the image", name);
			return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
		}
		const line = /^[ \t]*[Ll]isten[Pp]ort[ \t]*=[ \t]*(\S+)/m.exec(read.file.text);
		if (!line) return { listeners: [], gaps: [] };
		const place = evidenceIn(read.file, rangeBetween(read.file.text, line.index, line.index + line[0].length), line[0]);
		return predictClaim({
			port: fillIn(line[1] ?? "", process.environment, place),
			address: known(""),
			protocol: "udp",
			anyAddress: "0.0.0.0",
			evidence: [...process.evidence, place],
		});
	},
};
