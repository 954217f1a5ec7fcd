import { resolvePath } from "../../dockerfile/walk.ts";
import { known, likelyText } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import type { Technology } from "../technology.ts";
import { type Server, serverTechnology } from "./plainServer.ts";

/** Applications whose makers publish Python sources, by the script that starts them. */
const SCRIPTS: readonly Server[] = [
	{
		name: "sabnzbd",
		title: "SABnzbd",
		manual: "https://sabnzbd.org/wiki/advanced/command-line-parameters",
		programs: ["SABnzbd.py"],
		sockets: [{ byDefault: "127.0.0.1:8080", endpoint: ["--server", "-s"] }],
	},
	{
		name: "bazarr",
		title: "Bazarr",
		manual: "https://wiki.bazarr.media/Additional-Configuration/Settings/",
		programs: ["bazarr.py"],
		sockets: [{ byDefault: "6767", port: ["--port", "-p"] }],
	},
	{
		name: "tautulli",
		title: "Tautulli",
		manual: "https://github.com/Tautulli/Tautulli/wiki/Installation",
		programs: ["Tautulli.py"],
		sockets: [{ byDefault: "8181", port: ["--port", "-p"] }],
	},
	{
		name: "calibre-web",
		title: "Calibre-Web",
		manual: "https://github.com/janeczku/calibre-web/wiki/Configuration",
		programs: ["cps.py"],
		sockets: [{ byDefault: "8083", port: ["$CALIBRE_PORT"], address: ["-i"] }],
	},
	{
		name: "sickchill",
		title: "SickChill",
		manual: "https://github.com/SickChill/SickChill",
		programs: ["SickChill.py", "SickBeard.py"],
		sockets: [{ byDefault: "8081", port: ["-p", "--port"] }],
	},
	{
		name: "couchpotato",
		title: "CouchPotato",
		manual: "https://github.com/CouchPotato/CouchPotatoServer",
		programs: ["CouchPotato.py"],
		sockets: [{ byDefault: "5050" }],
	},
	{
		name: "lazylibrarian",
		title: "LazyLibrarian",
		manual: "https://lazylibrarian.gitlab.io/",
		programs: ["LazyLibrarian.py"],
		sockets: [{ byDefault: "5299", port: ["--port", "-p"] }],
	},
	{
		name: "mylar",
		title: "Mylar",
		manual: "https://github.com/mylar3/mylar3/wiki",
		programs: ["Mylar.py"],
		sockets: [{ byDefault: "8090", port: ["-p", "--port"] }],
	},
];

const TECHNOLOGIES = SCRIPTS.map(serverTechnology);

/** Known applications on Python whose script a build downloads, so that nobody can read it. */
export const downloadedScripts: Technology = {
	name: "python-applications",
	title: "applications on Python",
	async command(process, scene) {
		const [interpreter, ...words] = process.argv;
		if (!/^python[\d.]*$/.test(programName(textOf(interpreter) ?? ""))) return undefined;
		const at = words.findIndex((word) => !likelyText(word)?.startsWith("-"));
		const path = likelyText(words[at]);
		const name = programName(path ?? "");
		if (path === undefined || !SCRIPTS.some(({ programs }) => programs.includes(name))) return undefined;
		if ((await scene.files.read(resolvePath(process.cwd, path))).kind === "text") return undefined;
		for (const one of TECHNOLOGIES) {
			const found = await one.command?.({ ...process, argv: [known(name), ...words.slice(at + 1)] }, scene);
			if (found) return found;
		}
		return undefined;
	},
};
