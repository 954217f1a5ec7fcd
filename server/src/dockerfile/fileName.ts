/** Whether a file of this name is a Dockerfile, by the names that docker build, Podman and editors use. */
export function isDockerfileName(name: string): boolean {
	if (/\.dockerignore$/i.test(name)) return false;
	return /^([Dd]ockerfile|[Cc]ontainerfile)(\..+)?$/.test(name) || /\.(dockerfile|containerfile)$/i.test(name);
}
