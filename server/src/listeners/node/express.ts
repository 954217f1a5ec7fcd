import type { Technology } from "../technology.ts";
import { readNodeListen } from "./nodeListen.ts";

/** Express has no port of its own: `app.listen` hands its arguments to Node's `server.listen` (Express, API: `app.listen`). */
export const express: Technology = {
	name: "express",
	title: "Express",
	calls: { javascript: { "express().listen": readNodeListen, "express.application.listen": readNodeListen } },
};
