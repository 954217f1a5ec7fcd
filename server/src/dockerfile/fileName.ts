/** What a name may end in without being a Dockerfile: source, documents and data about Dockerfiles. */
const OTHER_FILE =
	/\.(?:[cm]?[jt]sx?|map|mdx?|rst|json|ya?ml|toml|xml|html?|css|py|rb|go|rs|java|kt|cs|php|lua|vim|el|svg|png|lock|dockerignore)$/i;

/** Whether a file of this name is a Dockerfile, by the names that docker build, Podman, editors and people use. */
export function isDockerfileName(name: string): boolean {
	if (OTHER_FILE.test(name)) return false;
	return /^([Dd]ockerfile|[Cc]ontainerfile)([._-].+)?$/.test(name) || /\.(dockerfile|containerfile)$/i.test(name);
}
