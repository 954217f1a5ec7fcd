import type { Duplex } from "node:stream";
import { t } from "../model/message.ts";
import { type AttachedContainer, EngineProblem } from "./engine.ts";
import { frameReader } from "./frames.ts";

/** The output and input of a container over a connection that the engine has handed over. `onClose` is called once, at its end. */
export function attachedContainer(stream: Duplex, onClose: () => void): AttachedContainer {
	let output: Buffer = Buffer.alloc(0);
	let ended = false;
	let wake = () => {};
	const end = () => {
		if (ended) return;
		ended = true;
		stream.destroy();
		onClose();
		wake();
	};
	const read = frameReader((bytes) => {
		output = Buffer.concat([output, bytes]);
		if (output.length > MOST) end();
		wake();
	});
	stream.on("data", read);
	stream.on("error", end);
	stream.on("end", end);
	stream.on("close", end);

	return {
		write(text) {
			if (!ended) stream.write(text);
		},
		async readUntil(byte, patience) {
			const tooLate = setTimeout(end, patience);
			try {
				for (let searched = 0; ; ) {
					const at = output.indexOf(byte, searched);
					if (at >= 0) {
						const text = output.toString("utf8", 0, at);
						output = output.subarray(at + 1);
						return text;
					}
					if (ended) throw new EngineProblem("silent", t("The container has ended or does not answer."));
					searched = output.length;
					await new Promise<void>((resolve) => {
						wake = resolve;
					});
				}
			} finally {
				clearTimeout(tooLate);
			}
		},
		close: end,
	};
}

/** Bytes that may wait to be read: the tables of a busy host with tens of thousands of connections. */
const MOST = 64 << 20;
