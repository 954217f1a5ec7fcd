import { t } from "../model/message.ts";
import { EngineProblem, type ProblemState } from "./engine.ts";

/**
 * Why ssh ended: its own words, or those of the docker command at the other end, as a state with one plain sentence for people.
 * `status` is the exit status (127: no such command there), or the code of the failure to start ssh.
 */
export function sshProblem(url: string, status: number | string | null, words: string): EngineProblem {
	if (status === "ENOENT")
		return new EngineProblem("absent", t("{0} needs the ssh command, which is not installed here. Install OpenSSH.", url));
	const found = KNOWN.find(({ says }) => says.test(words));
	if (found) return new EngineProblem(found.state, found.sentence(url));
	if (status === 127) return noDocker(url);
	const last = words.trim().split("\n").at(-1)?.trim().slice(0, 300);
	return new EngineProblem(
		"refused",
		t('ssh to {0} ended: {1}. Try "{2}" in a terminal.', url, last || t("status {0}", String(status)), `ssh ${hostOf(url)}`),
	);
}

interface Known {
	readonly says: RegExp;
	readonly state: ProblemState;
	readonly sentence: (url: string) => string;
}

/** OpenSSH's words (sshconnect.c, ssh.c), and those of docker and shells; the first that fits. */
const KNOWN: readonly Known[] = [
	{
		says: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
		state: "denied",
		sentence: (url) => t("ssh refuses {0}: the host key has changed. Find out why before you remove the old one from known_hosts.", url),
	},
	{
		says: /Host key verification failed|No \S+ host key is known/,
		state: "denied",
		sentence: (url) => t('ssh does not know the host key of {0}. Run "{1}" once in a terminal, then refresh.', url, `ssh ${hostOf(url)}`),
	},
	{
		// Before ssh's own: a docker that is denied its socket says almost the same.
		says: /[Pp]ermission denied while trying to connect to the Docker|[Dd]ial unix .*: connect: permission denied/,
		state: "denied",
		sentence: (url) =>
			t(
				'You have no permission to use the engine of {0}. Run "{1}" there, then refresh.',
				url,
				"sudo usermod --append --groups docker $USER",
			),
	},
	{
		says: /Permission denied \(|Too many authentication failures|no such identity/,
		state: "denied",
		sentence: (url) =>
			t(
				'ssh cannot log in to {0} without a question. Add your key with "ssh-add", see that "{1}" asks nothing, then refresh.',
				url,
				`ssh ${hostOf(url)}`,
			),
	},
	{
		says: /Could not resolve hostname/,
		state: "absent",
		sentence: (url) => t("The host of {0} is not known. Check DOCKER_HOST, the Docker context or ~/.ssh/config.", url),
	},
	{
		says: /[Cc]onnect to (?:host|address).*(?:timed out|No route to host|Network is unreachable)|[Oo]peration timed out/,
		state: "absent",
		sentence: (url) => t("The host of {0} cannot be reached. Check the network, or choose another Docker context.", url),
	},
	{
		says: /connect to host .* port \d+: Connection refused/,
		state: "refused",
		sentence: (url) => t("No ssh server answers at {0}. Check its port, or choose another Docker context.", url),
	},
	{
		says: /docker: (command )?not found|docker: No such file|'docker' is not recognized|[Uu]nknown command:? '?docker'?$/m,
		state: "absent",
		sentence: (url) => noDocker(url).message,
	},
	{
		says: /is not a docker command|[Uu]nknown command.*dial-stdio/,
		state: "foreign",
		sentence: (url) => t("The docker command at {0} is older than 18.09, which ssh needs. Update it there.", url),
	},
	{
		says: /[Cc]annot connect to the Docker daemon|[Dd]ial unix .*(?:no such file|connection refused)/,
		state: "refused",
		sentence: (url) => t("No engine answers at {0}. Start Docker there, or choose another Docker context.", url),
	},
];

function noDocker(url: string): EngineProblem {
	return new EngineProblem("absent", t("There is no docker command on the host of {0}. Install Docker there, or correct its PATH.", url));
}

/** As it is given to ssh in a terminal, with a port as an option. */
function hostOf(url: string): string {
	const { username, hostname, port } = new URL(url);
	return `${port ? `-p ${port} ` : ""}${username ? `${username}@` : ""}${hostname}`;
}
