import type { Agent, AgentOptions, ClientRequest, IncomingMessage } from "node:http";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { inspect } from "node:util";
import type { DockerOptions } from "dockerode";
import { type Endpoint, readSshUrl } from "./endpoint.ts";
import { foreign } from "./problems.ts";
import { sshAgent } from "./ssh.ts";

/** How to reach one endpoint. */
export interface Transport {
	/** Of this engine and no other, so that destroying it ends every connection. */
	readonly agent: Agent;
	/** Where dockerode sends requests, the agent among it. */
	readonly options: DockerOptions & { readonly agent: Agent };
}

/** Nothing is connected before the first request. `ssh` is the command that `ssh:` endpoints are reached by. */
export function transport({ url, tls }: Endpoint, ssh: readonly string[]): Transport {
	const keep: AgentOptions = { keepAlive: true };
	const [, scheme, rest = ""] = /^(\w+):\/\/(.*)$/s.exec(url) ?? [];
	if (scheme === "ssh") {
		const target = readSshUrl(url);
		if (target === undefined) throw foreign(url);
		// Where the agent connects is its own affair; a host must be named nevertheless.
		return to(sshAgent(target, url, ssh), { protocol: "http", host: "docker", port: "80" });
	}
	if (scheme !== "tcp") return to(new HttpAgent(keep), { protocol: "http", socketPath: rest });
	const { hostname, port } = new URL(`http://${rest}`);
	const place = { host: hostname, port: port || "80" };
	if (tls === null) return to(new HttpAgent(keep), { ...place, protocol: "http" });
	const secrets = Object.entries({ ca: tls.ca, cert: tls.cert, key: tls.key }).filter(([, text]) => text !== null);
	const agent = new HttpsAgent({ ...keep, ...Object.fromEntries(secrets), rejectUnauthorized: tls.verify });
	return to(agent, { ...place, protocol: "https" });
}

/** dockerode fills what is left out from DOCKER_HOST and its companions, so all of it is given, if only as undefined. */
function to(agent: Agent, place: DockerOptions): Transport {
	const none = {
		socketPath: undefined,
		host: undefined,
		port: undefined,
		ca: undefined,
		cert: undefined,
		key: undefined,
		pathPrefix: undefined,
		timeout: undefined,
	};
	// dockerode's modem writes out the options of every request for its log, hidden properties and all, though nobody reads it: with
	// the agent's sockets that takes ten times as long as the request.
	Object.defineProperty(agent, inspect.custom, { value: () => "Agent" });
	return { agent, options: { ...none, ...place, agent: carefully(agent) } };
}

/** What Node's http asks of an agent. */
interface RequestTaker {
	addRequest(request: ClientRequest, ...rest: unknown[]): void;
}

/**
 * Two things that dockerode does not see to. No engine redirects: dockerode would follow a web server anywhere, outside of the
 * agent, and an error there would end the process, because nobody listens for it; without an address the answer is what it is, no
 * engine's. And an answer that breaks off is an error, not something to wait for.
 */
function carefully<T extends Agent>(agent: T): T {
	const taker = agent as unknown as RequestTaker;
	const addRequest = taker.addRequest.bind(agent);
	taker.addRequest = (request, ...rest) => {
		request.prependListener("response", (response: IncomingMessage) => {
			delete response.headers.location;
			response.once("close", () => {
				if (!response.complete) request.emit("error", Object.assign(new Error("the answer broke off"), { code: "ECONNRESET" }));
			});
		});
		addRequest(request, ...rest);
	};
	return agent;
}
