import type { ContainerReport, ContainersReport, PortReport } from "../../../../server/src/protocol.ts";

/** A report with these containers, of an engine that is connected. */
export function report(...containers: ContainerReport[]): ContainersReport {
	const engine = { name: "default", endpoint: "unix:///var/run/docker.sock", state: "connected", message: null, tried: [] } as const;
	return { engine, containers };
}

/** A container on the bridge network; what the test is about replaces the rest. */
export function container(changes: Partial<ContainerReport> = {}): ContainerReport {
	return {
		engine: "default",
		id: "f9dc192442ee".padEnd(64, "0"),
		name: "flask",
		image: "webapp:noexpose",
		command: "python app.py",
		state: "running",
		project: null,
		networkMode: "bridge",
		networks: [{ name: "bridge", ip: "172.17.0.3", ip6: null }],
		sockets: { known: true, via: "kernel", reason: null },
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
