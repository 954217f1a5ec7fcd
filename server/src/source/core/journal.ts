import { bornAt, type Fields, moment, type Thing } from "./thing.ts";

/** What a branch has changed: for each map, the new value of each key; undefined when it was deleted. */
export type Changes = ReadonlyMap<Fields, ReadonlyMap<string, Thing | undefined>>;

interface Branch {
	/** What each written key held before. */
	readonly before: Map<Fields, Map<string, Thing | undefined>>;
	/** What was made later was made in this branch. */
	begun: number;
}

/** All state of an evaluated program, written through one place so that a branch can be tried and taken back. */
export class Journal {
	/** From the outermost branch under way to the innermost. */
	readonly #branches: Branch[] = [];

	set(fields: Fields, key: string, value: Thing | undefined): void {
		const branch = this.#branches.at(-1);
		// What the branch made itself need not be taken back: nobody has it when the branch is not taken.
		if (branch && bornAt(fields) < branch.begun) {
			let old = branch.before.get(fields);
			if (!old) {
				old = new Map();
				branch.before.set(fields, old);
			}
			if (!old.has(key)) old.set(key, fields.get(key));
		}
		write(fields, key, value);
	}

	/** Runs `branch`, takes back everything that it wrote, and answers what that was. */
	attempt<T>(branch: () => T): { readonly result: T; readonly changes: Changes } {
		const before: Branch["before"] = new Map();
		this.#branches.push({ before, begun: moment() });
		const result = branch();
		this.#branches.pop();
		const changes = new Map<Fields, Map<string, Thing | undefined>>();
		for (const [fields, old] of before) {
			const now = new Map<string, Thing | undefined>();
			for (const [key, value] of old) {
				now.set(key, fields.get(key));
				write(fields, key, value);
			}
			changes.set(fields, now);
		}
		return { result, changes };
	}

	/** Runs `body` outside of all branches: what it writes stays, whichever branch first needed it. */
	outside<T>(body: () => T): T {
		const branches = this.#branches.splice(0);
		const result = body();
		// What was made meanwhile belongs to none of them.
		for (const branch of branches) branch.begun = moment();
		this.#branches.push(...branches);
		return result;
	}

	apply(changes: Changes): void {
		for (const [fields, values] of changes) for (const [key, value] of values) this.set(fields, key, value);
	}

	/** Writes what two branches leave behind together; a key that only one of them wrote keeps its old value in the other. */
	merge(a: Changes, b: Changes, join: (a: Thing, b: Thing) => Thing): void {
		for (const fields of new Set([...a.keys(), ...b.keys()]))
			for (const key of new Set([...(a.get(fields)?.keys() ?? []), ...(b.get(fields)?.keys() ?? [])])) {
				const [left, right] = [after(a, fields, key), after(b, fields, key)];
				this.set(fields, key, left && right ? join(left, right) : (left ?? right));
			}
	}
}

function after(changes: Changes, fields: Fields, key: string): Thing | undefined {
	const values = changes.get(fields);
	return values?.has(key) ? values.get(key) : fields.get(key);
}

function write(fields: Fields, key: string, value: Thing | undefined): void {
	if (value === undefined) fields.delete(key);
	else fields.set(key, value);
}
