import type { Label, LabelPort } from "./labels.ts";

/** What an analysis said of a labelled Dockerfile. */
export interface Prediction {
	readonly ports: readonly (LabelPort & { readonly certainty: string })[];
	readonly gaps: readonly string[];
	/** Milliseconds, files read before. */
	readonly ms: number;
}

export interface Miss {
	readonly label: Label;
	readonly prediction: Prediction;
	readonly absent: readonly string[];
	readonly extra: readonly string[];
}

/** Sums over ports; exact and negative count Dockerfiles. */
export interface Figures {
	n: number;
	right: number;
	wrong: number;
	missed: number;
	exact: number;
	/** Dockerfiles that listen on nothing, and those of them of which no port was claimed. */
	negatives: number;
	negativesRight: number;
}

export interface Score {
	readonly all: Figures;
	readonly byLanguage: ReadonlyMap<string, Figures>;
	readonly bySource: ReadonlyMap<string, Figures>;
	/** Right and wrong ports by certainty. */
	readonly byCertainty: ReadonlyMap<string, { right: number; wrong: number }>;
	readonly misses: readonly Miss[];
}

export function score(results: readonly { label: Label; prediction: Prediction }[]): Score {
	const all = figures();
	const byLanguage = new Map<string, Figures>();
	const bySource = new Map<string, Figures>();
	const byCertainty = new Map<string, { right: number; wrong: number }>();
	const misses: Miss[] = [];
	for (const { label, prediction } of results) {
		const truth = keys(label.ports);
		const free = new Set([...keys(label.optionalPorts), ...keys(label.loopbackPorts)]);
		const said = new Set([...keys(prediction.ports)].filter((key) => truth.has(key) || !free.has(key)));
		const right = [...said].filter((key) => truth.has(key));
		const extra = [...said].filter((key) => !truth.has(key));
		const absent = [...truth].filter((key) => !said.has(key));
		for (const port of prediction.ports) {
			const key = keyOf(port);
			const count = getOr(byCertainty, port.certainty, () => ({ right: 0, wrong: 0 }));
			if (truth.has(key)) count.right++;
			else if (!free.has(key)) count.wrong++;
		}
		const exact = extra.length === 0 && absent.length === 0;
		for (const group of [all, getOr(byLanguage, label.language, figures), getOr(bySource, label.labelSource, figures)]) {
			group.n++;
			group.right += right.length;
			group.wrong += extra.length;
			group.missed += absent.length;
			if (exact) group.exact++;
			if (truth.size === 0) {
				group.negatives++;
				if (said.size === 0) group.negativesRight++;
			}
		}
		if (!exact) misses.push({ label, prediction, absent, extra });
	}
	return { all, byLanguage, bySource, byCertainty, misses };
}

export function keyOf(port: LabelPort): string {
	return `${port.port}/${port.protocol ?? "tcp"}`;
}

function keys(ports: readonly LabelPort[] | undefined): Set<string> {
	return new Set((ports ?? []).map(keyOf));
}

function figures(): Figures {
	return { n: 0, right: 0, wrong: 0, missed: 0, exact: 0, negatives: 0, negativesRight: 0 };
}

function getOr<T>(map: Map<string, T>, key: string, make: () => T): T {
	const value = map.get(key) ?? make();
	map.set(key, value);
	return value;
}
