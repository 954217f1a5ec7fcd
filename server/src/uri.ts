import { URI } from "vscode-uri";

/**
 * The one spelling of a URI that files are compared by: editors differ in which characters they escape (`a+b`, `a%2Bb`)
 * and in the case of a drive. Undefined for what is no URI.
 */
export function canonicalUri(uri: string): string | undefined {
	try {
		return URI.parse(uri).toString();
	} catch {
		return undefined;
	}
}
