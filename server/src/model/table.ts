/** What a table says of a name that somebody wrote; nothing for `constructor` and the like, which every object has. */
export function own<T>(table: Readonly<Record<string, T>> | undefined, name: string | undefined): T | undefined {
	return table !== undefined && name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
