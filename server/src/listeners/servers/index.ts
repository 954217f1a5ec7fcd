import type { Technology } from "../technology.ts";
import { aliases } from "./aliases.ts";
import { apache } from "./apache.ts";
import { caddy } from "./caddy/caddy.ts";
import { downloadedScripts } from "./downloadedScripts.ts";
import { envoy } from "./envoy.ts";
import { haproxy } from "./haproxy.ts";
import { kafkaImages } from "./kafka.ts";
import { mosquitto } from "./mosquitto.ts";
import { bind, coredns } from "./names.ts";
import { nginx } from "./nginx/nginx.ts";
import { openldap } from "./openldap.ts";
import { otelCollector } from "./otelCollector.ts";
import { serverTechnology } from "./plainServer.ts";
import { postfix } from "./postfix.ts";
import { quiet } from "./quiet.ts";
import { rabbitmq } from "./rabbitmq.ts";
import { netcat, socat } from "./sockets.ts";
import { supervisor } from "./supervisor.ts";
import { APPLICATIONS } from "./tables/applications.ts";
import { DATABASES } from "./tables/databases.ts";
import { GAMES } from "./tables/games.ts";
import { MESSAGING } from "./tables/messaging.ts";
import { MONITORING } from "./tables/monitoring.ts";
import { NETWORK } from "./tables/network.ts";
import { WEB } from "./tables/web.ts";
import { wireguard } from "./vpn.ts";

const NAMED: readonly Technology[] = [
	nginx,
	apache,
	caddy,
	haproxy,
	envoy,
	kafkaImages,
	mosquitto,
	postfix,
	openldap,
	downloadedScripts,
	rabbitmq,
	coredns,
	bind,
	otelCollector,
	socat,
	netcat,
	wireguard,
	supervisor,
	...[...WEB, ...DATABASES, ...MESSAGING, ...MONITORING, ...NETWORK, ...APPLICATIONS, ...GAMES].map(serverTechnology),
	quiet,
];

/** Servers that are configured rather than programmed, and programs that never listen. */
export const SERVERS: readonly Technology[] = [aliases(NAMED), ...NAMED];
