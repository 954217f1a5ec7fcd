import { t } from "../../model/message.ts";
import type { Timers } from "../timers.ts";
import type { Hints } from "./hints.ts";
import {
	type Answer,
	type Live,
	notMeasurable,
	PROBES,
	type Probe,
	type SocketReader,
	type Strategy,
	type Target,
	TOO_EARLY,
	type Via,
} from "./live.ts";

/** Every way to read sockets that there is. */
export interface Ways {
	readonly kernel: Strategy;
	readonly exec: Strategy;
	readonly helper: Strategy;
}

/**
 * Tries the ways in the order of what they cost: the kernel's tables first, then the helper container where it is allowed (one
 * for all containers), then a program inside the container. What none of them can tell is unknown, with the last one's reason.
 */
export function socketChain(ways: Ways, hints: Hints, timers: Timers, dispose: () => void, probe: Probe): SocketReader {
	/** Containers for which somebody asked for the helper. */
	const allowed = new Set<string>();
	let level = probe;

	const may = (via: Via, { container }: Target) =>
		PROBES.indexOf(level) >= PROBES.indexOf(via) || (via === "helper" && allowed.has(container.id));

	function unknown(target: Target, reason: string): Live & { readonly known: false } {
		const helps = notMeasurable(target) === undefined && ways.helper.unfit(target) === undefined && !may("helper", target);
		return { known: false, reason, remedy: helps ? "helper" : null };
	}

	return {
		async read(targets) {
			const answers = new Map<string, Live>();
			const reasons = new Map<string, string>();
			let open: Target[] = [];
			for (const target of targets) {
				const reason = notMeasurable(target);
				if (reason === undefined) open.push(target);
				else answers.set(target.container.id, unknown(target, reason));
			}
			const early = new Set<string>();
			for (const via of ORDER) {
				const fit = open.filter((target) => {
					if (!may(via, target)) return false;
					const reason = ways[via].unfit(target);
					if (reason !== undefined) reasons.set(target.container.id, reason);
					return reason === undefined;
				});
				if (fit.length === 0) continue;
				const found = await ways[via].read(fit).catch((): ReadonlyMap<string, Answer> => new Map());
				const readAt = timers.date();
				for (const { container } of fit) {
					const answer = found.get(container.id);
					if (answer === TOO_EARLY) early.add(container.id);
					else if (typeof answer === "string") reasons.set(container.id, answer);
					else if (answer !== undefined) answers.set(container.id, { known: true, via, readAt, sockets: answer });
				}
				open = open.filter(({ container }) => !answers.has(container.id) && !early.has(container.id));
			}
			await Promise.all(
				open.map(async (target) => {
					const answer = unknown(target, reasons.get(target.container.id) ?? t("reading live ports is turned off"));
					const heard = level === "off" ? undefined : await hints(target.container);
					answers.set(target.container.id, heard && heard.size > 0 ? { ...answer, answers: heard } : answer);
				}),
			);
			return answers;
		},
		allowHelper(ids) {
			for (const id of ids) allowed.add(id);
		},
		setProbe(next) {
			level = next;
		},
		dispose,
	};
}

const ORDER: readonly Via[] = ["kernel", "helper", "exec"];
