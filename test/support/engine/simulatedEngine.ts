import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { idOf, TCP_HEADER, UDP_HEADER } from "./facts.ts";
import { type Listening, serve } from "./fakeEngine.ts";

/** What a fault makes of one answer; undefined: answered as it should be. */
type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A container of the simulation. */
export interface Simulated {
	name: string;
	state: "running" | "exited" | "paused";
	pid: number;
	startedAt: string;
	/** TCP ports that its processes listen on, at 0.0.0.0. */
	ports: readonly number[];
}

/**
 * An HTTP server on a Unix socket that answers as a Docker Engine does, with answers that were recorded from one (Docker Engine
 * 20.10) and differ from container to container in what is simulated. Its processes are on no machine: sockets are read by exec.
 */
export interface SimulatedEngine extends Listening {
	readonly containers: Map<string, Simulated>;
	/** Method and path of every request, without identifiers: `GET /containers/ID/json`. */
	readonly requests: string[];
	/** The most requests, but for the event stream, that waited for their answers at one time. */
	busiest(): number;
	/** Asked first for every request; true when it has answered, or never will. */
	fault: Fault;
	/** Changes what is given, or makes a container, and tells with such an event. */
	change(id: string, facts: Partial<Simulated>, action: string): void;
	remove(id: string): void;
	/** A line of the event stream, as it is. */
	send(line: string): void;
	/** Breaks the event streams. */
	cut(): void;
}

const recorded = JSON.parse(readFileSync(new URL("../../fixtures/engine/docker-20.10.json", import.meta.url), "utf8"));

export async function simulateEngine(count = 0): Promise<SimulatedEngine> {
	const containers = new Map<string, Simulated>();
	for (let number = 1; number <= count; number++) containers.set(idOf(number), simulated(number));
	const streams = new Set<ServerResponse>();
	const requests: string[] = [];
	const execs = new Map<string, string>();
	let waiting = 0;
	let busiest = 0;

	const send = (line: string) => {
		for (const stream of streams) stream.write(line);
	};
	const tell = (id: string, action: string) => {
		const attributes = { image: recorded.list.Image, name: containers.get(id)?.name ?? "", ...recorded.list.Labels };
		const event = {
			status: action,
			id,
			from: recorded.list.Image,
			Type: "container",
			Action: action,
			Actor: { ID: id, Attributes: attributes },
		};
		send(`${JSON.stringify({ ...event, scope: "local", time: 1, timeNano: 1 })}\n`);
	};

	const listening = await serve((request, response) => {
		const route = (request.url ?? "").split("?")[0] ?? "";
		requests.push(`${request.method} ${route.replace(/[0-9a-f]{64}/, "ID")}`);
		if (route === "/events") {
			if (engine.fault(request, response)) return;
			response.writeHead(200, { "content-type": "application/json" });
			response.flushHeaders();
			streams.add(response);
			response.on("close", () => streams.delete(response));
			return;
		}
		busiest = Math.max(busiest, ++waiting);
		response.on("close", () => waiting--);
		let body = "";
		request.on("data", (chunk) => {
			body += chunk;
		});
		request.on("end", () => {
			if (!engine.fault(request, response)) answer(route, request.url ?? "", body, response);
		});
	});

	function answer(route: string, url: string, body: string, response: ServerResponse): ServerResponse {
		const json = (status: number, value: unknown) => {
			response.writeHead(status, { "content-type": "application/json" });
			return response.end(JSON.stringify(value));
		};
		if (route === "/version")
			return json(200, { ApiVersion: "1.41", Version: "20.10.24", Os: "linux", Arch: "amd64", Components: [{ Name: "Engine" }] });
		if (route === "/containers/json") {
			const all = /[?&]all=(true|1)/.test(url);
			return json(
				200,
				[...containers].filter(([, { state }]) => all || state !== "exited").map(([id, one]) => listed(id, one)),
			);
		}
		if (route.startsWith("/images/")) return json(200, recorded.image);
		const [, what, id = "", action] = route.split("/");
		if (what === "containers") {
			const one = containers.get(id);
			if (!one) return json(404, { message: `No such container: ${id}` });
			if (action === "json") return json(200, inspected(id, one));
			if (action === "exec" && one.state === "paused")
				return json(409, { message: `Container ${id} is paused, unpause the container before exec` });
			if (action === "exec") {
				execs.set(id, JSON.parse(body).Cmd[0]);
				return json(201, { Id: id });
			}
		}
		if (what === "exec" && action === "start") {
			response.writeHead(200, { "content-type": "application/vnd.docker.raw-stream" });
			const text = Buffer.from(tablesOf(containers.get(id)?.ports ?? []));
			const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
			header.writeUInt32BE(text.length, 4);
			return response.end(Buffer.concat([header, text]));
		}
		if (what === "exec") return json(200, { ID: id, Running: false, ExitCode: 0 });
		return json(404, { message: "page not found" });
	}

	const engine: SimulatedEngine = {
		...listening,
		containers,
		requests,
		busiest: () => busiest,
		fault: () => false,
		change(id, facts, action) {
			containers.set(id, { ...(containers.get(id) ?? simulated(Number(id))), ...facts });
			tell(id, action);
		},
		remove(id) {
			containers.delete(id);
			tell(id, "destroy");
		},
		send,
		cut() {
			for (const stream of streams) stream.destroy();
		},
	};
	return engine;
}

const HOUR = 3_600_000;

function simulated(number: number): Simulated {
	return {
		name: `shop-${number % 50}-${number}`,
		state: "running",
		// Numbers that Linux gives to nobody.
		pid: 5_000_000 + number,
		startedAt: new Date(Date.now() - HOUR).toISOString(),
		ports: [80, 8000 + (number % 100)],
	};
}

function listed(id: string, { name, state }: Simulated): unknown {
	const status = state === "exited" ? "Exited (0) 2 minutes ago" : `Up 1 hour${state === "paused" ? " (Paused)" : ""}`;
	return { ...recorded.list, Id: id, Names: [`/${name}`], State: state, Status: status };
}

function inspected(id: string, { name, state, pid, startedAt }: Simulated): unknown {
	const running = state !== "exited";
	return {
		...recorded.inspect,
		Id: id,
		Name: `/${name}`,
		State: {
			...recorded.inspect.State,
			Status: state,
			Running: running,
			Paused: state === "paused",
			Pid: running ? pid : 0,
			StartedAt: startedAt,
		},
	};
}

function tablesOf(ports: readonly number[]): string {
	const rows = ports.map((port, index) => {
		const hex = port.toString(16).toUpperCase().padStart(4, "0");
		return `   ${index}: 00000000:${hex} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${index + 1} 1 0 100 0 0 10 0\n`;
	});
	return TCP_HEADER + rows.join("") + UDP_HEADER;
}
