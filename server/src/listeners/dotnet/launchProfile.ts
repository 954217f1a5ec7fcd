import { parse } from "jsonc-parser";
import { evidenceIn, rangeBetween } from "../../model/text.ts";
import { type Environment, known } from "../../model/value.ts";
import { folderOf, type Project } from "./project.ts";

/**
 * The environment that `dotnet run` gives the program: that of the profile of this name, or of the first one that starts the
 * project. Its applicationUrl becomes ASPNETCORE_URLS (.NET CLI, "dotnet run"; ASP.NET Core, "launchSettings.json").
 */
export async function launchEnvironment(project: Project, profile: string | undefined, environment: Environment): Promise<Environment> {
	if (profile === undefined) return environment;
	const read = await project.files.read(`${folderOf(project.path)}/Properties/launchSettings.json`);
	if (read.kind !== "text") return environment;
	const settings = parse(read.file.text.replace(/^\uFEFF/, ""));
	const profiles = Object.entries(record(record(settings).profiles)).map(
		([name, one]) => ({ name, ...record(one) }) as Record<string, unknown>,
	);
	const chosen = profiles.find((one) => (profile === "" ? one.commandName === "Project" : one.name === profile));
	if (!chosen) return environment;
	const at = (text: string) => {
		const start = Math.max(0, read.file.text.indexOf(text));
		return evidenceIn(read.file, rangeBetween(read.file.text, start, start + text.length), text);
	};
	const result = new Map(environment);
	const url = chosen.applicationUrl;
	// An HTTPS address of a profile needs the developer's certificate, which no image holds.
	if (typeof url === "string") result.set("ASPNETCORE_URLS", known(url, at(url)));
	for (const [name, value] of Object.entries(record(chosen.environmentVariables)))
		if (typeof value === "string") result.set(name, known(value, at(value)));
	return result;
}

function record(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
