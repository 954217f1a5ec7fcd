import type { Instruction } from "./dockerfile.ts";

/** A text that a RUN gives to its shell. */
export interface RunScript {
	readonly text: string;
}

/**
 * What the shell of a RUN runs: the command of the shell form, or the heredoc when that is the whole command. A heredoc that
 * feeds a command (`RUN cat <<EOF > f`) stands behind it, as in any script. None for the exec form, except `["sh", "-c", …]`,
 * and for a heredoc whose first line names another interpreter.
 */
export function runScripts(run: Instruction): readonly RunScript[] {
	if (run.json) {
		const [shell, flag, text] = run.json.map((word) => word.text);
		return /(^|\/)(ba|da|a|z)?sh$/.test(shell ?? "") && /^-[a-z]*c$/.test(flag ?? "") && text !== undefined ? [{ text }] : [];
	}
	if (run.heredocs.length === 0) return [{ text: run.args.text }];
	if (/^<<-?\s*["']?\w+["']?$/.test(run.args.text.trim())) {
		const body = run.heredocs[0]?.body.text ?? "";
		return /^#!(?!\s*\S*\b(ba|da|a|z)?sh\b)/.test(body) ? [] : [{ text: body }];
	}
	const bodies = run.heredocs.map(({ name, body }) => `${body.text}${body.text.endsWith("\n") || body.text === "" ? "" : "\n"}${name}`);
	return [{ text: `${run.args.text}\n${bodies.join("\n")}\n` }];
}
