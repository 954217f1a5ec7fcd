import { t } from "@vscode/l10n";

/**
 * Text that comes from an engine (names, images, commands) may hold anything: escape sequences, line breaks, marks that
 * turn the reading direction round. None of it may change how a row reads.
 */
export function plain(text: string): string {
	return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, "");
}

/** For places where VS Code turns `$(name)` into an icon: quick picks and the status bar. */
export function withoutIcons(text: string): string {
	return plain(text).replaceAll("$(", "\\$(");
}

/** For notifications and dialogs, which turn `[text](address)` into links. */
export function withoutLinks(text: string): string {
	return plain(text).replaceAll("](", "] (");
}

export function problemCount(count: number): string {
	return count === 1 ? t("1 problem") : t("{0} problems", count);
}

export function containerCount(count: number): string {
	return count === 1 ? t("1 container") : t("{0} containers", count);
}
