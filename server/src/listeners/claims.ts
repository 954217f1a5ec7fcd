import type { Prediction } from "../model/port.ts";
import type { Evidence } from "../model/text.ts";
import { known, type Value } from "../model/value.ts";
import type { Process } from "../process/process.ts";
import { type Claim, predictClaim } from "./listener.ts";

/** What a server's own start says, on top of the defaults of its manual. */
export interface Told {
	/** The value that is in force; undefined when nothing says anything. */
	readonly port: Value | undefined;
	readonly address: Value | undefined;
	readonly protocol?: Claim["protocol"];
	/** Where it is said, beyond the start command. */
	readonly evidence?: readonly Evidence[];
}

/** Listens where it is told, else on the server's own default, which is a convention. */
export function predictServer(process: Process, told: Told, byDefault: { readonly port: string; readonly address: string }): Prediction {
	const at = process.evidence.at(-1);
	return predictClaim({
		port: told.port ?? known(byDefault.port, ...(at ? [at] : [])),
		address: told.address ?? known(byDefault.address),
		byConvention: told.port === undefined,
		anyAddress: "0.0.0.0",
		evidence: [...process.evidence, ...(told.evidence ?? [])],
		...(told.protocol ? { protocol: told.protocol } : {}),
	});
}

/** A variable with the default that counts while nobody sets it. */
export function variableOr(process: Process, name: string, fallback: string): Value {
	return process.environment.get(name) ?? { kind: "variable", name, fallback: known(fallback), from: [] };
}

/** Nothing listens, for sure: a worker, a tool. */
export const QUIET: Prediction = { listeners: [], gaps: [] };

/** A prediction that only says why nothing is known. */
export function openQuestion(process: Process, reason: string): Prediction {
	const evidence = process.evidence.at(-1);
	return { listeners: [], gaps: [evidence ? { reason, evidence } : { reason }] };
}
