import type { Container } from "./engine.ts";

/**
 * What `docker ps` writes below STATUS: `Up 3 minutes (healthy)`. The engine gives these words with its list only, and they
 * age; so they are made here (moby, container/state.go, `State.String`). `now` is in milliseconds since 1970.
 */
export function statusOf(container: Container, now: number): string {
	const { state, startedAt, finishedAt, exitCode, listed } = container;
	if (listed) return listed.status;
	const since = (time: string | null) => duration((now - (Date.parse(time ?? "") || now)) / 1000);
	if (state === "restarting") return `Restarting (${exitCode}) ${since(finishedAt)} ago`;
	if (container.running) return `Up ${since(startedAt)}${state === "paused" ? " (Paused)" : health(container)}`;
	if (state === "removing") return "Removal In Progress";
	if (state === "dead") return "Dead";
	if (startedAt === null) return "Created";
	return finishedAt === null ? "" : `Exited (${exitCode}) ${since(finishedAt)} ago`;
}

function health({ health }: Container): string {
	if (health === null) return "";
	return ` (${health === "starting" ? "health: starting" : health})`;
}

/** docker/go-units, duration.go, `HumanDuration`. */
export function duration(seconds: number): string {
	const whole = Math.floor(Math.max(0, seconds));
	const minutes = Math.floor(whole / 60);
	const hours = Math.floor(whole / 3600 + 0.5);
	if (whole < 1) return "Less than a second";
	if (whole === 1) return "1 second";
	if (whole < 60) return `${whole} seconds`;
	if (minutes === 1) return "About a minute";
	if (minutes < 60) return `${minutes} minutes`;
	if (hours === 1) return "About an hour";
	if (hours < 48) return `${hours} hours`;
	if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
	if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
	if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
	return `${Math.floor(hours / 24 / 365)} years`;
}
