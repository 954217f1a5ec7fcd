/** Works on all items, so many at a time. Rejects with the first failure; what is under way then goes on, and nothing new is begun. */
export async function inParallel<T>(items: Iterable<T>, atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
	const waiting = items[Symbol.iterator]();
	let failed = false;
	const worker = async () => {
		for (let next = waiting.next(); !next.done && !failed; next = waiting.next()) {
			try {
				await work(next.value);
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
