/** Whether a file of this name is a Dockerfile, by the names that docker build, Podman and editors use. */
export function isDockerfileName(name: string): boolean {
	if (/\.dockerignore$/i.test(name)) return false;
	return /^(Dockerfile|Containerfile)(\..+)?$/.test(name) || /\.(dockerfile|containerfile)$/i.test(name);
}
