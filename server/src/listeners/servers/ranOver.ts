import { programName } from "../../process/process.ts";
import type { Scene } from "../technology.ts";
import { commandsOf } from "./editedLines.ts";

/** Words with which configurations speak of ports. */
const SPEAKS = /\b(?:listen|listeners?|bind|bind[-_](?:address|ip)|ports?|localhost)\b|\b(?:127|0)(?:\\?\.\d+){3}\b/i;

/**
 * Whether the RUN steps that change a configuration file leave its ports alone: none of those that name it speaks of ports.
 * A server whose makers' configuration is edited elsewhere (a log's target, a module) keeps its standard port.
 */
export async function keepsPorts(scene: Scene, path: string): Promise<boolean> {
	const { scripts = [] } = await scene.buildOf(path);
	const name = programName(path);
	const touching = scripts.filter((script) => script.includes(name));
	return touching.length > 0 && !touching.some((script) => SPEAKS.test(script));
}

/** Whether a RUN step names a configuration file. */
export async function isNamed(scene: Scene, path: string): Promise<boolean> {
	const { scripts = [] } = await scene.buildOf(path);
	return scripts.some((script) => script.includes(programName(path)));
}

/** Whether a command that names a configuration file by its whole path writes of ports to it. */
export async function speaksOf(scene: Scene, path: string): Promise<boolean> {
	const { scripts = [] } = await scene.buildOf(path);
	const commands = scripts.filter((script) => script.includes(path)).flatMap(commandsOf);
	return commands.some((command) => command.includes(path) && /\bsed\b|>|\btee\b/.test(command) && SPEAKS.test(command.replace(path, "")));
}
