import { t } from "../model/message.ts";
import { isLoopback, type Port, portKey } from "../model/port.ts";
import { plain } from "../verdict/describe.ts";
import type { LiveContainer } from "./hintOptions.ts";
import { exposeSpec } from "./words.ts";

/** More containers than these are counted, not named. */
const MAX_NAMED = 2;

/**
 * What running containers really listen on beside what is predicted: `● live in flask`, or `live: 8000 in flask` where it
 * differs. Empty without a container.
 */
export function liveWords(containers: readonly LiveContainer[], predicted: readonly (Port & { readonly address: string })[]): string {
	const expected = new Set(predicted.filter(({ address }) => !isLoopback(address)).map(portKey));
	const agree: string[] = [];
	const differ = new Map<string, string[]>();
	for (const { name, ports } of containers) {
		const other = ports.filter((port) => !expected.has(portKey(port)));
		const all = expected.size > 0 && [...expected].every((key) => ports.some((port) => portKey(port) === key));
		if (all && other.length === 0) agree.push(name);
		else {
			const seen = ports.length === 0 ? t("nothing") : [...new Set(ports.map(exposeSpec))].join(", ");
			differ.set(seen, [...(differ.get(seen) ?? []), name]);
		}
	}
	const parts = agree.length > 0 ? [t("● live in {0}", named(agree))] : [];
	for (const [ports, names] of differ) parts.push(t("live: {0} in {1}", ports, named(names)));
	return parts.join(" · ");
}

/** `● live in flask` at an EXPOSE on which a container listens; empty where none does, which the start command says. */
export function liveAt(
	containers: readonly LiveContainer[],
	ports: { readonly first: number; readonly last: number; readonly protocol: string },
): string {
	const names = containers
		.filter((one) => one.ports.some(({ port, protocol }) => protocol === ports.protocol && port >= ports.first && port <= ports.last))
		.map(({ name }) => name);
	return names.length > 0 ? t("● live in {0}", named(names)) : "";
}

function named(names: readonly string[]): string {
	const shown = names.slice(0, MAX_NAMED).map(plain).join(", ");
	return names.length > MAX_NAMED ? `${shown} ${t("and {0} more", names.length - MAX_NAMED)}` : shown;
}
