import { t } from "../model/message.ts";
import type { ContainerAction } from "../protocol.ts";

/** What is done to containers, as dockerode's `Container` offers it. */
export interface Actionable {
	start(): Promise<unknown>;
	stop(): Promise<unknown>;
	restart(): Promise<unknown>;
	pause(): Promise<unknown>;
	unpause(): Promise<unknown>;
	remove(options: { force: boolean }): Promise<unknown>;
}

/**
 * Null when it is done; else why the engine refuses, in its own words. Rejects with what the client library throws when no
 * engine answers.
 */
export async function perform(container: Actionable, action: ContainerAction): Promise<string | null> {
	try {
		// One that runs is stopped first: whoever wants it removed has been asked.
		await (action === "remove" ? container.remove({ force: true }) : container[action]());
		return null;
	} catch (error) {
		const { statusCode, json, message } = error as { statusCode?: unknown; json?: { message?: unknown }; message?: unknown };
		if (typeof statusCode !== "number") throw error;
		// It is so already.
		if (statusCode === 304 || (statusCode === 404 && action === "remove")) return null;
		if (statusCode === 404) return t("There is no such container any more.");
		return String(json?.message ?? message ?? `HTTP ${statusCode}`);
	}
}
