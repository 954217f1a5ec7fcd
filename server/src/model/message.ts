import { config, t as translate } from "@vscode/l10n";

/** Translations by the English message; `l10n/bundle.l10n.<language>.json` holds them. */
export type Messages = Readonly<Record<string, string>>;

/** Messages in the language that is spoken, cut at their placeholders: text, number, text, number, …, text. */
const pieces = new Map<string, readonly string[]>();

/**
 * A message for people, in the language that was chosen with `speak`, else in English: `t("{0} is not in the image", name)`.
 * The text is a literal, with a placeholder for each argument, and holds a whole sentence or a whole part of a label: what is put
 * together from pieces cannot be translated. Call it where the message is made, never while modules load: the language is not known
 * then.
 */
export function t(message: string, ...args: (string | number)[]): string {
	let parts = pieces.get(message);
	if (!parts) {
		parts = translate(message).split(/\{(\d+)\}/);
		pieces.set(message, parts);
	}
	// Evaluators say thousands of reasons that nobody sees in the end: it must cost as little as a template literal.
	let text = parts[0] ?? "";
	for (let i = 1; i < parts.length; i += 2) text += `${args[Number(parts[i])]}${parts[i + 1]}`;
	return text;
}

/** Chooses the language of all messages from now on. A process speaks one language: what was said before is not said again. */
export function speak(messages: Messages): void {
	config({ contents: messages });
	pieces.clear();
}
