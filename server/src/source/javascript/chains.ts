import type { Library, Thing } from "../core/thing.ts";
import { ARGUMENTS } from "./calls.ts";

/**
 * The arguments of the last call of a method in the chain that made an object: those of `default` in
 * `z.coerce.number().default(3000)`. Undefined when the chain has no such call.
 */
export function chainOf(made: Library, method: string): readonly Thing[] | undefined {
	let one: Library | undefined = made;
	for (let depth = 0; one && depth < 100; depth++) {
		if (one.origin === method || one.origin.endsWith(`.${method}()`)) {
			const given = one.fields.get(ARGUMENTS);
			return given?.kind === "list" ? given.items : [];
		}
		one = one.of;
	}
	return undefined;
}
