import type { Technology } from "../technology.ts";
import { nginx } from "./nginx/nginx.ts";
import { serverTechnology } from "./plainServer.ts";
import { quiet } from "./quiet.ts";
import { DATABASES } from "./tables/databases.ts";
import { MESSAGING } from "./tables/messaging.ts";
import { MONITORING } from "./tables/monitoring.ts";
import { NETWORK } from "./tables/network.ts";
import { WEB } from "./tables/web.ts";

/** Servers that are configured rather than programmed, and programs that never listen. */
export const SERVERS: readonly Technology[] = [
	nginx,
	...[...WEB, ...DATABASES, ...MESSAGING, ...MONITORING, ...NETWORK].map(serverTechnology),
	quiet,
];
