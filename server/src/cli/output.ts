/** Where a command writes to. */
export interface Output {
	out(text: string): void;
	err(text: string): void;
	/** Width of the terminal in characters; undefined when the output is no terminal. */
	readonly columns: number | undefined;
}

/** Exit codes of every command: clean, findings at or above `--fail-on`, usage or I/O error. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;
