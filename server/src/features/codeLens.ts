import type { CodeLens, Location } from "vscode-languageserver-types";
import { t } from "../model/message.ts";
import { describeListener, distinctPorts, plain } from "../verdict/describe.ts";
import type { Analysis } from "../verdict/report.ts";

/** Run by clients that register it, with a URI, a position and locations to show there. */
export const SHOW_PLACES = "portlight.showPlaces";

/** More ports than these are counted, not listed. */
const MAX_LISTED = 5;

/** Above the stage that is built: what its container listens on, which leads to the places that decide it. */
export function codeLenses({ dockerfile, target }: Analysis): CodeLens[] {
	if (!target) return [];
	const { range } = target.image.stage.from;
	const listeners = distinctPorts(target.listeners);
	const places: Location[] = listeners.flatMap(({ site, evidence }) => {
		const place = site ?? evidence.at(-1);
		return place ? [{ uri: place.uri, range: place.range }] : [];
	});
	const names = listeners.slice(0, MAX_LISTED).map(describeListener).join(", ");
	const more = listeners.length > MAX_LISTED ? ` ${t("and {0} more", listeners.length - MAX_LISTED)}` : "";
	const [gap] = target.gaps;
	const title =
		listeners.length > 0
			? gap
				? t("Listens on {0}, maybe on more", names + more)
				: t("Listens on {0}", names + more)
			: gap
				? t("Ports unknown: {0}", plain(gap.reason))
				: t("Listens on no port");
	const command = places.length > 0 ? SHOW_PLACES : "";
	return [
		{ range: { start: range.start, end: range.start }, command: { title, command, arguments: [dockerfile.uri, range.start, places] } },
	];
}
