/**
 * Asks `state` again and again until it answers something, and answers that. Rejects after `deadline` milliseconds with
 * what was waited for and the last error, so that a test never sleeps a fixed time.
 */
export async function waitFor<T>(
	what: string,
	state: () => Promise<T | undefined | false> | T | undefined | false,
	deadline = 15_000,
): Promise<T> {
	const end = Date.now() + deadline;
	let last: unknown;
	for (;;) {
		try {
			const answer = await state();
			if (answer !== undefined && answer !== false) return answer;
		} catch (error) {
			last = error;
		}
		if (Date.now() >= end) throw new Error(`waited ${deadline} ms in vain for ${what}`, { cause: last });
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
