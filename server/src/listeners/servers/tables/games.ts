import type { Server } from "../plainServer.ts";

/** Servers of games, and of the voices beside them. Most speak UDP. */
export const GAMES: readonly Server[] = [
	{
		name: "minecraft-bedrock",
		title: "Minecraft Bedrock",
		manual: "https://learn.microsoft.com/en-us/minecraft/creator/documents/bedrockserver/getting-started",
		programs: ["bedrock_server"],
		config: { format: "ini", paths: ["server.properties"] },
		sockets: [
			{ byDefault: "19132/udp", port: ["server-port"] },
			{ byDefault: "[::]:19133/udp", port: ["server-portv6"] },
		],
	},
	{
		name: "factorio",
		title: "Factorio",
		manual: "https://wiki.factorio.com/Command_line_parameters",
		programs: ["factorio"],
		verbs: ["--start-server", "--start-server-load-latest", "--start-server-load-scenario"],
		sockets: [
			{ byDefault: "34197/udp", port: ["--port"], address: ["--bind"] },
			{ port: ["--rcon-port"], endpoint: ["--rcon-bind"] },
		],
	},
	{
		name: "valheim",
		title: "Valheim",
		manual: "https://valheim.fandom.com/wiki/Dedicated_servers",
		programs: ["valheim_server.x86_64"],
		sockets: [
			{ byDefault: "2456/udp", port: ["-port"] },
			{ byDefault: "2457/udp", off: ["-port"] },
		],
	},
	{
		name: "terraria",
		title: "Terraria",
		manual: "https://terraria.wiki.gg/wiki/Server#Command_line_parameters",
		programs: ["TerrariaServer", "TerrariaServer.bin.x86_64", "TShock.Server"],
		unread: ["-config"],
		sockets: [{ byDefault: "7777", port: ["-port"], address: ["-ip"] }],
	},
	{
		name: "source-dedicated-server",
		title: "Source Dedicated Server",
		manual: "https://developer.valvesoftware.com/wiki/Source_Dedicated_Server",
		programs: ["srcds_run", "srcds_linux", "srcds_linux64", "srcds_run_64"],
		sockets: [
			{ byDefault: "27015", port: ["-port"] },
			{ byDefault: "27015/udp", port: ["-port"] },
			{ byDefault: "27020/udp", port: ["+tv_port"] },
		],
	},
	{
		name: "half-life-dedicated-server",
		title: "Half-Life Dedicated Server",
		manual: "https://developer.valvesoftware.com/wiki/Half-Life_Dedicated_Server",
		programs: ["hlds_run", "hlds_linux"],
		sockets: [{ byDefault: "27015/udp", port: ["-port", "+port"] }],
	},
	{
		name: "rust-dedicated",
		title: "Rust (the game)",
		manual: "https://wiki.facepunch.com/rust/Creating-a-server",
		programs: ["RustDedicated"],
		sockets: [{ byDefault: "28015/udp", port: ["+server.port"] }, { port: ["+rcon.port"] }],
	},
	{
		name: "palworld",
		title: "Palworld",
		manual: "https://docs.palworldgame.com/getting-started/deploy-dedicated-server/",
		programs: ["PalServer.sh", "PalServer-Linux-Shipping"],
		sockets: [{ byDefault: "8211/udp", port: ["-port"] }],
	},
	{
		name: "luanti",
		title: "Luanti",
		manual: "https://docs.luanti.org/for-server-hosts/setup/",
		programs: ["minetestserver", "luantiserver"],
		sockets: [{ byDefault: "30000/udp", port: ["--port"] }],
	},
	{
		name: "openttd",
		title: "OpenTTD",
		manual: "https://wiki.openttd.org/en/Manual/Dedicated%20server",
		programs: ["openttd"],
		verbs: ["-D"],
		sockets: [{ byDefault: "3979" }, { byDefault: "3979/udp" }],
	},
	{
		name: "teamspeak",
		title: "TeamSpeak",
		manual: "https://support.teamspeak.com/hc/en-us/articles/360002712257-Which-ports-does-the-TeamSpeak-3-server-use",
		programs: ["ts3server"],
		sockets: [
			{ byDefault: "9987/udp", port: ["default_voice_port", "$TS3SERVER_DEFAULT_VOICE_PORT"] },
			{ byDefault: "10011", port: ["query_port", "$TS3SERVER_QUERY_PORT"] },
			{ byDefault: "30033", port: ["filetransfer_port", "$TS3SERVER_FILETRANSFER_PORT"] },
		],
	},
	{
		name: "mumble",
		title: "Mumble",
		manual: "https://www.mumble.info/documentation/administration/config-file/",
		programs: ["mumble-server", "murmurd", "murmur.x86"],
		ends: ["-supw", "-readsupw", "-wipessl", "-license", "-version"],
		config: { format: "ini", flags: ["-ini"], paths: ["/etc/mumble-server.ini", "/etc/mumble/mumble-server.ini", "/etc/murmur.ini"] },
		sockets: [
			{ byDefault: "64738", port: ["port"], address: ["host"] },
			{ byDefault: "64738/udp", port: ["port"], address: ["host"] },
		],
	},
];
