import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { type Evidence, evidenceIn, isStock, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { readMatching } from "./files.ts";
import { fillIn } from "./placeholders.ts";

/**
 * Mosquitto: `listener PORT [ADDRESS]` lines, or the older `port` and `bind_address`; without any, 1883, since 2.0 on the
 * loopback interface alone (mosquitto.org/man/mosquitto-conf-5.html, mosquitto.org/documentation/migrating-to-2-0).
 */
export const mosquitto: Technology = {
	name: "mosquitto",
	title: "Mosquitto",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "mosquitto") return undefined;
		const args = process.argv.slice(1);
		const port = flagValue(args, ["-p", "--port"]);
		const config = flagValue(args, ["-c", "--config-file"]);
		const at = process.evidence.at(-1);
		// Versions before 2.0 listen on every address: the image's facts tell.
		const local = scene.base?.image.listens.find((one) => one.port === 1883)?.address ?? "127.0.0.1";
		if (!config) return claim(process, port ?? known("1883"), known(port ? "" : local), port === undefined, at);
		const path = likelyText(config);
		const read = await scene.files.read(resolvePath(process.cwd, path ?? ""));
		const sample =
			path === undefined || read.kind !== "unknown" ? undefined : await sampleOf(process, scene, resolvePath(process.cwd, path));
		if (sample !== undefined)
			return claim(process, port ?? known("1883"), known(port || sample < 2 ? "" : "127.0.0.1"), port === undefined, at);
		if (path === undefined || read.kind !== "text") {
			const reason = (path !== undefined && read.kind !== "text" && read.reason) || t("{0} is not in the image", "mosquitto.conf");
			return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
		}
		const files = [read.file];
		const folder = /^\s*include_dir\s+(\S+)/m.exec(read.file.text)?.[1];
		if (folder !== undefined) files.push(...(await readMatching(scene.files, process.cwd, `${folder}/*.conf`)).files);
		const found = files.flatMap((file) => readListeners(process, file));
		return found.length > 0 ? mergePredictions(found) : claim(process, known("1883"), known(local), true, at);
	},
};

/**
 * The major version when a build puts the sample configuration of Mosquitto's own source there: all of it is comments
 * (github.com/eclipse-mosquitto/mosquitto, mosquitto.conf).
 */
async function sampleOf(process: Process, scene: Scene, path: string): Promise<number | undefined> {
	const { scripts = [] } = await scene.buildOf(path);
	for (const script of scripts) {
		const [, written = ""] = /\bmosquitto\.org\/\S*\bmosquitto-(\$\{?\w+\}?|[\d.]+)\.tar/.exec(script) ?? [];
		const folder = /\btar\b[^;&|]*\s-C\s+(\S+)/.exec(script)?.[1]?.replace(/\/$/, "");
		const source = [...script.matchAll(/\b(?:install|cp)\s+(?:-\S+\s+)*(\S+)\/mosquitto\.conf\s+(\S+)/g)].find(
			(match) => match[2] === path,
		)?.[1];
		if (written === "" || folder === undefined || source !== folder) continue;
		const name = /^\$\{?(\w+)/.exec(written)?.[1];
		const version = Number.parseInt(name === undefined ? written : (likelyText(process.environment.get(name)) ?? ""), 10);
		if (!Number.isNaN(version)) return version;
	}
	return undefined;
}

function readListeners(process: Process, file: TextFile): Prediction[] {
	let offset = 0;
	return file.text.split("\n").flatMap((line) => {
		const start = offset;
		offset += line.length + 1;
		const [name, port, address = ""] = line.trim().split(/\s+/);
		if ((name !== "listener" && name !== "port") || port === undefined || address.startsWith("/")) return [];
		const at = evidenceIn(file, rangeBetween(file.text, start, start + line.trimEnd().length), line);
		return [
			claim(
				process,
				fillIn(port, process.environment, at),
				fillIn(name === "port" ? "" : address, process.environment, at),
				isStock(file),
				at,
			),
		];
	});
}

function claim(process: Process, port: Value, address: Value, byConvention: boolean, at: Evidence | undefined): Prediction {
	return predictClaim({ port, address, byConvention, anyAddress: "0.0.0.0", evidence: [...process.evidence, ...(at ? [at] : [])] });
}
