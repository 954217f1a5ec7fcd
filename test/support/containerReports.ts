import type { ContainerReport, ContainersReport, EngineReport, PortReport } from "../../server/src/protocol.ts";

/** A report with these containers, of an engine that is connected. */
export function report(...containers: ContainerReport[]): ContainersReport {
	return { engines: [engine()], containers };
}

/** The engine of the default context, connected; what the test is about replaces the rest. */
export function engine(changes: Partial<EngineReport> = {}): EngineReport {
	return {
		name: "default",
		endpoint: "unix:///var/run/docker.sock",
		state: "connected",
		message: null,
		tried: [],
		kind: "docker",
		local: true,
		command: ["docker", "--host", "unix:///var/run/docker.sock"],
		...changes,
	};
}

/** A container on the bridge network; what the test is about replaces the rest. */
export function container(changes: Partial<ContainerReport> = {}): ContainerReport {
	return {
		engine: "default",
		id: "f9dc192442ee".padEnd(64, "0"),
		name: "flask",
		image: "webapp:noexpose",
		imageId: "sha256:webapp",
		command: "python app.py",
		state: "running",
		running: true,
		status: "Up 3 minutes",
		health: null,
		exitCode: null,
		createdAt: "2024-05-01T10:00:00Z",
		startedAt: "2024-05-01T10:00:01Z",
		labels: {},
		project: null,
		networkMode: "bridge",
		networks: [{ name: "bridge", ip: "172.17.0.3", ip6: null }],
		sockets: { known: true, via: "kernel", reason: null, readAt: 0 },
		ports: [],
		...changes,
	};
}

/** A port that is exposed and live on all interfaces. */
export function port(changes: Partial<PortReport> = {}): PortReport {
	return {
		port: 80,
		protocol: "tcp",
		exposed: true,
		published: [],
		live: true,
		addresses: ["0.0.0.0"],
		process: null,
		verdict: "ok",
		...changes,
	};
}
