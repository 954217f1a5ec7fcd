import { connect } from "node:net";
import type { Container } from "../engine.ts";
import type { Timers } from "../timers.ts";
import { hostKey } from "./live.ts";

/** By `hostKey`: whether something answers at the published TCP ports of a container. Never rejects. */
export type Hints = (container: Container) => Promise<ReadonlyMap<string, boolean>>;

/** Milliseconds between two tries of one container's ports. */
const APART = 30_000;
/** Ports that are tried of one container. */
const MOST = 20;

/**
 * Connects to published ports where nothing better is known. It is a hint and no more: Docker's own forwarder accepts every
 * connection, and ends it at once when nobody is behind it. Only for engines of this machine: elsewhere the address may be anybody's.
 */
export function publishedHints(local: boolean, tryConnect: (host: string, port: number) => Promise<boolean>, timers: Timers): Hints {
	const heard = new Map<string, { readonly at: number; readonly answers: Promise<ReadonlyMap<string, boolean>> }>();
	return (container) => {
		if (!local || !container.running || container.state !== "running") return Promise.resolve(new Map());
		const now = timers.now();
		for (const [id, { at }] of heard) if (now - at >= APART) heard.delete(id);
		const before = heard.get(container.id);
		if (before) return before.answers;
		const answers = tryAll(container, tryConnect);
		heard.set(container.id, { at: now, answers });
		return answers;
	};
}

async function tryAll(
	{ published }: Container,
	tryConnect: (host: string, port: number) => Promise<boolean>,
): Promise<ReadonlyMap<string, boolean>> {
	const answers = new Map<string, boolean>();
	const tcp = published.filter(({ protocol }) => protocol === "tcp").slice(0, MOST);
	await Promise.all(
		tcp.map(async ({ hostIp, hostPort }) => {
			const host = hostIp === "0.0.0.0" ? "127.0.0.1" : hostIp === "::" ? "::1" : hostIp;
			answers.set(hostKey(hostIp, hostPort), await tryConnect(host, hostPort));
		}),
	);
	return answers;
}

/** Milliseconds for the connection to be accepted. */
const PATIENCE = 1_000;
/** Milliseconds that a forwarder needs to find that nobody is behind it. */
const GRACE = 50;

/** Connects, says nothing, and waits a moment for the other side to hang up. */
export function connectBriefly(host: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host, port });
		let timer = setTimeout(() => end(false), PATIENCE);
		const end = (answers: boolean) => {
			clearTimeout(timer);
			socket.destroy();
			resolve(answers);
		};
		socket.on("connect", () => {
			clearTimeout(timer);
			timer = setTimeout(() => end(true), GRACE);
		});
		// Who speaks first is there.
		socket.on("data", () => end(true));
		socket.on("end", () => end(false));
		socket.on("error", () => end(false));
	});
}
