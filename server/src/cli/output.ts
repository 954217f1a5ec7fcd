/** Where a command writes to. */
export interface Output {
	out(text: string): void;
	err(text: string): void;
	/** Width of the terminal in characters; undefined when the output is no terminal. */
	readonly columns: number | undefined;
	/** Height of the terminal in lines, likewise. */
	readonly rows?: number | undefined;
	/** Calls back whenever the window has another size, until the answer is called. */
	onResize?(callback: () => void): () => void;
	/** Settles when the user has seen enough: Ctrl+C, or the end of the session. From the call on that no longer ends the process. */
	interrupted?(): Promise<void>;
}

/** Exit codes of every command: clean, findings at or above `--fail-on`, usage or I/O error. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;
