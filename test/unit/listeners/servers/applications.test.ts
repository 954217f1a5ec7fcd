import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("applications that people host", () => {
	check("Jellyfin", "/usr/bin/jellyfin --ffmpeg=/usr/bin/ffmpeg", { listens: ["0.0.0.0:8096 convention"] });
	check("Sonarr by a variable", "Sonarr -nobrowser", { environment: { SONARR__SERVER__PORT: "9000" }, listens: ["0.0.0.0:9000 certain"] });
	check("qBittorrent by a flag", "qbittorrent-nox --webui-port=8081", { listens: ["0.0.0.0:8081 certain"] });
	check("Navidrome by its configuration", "navidrome --configfile /n.toml", {
		files: { "/n.toml": 'Port = 4600\nAddress = "127.0.0.1"\n' },
		listens: ["127.0.0.1:4600 certain"],
	});
	check("pgweb is local by default", "pgweb", { listens: ["127.0.0.1:8081 convention"] });
	check("a release with its platform in the name", "/app/pgweb_linux_amd64 -s --bind=0.0.0.0 --listen=8080", {
		listens: ["0.0.0.0:8080 certain"],
	});
	check("a release with its version in the name", "/opt/dufs-v0.43.0-linux-x64", { listens: ["0.0.0.0:5000 convention"] });
	check("Concourse's worker is no web server", "concourse worker", {});
	check("Concourse", "concourse web", {
		environment: { CONCOURSE_BIND_PORT: "80" },
		listens: ["0.0.0.0:80 certain", "0.0.0.0:2222 convention"],
	});
	check("AdGuard Home before its setup", "/opt/adguardhome/AdGuardHome --no-check-update", { listens: ["0.0.0.0:3000 convention"] });
	check("AdGuard Home, set up", "AdGuardHome -c /a.yaml", {
		files: { "/a.yaml": "http:\n  address: 0.0.0.0:8080\ndns:\n  port: 53\n" },
		listens: ["0.0.0.0:8080 certain", "0.0.0.0:53 certain", "0.0.0.0:53/udp certain"],
	});
	check("Ory Hydra", "hydra serve all --dev", { listens: ["0.0.0.0:4444 convention", "0.0.0.0:4445 convention"] });
	check("a migration of Ory's listens on nothing", "hydra migrate sql -e", {});
	check("one server of SeaweedFS", "weed filer -port=8889", { listens: ["0.0.0.0:8889 certain", "0.0.0.0:18888 convention"] });
	check("rclone copies and ends", "rclone sync a: b:", {});
	check("rclone serves", "rclone serve webdav a: --addr :8088", { listens: ["0.0.0.0:8088 certain"] });
	check("Duplicati, for this machine only", "./duplicati-server --webservice-interface=127.0.0.1", {
		listens: ["127.0.0.1:8200 convention"],
	});
	check("Graylog by its configuration", "graylog-server -f /g.conf", {
		files: { "/g.conf": "http_bind_address = 0.0.0.0:9000\n" },
		listens: ["0.0.0.0:9000 certain"],
	});
});

describe("games", () => {
	check("Bedrock by server.properties", "bedrock_server", {
		files: { "server.properties": "server-port=19140\n" },
		listens: ["0.0.0.0:19140/udp certain", "[::]:19133/udp convention"],
	});
	check("Factorio makes a map", "factorio --create map.zip", {});
	check("Factorio", "factorio --port 34200 --rcon-port 27015 --start-server map.zip", {
		listens: ["0.0.0.0:34200/udp certain", "0.0.0.0:27015 certain"],
	});
	check("Mumble", "mumble-server -fg -ini /m.ini", {
		files: { "/m.ini": "port=64740\n" },
		listens: ["0.0.0.0:64740 certain", "0.0.0.0:64740/udp certain"],
	});
	check("Mumble sets a password and ends", "mumble-server -supw x", {});
});

describe("applications on Python whose script is downloaded", () => {
	check("SABnzbd", "python3 /app/sabnzbd/SABnzbd.py --config-file /config --server 0.0.0.0:8081", { listens: ["0.0.0.0:8081 certain"] });
	check("Tautulli", "python3 -u Tautulli.py --datadir /config", { listens: ["0.0.0.0:8181 convention"] });
	check("one that is in view is read", "python Tautulli.py", {
		files: { "Tautulli.py": "from http.server import HTTPServer\nHTTPServer(('', 9000), None).serve_forever()\n" },
		listens: ["0.0.0.0:9000 certain"],
	});
	check("any other script", "python3 other.py", { gaps: ["other.py is not in the image"] });
});

describe("applications from npm and PyPI", () => {
	check("MailDev", "maildev --web 80 --smtp 25", { listens: ["0.0.0.0:80 certain", "0.0.0.0:25 certain"] });
	check("MailDev without its pages", "maildev --disable-web", { listens: ["0.0.0.0:1025 convention"] });
	check("Hexo writes files", "hexo generate", {});
	check("Gotenberg by a variable", "gotenberg", { environment: { API_PORT: "3100" }, listens: ["0.0.0.0:3100 certain"] });
});

describe("applications that are downloaded", () => {
	check("InfluxDB 3", "influxdb3 serve --http-bind=0.0.0.0:8282", { listens: ["0.0.0.0:8282 certain"] });
	check("InfluxDB 3 as a client", "influxdb3 query", {});
	check("http-echo with Go's flags", "/http-echo -text=hello -listen=:80", { listens: ["0.0.0.0:80 certain"] });
	check("Hugo's server is local by default", "hugo server -D", { listens: ["127.0.0.1:1313 convention"] });
	check("Hugo's server for all", "hugo serve --bind 0.0.0.0 -p 80", { listens: ["0.0.0.0:80 certain"] });
	check("Hugo builds", "hugo --minify", {});
	check("MailCatcher", "mailcatcher --foreground --ip=0.0.0.0", { listens: ["0.0.0.0:1025 convention", "0.0.0.0:1080 convention"] });
	check("Vikunja by a variable", "/app/vikunja/vikunja", {
		environment: { VIKUNJA_SERVICE_INTERFACE: ":80" },
		listens: ["0.0.0.0:80 certain"],
	});
	check("Scrapyd by its configuration", "scrapyd", {
		files: { "/etc/scrapyd/scrapyd.conf": "[scrapyd]\nbind_address = 0.0.0.0\nhttp_port = 6801\n" },
		listens: ["0.0.0.0:6801 certain"],
	});
	check("tinc on both protocols", "tincd -D", { listens: ["0.0.0.0:655 convention", "0.0.0.0:655/udp convention"] });
	check("EverShop's build opens nothing", "evershop build", {});
});
