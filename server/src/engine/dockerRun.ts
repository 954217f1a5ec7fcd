import type { Duplex } from "node:stream";
import { Readable } from "node:stream";
import { attachedContainer } from "./attached.ts";
import type { DockerClient } from "./docker.ts";
import type { AttachedContainer, ExecResult } from "./engine.ts";
import { frameReader } from "./frames.ts";

/** Bytes of output that are kept of a program: the tables of a host with tens of thousands of connections. */
const MOST_OUTPUT = 16 << 20;

/** `docker exec`, in "/", because a container's working directory may not exist any more. `signal` ends the waiting. */
export async function execInside(docker: DockerClient, id: string, argv: readonly string[], signal: AbortSignal): Promise<ExecResult> {
	const exec = await docker
		.getContainer(id)
		.exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true, WorkingDir: "/", abortSignal: signal });
	try {
		const stream = await exec.start({ Detach: false, Tty: false, abortSignal: signal });
		const output = await outputOf(stream, signal);
		const { ExitCode } = (await exec.inspect({ abortSignal: signal })) as { ExitCode?: unknown };
		return { exitCode: typeof ExitCode === "number" ? ExitCode : UNKNOWN_EXIT, output };
	} catch (error) {
		// Some engines answer so where others say it in the output.
		const { statusCode, message } = error as { statusCode?: number; message?: string };
		if (statusCode !== undefined && /executable file not found|no such file or directory/.test(message ?? ""))
			return { exitCode: 127, output: "" };
		throw error;
	}
}

const UNKNOWN_EXIT = 255;

function outputOf(stream: Duplex, signal: AbortSignal): Promise<string> {
	return new Promise((resolve, reject) => {
		const parts: Buffer[] = [];
		let length = 0;
		const fail = () => {
			stream.destroy();
			reject(signal.reason);
		};
		signal.addEventListener("abort", fail, { once: true });
		const read = frameReader((bytes) => {
			length += bytes.length;
			if (length > MOST_OUTPUT) stream.destroy(new Error("too much output"));
			else parts.push(bytes);
		});
		stream.on("data", read);
		stream.on("error", reject);
		stream.on("close", () => {
			signal.removeEventListener("abort", fail);
			resolve(Buffer.concat(parts).toString("utf8"));
		});
	});
}

/** `docker import`, with labels and no other configuration. */
export async function importArchive(
	docker: DockerClient,
	reference: string,
	tar: Buffer,
	platform: string,
	labels: Readonly<Record<string, string>>,
): Promise<void> {
	const [repo = "", tag = ""] = reference.split(":");
	const changes = Object.entries(labels).map(([name, value]) => `LABEL ${name}=${value}`);
	const progress = await docker.importImage(Readable.from([tar]), { repo, tag, changes, platform });
	await new Promise<void>((resolve, reject) => {
		let said = "";
		progress.on("data", (chunk) => {
			said += chunk;
		});
		progress.on("error", reject);
		progress.on("end", () => (/"error"/.test(said) ? reject(new Error(said)) : resolve()));
	});
}

/**
 * Creates a container from `config` (the body of `POST /containers/create`), connects its input and output, and starts it. When
 * the connection ends, by either side or because this process dies, its input ends too, and it is removed when it then ends.
 */
export async function runWithInput(docker: DockerClient, config: object, onClose: () => void): Promise<AttachedContainer> {
	const container = await docker.createContainer({
		...config,
		OpenStdin: true,
		StdinOnce: true,
		AttachStdin: true,
		AttachStdout: true,
		AttachStderr: false,
		Tty: false,
	});
	try {
		const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: false, hijack: true });
		const attached = attachedContainer(stream as Duplex, onClose);
		try {
			await container.start();
		} catch (error) {
			attached.close();
			throw error;
		}
		return attached;
	} catch (error) {
		await container.remove({ force: true }).catch(() => {});
		throw error;
	}
}
