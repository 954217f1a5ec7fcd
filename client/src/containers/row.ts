/** One row of the tree, before VS Code draws it: pure data, so that words can be tested without an editor. */
export interface Item {
	/** The same for the same thing in every report: VS Code keeps selection and expansion by it. */
	readonly id: string;
	/** Becomes the row's context value: menus in the manifest ask for it. */
	readonly kind: "project" | "container" | "ip" | "network" | "port" | "unknown";
	readonly label: string;
	readonly description: string;
	/** Plain text; never Markdown, for a container's name could carry a command link. */
	readonly tooltip: string;
	/** A codicon and a theme color. */
	readonly icon: { readonly name: string; readonly color?: string };
	/** What a screen reader says instead of label and description. */
	readonly spoken: string;
	/** What "Copy IP Address" copies. */
	readonly address?: string;
	readonly children: readonly Item[];
}
