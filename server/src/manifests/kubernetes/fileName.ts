/** Whether a file of this name may hold Kubernetes manifests: what stands in it decides. */
export function mayBeManifest(name: string): boolean {
	return /\.ya?ml$/i.test(name);
}
