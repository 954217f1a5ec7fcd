import { config, t as translate } from "@vscode/l10n";

/** Translations by the English message; `l10n/bundle.l10n.<language>.json` holds them. */
export type Messages = Readonly<Record<string, string>>;

/**
 * A message for people, in the language that was chosen with `speak`, else in English: `t("{0} is not in the image", name)`.
 * The text is a literal, with a placeholder for each argument, and holds a whole sentence or a whole part of a label: what is put
 * together from pieces cannot be translated. Call it where the message is made, never while modules load: the language is not known
 * then.
 */
export function t(message: string, ...args: (string | number)[]): string {
	return translate(message, ...args);
}

/** Chooses the language of all messages from now on. A process speaks one language: what was said before is not said again. */
export function speak(messages: Messages): void {
	config({ contents: messages });
}
