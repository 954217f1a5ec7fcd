import type { Location, Position, Range, WorkspaceEdit } from "vscode-languageserver-types";
import { t } from "../model/message.ts";
import { parsePort, portKey } from "../model/port.ts";
import type { PortSite } from "./portSites.ts";
import { contains } from "./ranges.ts";

/** The sites of the port that a position of a document speaks of: all of one container. */
export function sitesAt(groups: readonly (readonly PortSite[])[], uri: string, position: Position): readonly PortSite[] {
	return groups.flatMap((sites) => {
		const here = sites.filter((site) => site.uri === uri && contains(site.range, position));
		const keys = new Set(here.map(portKey));
		return sites.filter((site) => keys.has(portKey(site)));
	});
}

/** From an EXPOSE or a published port to the places that listen on it. */
export function definitions(groups: readonly (readonly PortSite[])[], uri: string, position: Position): Location[] {
	return sitesAt(groups, uri, position)
		.filter(({ kind, uri: at, range }) => kind === "listens" && !(at === uri && contains(range, position)))
		.map(({ uri: at, range }) => ({ uri: at, range }));
}

/** Every place that speaks of the port; `declaration`: the listening ones too. */
export function references(groups: readonly (readonly PortSite[])[], uri: string, position: Position, declaration: boolean): Location[] {
	return sitesAt(groups, uri, position)
		.filter(({ kind }) => declaration || kind !== "listens")
		.map(({ uri: at, range }) => ({ uri: at, range }));
}

/** A port that can be renamed: where its number stands under the cursor, or a sentence that says why it cannot. */
export function renameTarget(
	groups: readonly (readonly PortSite[])[],
	uri: string,
	position: Position,
): { readonly range: Range; readonly port: number } | { readonly refused: string } {
	const sites = sitesAt(groups, uri, position);
	const here = sites.find((site) => site.uri === uri && contains(site.range, position));
	if (!here) return { refused: t("There is no port here to rename.") };
	if (!here.literal) return { refused: t("The port is not written here as a number.") };
	const fixed = sites.find(({ kind, literal }) => kind === "listens" && !literal);
	if (fixed)
		return { refused: t("Port {0} is decided by the image or by code that does not name it, so it cannot be renamed here.", fixed.port) };
	return { range: here.range, port: here.port };
}

/** The edits that give a port another number wherever it is written; a sentence when that is not possible. */
export function rename(
	groups: readonly (readonly PortSite[])[],
	uri: string,
	position: Position,
	newName: string,
): WorkspaceEdit | { readonly refused: string } {
	const target = renameTarget(groups, uri, position);
	if ("refused" in target) return target;
	const port = parsePort(newName);
	if (port === undefined) return { refused: t("{0} is not a port: a number from 1 to 65535 is wanted.", newName) };
	const changes: Record<string, { range: Range; newText: string }[]> = {};
	const seen = new Set<string>();
	for (const site of sitesAt(groups, uri, position)) {
		const key = `${site.uri} ${site.range.start.line}:${site.range.start.character}`;
		if (!site.literal || seen.has(key)) continue;
		seen.add(key);
		changes[site.uri] = [...(changes[site.uri] ?? []), { range: site.range, newText: String(port) }];
	}
	return { changes };
}
