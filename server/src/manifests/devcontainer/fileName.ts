/** Whether a file of this name describes a dev container (containers.dev/implementors/spec/#devcontainerjson). */
export function isDevContainerFileName(name: string): boolean {
	return name === "devcontainer.json" || name === ".devcontainer.json";
}
