/** Where an engine answers, and how to get there. */
export interface Endpoint {
	/** `unix:///path`, `npipe:////./pipe/name`, `tcp://host:port` or `ssh://[user@]host[:port][/path]`. */
	readonly url: string;
	/** For `tcp:` only; null: in the clear. */
	readonly tls: Tls | null;
}

/** What `docker --tls` is told. Texts are PEM; what is null is not used. */
export interface Tls {
	/** Whom to trust; null: whom this machine trusts. */
	readonly ca: string | null;
	readonly cert: string | null;
	readonly key: string | null;
	/** False: any certificate of the engine will do. */
	readonly verify: boolean;
	/** The files that the texts were read from, for a command line. */
	readonly files: Readonly<Partial<Record<"ca" | "cert" | "key", string>>>;
}

/**
 * A host as DOCKER_HOST, `docker --host` and Docker contexts write it, as a URL
 * (https://docs.docker.com/reference/cli/docker/#host-option). Undefined for what is no address. `secure` decides the port that
 * is not written: 2376 for TLS, else 2375.
 */
export function endpointUrl(host: string, secure: boolean): string | undefined {
	const [, scheme = "tcp", rest = ""] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(host) ?? [];
	if (scheme === "unix" || scheme === "npipe") return rest === "" ? undefined : `${scheme}://${rest}`;
	if (scheme === "ssh") return readSshUrl(host) && host;
	if (scheme !== "tcp" && scheme !== "http" && scheme !== "https") return undefined;
	const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
	if (!url?.hostname) return undefined;
	// URL leaves out a port 80 that was written.
	const port = url.port || (/:80(\/|$)/.test(rest) ? "80" : secure || scheme === "https" ? "2376" : "2375");
	return `tcp://${url.hostname}:${port}`;
}

/** Sockets and named pipes end on this machine; what answers at an address may be anywhere. */
export function isLocal(url: string | null): boolean {
	return url === null || /^(unix|npipe):/.test(url);
}

/** Whom to log in to, and the socket of the engine there; undefined: what its docker command takes. */
export interface SshTarget {
	readonly host: string;
	readonly user: string | undefined;
	readonly port: string | undefined;
	readonly path: string | undefined;
}

/**
 * As docker reads it (docker/cli, cli/connhelper/ssh): no password, query or fragment. A host or user that ssh could take for an
 * option is refused.
 */
export function readSshUrl(text: string): SshTarget | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	let user: string;
	try {
		user = decodeURIComponent(url.username);
	} catch {
		return undefined;
	}
	const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
	const path = url.pathname === "/" ? "" : url.pathname;
	if (url.protocol !== "ssh:" || url.password !== "" || url.search !== "" || url.hash !== "") return undefined;
	if (!/^[\w:][\w.:-]*$/.test(host) || !/^([^-\s][^\s]*)?$/.test(user) || !/^[\w./@:+-]*$/.test(path)) return undefined;
	return { host, user: user || undefined, port: url.port || undefined, path: path || undefined };
}
