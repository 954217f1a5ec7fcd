/** The files that `docker compose` takes when none is named, the first that is there (compose-go, cli/options.go). */
export const DEFAULT_FILES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"] as const;

/** What is put on top of a default file without being named. */
export const OVERRIDE_FILES = [
	"compose.override.yaml",
	"compose.override.yml",
	"docker-compose.override.yml",
	"docker-compose.override.yaml",
] as const;

/** Whether a file of this name is a compose file: the default ones, and `compose.prod.yaml` and `docker-compose-dev.yml` beside them. */
export function isComposeFileName(name: string): boolean {
	return /^(docker-|podman-)?compose([.-][\w.-]+)?\.ya?ml$/i.test(name);
}
