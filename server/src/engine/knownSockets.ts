/** What the places of sockets depend on. */
export interface SocketPlaces {
	readonly env: { readonly [name: string]: string | undefined };
	readonly home: string;
	/** As `process.platform`. */
	readonly platform: string;
	/** The user's number; null where users have none. */
	readonly uid: number | null;
}

export interface KnownSocket {
	readonly url: string;
	/** Who makes it. */
	readonly maker: string;
}

/** The sockets that engines are known to make, in the order in which to try them: Docker's own default is the first. */
export function knownSockets({ env, home, platform, uid }: SocketPlaces): KnownSocket[] {
	if (platform === "win32") return WINDOWS_PIPES.map(([pipe, maker]) => ({ url: `npipe:////./pipe/${pipe}`, maker }));
	const runtime = env.XDG_RUNTIME_DIR || (uid !== null && platform === "linux" ? `/run/user/${uid}` : "");
	const config = env.XDG_CONFIG_HOME || `${home}/.config`;
	const temporary = (env.TMPDIR || "/tmp").replace(/\/$/, "");
	const machine = `${home}/.local/share/containers/podman/machine`;
	const places: [string, string][] = [
		["/var/run/docker.sock", "Docker"],
		[`${home}/.docker/run/docker.sock`, "Docker Desktop"],
		[`${home}/.docker/desktop/docker.sock`, "Docker Desktop"],
		...(runtime ? ROOTLESS.map(([path, maker]): [string, string] => [`${runtime}/${path}`, maker]) : []),
		["/run/podman/podman.sock", "Podman as root"],
		[`${home}/.colima/default/docker.sock`, "Colima"],
		[`${config}/colima/default/docker.sock`, "Colima"],
		[`${home}/.orbstack/run/docker.sock`, "OrbStack"],
		[`${home}/.rd/docker.sock`, "Rancher Desktop"],
		[`${home}/.lima/docker/sock/docker.sock`, "Lima"],
		// A Podman machine on macOS: since 5.0, since 4.0, before.
		...(platform === "darwin"
			? [
					`${temporary}/podman/podman-machine-default-api.sock`,
					`${machine}/podman.sock`,
					`${machine}/podman-machine-default/podman.sock`,
				].map((path): [string, string] => [path, "Podman machine"])
			: []),
	];
	return places.map(([path, maker]) => ({ url: `unix://${path}`, maker }));
}

const WINDOWS_PIPES = [
	["docker_engine", "Docker"],
	["dockerDesktopLinuxEngine", "Docker Desktop, Linux containers"],
	["dockerDesktopWindowsEngine", "Docker Desktop, Windows containers"],
	["podman-machine-default", "Podman machine"],
] as const;

/** Below XDG_RUNTIME_DIR. */
const ROOTLESS = [
	["docker.sock", "Rootless Docker"],
	["podman/podman.sock", "Podman"],
	["podman/podman-machine-default-api.sock", "Podman machine"],
] as const;
