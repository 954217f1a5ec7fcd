import { parse } from "jsonc-parser";
import { t } from "../../model/message.ts";
import { likelyText } from "../../model/value.ts";
import { firstFile, gapOf, type Launcher, operandsOf, shellOf, together } from "./launcher.ts";

/** composer run-script NAME and composer NAME (getcomposer.org/doc/articles/scripts.md): a text or a list of them. */
export const composer: Launcher = async (process, files) => {
	const words = operandsOf(process, ["-d", "--working-dir", "--timeout"]);
	const named = words[0]?.text === "run-script" || words[0]?.text === "run" ? words[1] : words[0];
	if (!named) return undefined;
	const { file, reason } = await firstFile(process.cwd, ["composer.json"], files);
	if (!file) return words[0] === named ? undefined : gapOf(reason ?? t("{0} is not in the image", "composer.json"));
	const scripts: unknown = parse(file.text)?.scripts;
	const lines: string[] = [];
	const visit = (name: string, depth: number): boolean => {
		const script =
			typeof scripts === "object" && scripts !== null && Object.hasOwn(scripts, name)
				? (scripts as Record<string, unknown>)[name]
				: undefined;
		if (script === undefined || depth > 10) return false;
		for (const line of Array.isArray(script) ? script : [script]) {
			if (typeof line !== "string" || line.includes("Composer\\Config")) continue;
			if (/^@(?!php|composer|putenv)/.test(line)) visit(line.slice(1).split(" ")[0] ?? "", depth + 1);
			else if (!line.startsWith("@putenv") && !/^[\w\\]+::\w+$/.test(line)) lines.push(line.replace(/^@(php|composer)\b/, "$1"));
		}
		return true;
	};
	if (!visit(named.text, 0)) return words[0] === named ? undefined : gapOf(t("composer.json has no script {0}", named.text));
	const rest = process.argv
		.slice(named.at + 1)
		.map((word) => likelyText(word) ?? "")
		.filter((word) => word !== "--");
	return together(
		lines.map((line, i) => {
			const last = i === lines.length - 1;
			return { ...shellOf(process, last ? [line, ...rest].join(" ") : line), ends: process.ends || !last };
		}),
	);
};
