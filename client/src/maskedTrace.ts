import type { LogOutputChannel } from "vscode";
import { withoutSecrets } from "../../server/src/model/secrets.ts";

/** A channel that keeps passwords and keys to itself: traces hold the texts of whole files, of `.env` files too. */
export function withoutSecretsIn(channel: LogOutputChannel): LogOutputChannel {
	return new Proxy(channel, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value !== "function") return value;
			return (...args: unknown[]) =>
				Reflect.apply(
					value,
					target,
					args.map((arg) => (typeof arg === "string" ? maskedLines(arg) : arg)),
				);
		},
	});
}

/** Line ends of a file are two characters in the JSON of a message. */
function maskedLines(text: string): string {
	return text
		.split("\\n")
		.map((line) => withoutSecrets(line.replaceAll('\\"', '"')))
		.join("\\n");
}
