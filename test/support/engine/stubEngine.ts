import { type Engine, EngineProblem } from "../../../server/src/engine/engine.ts";

/** An engine that has nothing and runs nothing, but for what a test gives it. */
export function stubEngine(parts: Partial<Engine> = {}): Engine {
	return {
		endpoint: "unix:///stub",
		local: true,
		about: () => ({ kind: "docker", architecture: "amd64" }),
		check: async () => "docker",
		list: async () => [],
		inspect: async () => undefined,
		inspectText: async () => undefined,
		act: async () => null,
		inspectImage: async () => undefined,
		exec: async () => undefined,
		importImage: async () => {},
		runAttached: () => Promise.reject(new EngineProblem("denied", "The stub runs nothing.")),
		watch: async () => {},
		dispose: () => {},
		...parts,
	};
}

/** An attached container whose program answers each line of its input. */
export function attachedProgram(answer: (line: string) => string, onClose: () => void = () => {}) {
	let output = "";
	let open = true;
	const close = () => {
		if (open) onClose();
		open = false;
	};
	return {
		write(text: string) {
			for (const line of text.split("\n").slice(0, -1)) output += answer(line);
		},
		async readUntil(byte: number) {
			const at = output.indexOf(String.fromCharCode(byte));
			if (!open || at < 0) {
				close();
				throw new EngineProblem("silent", "The container has ended.");
			}
			const text = output.slice(0, at);
			output = output.slice(at + 1);
			return text;
		},
		close,
	};
}
