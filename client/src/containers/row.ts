/** One row of the tree, before VS Code draws it: pure data, so that words can be tested without an editor. */
export interface Item {
	/** The same for the same thing in every report: VS Code keeps selection and expansion by it. */
	readonly id: string;
	readonly kind: "engine" | "problem" | "group" | "container" | "ip" | "network" | "port" | "ports" | "unknown";
	readonly label: string;
	readonly description: string;
	/** Plain text; never Markdown, for a container's name could carry a command link. */
	readonly tooltip: string;
	/** A codicon and a theme color. */
	readonly icon: { readonly name: string; readonly color?: string };
	/** What a screen reader says instead of label and description. */
	readonly spoken: string;
	/** Becomes the row's context value, after its kind: menus in the manifest ask for these words. */
	readonly traits?: readonly string[];
	/** What the row's actions are about. */
	readonly subject?: Subject;
	/** What "Copy IP Address" copies. */
	readonly address?: string;
	/** How many broken promises are in it and below; at the row's edge, where a narrow side bar shows them too. */
	readonly problems?: number;
	/** Its children are not shown until somebody asks for them. */
	readonly folded?: boolean;
	readonly children: readonly Item[];
}

/** A container of an engine, by name and identifier; where the row is about one port of it, that too. */
export interface Subject {
	readonly engine: string;
	readonly container: string;
	readonly port?: { readonly port: number; readonly protocol: string };
}
