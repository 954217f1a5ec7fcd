/** What is wrong with a command line, from an error of Node's parseArgs: its first sentence, without the advice for programmers. */
export function mistakeOf(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).split(". ")[0] ?? "";
}
