import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { realRuntime } from "./runtime.ts";
import { startServer } from "./server.ts";

// The transport is named by the arguments: --node-ipc, --stdio, --socket=PORT, --pipe=NAME.
startServer(createConnection(ProposedFeatures.all), realRuntime(__dirname));
