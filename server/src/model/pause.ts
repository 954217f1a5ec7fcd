/**
 * Called often in long work. Answers a promise when it is time to let others have their turn: messages are read meanwhile. It
 * rejects with `Superseded` when nobody wants the result any more.
 */
export type Pause = () => Promise<void> | undefined;

/** Makes the pauses of one piece of work; `isWanted` tells whether it is to go on. */
export type Pauses = (isWanted: () => boolean) => Pause;

/** Why work ended without a result: what it was about has changed. */
export class Superseded extends Error {
	constructor() {
		super("superseded");
		this.name = "Superseded";
	}
}
