import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer, type TLSSocket } from "node:tls";
import { run } from "./run.ts";
import { waitFor } from "./wait.ts";

/** An engine behind TLS: what comes in encrypted goes on to a Unix socket. Certificates are made for it, for one day. */
export interface TlsEngine {
	readonly port: number;
	/** Holds ca.pem, cert.pem and key.pem of a client that is let in. */
	readonly certificates: string;
	/** Likewise, but the authority is another one. */
	readonly strangers: string;
	/** Holds ca.pem only. */
	readonly authorityOnly: string;
	/** A door with the same certificate that only looks at the client's, and says no as OpenSSL and Go do; Node's just hangs up. */
	doorkeeper(): Promise<{ readonly port: number; close(): void }>;
	close(): Promise<void>;
}

/** `names` are the server certificate's, as OpenSSL writes alternative names: `IP:127.0.0.1`. */
export async function startTlsEngine(socketPath: string, names = "IP:127.0.0.1,DNS:localhost", days = 1): Promise<TlsEngine> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-tls-"));
	const file = (name: string) => path.join(folder, name);
	const authority = (name: string) =>
		openssl("req", "-x509", "-subj", `/CN=${name}`, "-days", "1", "-keyout", file(`${name}.key`), "-out", file(`${name}.pem`), ...NEW_KEY);
	const signed = async (name: string, by: string, extension: string, lifetime: number) => {
		await openssl("req", "-subj", `/CN=${name}`, "-keyout", file(`${name}.key`), "-out", file(`${name}.csr`), ...NEW_KEY);
		await writeFile(file(`${name}.ext`), extension);
		const signing = ["-CA", file(`${by}.pem`), "-CAkey", file(`${by}.key`), "-CAcreateserial", "-days", String(lifetime)];
		await openssl("x509", "-req", "-in", file(`${name}.csr`), "-out", file(`${name}.pem`), "-extfile", file(`${name}.ext`), ...signing);
	};
	const client = async (name: string, ca: string, own: string | undefined) => {
		await mkdir(file(name));
		await writeFile(path.join(file(name), "ca.pem"), await readFile(file(`${ca}.pem`)));
		if (own === undefined) return;
		await writeFile(path.join(file(name), "cert.pem"), await readFile(file(`${own}.pem`)));
		await writeFile(path.join(file(name), "key.pem"), await readFile(file(`${own}.key`)));
	};
	await authority("authority");
	await authority("stranger");
	await signed("server", "authority", `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`, days);
	await signed("client", "authority", "extendedKeyUsage=clientAuth\n", 1);
	await signed("other", "stranger", "extendedKeyUsage=clientAuth\n", 1);
	await client("certificates", "authority", "client");
	await client("strangers", "authority", "other");
	await client("authorityOnly", "authority", undefined);

	const open = new Set<Socket | TLSSocket>();
	const options = {
		key: await readFile(file("server.key")),
		cert: await readFile(file("server.pem")),
		ca: await readFile(file("authority.pem")),
	};
	const server = createServer({ ...options, requestCert: true, rejectUnauthorized: true }, (outer) => {
		const inner = connect(socketPath);
		for (const [socket, other] of [
			[outer, inner],
			[inner, outer],
		] as const) {
			open.add(socket);
			socket.on("error", () => {});
			socket.on("close", () => {
				open.delete(socket);
				other.destroy();
			});
			socket.pipe(other);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (typeof address !== "object" || address === null) throw new Error("no port");
	return {
		port: address.port,
		certificates: file("certificates"),
		strangers: file("strangers"),
		authorityOnly: file("authorityOnly"),
		async doorkeeper() {
			const keys = ["-key", file("server.key"), "-cert", file("server.pem"), "-CAfile", file("authority.pem")];
			const door = spawn("openssl", ["s_server", "-accept", "127.0.0.1:0", "-Verify", "1", "-verify_return_error", ...keys], {
				stdio: "pipe",
			});
			let words = "";
			door.stdout.on("data", (chunk) => {
				words += chunk;
			});
			door.stderr.resume();
			const listening = await waitFor("openssl to listen", () => /ACCEPT .*:(\d+)/.exec(words)?.[1]);
			return { port: Number(listening), close: () => void door.kill() };
		},
		async close() {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

function openssl(...args: string[]): Promise<string> {
	return run("openssl", args);
}
