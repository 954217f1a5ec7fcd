import { resolvePath } from "../dockerfile/walk.ts";
import { matches } from "./glob.ts";

/** Whether a RUN step's text plainly removes a path: `rm /etc/x.conf`, `rm -rf /etc/x`, `rm /etc/x/*`, `unlink`. */
export function removes(text: string, path: string, workdir: string): boolean {
	return text.split(/&&|\|\||[;\n]/).some((command) => {
		const words = command
			.replace(/\\\r?\n/g, " ")
			.trim()
			.split(/\s+/)
			.filter((word) => word !== "sudo");
		if (words[0] !== "rm" && words[0] !== "unlink") return false;
		const recursive = words.some((word) => /^-[a-zA-Z]*[rR]/.test(word) || word === "--recursive");
		const operands = words.slice(1).filter((word) => !word.startsWith("-"));
		return operands.some((operand) => covers(resolvePath(workdir, operand.replace(/^(["'])(.*)\1$/, "$2")), path, recursive));
	});
}

function covers(pattern: string, path: string, recursive: boolean): boolean {
	const wanted = pattern.split("/");
	const parts = path.split("/");
	if (parts.length < wanted.length || (parts.length > wanted.length && !recursive)) return false;
	return wanted.every((part, i) => matches(parts[i] ?? "", part));
}
