/**
 * The values of `--build-arg`, as docker build reads them: a name alone takes its value from the environment, and counts as not
 * given without one. What is wrong with them as a sentence.
 */
export function readBuildArguments(
	pairs: readonly string[],
	environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> | string {
	const found = new Map<string, string>();
	for (const pair of pairs) {
		const at = pair.indexOf("=");
		if (at === 0 || pair === "") return `--build-arg ${pair}: NAME=VALUE is wanted`;
		const value = at < 0 ? environment[pair] : pair.slice(at + 1);
		if (value !== undefined) found.set(at < 0 ? pair : pair.slice(0, at), value);
	}
	return found;
}
