import { readFile, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { t } from "../model/message.ts";
import type { EngineProblem } from "./engine.ts";
import { denied } from "./problems.ts";

/** `problem`, of an engine that denies access, with the one thing to do about this very socket when that can be told. */
export async function withRemedy(problem: EngineProblem, endpoint: string): Promise<EngineProblem> {
	if (process.platform !== "linux" || !endpoint.startsWith("unix:")) return problem;
	try {
		const path = endpoint.slice("unix://".length);
		const { gid, mode } = await stat(path);
		const groups = readGroups(await readFile("/etc/group", "utf8"));
		return denied(endpoint, remedy({ path, gid, mode }, groups, userInfo().username));
	} catch {
		// A folder on the way to the socket may be closed as well.
		return problem;
	}
}

export interface Group {
	readonly gid: number;
	readonly name: string;
	readonly members: readonly string[];
}

/** group(5). */
export function readGroups(text: string): Group[] {
	return text.split("\n").flatMap((line) => {
		const [name, , gid, members = ""] = line.split(":");
		return name && gid && /^\d+$/.test(gid) ? [{ name, gid: Number(gid), members: members.split(",").filter((one) => one !== "") }] : [];
	});
}

/** What gives `user` access to a socket of that owner and mode (stat(2)); one or two sentences. */
export function remedy(socket: { path: string; gid: number; mode: number }, groups: readonly Group[], user: string): string {
	const group = groups.find(({ gid }) => gid === socket.gid);
	const isGroups = (socket.mode & 0o060) === 0o060;
	if (/podman/.test(socket.path)) return t('It belongs to root. Start your own with "{0}".', "systemctl --user start podman.socket");
	if (group === undefined || socket.gid === 0 || !isGroups) {
		return t("Its socket belongs to root alone. Make a group docker and restart the engine, or use a rootless engine.");
	}
	if (group.members.includes(user)) {
		return t(
			"You are in the group {0}, but were not when this program started: log out and in again, and end a VS Code server that still runs.",
			group.name,
		);
	}
	return t('Run "{0}", then log in again.', `sudo usermod --append --groups ${group.name} $USER`);
}
