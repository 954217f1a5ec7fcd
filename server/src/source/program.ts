import type { ImageFiles } from "../context/imageFiles.ts";
import type { Budget } from "../model/budget.ts";
import type { Gap } from "../model/port.ts";
import type { Evidence } from "../model/text.ts";
import type { Environment, Value } from "../model/value.ts";

/** What an evaluator is given: one program, started with these arguments in this image. */
export interface ProgramStart {
	readonly entry: Entry;
	/** False when another program loads it: `flask run` imports the module, so its `__name__` is not `__main__`. */
	readonly main: boolean;
	/** Arguments after the entry. */
	readonly args: readonly Value[];
	/** Absolute path in the container. */
	readonly cwd: string;
	readonly environment: Environment;
	readonly files: ImageFiles;
	readonly budget: Budget;
	/** Modules that are loaded before the entry: `node -r dotenv/config`. */
	readonly preload?: readonly string[];
	/** Files of variables that the interpreter loads itself: `node --env-file=.env`. */
	readonly environmentFiles?: readonly string[];
	/** JavaScript: what runs it, `node` unless told. Bun and `deno serve` also serve what the entry exports. */
	readonly runtime?: "node" | "bun" | "deno" | "deno serve";
	/** Go: what `-tags` names. */
	readonly buildTags?: readonly string[];
	/** Python: names that whoever loads the entry has defined in it, as Jupyter does with its configuration's `c`. */
	readonly predefined?: readonly string[];
	/** The command line that starts the program: where gaps about the entry itself point. */
	readonly evidence: readonly Evidence[];
}

export type Entry =
	/** An absolute path in the container: a file, or what the language makes of a folder or a missing extension. */
	| { readonly kind: "path"; readonly path: string }
	/** A module by name, as in `python -m package.module`. */
	| { readonly kind: "module"; readonly name: string };

/**
 * A value handed to a call: plain ones as `Value`, containers opened as far as they are understood. An `open` record may hold
 * more than its fields.
 */
export type Argument =
	| Value
	| { readonly kind: "record"; readonly fields: ReadonlyMap<string, Argument>; readonly at: Evidence; readonly open?: true }
	/** `hangsOn`: the variable or argument without which the items are these. */
	| { readonly kind: "list"; readonly items: readonly Argument[]; readonly at: Evidence; readonly hangsOn?: string }
	| { readonly kind: "function" }
	/** Python's None, JavaScript's undefined and null. */
	| { readonly kind: "nothing" }
	/** What a call to a library returned, by the name of that call: `flask.Flask()`, `express()`, `http.createServer()`. */
	| { readonly kind: "object"; readonly origin: string; readonly fields: ReadonlyMap<string, Argument> };

/**
 * A call to a library, made when the program runs. `callee` is the path from the imported module, with `()` after
 * every call on the way, whatever the source named it: `flask.Flask().run`, `express().listen`, `http.createServer().listen`.
 */
export interface LibraryCall {
	readonly callee: string;
	/** What the method is called on: for `flask.Flask().run` the application, with what the program set on it. */
	readonly on?: Argument;
	readonly positional: readonly Argument[];
	/** Python's keyword arguments. */
	readonly keywords: ReadonlyMap<string, Argument>;
	readonly at: Evidence;
	/** False when the call hangs on a condition that could not be decided. */
	readonly decided: boolean;
	/** The call hangs on a variable that the image does not set; `byDefault` tells whether it is made while that is so. */
	readonly hangsOn?: { readonly variable: string; readonly byDefault: boolean };
}

/** What a program does, as far as its source tells. */
export interface Program {
	readonly calls: readonly LibraryCall[];
	/** Source that could not be read or followed: syntax errors, missing files, an exhausted budget. */
	readonly gaps: readonly Gap[];
	/**
	 * Libraries that the program uses and of which nobody here knows that they stay quiet. When no listening call was
	 * found, a program with strangers may still listen through one of them.
	 */
	readonly strangers: readonly string[];
	/** JavaScript: what the entry exports, its default export first. Configuration files are programs of this kind. */
	readonly exported?: Argument;
}
