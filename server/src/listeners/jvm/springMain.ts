import { t } from "../../model/message.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, unknown, type Value } from "../../model/value.ts";
import { blankComments } from "./buildText.ts";
import { absolute } from "./command.ts";
import type { JvmProgram } from "./framework.ts";

/** What the class that starts a Spring Boot application says about its settings. */
export interface SpringMain {
	/** WebApplicationType.NONE. */
	readonly withoutWeb: boolean;
	/** Settings that it gives as system properties or arguments, which win over files. */
	readonly fixed: ReadonlyMap<string, Value>;
	/** Settings that it gives as defaults (SpringApplication.setDefaultProperties, SpringApplicationBuilder.properties). */
	readonly defaults: ReadonlyMap<string, Value>;
}

/** Settings of which the analysis wants to know. */
const KEYS = ["server.port", "spring.config.name", "spring.profiles.active", "spring.main.web-application-type"];

/** Reads the main class, which stands in the topmost package that has a class. */
export async function readSpringMain({ project }: JvmProgram): Promise<SpringMain> {
	for (const language of ["java", "kotlin"]) {
		let folder = absolute(project.folder, `src/main/${language}`);
		for (let depth = 0; depth < 8; depth++) {
			const names = await project.files.list(folder);
			for (const name of names.filter((one) => /^[A-Z]\w*\.(java|kt)$/.test(one)).slice(0, 8)) {
				const read = await project.files.read(absolute(folder, name));
				if (read.kind === "text" && /@SpringBootApplication|@EnableAutoConfiguration|\bSpringApplication(Builder)?\b/.test(read.file.text))
					return readMain(read.file);
			}
			const folders = names.filter((one) => !one.includes("."));
			if (folders.length !== 1) break;
			folder = absolute(folder, folders[0] ?? "");
		}
	}
	return { withoutWeb: false, fixed: new Map(), defaults: new Map() };
}

function readMain(file: TextFile): SpringMain {
	const text = blankComments(file.text);
	const fixed = new Map<string, Value>();
	const defaults = new Map<string, Value>();
	for (const key of KEYS) {
		const name = key.replaceAll(".", "\\.");
		for (const match of text.matchAll(
			new RegExp(`"(--)?${name}(?:=([^"]*)"|"\\s*(?:,|to\\b)\\s*(?:"([^"]*)"|(\\d+)|([^,;)\\s]+)))`, "g"),
		)) {
			const [whole, dashes, assigned, quoted, number] = match;
			const at = evidenceIn(file, rangeBetween(text, match.index, match.index + whole.length), whole);
			const plain = assigned ?? quoted ?? number;
			const value =
				plain === undefined || plain === "" || /\$/.test(plain) ? unknown(t("{0} is set in the source", key), at) : known(plain, at);
			const before = text.slice(Math.max(0, match.index - 40), match.index);
			// `getProperty("server.port", "80")` sets nothing.
			if (/\bget\w*\s*\(\s*$/.test(before)) continue;
			(dashes || /\bsetProperty\s*\(\s*$/.test(before) ? fixed : defaults).set(key, value);
		}
	}
	return { withoutWeb: /WebApplicationType\.NONE/.test(text), fixed, defaults };
}
