import type { ImageFiles } from "../context/imageFiles.ts";
import type { BaseImage } from "../image/baseImage.ts";
import type { Budget } from "../model/budget.ts";
import type { Prediction } from "../model/port.ts";
import type { Process } from "../process/process.ts";
import type { SourceLanguage, Sources } from "../source/sources.ts";
import type { ReadCall } from "./sourceCall.ts";

/** Everything that a technology may look at besides the process itself. */
export interface Scene {
	readonly files: ImageFiles;
	readonly sources: Sources;
	readonly budget: Budget;
	/** The known image at the bottom of the stage, and whether its own entrypoint still runs before the process. */
	readonly base?: { readonly image: BaseImage; readonly entrypoint: boolean };
	/** How this build made a program that no file of the context is: by which commands, from which sources. */
	buildOf(path: string): Promise<Build>;
	/** What another process listens on that this one starts, by all technologies. */
	readonly predict?: (process: Process, scene: Scene) => Promise<Prediction>;
}

/** The stage that a path comes from, and what ran there. */
export interface Build {
	/** Commands of the RUN steps, in order; each knows its folder and its variables. */
	readonly commands: readonly Process[];
	/** The texts of those steps. */
	readonly scripts?: readonly string[];
	/** The files of that stage. */
	readonly files: ImageFiles;
	/** Where the path stood in that stage. */
	readonly path: string;
	/** Where a COPY of that stage takes it from the build context, whose files are all in sight: it was built before. */
	readonly copiedFrom?: { readonly files: ImageFiles; readonly path: string } | undefined;
	/** As the scene's, for a path of that stage: an archive that it unpacks. */
	buildOf?(path: string): Promise<Build>;
}

/**
 * One framework, server or runtime that can open a port. Its file holds the facts (how it is recognised, its default
 * port and address, its flags, variables and calls) and the manual that says so; the machinery is shared. A program is
 * evaluated once, and its calls are looked up in the tables of all technologies.
 */
export interface Technology {
	/** Stable and lower-case: `flask`, `express`. */
	readonly name: string;
	/** As its makers write it, for tooltips: `Flask`. */
	readonly title: string;
	/** Calls in a program's own source that listen, by language and callee as `LibraryCall` names them. */
	readonly calls?: Readonly<Partial<Record<SourceLanguage, Readonly<Record<string, ReadCall>>>>>;
	/** What a command of its own listens on (`flask run`); undefined when the process is not one of its own. */
	readonly command?: (process: Process, scene: Scene) => Promise<Prediction | undefined>;
}
